"""Articles as weighted vectors: what similarity inside stories is made of.

Body, names and lead are three spaces of tf-idf terms (Salton and Buckley 1988) whose vectors are normalised
apart and then laid side by side, so that one dot product is the weighted mean of three cosines.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, repeat
from operator import mul
from typing import Final, Protocol

from reader.compare.story_features import StoryFeatures, counted
from reader.model.cancel import CancelToken

BODY: Final = 0.6
NAMES: Final = 0.2
LEAD: Final = 0.2
"""What each space adds to the similarity of two articles; together 1."""
_MARKERS: Final = ("", "n\n", "l\n")
"""What the terms of body, names and lead begin with where all three stand in one table."""
_PROBES: Final = 24
"""So many of its heaviest body terms propose the partners of an article."""
_LOGS: Final = {str(times): 1 + math.log(times) for times in range(1, 1000)}
_LEAD_LOGS: Final = [0.0, *(1 + math.log(times) for times in range(1, 1000))]

SparseVector = dict[int, float]
"""Weight of each term number."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many articles of a library hold each term, kept for those that come later."""

    articles: int
    """So many were counted."""
    held_by: Mapping[str, int]
    """Terms with the marker of their space; one that is missing is held by one article at most."""


class Rows(Protocol):
    """Where packed vectors are kept: a list, or a file when there are many."""

    def append(self, row: bytes, /) -> object:
        """Keep one more."""

    def __len__(self) -> int:
        """So many are kept."""

    def __getitem__(self, index: int, /) -> bytes:
        """The row of that number."""

    def __setitem__(self, index: int, row: bytes, /) -> None:
        """Put one of the same length in its place."""


class Vectors:
    """The vectors of a whole library, in `rows`; in memory only the vocabulary and ten bytes an article."""

    def __init__(
        self,
        features: Iterable[StoryFeatures],
        cancel: CancelToken,
        *,
        rows: Rows | None = None,
        rarity: Rarity | None = None,
        report: Callable[[int], None] | None = None,
    ) -> None:
        """Number the terms and count how many of these articles hold them.

        `rows` is empty and used by nobody else. With `rarity` terms weigh as in the library it was counted
        in. `report` is told the number of each article.
        """
        in_memory: list[bytes] = []
        self._rows: Rows = in_memory if rows is None else rows
        self._numbers: tuple[defaultdict[str, int], ...] = _numbering()
        self._held_by: list[int] = []
        self._sizes = (array("H"), array("H"), array("H"))
        self._is_weighed = bytearray()
        for number, one in enumerate(features):
            cancel.check()
            if report is not None:
                report(number)
            self._add(one)
        if rarity is not None:
            self._take_over(rarity)
        self._total = len(self) if rarity is None else max(rarity.articles, len(self))
        self._idf = [math.log((1 + self._total) / (1 + held)) + 1 for held in self._held_by]

    def __len__(self) -> int:
        return len(self._is_weighed)

    def idf(self, stem: str) -> float:
        """How rare a stem is among the bodies; 0 when none holds it."""
        number = self._numbers[0].get(stem)
        return 0.0 if number is None else self._idf[number]

    def rarity(self) -> Rarity:
        """What was counted, without terms of one article."""
        held_by = self._held_by
        return Rarity(
            self._total,
            {
                marker + term: held_by[number]
                for marker, numbers in zip(_MARKERS, self._numbers, strict=True)
                for term, number in numbers.items()
                if held_by[number] > 1
            },
        )

    def vector(self, index: int) -> SparseVector:
        """One article's vector, of length at most 1."""
        return dict(zip(*self._weighed(index), strict=True))

    def similarity(self, vector: SparseVector, index: int) -> float:
        """The dot product of a vector with one article's."""
        terms, weights = self._weighed(index)
        total: float = sum(map(mul, map(vector.get, terms, repeat(0.0)), weights))
        return total

    def probes(self, index: int) -> list[tuple[int, float]]:
        """The heaviest body terms of an article that others have too."""
        terms, weights = self._weighed(index)
        size = self._sizes[0][index]
        held_by = self._held_by
        # Of terms that weigh the same the ones that were met first.
        heaviest = sorted(zip(map(float.__neg__, weights[:size]), terms[:size], strict=True))
        shared = ((term, -weight) for weight, term in heaviest if held_by[term] > 1)
        return [probe for probe, _ in zip(shared, range(_PROBES), strict=False)]

    def _add(self, one: StoryFeatures) -> None:
        terms, weights = array("i"), array("f")
        for numbers, sizes, (names, logs) in zip(self._numbers, self._sizes, _spaces(one), strict=True):
            found = array("i", map(numbers.__getitem__, names))
            terms += found
            weights.extend(logs)
            sizes.append(len(found))
        held_by = self._held_by
        if len(held_by) < (needed := max(terms, default=-1) + 1):
            held_by.extend(repeat(0, needed - len(held_by)))
        for number in terms:
            held_by[number] += 1
        self._rows.append(terms.tobytes() + weights.tobytes())
        self._is_weighed.append(False)

    def _weighed(self, index: int) -> tuple[array[int], array[float]]:
        row = self._rows[index]
        terms, weights = array("i"), array("f")
        terms.frombytes(row[: len(row) // 2])
        weights.frombytes(row[len(row) // 2 :])
        if not self._is_weighed[index]:
            weights = self._weigh(index, terms, weights)
            self._rows[index] = row[: len(row) // 2] + weights.tobytes()
            self._is_weighed[index] = True
        return terms, weights

    def _weigh(self, index: int, terms: array[int], logs: array[float]) -> array[float]:
        weighted = list(map(mul, logs, map(self._idf.__getitem__, terms)))
        weights = array("f")
        start = 0
        for share, sizes in zip((BODY, NAMES, LEAD), self._sizes, strict=True):
            space = weighted[start : start + sizes[index]]
            norm = math.sqrt(sum(map(mul, space, space))) or 1.0
            weights.extend(map((math.sqrt(share) / norm).__mul__, space))
            start += sizes[index]
        return weights

    def _take_over(self, rarity: Rarity) -> None:
        for marker, numbers in zip(_MARKERS, self._numbers, strict=True):
            for term, number in numbers.items():
                self._held_by[number] = max(self._held_by[number], rarity.held_by.get(marker + term, 1))


def _numbering() -> tuple[defaultdict[str, int], ...]:
    # One count for all three, so that a number means one term in one space.
    following = count().__next__
    return tuple(defaultdict(following) for _ in _MARKERS)


def _spaces(one: StoryFeatures) -> Iterator[tuple[Iterable[str], Iterable[float]]]:
    """Terms and one plus the logarithm of their counts, in body, names and lead."""
    yield _logs(one.terms, " ")
    yield _logs(one.names.casefold(), "\n")
    lead = Counter(filter(None, one.lead.split(" ")))
    yield lead, [_LEAD_LOGS[min(times, 999)] for times in lead.values()]


def _logs(entries: str, between: str) -> tuple[Iterable[str], Iterable[float]]:
    parts = entries.replace(":", between).split(between)
    names = parts[::2]
    # A term with a colon inside, one that stands twice and a count of four figures are read the slow way.
    if entries.count(":") == entries.count(between) + 1 and len(set(names)) == len(names):
        logs = list(map(_LOGS.get, parts[1::2], repeat(0.0)))
        if 0.0 not in logs and "" not in names:
            return names, logs
    counts = counted(entries.split(between))
    return counts, [1 + math.log(max(times, 1)) for times in counts.values()]
