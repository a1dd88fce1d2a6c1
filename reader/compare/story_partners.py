"""Which pairs of articles are worth a closer look, found by the rare terms that they share."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from heapq import nsmallest
from typing import Final

from reader.compare.story_vectors import Vectors

_CROWDED: Final = 400
"""A probe that more articles of the window have proposes nobody."""
_MOST_HELD: Final = 2_000
"""So many places at most are looked at for one article, the rarest of its probes first."""
_PROMISING: Final = 0.015
"""What the probes alone must add to a similarity; those of 99 in 100 pairs above the cut do."""
_MOST_PARTNERS: Final = 60
"""So many partners at most are looked at closely for each article."""
_SHIFT: Final = 16
_SCALE: Final = 0xFFFF


class Partners:
    """Which of the articles that were added share the heaviest terms of one.

    Articles are added in the order of their numbers, those without a day first: they are within everybody's
    window. With a window only its days are kept, so memory does not grow with the years of a library.
    """

    def __init__(self, vectors: Vectors, days: Sequence[int | None], window: int | None) -> None:
        """`days` are the day numbers of the articles. `window` is in days, `None` for any."""
        self._vectors = vectors
        self._days = days
        self._window = window
        self._places: dict[int, array[int]] = {}
        self._undated: dict[int, array[int]] = {}
        self._kept = self._kept_when_tidied = 0
        self._last: tuple[int, list[tuple[int, float]]] = (-1, [])

    def add(self, index: int) -> None:
        """From now on the article is proposed. Dated articles in the order of their numbers."""
        is_dated = self._days[index] is not None and self._window is not None
        places = self._places if is_dated else self._undated
        probes = self._probes(index)
        for term, weight in probes:
            held = places.get(term)
            if held is None:
                held = places[term] = array("Q")
            # Number and weight in one integer: sorted by number, and eight bytes instead of a hundred.
            held.append(index << _SHIFT | min(int(weight * _SCALE), _SCALE))
        if is_dated:
            self._kept += len(probes)
            if self._kept > 2 * self._kept_when_tidied + 100_000:
                self._forget_before(self._first_near(index))

    def of(self, index: int) -> list[int]:
        """The articles most worth a closer look, best first."""
        first = self._first_near(index)
        found = []
        for term, weight in self._probes(index):
            near = self._near(term, first)
            if near and len(near) <= _CROWDED:
                found.append((len(near), term, weight, near))
        found.sort(key=lambda probe: probe[:2])
        sums: dict[int, float] = {}
        looked_at = 0
        for size, _, weight, near in found:
            looked_at += size
            if looked_at > _MOST_HELD:
                break
            weight /= _SCALE
            for place in near:
                other = place >> _SHIFT
                sums[other] = sums.get(other, 0.0) + weight * (place & _SCALE)
        sums.pop(index, None)
        promising = [(-total, other) for other, total in sums.items() if total >= _PROMISING]
        best = promising if len(promising) <= _MOST_PARTNERS else nsmallest(_MOST_PARTNERS, promising)
        return [other for _, other in sorted(best)]

    def _probes(self, index: int) -> list[tuple[int, float]]:
        if self._last[0] != index:
            self._last = (index, self._vectors.probes(index))
        return self._last[1]

    def _near(self, term: int, first: int) -> array[int]:
        held = self._places.get(term)
        near = held[bisect_left(held, first << _SHIFT) :] if held else array("Q")
        undated = self._undated.get(term)
        return near + undated if undated else near

    def _first_near(self, index: int) -> int:
        """The first number within the window of an article; the numbers of dated ones follow their days."""
        day = self._days[index]
        if day is None or self._window is None:
            return 0
        return bisect_left(self._days, day - self._window, 0, index, key=_day_of)

    def _forget_before(self, first: int) -> None:
        live = {}
        self._kept = 0
        for term, held in self._places.items():
            near = held[bisect_left(held, first << _SHIFT) :]
            if near:
                live[term] = near
                self._kept += len(near)
        self._places = live
        self._kept_when_tidied = self._kept


def _day_of(day: int | None) -> int:
    return -1 if day is None else day
