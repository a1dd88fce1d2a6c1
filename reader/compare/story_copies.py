"""Articles whose wording is nearly the same, found by the smallest hashes of their shingles (Broder 1997)."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from reader.model.cancel import CancelToken

_COPIED: Final = 0.5
"""Two articles are copies when their sketches share this part."""
_LEAST: Final = 4
"""A shorter sketch says nothing."""
_TELLING: Final = 12
"""So many of its smallest hashes propose the copies of an article; copies share one nearly always."""
_LAST_HOLDERS: Final = 8
"""A hash proposes so many of its latest holders; stock phrases would propose everybody."""
_AT_ONCE: Final = 400_000
"""So many hashes are sorted at once, to bound the memory."""
_SHIFT: Final = 32


class Sketches:
    """The sketches of a library, about 130 bytes an article."""

    def __init__(self) -> None:
        """Empty."""
        self._hashes = array("I")
        self._starts = array("Q", [0])

    def add(self, sketch: Sequence[int]) -> None:
        """Keep the sketch of the next article; sorted, 32 bits each."""
        self._hashes.extend(sketch)
        self._starts.append(len(self._hashes))

    def copies(self, order: Sequence[int], cancel: CancelToken) -> list[tuple[int, int]]:
        """Pairs of copies, as indexes into `order`, which holds the numbers of the articles."""
        passes = 1 + _TELLING * len(order) // _AT_ONCE
        found: set[tuple[int, int]] = set()
        for part in range(passes):
            cancel.check()
            held = [
                value << _SHIFT | index
                for index, number in enumerate(order)
                for value in self._telling(number)
                if value % passes == part
            ]
            held.sort()
            looked_at: set[tuple[int, int]] = set()
            for _, run in groupby(held, key=_hash_of):
                holders = [place & 0xFFFF_FFFF for place in run]
                for at, later in enumerate(holders):
                    for earlier in holders[max(at - _LAST_HOLDERS, 0) : at]:
                        looked_at.add((earlier, later))
            cancel.check()
            found.update(pair for pair in looked_at if self._are_copies(*(order[index] for index in pair)))
        return sorted(found)

    def _telling(self, number: int) -> array[int]:
        start, end = self._starts[number], self._starts[number + 1]
        return self._hashes[start : min(end, start + _TELLING)] if end - start >= _LEAST else array("I")

    def _are_copies(self, one: int, other: int) -> bool:
        a = self._hashes[self._starts[one] : self._starts[one + 1]]
        b = self._hashes[self._starts[other] : self._starts[other + 1]]
        return len(set(a).intersection(b)) >= _COPIED * min(len(a), len(b))


def _hash_of(place: int) -> int:
    return place >> _SHIFT
