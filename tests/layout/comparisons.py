"""Comparisons written down by hand: places are named by the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.model import Article
from reader.model.comparison import (
    Comparison,
    Difference,
    Headlines,
    Level,
    Link,
    Only,
    Place,
    QuoteFlag,
    QuotePlace,
    SharedQuote,
    Weight,
)


def place(articles: Sequence[Article], article: int, text: str) -> Place:
    """Where the words stand in an article; they must stand there."""
    start = articles[article].body.index(text)
    return Place(article, start, start + len(text), text)


def link(
    a: Place,
    b: Place,
    level: Level = "reworded",
    score: float = 0.5,
    differs: tuple[Difference, ...] = (),
    why: tuple[Weight, ...] = (Weight("word", 0.5),),
) -> Link:
    """A link between two places."""
    return Link(a, b, level, score, differs, why)


def quote(*places: tuple[Place, str | None], flags: tuple[QuoteFlag, ...] = ()) -> SharedQuote:
    """A shared quote, with its speakers as written."""
    return SharedQuote(tuple(QuotePlace(where, speaker, None) for where, speaker in places), flags)


def compared(articles: Sequence[Article], only: Sequence[Place] = (), **found: object) -> Comparison:
    """A comparison that found what is given and nothing else."""
    empty = Comparison(
        tuple(article.info for article in articles), (), (), (), (), (), (), Headlines((), ()), (), ()
    )
    weighed = tuple(Only(where, 1.0 / (1 + index)) for index, where in enumerate(only))
    return replace(empty, only=weighed, **found)  # type: ignore[arg-type]  # the fields are the caller's
