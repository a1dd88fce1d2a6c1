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

from reader.search.whoosh.lists import PostingList

MAX_NARROW = 8
"""Up to so many lists one byte per document is fine enough."""

Contribution = tuple[PostingList, float, list[float]]
"""A list, its idf, and the bounds of its classes."""

_BELOW = tuple(bytes(range(value)) for value in range(257))
_REACHES = tuple(bytes(int(byte >= value) for byte in range(256)) for value in range(257))
_DIGITS = bytes.maketrans(b"01", b"\0\1")


class NarrowBounds:
    """One byte per document: at least `scale` times its score, at least 1 where it matches, else 0."""

    def __init__(self, lists: Sequence[Contribution], matching: int, doc_count: int) -> None:
        highest = sum(idf * _highest(postings, bounds) for postings, idf, bounds in lists)
        self.scale = (254 - len(lists)) / highest if highest else 0.0
        """Steps per score."""
        total = int.from_bytes(_flags(matching, doc_count), "little")
        mask = total * 255
        sparse: list[tuple[PostingList, bytes]] = []
        for postings, idf, bounds in lists:
            # At most 254 in sum and the 1 for matching, so no byte ever carries into the next.
            table = _steps(idf * self.scale, bounds)
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
            table = _steps(idf * self.scale, bounds)
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
    while len(high) < k and low > 1:
        low = max(1, low - 32)
        high = values.translate(None, _BELOW[low])
    return heapq.nlargest(k, high)[-1] if len(high) > k * 4 else sorted(high)[-k]


def at_least(values: bytes, floor: int) -> list[int]:
    """Where bytes of at least this value stand, ascending."""
    flags = values.translate(_REACHES[floor])
    found: list[int] = []
    append, find = found.append, flags.find
    at = find(1)
    while at >= 0:
        append(at)
        at = find(1, at + 1)
    return found


def _highest(postings: PostingList, bounds: Sequence[float]) -> float:
    return bounds[postings.highest_class] if postings.n else 0.0


def _steps(factor: float, bounds: Sequence[float]) -> bytes:
    """For each class its bound in steps, rounded up; 0 for documents that are not in the list."""
    return bytes([0, *(min(254, int(factor * bound) + 1) for bound in bounds[1:])])


def _flags(bits: int, doc_count: int) -> bytes:
    """A bit set as one byte per document."""
    digits = bin(bits)[:1:-1].encode().translate(_DIGITS)
    return digits.ljust(doc_count, b"\0")
