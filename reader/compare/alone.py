"""What only one article has: passages nobody else's are linked to, heaviest first by what they add."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from reader.compare.analysis import Analysis
from reader.compare.pairing import Found
from reader.compare.passages import Passage
from reader.model.article import Span
from reader.model.comparison import Figure, Name, Only, Place, SharedQuote


def only_here(
    analyses: Sequence[Analysis],
    found: Sequence[Found],
    shared_quotes: Sequence[SharedQuote],
    joined_names: Sequence[Name],
    joined_figures: Sequence[Figure],
    weights: Mapping[str, float],
) -> tuple[Only, ...]:
    """Passages without a link or a shared quotation, weighed so that the heaviest of the comparison is 1.

    A passage adds one for each name, figure and quotation that no other article has, and up to one for how
    new its words are to the story.
    """
    taken: list[set[int]] = [set() for _ in analyses]
    for link in found:
        for article, passage in (link.a, link.b):
            taken[article].add(passage)
    shared: list[set[Span]] = [set() for _ in analyses]
    for quote in shared_quotes:
        for quoted in quote.places:
            place = quoted.place
            shared[place.article].add(Span(place.start, place.end))
            taken[place.article].update(_passages_at(analyses[place.article], place))
    own_names = _own_names(joined_names)
    own_figures = {
        (place.place.article, place.place.start)
        for figure in joined_figures
        if figure.state == "only"
        for place in figure.places
    }
    holders = _holders(analyses)
    weighed: list[tuple[Place, float]] = []
    for number, analysis in enumerate(analyses):
        marks = [name.span for name in analysis.names if (number, name.text) in own_names]
        marks += [one.span for one in analysis.figures if (number, one.span.start) in own_figures]
        marks += [quote.span for quote in analysis.quotes if quote.span not in shared[number]]
        own_terms = {term for term, holder in holders.items() if holder == number}
        weighed += [
            (Place(number, passage.span.start, passage.span.end, passage.span.slice(analysis.body)), weight)
            for passage, weight in weigh(analysis.passages, taken[number], marks, weights, own_terms)
        ]
    most = max((weight for _, weight in weighed), default=0.0) or 1.0
    made = [Only(place, round(weight / most, 3)) for place, weight in weighed]
    return tuple(sorted(made, key=lambda one: (-one.weight, one.place)))


def weigh(
    passages: Sequence[Passage],
    taken: Collection[int],
    own_marks: Sequence[Span],
    weights: Mapping[str, float],
    own_terms: Collection[str],
) -> list[tuple[Passage, float]]:
    """Passages of one article that are not `taken` with what they add, by place.

    Those too short to be linked count only when one of `own_marks`, the names, figures and quotations that no
    other article has, stands in them.
    """
    starts = sorted(mark.start for mark in own_marks)
    alone: list[tuple[Passage, float]] = []
    for passage in passages:
        if passage.index in taken:
            continue
        marks = bisect_left(starts, passage.span.end) - bisect_left(starts, passage.span.start)
        if not marks and not passage.is_linkable:
            continue
        total = sum(weights[term] for term in passage.terms)
        new = sum(weights[term] for term in passage.terms if term in own_terms)
        alone.append((passage, marks + (new / total if total else 0.0)))
    return alone


def _passages_at(analysis: Analysis, place: Place) -> range:
    """Indices of the passages that hold part of a place."""
    first = bisect_right(analysis.passages, place.start, key=lambda passage: passage.span.end)
    last = bisect_left(analysis.passages, place.end, key=lambda passage: passage.span.start)
    return range(first, last)


def _holders(analyses: Sequence[Analysis]) -> dict[str, int]:
    """For each term the one article that has it, or -1 where several have."""
    holders: dict[str, int] = {}
    for number, analysis in enumerate(analyses):
        for passage in analysis.passages:
            for term in passage.terms:
                if holders.setdefault(term, number) != number:
                    holders[term] = -1
    return holders


def _own_names(joined: Sequence[Name]) -> set[tuple[int, str]]:
    """Article and spelling of the names that only one article has."""
    return {
        (spelling.article, spelling.text)
        for name in joined
        if len({spelling.article for spelling in name.spellings}) == 1
        for spelling in name.spellings
    }
