"""An upper bound of the score of every document of a segment, summed as big integers.

One byte per document while few lists take part, two where many do: rounding up costs each list one step, and
many lists would use up all 255. Python adds the lanes of all documents in one addition.
"""

from __future__ import annotations

import heapq
import sys
from array import array
from collections.abc import Sequence
from itertools import compress
from operator import itemgetter

from reader.search.whoosh.lists import PostingList, ones, scatter

_SAMPLED = 8_192
MAX_NARROW = 8
"""Up to so many lists one byte per document is fine enough."""

Contribution = tuple[PostingList, float, list[float]]
"""A list, its idf, and the bounds of its classes."""

_BELOW = tuple(bytes(range(value)) for value in range(257))
_REACHES = tuple(bytes(int(byte >= value) for byte in range(256)) for value in range(257))
_ONE_MORE = bytes((*range(1, 255), 254, 254))
_DIGITS = bytes.maketrans(b"01", b"\0\1")


class GatheredBounds:
    """One byte for each of some documents only, like `NarrowBounds`: quicker where few documents match."""

    def __init__(self, lists: Sequence[Contribution], docs: Sequence[int], doc_count: int) -> None:
        self._docs = docs
        self.scale = _scale(lists)
        """Steps per score."""
        pick = itemgetter(*docs)
        total = int.from_bytes(b"\1" * len(docs), "little")
        for postings, idf, bounds in lists:
            if not postings.n:
                continue
            if postings.is_dense:
                classes = bytes(pick(postings.dense))
            elif len(docs) < postings.n:
                find, own = postings.places.get, postings.classes
                classes = bytes([0 if (at := find(doc)) is None else own[at] for doc in docs])
            else:
                sparse = bytearray(doc_count)
                scatter(sparse, postings.ids, postings.classes)
                classes = bytes(pick(sparse))
            total += int.from_bytes(classes.translate(_steps(idf * self.scale, postings, bounds)), "little")
        self._upper = total.to_bytes(len(docs), "little")

    def kth_highest(self, k: int) -> int:
        """The k-th highest bound."""
        return kth_highest(self._upper, k)

    def at_least(self, floor: int) -> list[int]:
        """Documents whose bound is at least this, ascending."""
        docs = self._docs
        return [docs[place] for place in at_least(self._upper, floor)]


class NarrowBounds:
    """One byte per document: at least `scale` times its score, at least 1 where it matches, else 0."""

    def __init__(self, lists: Sequence[Contribution], matching: int, doc_count: int) -> None:
        self.scale = _scale(lists)
        """Steps per score."""
        total = int.from_bytes(_flags(matching, doc_count), "little")
        mask = total * 255
        sparse: list[tuple[PostingList, bytes]] = []
        for postings, idf, bounds in lists:
            # At most 254 in sum and the 1 for matching, so no byte ever carries into the next.
            table = _steps(idf * self.scale, postings, bounds)
            if postings.is_dense:
                total += int.from_bytes(postings.dense.translate(table), "little")
            elif postings.n:
                sparse.append((postings, table))
        upper = bytearray((total & mask).to_bytes(doc_count, "little"))
        for postings, table in sparse:
            for doc, number in zip(postings.ids, postings.classes, strict=True):
                if upper[doc]:
                    upper[doc] += table[number]
        self._upper = bytes(upper)

    def kth_highest(self, k: int) -> int:
        """The k-th highest bound; at least k documents match."""
        return kth_highest(self._upper, k)

    def at_least(self, floor: int) -> list[int]:
        """Matching documents whose bound is at least this, ascending."""
        return at_least(self._upper, floor)


class WideBounds:
    """Two bytes per document, for up to 256 lists."""

    def __init__(self, lists: Sequence[Contribution], matching: int, doc_count: int) -> None:
        highest = max(idf * _highest(postings, bounds) for postings, idf, bounds in lists)
        self.scale = 253 / highest if highest else 0.0
        """Steps per score."""
        total = 0
        sparse: list[tuple[PostingList, bytes]] = []
        lanes = bytearray(2 * doc_count)
        low_byte = slice(0 if sys.byteorder == "little" else 1, None, 2)
        for postings, idf, bounds in lists:
            table = _steps(idf * self.scale, postings, bounds)
            if postings.is_dense:
                lanes[low_byte] = postings.dense.translate(table)
                total += int.from_bytes(lanes, sys.byteorder)
            elif postings.n:
                sparse.append((postings, table))
        # On either byte order the sum comes back as it went in, lane by lane.
        self._upper = array("H", total.to_bytes(2 * doc_count, sys.byteorder))
        for postings, table in sparse:
            for doc, number in zip(postings.ids, postings.classes, strict=True):
                self._upper[doc] += table[number]
        self._flags = _flags(matching, doc_count)

    def kth_highest(self, k: int) -> int:
        """The k-th highest bound; at least k documents match."""
        return heapq.nlargest(k, compress(self._upper, self._flags))[-1]

    def at_least(self, floor: int) -> list[int]:
        """Matching documents whose bound is at least this, ascending."""
        flags = self._flags
        return [doc for doc, bound in enumerate(self._upper) if bound >= floor and flags[doc]]


def kth_highest(values: bytes, k: int) -> int:
    """The k-th highest byte; there are at least k that are not 0."""
    low = 256
    high = b""
    if len(values) > _SAMPLED:
        # Each pass over all values costs, so a sixteenth of them says where to begin.
        sample = values[::16]
        while low > 1 and 16 * len(sample.translate(None, _BELOW[low])) < 2 * k:
            low = max(1, low - 8)
        high = values.translate(None, _BELOW[low])
    while len(high) < k and low > 1:
        low = max(1, low - 32)
        high = values.translate(None, _BELOW[low])
    return heapq.nlargest(k, high)[-1] if len(high) > k * 8 else sorted(high)[-k]


def at_least(values: bytes, floor: int) -> list[int]:
    """Where bytes of at least this value stand, ascending."""
    return list(ones(values.translate(_REACHES[floor])))


def _highest(postings: PostingList, bounds: Sequence[float]) -> float:
    return bounds[postings.highest_class] if postings.n else 0.0


def _steps(factor: float, postings: PostingList, bounds: Sequence[float]) -> bytes:
    """For each class its bound in steps, rounded up; 0 for documents that are not in the list."""
    found = bounds[: postings.highest_class + 1] if postings.n else bounds[:1]
    steps = bytes(map(int, map(factor.__mul__, found))).translate(_ONE_MORE)
    return b"\0" + steps[1:].ljust(255, b"\xfe")


def _scale(lists: Sequence[Contribution]) -> float:
    """Steps of one byte per score, so that the sum of all lists and one step more for each stay below 255."""
    highest = sum([idf * _highest(postings, bounds) for postings, idf, bounds in lists])
    return (254 - len(lists)) / highest if highest else 0.0


def _flags(bits: int, doc_count: int) -> bytes:
    """A bit set as one byte per document."""
    digits = bin(bits)[:1:-1].encode().translate(_DIGITS)
    return digits.ljust(doc_count, b"\0")
