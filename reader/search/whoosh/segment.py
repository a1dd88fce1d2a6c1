"""One segment of the index, open: its posting lists, columns and words. Immutable and shared by snapshots."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import itemgetter
from typing import Any

from whoosh.reading import TermNotFound

from reader.model import CancelToken
from reader.model.errors import IndexUnusable
from reader.search.whoosh import columns as columns_file
from reader.search.whoosh import lexicon as lexicon_file
from reader.search.whoosh.blocks import Block, decode_positions
from reader.search.whoosh.columns import Columns
from reader.search.whoosh.groups import Group, PhraseGroup, TermGroup
from reader.search.whoosh.lexicon import SegmentLexicon
from reader.search.whoosh.lists import Classes, ListCache, PostingList, bit_set, members, scatter
from reader.search.whoosh.phrases import nearness, pair_nearness, phrase_frequencies, positions_in
from reader.search.whoosh.postings import FlatReader
from reader.search.whoosh.schema import AUTHOR, TEXT
from reader.search.whoosh.storage import SealedStorage

_DAY_STEPS = 64
_FEW_TERMS = 64


class Segment:
    """What one commit or merge wrote. Documents are numbered from 0."""

    def __init__(self, storage: SealedStorage, schema: Any, segment: Any, cache: ListCache) -> None:
        self.name: str = segment.segment_id()
        self._reader = FlatReader(storage, schema, segment)
        try:
            self.columns = Columns(read_whole(storage, segment.make_filename(columns_file.EXTENSION)))
            self.lexicon = SegmentLexicon(read_whole(storage, segment.make_filename(lexicon_file.EXTENSION)))
            self.count: int = self._reader.doc_count_all()
            if self.columns.count != self.count:
                raise IndexUnusable("the columns of the index do not fit its postings")
        except IndexUnusable:
            self._reader.close()
            raise
        self.field_lengths = {field: int(self._reader.field_length(field)) for field in (TEXT, AUTHOR)}
        self._cache = cache
        self._stories: tuple[Mapping[str, str], tuple[str, ...], array[int]] | None = None
        """The grouping last asked about, the ids of its stories, and for each document the number of one."""

    def close(self) -> None:
        """Unmap the files and drop what the cache holds of them."""
        if not self._reader.is_closed:
            self._reader.close()
        self._cache.forget([self.name])

    @property
    def reader(self) -> FlatReader:
        """Whoosh's reader, for merging and for checks."""
        return self._reader

    def block(self, field: str, term: bytes) -> Block | None:
        """A term's posting list as it is on disk; `None` when the segment does not have it."""
        key = (self.name, "block", field, term)
        found: Block | None = self._cache.get(key, lambda: self._read_block(field, term), _block_cost)
        return found

    def postings(self, group: Group, cancel: CancelToken | None = None) -> PostingList:
        """A group's documents as one list; empty when there are none."""
        key = (self.name, group)
        found: PostingList = self._cache.get(key, lambda: self._resolve(group, cancel), _list_cost)
        return found

    def nearness(self, left: TermGroup, right: TermGroup, docs: Sequence[int]) -> list[float]:
        """For each of these documents how near two words stand to each other; see `phrases.nearness`."""
        first, second = self._blocks_of(left), self._blocks_of(right)
        if len(first) == len(second) == 1 and first[0].is_even and second[0].is_even:
            return pair_nearness(docs, first[0], second[0])
        return [nearness(positions_in(doc, first), positions_in(doc, second)) for doc in docs]

    def _blocks_of(self, group: TermGroup) -> list[Block]:
        field = AUTHOR if group.field == AUTHOR else TEXT
        return [block for term, _ in group.parts if (block := self.block(field, term)) is not None]

    @cached_property
    def source_bits(self) -> tuple[int, ...]:
        """For each source of the columns its documents as a bit set."""
        docs: list[array[int]] = [array("I") for _ in self.columns.sources]
        for doc, code in enumerate(self.columns.source_codes):
            docs[code].append(doc)
        return tuple(bit_set(of_source, self.count) for of_source in docs)

    def day_bits(self, low: int | None, high: int | None) -> int:
        """The documents between two days, both included, as a bit set."""
        key = (self.name, "days", low, high)
        found: int = self._cache.get(key, lambda: self._day_bits(low, high), lambda _: self.count // 8 + 100)
        return found

    def source_counts(self, bits: int) -> Counter[str]:
        """How many of these documents each source has."""
        sources, codes = self.columns.sources, self.columns.source_codes
        count = bits.bit_count()
        if len(sources) * 600 < count:
            pairs = zip(sources, self.source_bits, strict=True)
            return Counter({source: (bits & of_source).bit_count() for source, of_source in pairs})
        if len(sources) <= 256 and count > 1:
            # A search for each byte is quicker than a step for each article.
            picked = bytes(itemgetter(*members(bits, self.count))(codes))
            return Counter({source: picked.count(code) for code, source in enumerate(sources)})
        counted = Counter(map(codes.__getitem__, members(bits, self.count)))
        return Counter({sources[code]: count for code, count in counted.items()})

    def story_counts(self, bits: int, stories: Mapping[str, str]) -> Counter[str]:
        """How many of these documents each story has. `stories` says which one an article id is of."""
        known = self._stories
        if known is None or known[0] is not stories:
            names = dict.fromkeys(stories.values())
            numbers = {name: number for number, name in enumerate(names, 1)}
            own = array("I", [numbers.get(stories.get(one, ""), 0) for one in self.columns.ids])
            known = self._stories = (stories, ("", *names), own)
        _, labels, numbers_by_doc = known
        counted = Counter(map(numbers_by_doc.__getitem__, members(bits, self.count)))
        return Counter({labels[number]: count for number, count in counted.items() if number})

    def month_counts(self, bits: int) -> Counter[int]:
        """How many of these documents each month has; see `Columns.months`."""
        if len(self._month_bits) * 300 < bits.bit_count():
            return Counter(
                {month: (bits & of_month).bit_count() for month, of_month in self._month_bits.items()}
            )
        return Counter(map(self.columns.months.__getitem__, members(bits, self.count)))

    @cached_property
    def _month_bits(self) -> dict[int, int]:
        docs: dict[int, array[int]] = {}
        for doc, month in enumerate(self.columns.months):
            docs.setdefault(month, array("I")).append(doc)
        return {month: bit_set(of_month, self.count) for month, of_month in docs.items()}

    @cached_property
    def _classes(self) -> Classes:
        return Classes(max(1.0, self.field_lengths[TEXT] / max(1, self.count)))

    @cached_property
    def _day_marks(self) -> list[int]:
        """Bit sets of the first 0, 1/64, 2/64 … of the documents in order of day."""
        by_day = self.columns.by_day
        step = len(by_day) // _DAY_STEPS + 1
        marks = [0]
        for start in range(0, len(by_day), step):
            marks.append(marks[-1] | bit_set(by_day[start : start + step], self.count))
        return marks

    def _day_bits(self, low: int | None, high: int | None) -> int:
        first, last = self.columns.day_places(low, high)
        if last <= first:
            return 0
        return self._earliest(last) & ~self._earliest(first)

    def _earliest(self, number: int) -> int:
        """The bit set of the first so many documents in order of day."""
        by_day = self.columns.by_day
        step = len(by_day) // _DAY_STEPS + 1
        whole = number // step
        return self._day_marks[whole] | bit_set(by_day[whole * step : number], self.count)

    def _read_block(self, field: str, term: bytes) -> Block | None:
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return None
        # With deletions Whoosh wraps the matcher; they are taken out of the result once instead.
        block: Block = getattr(matcher, "child", matcher).block
        return block

    def _resolve(self, group: Group, cancel: CancelToken | None) -> PostingList:
        if isinstance(group, PhraseGroup):
            return self._resolve_phrase(group, cancel)
        if group.is_plain:
            block = self.block(group.field, group.parts[0][0])
            if block is None:
                return self._list(array("I"), b"", b"")
            return self._list(block.ids, block.weights, block.codes)
        if group.field == "headline":
            return self._resolve_headline(group, cancel)
        return self._resolve_union(group, cancel)

    def _resolve_union(self, group: TermGroup, cancel: CancelToken | None) -> PostingList:
        """Weights summed document by document, as if all spellings were one word."""
        factors = dict(group.parts)
        present = bytearray(self.count)
        codes = bytearray(self.count)
        sums: Any = bytearray(self.count)
        for term, block in self._blocks(group.field, factors):
            if cancel is not None:
                cancel.check()
            scatter(codes, block.ids, block.codes)
            scatter(present, block.ids, b"\1" * block.n)
            factor = factors[term]
            if isinstance(sums, bytearray) and (factor != 1 or not _add_whole(sums, block)):
                sums = list(sums)
            if isinstance(sums, list):
                for doc, weight in zip(block.ids, block.weights, strict=True):
                    sums[doc] += factor * weight
        ids = array("I", compress(range(self.count), present))
        kept = compress(sums, present)
        weights: Sequence[float] = bytes(kept) if isinstance(sums, bytearray) else list(kept)
        return self._list(ids, weights, bytes(compress(codes, present)))

    def _blocks(self, field: str, terms: Collection[bytes]) -> Iterator[tuple[bytes, Block]]:
        """The lists of several terms. Many are read in one walk over the table, past the cache."""
        if len(terms) <= _FEW_TERMS:
            for term in terms:
                block = self.block(field, term)
                if block is not None:
                    yield term, block
            return
        wanted, last = set(terms), max(terms)
        for term, read in self._reader.blocks_from(field, min(terms)):
            if term > last:
                return
            if term in wanted:
                yield term, read()

    def _resolve_headline(self, group: TermGroup, cancel: CancelToken | None) -> PostingList:
        """Headline positions come first, so a term is in the headline if its first position is."""
        weights: dict[int, float] = {}
        limits = self.columns.headline_positions
        for term, factor in group.parts:
            if cancel is not None:
                cancel.check()
            block = self.block(TEXT, term)
            if block is None:
                continue
            for at in _beginning_below(block, limits):
                doc = block.ids[at]
                weights[doc] = weights.get(doc, 0) + factor * _count_below(block, at, limits[doc])
        ids = array("I", sorted(weights))
        codes = bytes(map(self.columns.length_codes.__getitem__, ids))
        return self._list(ids, [weights[doc] for doc in ids], codes)

    def _resolve_phrase(self, phrase: PhraseGroup, cancel: CancelToken | None) -> PostingList:
        field = AUTHOR if phrase.field == AUTHOR else TEXT
        alternatives = {terms for _, terms in phrase.places}
        candidates = (1 << self.count) - 1
        for terms in alternatives:
            group = TermGroup(tuple((term, 1.0) for term in terms), field)
            candidates &= self.postings(group, cancel).bits
        docs = members(candidates, self.count)
        places = [
            (place, [block for term in terms if (block := self.block(field, term)) is not None])
            for place, terms in phrase.places
        ]
        below: Callable[[int], int] | None = None
        if phrase.field == "headline":
            below = self.columns.headline_positions.__getitem__
        ids, counts = phrase_frequencies(docs, places, phrase.slop, below, cancel)
        codes = self.columns.length_codes
        if field == AUTHOR and places:
            return self._list(ids, counts, bytes(len(ids)))
        return self._list(ids, counts, bytes(map(codes.__getitem__, ids)))

    def _list(self, ids: Any, weights: Any, codes: bytes) -> PostingList:
        return PostingList(ids, weights, codes, self.count, self._classes)


def _add_whole(sums: bytearray, block: Block) -> bool:
    """Add a list's weights; not at all, and `False`, where one is no byte or a sum would not be."""
    if not isinstance(block.weights, bytes):
        return False
    done = 0
    try:
        for doc, weight in zip(block.ids, block.weights, strict=True):
            sums[doc] += weight
            done += 1
    except ValueError:
        for doc, weight in zip(block.ids[:done], block.weights, strict=False):
            sums[doc] -= weight
        return False
    return True


def _beginning_below(block: Block, limits: Sequence[int]) -> list[int]:
    """Indexes of the postings whose first position is below their document's limit."""
    if not block.is_even:
        return [at for at, doc in enumerate(block.ids) if _count_below(block, at, limits[doc])]
    places = block.places
    postings = zip(range(block.n), block.ids, block.offsets[:-1], strict=True)
    return [at for at, doc, start in postings if places[start >> 1] < limits[doc]]


def _count_below(block: Block, at: int, limit: int) -> int:
    return sum(1 for place in decode_positions(block.value(at)) if place < limit)


def _block_cost(block: Block | None) -> int:
    return 200 if block is None else 400 + block.size


def _list_cost(postings: PostingList) -> int:
    return postings.cost


def read_whole(storage: SealedStorage, name: str) -> bytes:
    """All bytes of a sealed file."""
    file = storage.open_file(name)
    try:
        return file.get(0, storage.file_length(name))
    finally:
        file.close()
