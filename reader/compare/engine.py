"""The whole comparison of two to twenty articles: every field of `Comparison`, from their analyses alone.

Nothing here reads a file, a clock or a random number. The same articles in another order give the same
judgements under other numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations
from typing import Final

from reader.compare import claims, figures, headlines, links, names, quotes, shares
from reader.compare.alone import only_here
from reader.compare.analysis import Analysis
from reader.compare.names import NameTable
from reader.compare.pairing import Found, PairFinder
from reader.model.article import Span
from reader.model.cancel import CancelToken
from reader.model.comparison import Claim, Comparison, Place, Share
from reader.model.errors import CompareError

MOST_ARTICLES: Final = 20
"""More would fill no screen and cost more than a reader waits for."""


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
    bodies = [analysis.body for analysis in analyses]
    mentions = [analysis.names for analysis in analyses]
    table = NameTable(mentions)
    weights = links.weigh(analysis.passages for analysis in analyses)
    shared_quotes = quotes.shared([analysis.quotes for analysis in analyses], bodies, table)
    vocabularies = [_vocabulary(analysis) for analysis in analyses]
    finder = PairFinder(analyses, weights)
    for i, j in combinations(range(len(analyses)), 2):
        token.check()
        finder.find(i, j)
    token.check()
    joined_names = names.join(mentions)
    joined_figures = figures.join(
        [analysis.figures for analysis in analyses],
        bodies,
        [_spans(analyses, found) for found in finder.found],
    )
    token.check()
    return Comparison(
        articles=tuple(analysis.info for analysis in analyses),
        links=finder.links(table),
        quotes=shared_quotes,
        figures=joined_figures,
        names=joined_names,
        claims=_claims(analyses, finder),
        shares=tuple(
            Share(
                number,
                shares.share(finder.shared[number], analysis.paragraphs),
                tuple(_place(analyses, number, span) for span in analysis.credits),
            )
            for number, analysis in enumerate(analyses)
        ),
        headlines=headlines.side_by_side(
            [analysis.info.headline for analysis in analyses],
            vocabularies,
        ),
        only=only_here(
            analyses,
            finder,
            vocabularies,
            shared_quotes,
            joined_names,
            joined_figures,
            weights,
        ),
        boilerplate=tuple(
            _place(analyses, number, span)
            for number, analysis in enumerate(analyses)
            for span in analysis.boilerplate
        ),
    )


def _place(analyses: Sequence[Analysis], number: int, span: Span) -> Place:
    return Place(number, span.start, span.end, span.slice(analyses[number].body))


def _spans(analyses: Sequence[Analysis], found: Found) -> figures.Linked:
    (i, p), (j, q) = found.a, found.b
    return (i, analyses[i].passages[p].span, j, analyses[j].passages[q].span)


def _vocabulary(analysis: Analysis) -> set[str]:
    return set(chain.from_iterable(passage.terms for passage in analysis.passages))


def _claims(analyses: Sequence[Analysis], finder: PairFinder) -> tuple[Claim, ...]:
    infos = [analysis.info for analysis in analyses]
    return tuple(
        Claim(
            tuple(finder.place(member) for member in members),
            claims.distinct_sources(infos, (article for article, _ in members)),
        )
        for members in claims.gather((link.score, link.a, link.b) for link in finder.found)
    )
