"""The whole comparison of two to twenty articles: every field of `Comparison`, from their analyses alone.

Nothing here reads a file, a clock or a random number. The same articles in another order give the same
judgements under other numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from reader.compare import claims, headlines, levels, links, names, only, quotes, runs, shares
from reader.compare.analysis import Analysis
from reader.compare.passages import Passage, content_stem
from reader.model.article import Span
from reader.model.cancel import CancelToken
from reader.model.comparison import (
    Claim,
    Comparison,
    Level,
    Link,
    Name,
    Only,
    Place,
    Share,
    SharedQuote,
    Weight,
)
from reader.model.errors import CompareError

MOST_ARTICLES: Final = 20
"""More would fill no screen and cost more than a reader waits for."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A link by article and passage index, before it is written down."""

    a: claims.Member
    b: claims.Member
    score: float
    level: Level


def compare(analyses: Sequence[Analysis], cancel: CancelToken | None = None) -> Comparison:
    """Compare articles, numbered as given.

    Raises `CompareError` for fewer than two or more than `MOST_ARTICLES`, and `Cancelled` between two pairs
    of articles. Any text is compared, also none; the cost is near linear in its length.
    """
    if not 2 <= len(analyses) <= MOST_ARTICLES:
        raise CompareError(
            f"{len(analyses)} articles cannot be compared; choose two to {MOST_ARTICLES} of them"
        )
    token = cancel or CancelToken()
    weights = links.weigh(analysis.passages for analysis in analyses)
    vectors = [links.vectors(analysis.passages, weights) for analysis in analyses]
    table = names.NameTable([analysis.names for analysis in analyses])
    shared_quotes = quotes.shared(
        [analysis.quotes for analysis in analyses], [analysis.body for analysis in analyses], table
    )
    found: list[_Found] = []
    shared_spans: list[list[Span]] = [[] for _ in analyses]
    for i, j in combinations(range(len(analyses)), 2):
        token.check()
        found.extend(_linked(analyses, vectors, i, j, shared_spans))
    token.check()
    joined_names = names.join([analysis.names for analysis in analyses])
    return Comparison(
        articles=tuple(analysis.info for analysis in analyses),
        links=_written(analyses, vectors, found),
        quotes=shared_quotes,
        figures=(),
        names=joined_names,
        claims=_claims(analyses, found),
        shares=tuple(
            Share(
                number,
                shares.share(shared_spans[number], analysis.paragraphs),
                tuple(_place(analyses, number, span) for span in analysis.credits),
            )
            for number, analysis in enumerate(analyses)
        ),
        headlines=headlines.side_by_side(
            [analysis.info.headline for analysis in analyses],
            [{content_stem(word) for word in analysis.words} for analysis in analyses],
        ),
        only=_only(analyses, found, shared_quotes, joined_names, weights),
        boilerplate=tuple(
            _place(analyses, number, span)
            for number, analysis in enumerate(analyses)
            for span in analysis.boilerplate
        ),
    )


def _place(analyses: Sequence[Analysis], number: int, span: Span) -> Place:
    return Place(number, span.start, span.end, span.slice(analyses[number].body))


def _linked(
    analyses: Sequence[Analysis],
    vectors: Sequence[Sequence[Mapping[str, float]]],
    i: int,
    j: int,
    shared_spans: Sequence[list[Span]],
) -> list[_Found]:
    """The links of two articles; what they share word for word or nearly goes to `shared_spans`."""
    a, b = analyses[i], analyses[j]
    for run in runs.runs(a.words, b.words):
        shared_spans[i].append(Span(a.starts[run.a_start], a.ends[run.a_end - 1]))
        shared_spans[j].append(Span(b.starts[run.b_start], b.ends[run.b_end - 1]))
    found: list[_Found] = []
    whole_a: set[int] = set()
    whole_b: set[int] = set()
    for pair in links.pairs(vectors[i], vectors[j]):
        passage_a, passage_b = a.passages[pair.a], b.passages[pair.b]
        words_a, words_b = a.words_of(passage_a), b.words_of(passage_b)
        level = levels.level(words_a, words_b)
        if level != "reworded" and levels.is_whole(words_a, words_b):
            whole_a.add(pair.a)
            whole_b.add(pair.b)
            shared_spans[i].append(passage_a.span)
            shared_spans[j].append(passage_b.span)
        found.append(_Found((i, pair.a), (j, pair.b), pair.score, level))
    # What stands in the other article word for word has no second, looser counterpart there.
    return [
        link
        for link in found
        if link.level != "reworded" or not (link.a[1] in whole_a or link.b[1] in whole_b)
    ]


