"""Verbatim runs of two texts: seed on shared word n-grams, extend, join over small gaps.

The method is seed, extend and filter as in text reuse detection (Potthast et al., PAN 2012-2014). Positions
are token indices; what stands between two joined seeds need not be equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Settings:
    """How short a seed, how wide a gap and how long a run may be, in tokens."""

    seed: int
    """Length of the n-grams that start a run."""
    gap: int
    """Two seeds join when at most this many tokens lie between them on both sides."""
    least: int
    """A run with fewer equal tokens is dropped."""


WORDING: Final = Settings(seed=4, gap=3, least=8)
"""Wording that two articles share: marks inside passages."""
COPIES: Final = Settings(seed=8, gap=80, least=40)
"""Whole stretches that one text took from the other: reprints and wire copy."""
_MOST_PLACES: Final = 8
"""A seed that stands more often than this says nothing about where a run begins."""
_LOOK_BACK: Final = 40


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `[a_start, a_end)` of one text that stand as `[b_start, b_end)` in the other."""

    a_start: int
    """First token in the first text."""
    a_end: int
    """One past the last."""
    b_start: int
    """First token in the second text."""
    b_end: int
    """One past the last."""
    equal: int
    """How many tokens of it are equal."""


def equal_stretches(a: Sequence[str], b: Sequence[str], seed: int) -> list[tuple[int, int, int]]:
    """Maximal stretches `(a_start, b_start, length)` of at least `seed` equal tokens, by place in `a`.

    Stretches made only of seeds that `b` has more than 8 times are left out, so the cost is linear.
    """
    if len(a) < seed or len(b) < seed:
        return []
    grams_a, grams_b = _grams(a, seed), _grams(b, seed)
    shared = set(grams_a).intersection(grams_b)
    if not shared:
        return []
    places: dict[tuple[str, ...], list[int]] = {}
    for j, gram in enumerate(grams_b):
        if gram in shared:
            places.setdefault(gram, []).append(j)
    found: list[tuple[int, int, int]] = []
    open_until: dict[int, int] = {}
    for i, gram in enumerate(grams_a):
        if gram not in shared or len(places[gram]) > _MOST_PLACES:
            continue
        for j in places[gram]:
            if open_until.get(i - j, -1) > i:
                continue
            end = _extent(a, b, i, j, seed)
            start = _reach_back(a, b, i, j, open_until.get(i - j, 0))
            found.append((start, j - (i - start), end - start))
            open_until[i - j] = end
    found.sort()
    return found


def _grams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[k:] for k in range(size)), strict=False))


def _extent(a: Sequence[str], b: Sequence[str], i: int, j: int, seed: int) -> int:
    end = i + seed
    shift = j - i
    most = min(len(a), len(b) - shift)
    while end < most and a[end] == b[end + shift]:
        end += 1
    return end


def _reach_back(a: Sequence[str], b: Sequence[str], i: int, j: int, not_before: int) -> int:
    while i > not_before and j > 0 and a[i - 1] == b[j - 1]:
        i -= 1
        j -= 1
    return i


def runs(a: Sequence[str], b: Sequence[str], settings: Settings = WORDING) -> tuple[Run, ...]:
    """Runs of equal wording, by place in `a`. A stretch may stand in several runs if `b` repeats it."""
    return join(equal_stretches(a, b, settings.seed), settings)


def join(stretches: Sequence[tuple[int, int, int]], settings: Settings) -> tuple[Run, ...]:
    """Join equal stretches (sorted) over gaps and drop what stays too short. Linear."""
    gap = settings.gap
    open_runs: list[list[int]] = []
    for a_start, b_start, length in stretches:
        a_end, b_end = a_start + length, b_start + length
        for run in reversed(open_runs[-_LOOK_BACK:]):
            if a_start - run[1] <= gap and b_start - run[3] <= gap and run[2] - b_end <= gap:
                run[4] += length - max(0, min(run[1], a_end) - a_start) if run[1] > a_start else length
                run[1] = max(run[1], a_end)
                run[2] = min(run[2], b_start)
                run[3] = max(run[3], b_end)
                break
        else:
            open_runs.append([a_start, a_end, b_start, b_end, length])
    return tuple(Run(*run) for run in open_runs if run[4] >= settings.least)
