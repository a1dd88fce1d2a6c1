"""One state of the index, open for searching: immutable, counted, and closed when its last user ends."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from reader.model import CancelToken
from reader.search.variants import classes
from reader.search.whoosh.groups import Group, PhraseGroup, TermGroup
from reader.search.whoosh.lexicon import LexiconView
from reader.search.whoosh.lists import Classes, bit_set, length_norms
from reader.search.whoosh.schema import AUTHOR, TEXT
from reader.search.whoosh.segment import Segment
from reader.search.whoosh.topk import Norms

_VARIANTS_KEPT = 4096


@dataclass(slots=True, eq=False)
class Live:
    """A segment and which of its documents this snapshot still has."""

    segment: Segment
    deleted: frozenset[int]
    base: int
    """Number of documents in the segments before it."""

    @property
    def everything(self) -> int:
        """The bit set of the documents that are not deleted."""
        every = (1 << self.segment.count) - 1
        return every & ~bit_set(sorted(self.deleted), self.segment.count) if self.deleted else every

    @property
    def count(self) -> int:
        """How many documents are not deleted."""
        return self.segment.count - len(self.deleted)


class Snapshot:
    """Segments that stay as they are while somebody searches them."""

    def __init__(self, serial: str, generation: int, lives: Sequence[Live]) -> None:
        self.serial = serial
        """Of the seal; empty for an index that was never sealed."""
        self.generation = generation
        """Of Whoosh's table of contents."""
        self.lives = tuple(lives)
        self.count = sum(live.count for live in lives)
        """Articles."""
        self.count_all = sum(live.segment.count for live in lives)
        """Articles, with those deleted but not yet merged away; BM25 counts these."""
        self.lexicon = LexiconView([live.segment.lexicon for live in lives])
        self._variants: dict[str, tuple[str, ...]] = {}
        self._norms: dict[str, Norms] = {}
        self._bounds: dict[Classes, list[float]] = {}

    def everything(self, live: Live) -> int:
        """The bit set of a segment's documents that are not deleted."""
        return self._everything[self.lives.index(live)]

    @cached_property
    def _everything(self) -> tuple[int, ...]:
        return tuple(live.everything for live in self.lives)

    def norms(self, field: str) -> Norms:
        """BM25's length norms of a field."""
        found = self._norms.get(field)
        if found is None:
            total = sum(live.segment.field_lengths[field] for live in self.lives)
            found = self._norms[field] = Norms(length_norms(total / max(1, self.count_all) or 1.0))
        return found

    def bounds(self, classes_of: Classes) -> list[float]:
        """What a class is at most worth in this snapshot."""
        found = self._bounds.get(classes_of)
        if found is None:
            found = self._bounds[classes_of] = classes_of.bounds(self.norms(TEXT).norms)
        return found

    def idf(self, group: Group, cancel: CancelToken | None = None) -> float:
        """How telling a group is: of its pooled document frequency; for a phrase the sum over its words."""
        if isinstance(group, PhraseGroup):
            field = AUTHOR if group.field == AUTHOR else TEXT
            distinct = dict.fromkeys(terms for _, terms in group.places)
            words = (TermGroup(tuple((term, 1.0) for term in terms), field) for terms in distinct)
            return sum(self.idf(word, cancel) for word in words)
        frequency = sum(live.segment.postings(group, cancel).n for live in self.lives)
        return math.log(1 + (self.count_all - frequency + 0.5) / (frequency + 0.5))

    def variants(self, word: str) -> tuple[str, ...]:
        """Other spellings of a name that the library has; remembered."""
        found = self._variants.get(word)
        if found is None:
            if len(self._variants) >= _VARIANTS_KEPT:
                self._variants.clear()
            found = self._variants[word] = classes(word, self.lexicon)
        return found

    def find(self, article_id: str) -> tuple[Live, int] | None:
        """The segment and document of an id."""
        for live in self.lives:
            doc = live.segment.columns.find(article_id)
            if doc is not None and doc not in live.deleted:
                return live, doc
        return None

    def digests(self) -> Iterator[tuple[str, str]]:
        """Id and digest of every article."""
        for live in self.lives:
            columns, deleted = live.segment.columns, live.deleted
            for doc, pair in enumerate(zip(columns.ids, columns.digests, strict=True)):
                if doc not in deleted:
                    yield pair


class Holder:
    """Keeps the present snapshot and closes segments that no snapshot in use has any more."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._lock = threading.Lock()
        self._present = snapshot
        self._uses: dict[Snapshot, int] = {snapshot: 1}

    @property
    def present(self) -> Snapshot:
        """The newest snapshot; hold it (`hold`) to search it."""
        return self._present

    def hold(self) -> Snapshot:
        """Take the present snapshot into use; give it back with `release`."""
        with self._lock:
            self._uses[self._present] += 1
            return self._present

    def release(self, snapshot: Snapshot) -> None:
        """Give a snapshot back; the last one to do so closes what only it had open."""
        with self._lock:
            self._uses[snapshot] -= 1
            if self._uses[snapshot]:
                return
            del self._uses[snapshot]
            kept = {live.segment for other in self._uses for live in other.lives}
            gone = [live.segment for live in snapshot.lives if live.segment not in kept]
        for segment in gone:
            # Nobody waits for these files any more, so nobody is to hear of it either.
            with suppress(OSError):
                segment.close()

    def swap(self, snapshot: Snapshot) -> None:
        """Make another snapshot the present one."""
        with self._lock:
            former, self._present = self._present, snapshot
            self._uses[snapshot] = 1
        self.release(former)