def _written(
    analyses: Sequence[Analysis],
    vectors: Sequence[Sequence[Mapping[str, float]]],
    found: Sequence[_Found],
) -> tuple[Link, ...]:
    written: list[Link] = []
    for link in found:
        (i, p), (j, q) = link.a, link.b
        a, b = analyses[i].passages[p], analyses[j].passages[q]
        word_of = _first_words(analyses[i], a)
        why = links.reasons(vectors[i][p], vectors[j][q], link.score)
        written.append(
            Link(
                _place(analyses, i, a.span),
                _place(analyses, j, b.span),
                link.level,
                round(link.score, 3),
                (),
                tuple(Weight(word_of[term], weight) for term, weight in why),
            )
        )
    return tuple(sorted(written, key=lambda link: (link.a, link.b)))


def _first_words(analysis: Analysis, passage: Passage) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in analysis.words_of(passage):
        found.setdefault(content_stem(word), word)
    return found


def _claims(analyses: Sequence[Analysis], found: Sequence[_Found]) -> tuple[Claim, ...]:
    infos = [analysis.info for analysis in analyses]
    made = [
        Claim(
            tuple(_place(analyses, i, analyses[i].passages[p].span) for i, p in members),
            claims.distinct_sources(infos, (i for i, _ in members)),
        )
        for members in claims.gather((link.score, link.a, link.b) for link in found)
    ]
    return tuple(sorted(made, key=lambda claim: claim.members))


def _only(
    analyses: Sequence[Analysis],
    found: Sequence[_Found],
    shared_quotes: Sequence[SharedQuote],
    joined_names: Sequence[Name],
    weights: Mapping[str, float],
) -> tuple[Only, ...]:
    taken: list[set[int]] = [set() for _ in analyses]
    for link in found:
        taken[link.a[0]].add(link.a[1])
        taken[link.b[0]].add(link.b[1])
    quoted: set[Place] = {place.place for quote in shared_quotes for place in quote.places}
    for place in quoted:
        taken[place.article].update(_passages_at(analyses[place.article], place.start, place.end))
    own_names = _own_names(joined_names)
    terms = [{term for passage in analysis.passages for term in passage.terms} for analysis in analyses]
    weighed: list[tuple[Place, float]] = []
    for number, analysis in enumerate(analyses):
        marks = [name.span for name in analysis.names if (number, name.text) in own_names]
        marks += [
            quote.span for quote in analysis.quotes if _place(analyses, number, quote.span) not in quoted
        ]
        elsewhere = set().union(*(held for k, held in enumerate(terms) if k != number))
        weighed.extend(
            (_place(analyses, number, passage.span), weight)
            for passage, weight in only.weigh_alone(
                analysis.passages, taken[number], sorted(marks), weights, elsewhere
            )
        )
    most = max((weight for _, weight in weighed), default=0.0) or 1.0
    made = [Only(place, round(weight / most, 3)) for place, weight in weighed]
    return tuple(sorted(made, key=lambda one: (-one.weight, one.place)))


def _passages_at(analysis: Analysis, start: int, end: int) -> range:
    """Indices of the passages that hold part of a stretch of the body."""
    first = bisect_right(analysis.passages, start, key=lambda passage: passage.span.end)
    last = bisect_left(analysis.passages, end, key=lambda passage: passage.span.start)
    return range(first, last)


def _own_names(joined: Sequence[Name]) -> set[tuple[int, str]]:
    """Article and spelling of names that only this article has."""
    return {
        (spelling.article, spelling.text)
        for name in joined
        if len({spelling.article for spelling in name.spellings}) == 1
        for spelling in name.spellings
    }
