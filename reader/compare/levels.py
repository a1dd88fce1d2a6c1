"""How alike the words of two passages are: verbatim, near, or reworded. Says nothing about facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Indel

from reader.model.comparison import Level
from reader.text.tokens import STOP_WORDS

VERBATIM_RUN: Final = 8
"""Tokens in a row that make two passages verbatim in part."""
_CONTENT_IN_RUN: Final = 3
NEAR: Final = 0.75
"""Least Indel similarity of the tokens of two near passages."""


def level(a: Sequence[str], b: Sequence[str]) -> Level:
    """The level of two linked passages, given their folded tokens. The same for (b, a)."""
    if a == b or has_run(a, b):
        return "verbatim"
    return "near" if Indel.normalized_similarity(a, b, score_cutoff=NEAR) else "reworded"


def is_whole(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether nearly every token of both passages stands in the other in the same order."""
    return a == b or Indel.normalized_similarity(a, b, score_cutoff=NEAR) > 0


def has_run(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the passages share a run that is long enough and not made of stop words."""
    size = VERBATIM_RUN
    if len(a) < size or len(b) < size:
        return False
    grams = {tuple(b[k : k + size]) for k in range(len(b) - size + 1)}
    return any(
        gram in grams and sum(word not in STOP_WORDS for word in gram) >= _CONTENT_IN_RUN
        for gram in (tuple(a[k : k + size]) for k in range(len(a) - size + 1))
    )
