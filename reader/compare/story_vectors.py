"""Articles as weighted vectors, and which pairs of them are worth a closer look.

Body, names and lead are three spaces of tf-idf terms (Salton and Buckley 1988) whose vectors are normalised
apart and then laid side by side, so that one dot product is the weighted mean of three cosines.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import repeat
from operator import mul
from typing import Final

from reader.compare.story_features import StoryFeatures, counted
from reader.model.cancel import CancelToken

BODY: Final = 0.6
NAMES: Final = 0.2
LEAD: Final = 0.2
"""What each space adds to the similarity of two articles; together 1."""
_PROBES: Final = 24
"""So many of its heaviest body terms propose the partners of an article."""
_CROWDED: Final = 400
"""A probe that more articles of the window have proposes nobody."""
_PROMISING: Final = 0.015
"""What the probes alone must add to a similarity; those of 99 in 100 pairs above the cut do."""
_MOST_PARTNERS: Final = 60
"""So many partners at most are looked at closely for each article."""

SparseVector = dict[int, float]
"""Weight of each term number."""


class Vectors:
    """The vectors of a whole library, about three kilobytes an article."""

    def __init__(self, features: Sequence[StoryFeatures], cancel: CancelToken) -> None:
        """Number the terms and weigh them by how many of these articles hold them."""
        self._numbers: dict[str, int] = {}
        self._held_by: list[int] = []
        raw: list[list[tuple[array[int], array[float]]]] = []
        for one in features:
            cancel.check()
            raw.append([self._space(marker, counts) for marker, counts in _spaces(one)])
        total = len(features)
        idf = [math.log((1 + total) / (1 + held)) + 1 for held in self._held_by]
        self._idf = idf
        self.terms: list[array[int]] = []
        self.weights: list[array[float]] = []
        self.body_size: list[int] = []
        for spaces in raw:
            cancel.check()
            terms, weights = array("i"), array("f")
            for share, (numbers, counts) in zip((BODY, NAMES, LEAD), spaces, strict=True):
                weighted = [count * idf[number] for number, count in zip(numbers, counts, strict=True)]
                norm = math.sqrt(sum(weight * weight for weight in weighted)) or 1.0
                scale = math.sqrt(share) / norm
                terms.extend(numbers)
                weights.extend(weight * scale for weight in weighted)
            self.terms.append(terms)
            self.weights.append(weights)
            self.body_size.append(len(spaces[0][0]))

    def _space(self, marker: str, counts: Mapping[str, int]) -> tuple[array[int], array[float]]:
        numbers = array("i")
        for term in counts:
            number = self._numbers.setdefault(marker + term, len(self._numbers))
            if number == len(self._held_by):
                self._held_by.append(0)
            self._held_by[number] += 1
            numbers.append(number)
        return numbers, array("f", (1 + math.log(count) for count in counts.values()))

    def idf(self, stem: str) -> float:
        """How rare a stem is among the bodies; 0 when none holds it."""
        number = self._numbers.get(stem)
        return 0.0 if number is None else self._idf[number]

    def __len__(self) -> int:
        return len(self.terms)

    def vector(self, index: int) -> SparseVector:
        """One article's vector, of length at most 1."""
        return dict(zip(self.terms[index], self.weights[index], strict=True))

    def similarity(self, vector: SparseVector, index: int) -> float:
        """The dot product of a vector with one article's."""
        held = map(vector.get, self.terms[index], repeat(0.0))
        total: float = sum(map(mul, held, self.weights[index]))
        return total

    def probes(self, index: int) -> list[tuple[int, float]]:
        """The heaviest body terms of an article that others have too."""
        size = self.body_size[index]
        held_by = self._held_by
        pairs = [
            (-weight, term)
            for term, weight in zip(self.terms[index][:size], self.weights[index][:size], strict=True)
            if held_by[term] > 1
        ]
        return [(term, -weight) for weight, term in nsmallest(_PROBES, pairs)]


def _spaces(one: StoryFeatures) -> Iterator[tuple[str, dict[str, int]]]:
    yield "", counted(one.terms.split(" "))
    yield "n\n", {name.casefold(): count for name, count in counted(one.names.split("\n")).items()}
    lead: dict[str, int] = {}
    for term in one.lead.split(" "):
        if term:
            lead[term] = lead.get(term, 0) + 1
    yield "l\n", lead


class Partners:
    """Which articles share the heaviest terms of one, within the window; near linear for the whole library.

    An article without a day is within everybody's window. Terms that crowd the window propose nobody.
    """

    def __init__(self, vectors: Vectors, days: Sequence[int | None], window: int | None) -> None:
        """Index the probes of all articles. `window` is in days, `None` for any."""
        self._vectors = vectors
        self._days = days if window is not None else [None] * len(days)
        self._window = window or 0
        self._dated: dict[int, list[tuple[int, int, float]]] = {}
        self._undated: dict[int, list[tuple[int, float]]] = {}
        for index, day in enumerate(self._days):
            for term, weight in vectors.probes(index):
                if day is None:
                    self._undated.setdefault(term, []).append((index, weight))
                else:
                    self._dated.setdefault(term, []).append((day, index, weight))
        for places in self._dated.values():
            places.sort()

    def of(self, index: int) -> list[int]:
        """The articles most worth a closer look, best first."""
        day = self._days[index]
        sums: dict[int, float] = {}
        for term, weight in self._vectors.probes(index):
            near = self._near(term, day)
            if len(near) <= _CROWDED:
                for other, held in near:
                    sums[other] = sums.get(other, 0.0) + weight * held
        sums.pop(index, None)
        promising = [(-total, other) for other, total in sums.items() if total >= _PROMISING]
        best = promising if len(promising) <= _MOST_PARTNERS else nsmallest(_MOST_PARTNERS, promising)
        return [other for _, other in sorted(best)]

    def _near(self, term: int, day: int | None) -> list[tuple[int, float]]:
        places = self._dated.get(term, [])
        near = self._undated.get(term, [])
        if not places:
            return near
        if day is not None:
            first = bisect_left(places, day - self._window, key=lambda place: place[0])
            last = bisect_right(places, day + self._window, key=lambda place: place[0])
            places = places[first:last]
        return [(other, held) for _, other, held in places] + near
