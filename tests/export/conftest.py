"""One comparison, written down by hand, that has something of everything."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from reader.model import Article, Paragraph, Span
from reader.model.comparison import (
    Claim,
    Comparison,
    Difference,
    Figure,
    FigurePlace,
    HeadlineItem,
    Headlines,
    Name,
    QuotePlace,
    Share,
    SharedQuote,
    Spelling,
    Weight,
)
from tests.layout.comparisons import compared, link, place

ECHO_BODY = (
    "The bridge will stay shut until Friday, the county said.\n\n"
    "“We will open it when it is safe, and not before,” said Rosa Thorne.\n\n"
    "READ ALSO: What the bridge costs\n\n"
    "About 4,000 cars a day drive round by Alder Ford."
)
TIMES_BODY = (
    "The bridge stays shut until Saturday, the county said.\n\n"
    "“We will open it when it is safe…” the engineer, Rosa Thorn, told us.\n\n"
    "Shops have sold <b>many</b> *sandwiches* | and [tea](x)."
)


@dataclass(frozen=True)
class Compared:
    """A comparison and its articles."""

    found: Comparison
    articles: tuple[Article, ...]


def _article(id: str, source: str, headline: str | None, published: str | None, body: str) -> Article:
    start = 0
    paragraphs: list[Paragraph] = []
    for text in body.split("\n\n"):
        kind = "boilerplate" if text.startswith("READ ALSO") else "body"
        paragraphs.append(Paragraph(Span(start, start + len(text)), kind))  # type: ignore[arg-type]  # one of two
        start += len(text) + 2
    return Article(
        id, source, headline, published, None, None, None, tuple(paragraphs), body, "0" * 32, f"{id}.txt"
    )


@pytest.fixture
def bridge() -> Compared:
    """Two articles about a bridge and what was found in them."""
    articles = (
        _article("coast-echo/bridge", "Coast Echo", "Bridge shut until Friday", "2026-04-02", ECHO_BODY),
        _article("hill-times/bridge", "Hill Times", None, None, TIMES_BODY),
    )
    first = place(articles, 0, "The bridge will stay shut until Friday, the county said.")
    second = place(articles, 1, "The bridge stays shut until Saturday, the county said.")
    said = place(articles, 0, "“We will open it when it is safe, and not before,” said Rosa Thorne.")
    told = place(articles, 1, "“We will open it when it is safe…” the engineer, Rosa Thorn, told us.")
    day = Difference("time", place(articles, 0, "Friday"), place(articles, 1, "Saturday"))
    links = (
        link(first, second, "near", 0.70049, (day,), (Weight("bridge", 0.5), Weight("shut", 0.20049))),
        link(said, told, "reworded", 0.25, (), (Weight("open", 0.25),)),
    )
    quotes = (
        SharedQuote(
            (
                QuotePlace(
                    place(articles, 0, "We will open it when it is safe, and not before,"),
                    "Rosa Thorne",
                    "Rosa Thorne",
                ),
                QuotePlace(
                    place(articles, 1, "We will open it when it is safe…"), "the engineer, Rosa Thorn", None
                ),
            ),
            ("elided", "attribution-differs"),
        ),
    )
    figures = (
        Figure(
            "differs",
            "date",
            (
                FigurePlace(day.a, "Friday", None),
                FigurePlace(day.b, "Saturday", None),
            ),
        ),
        Figure("only", "number", (FigurePlace(place(articles, 0, "4,000 cars"), (4000, 4000.5), "car"),)),
    )
    names = (Name("rosa thorne", (Spelling("Rosa Thorne", 0, 1), Spelling("Rosa Thorn", 1, 1))),)
    found = compared(
        articles,
        [
            place(articles, 0, "About 4,000 cars a day drive round by Alder Ford."),
            place(articles, 1, "Shops have sold <b>many</b> *sandwiches* | and [tea](x)."),
        ],
        links=links,
        quotes=quotes,
        figures=figures,
        names=names,
        claims=(Claim((first, second), 2),),
        shares=(Share(0, 0.31, ()), Share(1, 0.3, (place(articles, 1, "told us"),))),
        headlines=Headlines(
            (), (HeadlineItem(0, "Bridge shut until Friday", ("bridge",), ()), HeadlineItem(1, None, (), ()))
        ),
        boilerplate=(place(articles, 0, "READ ALSO: What the bridge costs"),),
    )
    return Compared(found, articles)
