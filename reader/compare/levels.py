"""How alike the words of two passages are: verbatim, near, or reworded. Says nothing about facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz.distance import Indel

from reader.compare.passages import content_stem
from reader.compare.runs import equal_stretches
from reader.model.comparison import Level

VERBATIM_RUN: Final = 8
"""Tokens in a row that make two passages verbatim in part."""
_CONTENT_IN_RUN: Final = 3
NEAR: Final = 0.75
"""Least Indel similarity of the tokens of two near passages."""


def level(a: Sequence[str], b: Sequence[str]) -> Level:
    """The level of two linked passages, given their folded tokens. The same for (b, a)."""
    if a == b or any(is_verbatim(a[start : start + length]) for start, _, length in _stretches(a, b)):
        return "verbatim"
    return "near" if is_near(a, b) else "reworded"


def is_verbatim(run: Sequence[str]) -> bool:
    """Whether a run of equal tokens is long enough and not made of grammar."""
    return len(run) >= VERBATIM_RUN and sum(1 for word in run if content_stem(word)) >= _CONTENT_IN_RUN


def is_near(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether nearly every token of both passages stands in the other in the same order."""
    # Indel similarity is at most this, and lengths are cheap to compare.
    if 2 * min(len(a), len(b)) < NEAR * (len(a) + len(b)):
        return False
    return a == b or Indel.normalized_similarity(a, b, score_cutoff=NEAR) > 0


def _stretches(a: Sequence[str], b: Sequence[str]) -> Iterable[tuple[int, int, int]]:
    return equal_stretches(a, b, VERBATIM_RUN)
