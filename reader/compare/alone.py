"""What only one article has: passages nobody else's are linked to, heaviest first by what they add."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence, Set

from reader.compare.analysis import Analysis
from reader.compare.pairing import PairFinder
from reader.compare.passages import Passage
from reader.model.comparison import Figure, Name, Only, Place, SharedQuote


def only_here(
    analyses: Sequence[Analysis],
    finder: PairFinder,
    vocabularies: Sequence[set[str]],
    shared_quotes: Sequence[SharedQuote],
    joined_names: Sequence[Name],
    joined_figures: Sequence[Figure],
    weights: Mapping[str, float],
) -> tuple[Only, ...]:
    """Passages without a link or a shared quotation, weighed so that the heaviest of the comparison is 1.

    A passage adds one for each name, figure and quotation that no other article has, and up to one for how
    new its words are to the story. `vocabularies` are the terms of each article.
    """
    taken: list[set[int]] = [set() for _ in analyses]
    for link in finder.found:
        for article, passage in (link.a, link.b):
            taken[article].add(passage)
    shared: list[set[int]] = [set() for _ in analyses]
    for quote in shared_quotes:
        for quoted in quote.places:
            place = quoted.place
            shared[place.article].add(place.start)
            taken[place.article].update(_passages_at(analyses[place.article], place))
    own_names = _own_names(joined_names)
    own_figures = {
        (place.place.article, place.place.start)
        for figure in joined_figures
        if figure.state == "only"
        for place in figure.places
    }
    weighed: list[tuple[float, Place]] = []
    for number, analysis in enumerate(analyses):
        marks = [name.span.start for name in analysis.names if (number, name.text) in own_names]
        marks += [one.span.start for one in analysis.figures if (number, one.span.start) in own_figures]
        marks += [one.span.start for one in analysis.quotes if one.span.start not in shared[number]]
        others = (held for k, held in enumerate(vocabularies) if k != number)
        own_terms = vocabularies[number].difference(*others)
        for alone, weight in weigh(analysis.passages, taken[number], sorted(marks), weights, own_terms):
            weighed.append((weight, finder.place((number, alone.index))))
    most = max((weight for weight, _ in weighed), default=0.0) or 1.0
    made = [Only(place, round(weight / most, 3)) for weight, place in weighed]
    return tuple(sorted(made, key=lambda one: (-one.weight, one.place)))


def weigh(
    passages: Sequence[Passage],
    taken: Collection[int],
    own_marks: Sequence[int],
    weights: Mapping[str, float],
    own_terms: Set[str],
) -> list[tuple[Passage, float]]:
    """Passages of one article that are not `taken` with what they add, by place.

    `own_marks` are the sorted beginnings of names, figures and quotations that no other article has. Passages
    too short to be linked count only with one of those.
    """
    alone: list[tuple[Passage, float]] = []
    for passage in passages:
        if passage.index in taken:
            continue
        span = passage.span
        marks = bisect_left(own_marks, span.end) - bisect_left(own_marks, span.start)
        if not marks and not passage.is_linkable:
            continue
        total = sum(map(weights.__getitem__, passage.terms))
        new = sum(weights[term] for term in passage.terms if term in own_terms)
        alone.append((passage, marks + (new / total if total else 0.0)))
    return alone


def _passages_at(analysis: Analysis, place: Place) -> range:
    """Indices of the passages that hold part of a place."""
    first = bisect_right(analysis.passages, place.start, key=lambda passage: passage.span.end)
    last = bisect_left(analysis.passages, place.end, key=lambda passage: passage.span.start)
    return range(first, last)


def _own_names(joined: Sequence[Name]) -> set[tuple[int, str]]:
    """Article and spelling of the names that only one article has."""
    return {
        (spelling.article, spelling.text)
        for name in joined
        if len({spelling.article for spelling in name.spellings}) == 1
        for spelling in name.spellings
    }
