"""The posting format on Whoosh's own extension points: format, codec, field writer, terms reader, matcher.

Whoosh's stock queries run over `FlatMatcher`; our own scoring reads the same blocks whole (`scoring.py`).
No list is pickled, compressed or inlined into the term table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.formats import Positions
from whoosh.matching import LeafMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.system import pack_ushort
from whoosh.util.numeric import byte_to_length

from reader.model.errors import IndexUnusable
from reader.search.whoosh.blocks import Block, decode_positions, pack
from reader.search.whoosh.pool import GroupPool, TermPostings

_FOREIGN = "the index holds a posting list of a foreign form"


class FlatFormat(Positions):  # type: ignore[misc]  # whoosh is untyped
    """Positions as flat arrays (see `blocks.py`)."""

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The positions of one value, ascending."""
        return decode_positions(valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many positions one value has."""
        return len(valuestring) // (4 if len(valuestring) & 1 else 2)


class FlatMatcher(LeafMatcher):  # type: ignore[misc]  # whoosh is untyped
    """Walks one block for Whoosh's stock queries; `block` is what everything of ours uses."""

    def __init__(self, block: Block, format_: FlatFormat, term: Any = None, scorer: Any = None) -> None:
        self.block = block
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._at = 0

    def is_active(self) -> bool:
        """Whether there is a current posting."""
        return self._at < self.block.n

    def id(self) -> int:
        """Document number of the current posting."""
        return self.block.ids[self._at]

    def weight(self) -> float:
        """Weight of the current posting."""
        return float(self.block.weights[self._at])

    def value(self) -> bytes:
        """Positions of the current posting, encoded."""
        return self.block.value(self._at)

    def next(self) -> bool:
        """Go to the next posting; the whole list is one block."""
        self._at += 1
        return self._at == self.block.n

    def reset(self) -> None:
        """Back to the first posting."""
        self._at = 0

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's name
        """Go to the first posting at or after this document."""
        self._at = bisect_left(self.block.ids, id, self._at)

    def skip_to_quality(self, minquality: float) -> int:
        """Skip the list if nothing in it can score higher."""
        if self.block_quality() > minquality:
            return 0
        self._at = self.block.n
        return 1

    def all_ids(self) -> Iterator[int]:
        """Document numbers from the current one on."""
        return iter(self.block.ids[self._at :])

    def block_min_id(self) -> int:
        """First document number."""
        return self.block.ids[0]

    def block_max_id(self) -> int:
        """Last document number."""
        return self.block.ids[-1]

    def block_min_length(self) -> int:
        """Length of the shortest article in the list."""
        return int(byte_to_length(min(self.block.codes)))

    def block_max_length(self) -> int:
        """Length of the longest article in the list."""
        return int(byte_to_length(max(self.block.codes)))

    def block_max_weight(self) -> float:
        """Highest weight in the list."""
        return float(max(self.block.weights))

    def copy(self) -> FlatMatcher:
        """Another matcher at the same place."""
        twin = FlatMatcher(self.block, self.format, self._term, self.scorer)
        twin._at = self._at
        return twin


class FlatFieldWriter(W3FieldWriter):  # type: ignore[misc]  # whoosh is untyped
    """Writes the blocks and the term table of one segment."""

    pool: GroupPool | None = None
    """Where the length codes come from; set by our writer."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterator[TermPostings]) -> None:  # noqa: ARG002 - Whoosh's
        """Write all postings; `items` come by field, then term."""
        assert self.pool is not None
        field, codes = "", b""
        for postings in items:
            if postings.field != field:
                if field:
                    self.finish_field()
                field = postings.field
                self.start_field(field, schema[field])
                codes = self.pool.length_codes(field)
            self._add_term(postings, codes)
        if field:
            self.finish_field()

    def _add_term(self, postings: TermPostings, codes: bytes) -> None:
        ids, weights = postings.ids, postings.weights
        own_codes = bytes(map(codes.__getitem__, ids))
        block = pack(ids, weights, own_codes, postings.offsets, bytes(postings.values))
        offset = self._postfile.tell()
        self._postfile.write(block)
        info = W3TermInfo()
        info._weight = float(sum(weights))
        info._df = len(ids)
        info._minlength = byte_to_length(min(own_codes))
        info._maxlength = byte_to_length(max(own_codes))
        info._maxweight = float(max(weights))
        info._minid = ids[0]
        info._maxid = ids[-1]
        info.set_extent(offset, len(block))
        self._tindex.add(pack_ushort(self._fieldid) + postings.term, info.to_bytes())


class FlatTermsReader(W3TermsReader):  # type: ignore[misc]  # whoosh is untyped
    """Refuses inlined postings, which would be a pickle inside the term table."""

    def term_info(self, fieldname: str, tbytes: bytes) -> Any:
        """Numbers about one term and where its block is."""
        try:
            start, _ = self._range_for_key(fieldname, tbytes)
        except KeyError:
            raise TermNotFound(f"no term {fieldname}:{tbytes!r}") from None
        if self._dbfile.get(start, 1) != b"\0":
            raise IndexUnusable(_FOREIGN)
        return super().term_info(fieldname, tbytes)

    def blocks(self) -> Iterator[tuple[str, bytes, Block]]:
        """Every list by field, then term, straight through the table: no look-up for each."""
        for key, value in self._tindex.items():
            field, term = self._keydecoder(key)
            yield field, term, self._block_of(value)

    def blocks_from(self, field: str, term: bytes) -> Iterator[tuple[bytes, Callable[[], Block]]]:
        """The lists of a field from a term on, each read when called for."""
        decoded = self._keydecoder
        for key, value in self._tindex.items_from(self._keycoder(field, term)):
            found_field, found = decoded(key)
            if found_field != field:
                return
            yield found, partial(self._block_of, value)

    def _block_of(self, value: bytes) -> Block:
        if value[:1] != b"\0":
            raise IndexUnusable(_FOREIGN)
        return Block(self._postfile.get(*_extent(W3TermInfo.from_bytes(value))))


class FlatReader(SegmentReader):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's reader of one segment, with a walk over all blocks."""

    def blocks(self) -> Iterator[tuple[str, bytes, Block]]:
        """Every list by field, then term. Raises `IndexUnusable` at a damaged one."""
        found: Iterator[tuple[str, bytes, Block]] = self._terms.blocks()
        return found

    def blocks_from(self, field: str, term: bytes) -> Iterator[tuple[bytes, Callable[[], Block]]]:
        """The lists of a field from a term on, each read when called for."""
        found: Iterator[tuple[bytes, Callable[[], Block]]] = self._terms.blocks_from(field, term)
        return found


class FlatCodec(W3Codec):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's third codec with flat posting lists."""

    def field_writer(self, storage: Any, segment: Any) -> FlatFieldWriter:
        """What writes a segment's terms."""
        return FlatFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> FlatTermsReader:
        """What reads a segment's terms."""
        name = segment.make_filename(self.TERMS_EXT)
        length = storage.file_length(name)
        terms = storage.open_file(name)
        return FlatTermsReader(self, terms, length, segment.open_file(storage, self.POSTS_EXT))

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> FlatMatcher:
        """A matcher over one list. Raises `IndexUnusable` for a damaged one."""
        return FlatMatcher(Block(dbfile.get(*_extent(terminfo))), format_, term, scorer)


def _extent(info: Any) -> tuple[int, int]:
    """Offset and length of a list in the postings file."""
    offset, length = info.extent()
    # whoosh 2.7.4 leaves the length inside the tuple that struct gave it.
    return offset, length[0] if isinstance(length, tuple) else length
