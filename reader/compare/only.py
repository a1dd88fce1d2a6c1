"""What only one article has: passages nobody else's are linked to, ranked by what they add."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from reader.compare.passages import Passage
from reader.model.article import Span

_MARK: Final = 1.0
_WORDS: Final = 1.0


def weigh_alone(
    passages: Sequence[Passage],
    taken: Collection[int],
    own_marks: Sequence[Span],
    weights: Mapping[str, float],
    terms_elsewhere: Collection[str],
) -> list[tuple[Passage, float]]:
    """Passages of one article that stand alone, with a weight of at least 0, by place.

    Args:
        passages: all passages of the article.
        taken: indices of those with a link or a shared quotation.
        own_marks: names, figures and quotations that no other article has, sorted by place.
        weights: what each term weighs in the story.
        terms_elsewhere: the terms of all other articles.

    A passage weighs one for each mark of its own, and up to one for how new its words are.
    """
    starts = [mark.start for mark in own_marks]
    alone: list[tuple[Passage, float]] = []
    for passage in passages:
        if passage.index in taken:
            continue
        marks = bisect_left(starts, passage.span.end) - bisect_left(starts, passage.span.start)
        if not marks and not passage.is_linkable:
            continue
        total = sum(weights[term] for term in passage.terms)
        new = sum(weights[term] for term in passage.terms if term not in terms_elsewhere)
        alone.append((passage, _MARK * marks + _WORDS * (new / total if total else 0.0)))
    return alone
