"""Which passages of two articles say the same: weighted inside the story, best for both ends, with reasons.

A word that half the story uses says little about any one passage; one that two passages share says much. So
the weight of a term is `w(t) = ln(1 + N / sf(t))`, with N passages in the story of which sf(t) hold t, and
the score of two passages is the cosine of their weighted terms. No corpus is consulted.

How much is enough depends on the two articles: where they are alike throughout, a modest score already means
that two passages say the same; where they have little in common, only a high one does. So the least score
falls as the mean score of all pairs of passages rises.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import mul
from typing import Final, NamedTuple

from reader.compare.passages import Passage

CLOSENESS: Final = 0.004
"""The least score of a link, times the mean score of the two articles' passages."""
LEAST: Final = 0.06
MOST: Final = 0.25
"""The least score of a link is never below the one or above the other."""
_USUAL_MEAN: Final = 0.03
_USUAL_PAIRS: Final = 30
"""A mean of few pairs says little, so it is drawn to the usual one as if so many pairs had it."""
MUTUAL: Final = 0.46
"""A link's score is at least this part of the geometric mean of the best scores of its two ends."""
COMMON_TERMS: Final = 2
"""One shared word is no reason to link."""
_MOST_LINKS: Final = 12
"""More links of one passage to one article say only that the article repeats itself."""
_MOST_PLACES: Final = 20
"""Terms that more passages of one article hold propose no pairs, so that a long text costs linear time."""


class Pair(NamedTuple):
    """Two passages, by index, and how much of their weighted terms they share."""

    a: int
    """Index of the passage of the first article."""
    b: int
    """Index of the passage of the second."""
    score: float
    """Cosine, above 0, at most 1."""


def weigh(articles: Iterable[Sequence[Passage]]) -> dict[str, float]:
    """The weight of every term in the story that these passages make up."""
    passages = list(chain.from_iterable(articles))
    holding = Counter(chain.from_iterable(passage.terms for passage in passages))
    logs = {count: math.log(1 + len(passages) / count) for count in set(holding.values())}
    return {term: logs[count] for term, count in holding.items()}


def vectors(passages: Sequence[Passage], weights: Mapping[str, float]) -> list[dict[str, float]]:
    """One weighted vector of length 1 for each passage, empty for one that is not linkable."""
    return [unit_vector(passage, weights) if passage.is_linkable else {} for passage in passages]


def unit_vector(passage: Passage, weights: Mapping[str, float]) -> dict[str, float]:
    """The weighted terms of a passage as a vector of length 1; empty when it has no terms."""
    weighed = [weights[term] for term in passage.terms]
    norm = math.sqrt(sum(map(mul, weighed, weighed))) or 1.0
    return dict(zip(passage.terms, [weight / norm for weight in weighed], strict=True))


def pairs(a: Sequence[Mapping[str, float]], b: Sequence[Mapping[str, float]]) -> list[Pair]:
    """Pairs of passages, given as vectors, that are good enough and best for both ends; by place."""
    found = scored(a, b)
    least = _least(found, sum(map(bool, a)) * sum(map(bool, b)))
    best_a: dict[int, float] = {}
    best_b: dict[int, float] = {}
    for i, j, score in found:
        if score > best_a.get(i, 0.0):
            best_a[i] = score
        if score > best_b.get(j, 0.0):
            best_b[j] = score
    kept = [
        Pair(i, j, min(score, 1.0))
        for i, j, score in found
        if score >= least
        and score * score >= MUTUAL * MUTUAL * best_a[i] * best_b[j]
        and shared_terms(a[i], b[j]) >= COMMON_TERMS
    ]
    return kept if len(kept) <= _MOST_LINKS else _strongest(kept)


def _strongest(kept: Sequence[Pair]) -> list[Pair]:
    """The pairs that are among the best of both their ends; of equals, those at nearly the same place."""
    taken_a: Counter[int] = Counter()
    taken_b: Counter[int] = Counter()
    strongest: list[Pair] = []
    for pair in sorted(kept, key=lambda pair: (-pair.score, abs(pair.a - pair.b), pair)):
        if taken_a[pair.a] < _MOST_LINKS and taken_b[pair.b] < _MOST_LINKS:
            taken_a[pair.a] += 1
            taken_b[pair.b] += 1
            strongest.append(pair)
    return sorted(strongest)


def _least(found: Sequence[tuple[int, int, float]], pair_count: int) -> float:
    total = sum(score for _, _, score in found)
    mean = (total + _USUAL_MEAN * _USUAL_PAIRS) / (pair_count + _USUAL_PAIRS)
    return min(MOST, max(LEAST, CLOSENESS / mean))


def scored(
    a: Sequence[Mapping[str, float]], b: Sequence[Mapping[str, float]], least: float = 0.0
) -> list[tuple[int, int, float]]:
    """Pairs of vectors whose cosine is at least `least`, by place. Linear: crowded terms propose no pair."""
    # Terms of one article alone would only fill the postings.
    shared = set(chain.from_iterable(a)).intersection(chain.from_iterable(b))
    postings: dict[str, list[tuple[int, float]]] = {term: [] for term in shared}
    for j, vector in enumerate(b):
        for term in shared.intersection(vector):
            postings[term].append((j, vector[term]))
    # What a crowded term can add at most to any pair.
    common = {
        term: max(weight for _, weight in places)
        for term, places in postings.items()
        if len(places) > _MOST_PLACES
    }
    found: list[tuple[int, int, float]] = []
    for i, vector in enumerate(a):
        sums: dict[int, float] = {}
        skipped = 0.0
        for term, weight in vector.items():
            if term not in shared:
                continue
            if term in common:
                skipped += weight * common[term]
                continue
            for j, other in postings[term]:
                sums[j] = sums.get(j, 0.0) + weight * other
        if skipped:
            # Pairs that share little besides crowded terms are not worth the exact sum.
            least_here = max(LEAST / 2, max(least, LEAST) - skipped)
            sums = {j: cosine(vector, b[j]) for j, part in sums.items() if part >= least_here}
        found.extend((i, j, score) for j, score in sorted(sums.items()) if score >= least)
    return found


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[term] for term, weight in a.items() if term in b)


def shared_terms(a: Mapping[str, float], b: Mapping[str, float]) -> int:
    """How many terms two vectors share."""
    return sum(term in b for term in a)


def reasons(a: Mapping[str, float], b: Mapping[str, float], score: float) -> tuple[tuple[str, float], ...]:
    """The shared terms and what each adds to `score`, heaviest first, in thousandths that add up to it."""
    parts = [(weight * b[term], term) for term, weight in a.items() if term in b]
    total = sum(part for part, _ in parts)
    if not total:
        return ()
    thousandths = round(score * 1000)
    exact = [(part / total * thousandths, term) for part, term in parts]
    missing = thousandths - sum(int(value) for value, _ in exact)
    by_remainder = sorted(range(len(exact)), key=lambda k: (int(exact[k][0]) - exact[k][0], exact[k][1]))
    raised = set(by_remainder[:missing])
    listed = [(int(value) + (k in raised), term) for k, (value, term) in enumerate(exact)]
    listed.sort(key=lambda item: (-item[0], item[1]))
    return tuple((term, whole / 1000) for whole, term in listed if whole)
