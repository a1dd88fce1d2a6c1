"""The fields of the index and what an article becomes before it is written.

One posting list for headline, headings and body: a token weighs 3 in the headline, 2 in a heading, 1 in the
body and 0 in boilerplate (whose positions are kept, so that phrases still match). Weights are summed before
saturation, which is BM25F proper (Robertson, Zaragoza, Taylor 2004). Nothing is stored: the article's file is
the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from whoosh import fields
from whoosh.analysis import IDTokenizer

from reader.model import Article
from reader.search.analysis import POSITION_GAP, index_terms
from reader.search.whoosh.pool import Prepared
from reader.search.whoosh.postings import FlatFormat

SCHEMA_VERSION = 1
"""Part of the index folder's name; goes up with every change of what is on disk."""

HEADLINE_WEIGHT = 3
KIND_WEIGHTS = {"heading": 2, "body": 1, "caption": 1, "boilerplate": 0}

TEXT, AUTHOR = "text", "author"


class BlendText(fields.TEXT):  # type: ignore[misc]  # whoosh is untyped
    """A text field whose values come prepared; all their terms reach the pool in one call."""

    def __init__(self) -> None:
        super().__init__(analyzer=IDTokenizer())
        self.format = FlatFormat()

    def index(self, value: Prepared, **_: Any) -> Iterator[tuple[bytes, int, float, Prepared]]:
        """One item for Whoosh's writer: no term, the length as frequency, the whole field as value."""
        yield b"", value.length, 1.0, value


def index_schema() -> fields.Schema:
    """The schema of every index of ours."""
    return fields.Schema(text=BlendText(), author=BlendText())


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """What is written of one article."""

    text: Prepared
    """Headline, then body."""
    author: Prepared | None
    """`None` without an author."""
    headline_positions: int
    """Positions below this belong to the headline; 0 without one."""
    surfaces: set[str]
    """The folded, unstemmed words of headline and body."""


def prepare(article: Article) -> PreparedArticle:
    """Analyse an article. Linear in its length."""
    positions: dict[bytes, list[int]] = {}
    weights: dict[bytes, int] = {}
    surfaces: set[str] = set()
    base = 0
    headline_positions = 0
    if article.headline:
        found = index_terms(article.headline)
        positions = found.positions
        surfaces.update(found.surfaces)
        weights = {term: HEADLINE_WEIGHT * len(places) for term, places in positions.items()}
        headline_positions = found.used
        base = found.used + POSITION_GAP if found.used else 0
    for kind, group in groupby(article.paragraphs, key=lambda paragraph: paragraph.kind):
        run = list(group)
        found = index_terms(article.body[run[0].span.start : run[-1].span.end], base)
        base += found.used
        surfaces.update(found.surfaces)
        _blend(positions, weights, found.positions, KIND_WEIGHTS[kind])
    author = None
    if article.author:
        found = index_terms(article.author)
        if found.positions:
            author = Prepared(found.positions, {}, _token_count(found.positions))
    text = Prepared(positions, weights, _token_count(positions))
    return PreparedArticle(text, author, headline_positions, surfaces)


def _blend(
    positions: dict[bytes, list[int]], weights: dict[bytes, int], found: dict[bytes, list[int]], weight: int
) -> None:
    """Append the positions of a later part of the text and add its weights.

    A term is in `weights` only where its weight is not its number of positions.
    """
    if not positions:
        positions.update(found)
        if weight != 1:
            weights.update((term, weight * len(places)) for term, places in found.items())
        return
    find, known = positions.get, weights.get
    for term, places in found.items():
        before = find(term)
        if before is None:
            positions[term] = places
            if weight != 1:
                weights[term] = weight * len(places)
            continue
        summed = known(term)
        if summed is not None or weight != 1:
            weights[term] = (len(before) if summed is None else summed) + weight * len(places)
        before.extend(places)


def _token_count(positions: dict[bytes, list[int]]) -> int:
    """Every token once; pairs of stop words are kept for phrases only and have no length."""
    return sum([len(places) for term, places in positions.items() if b" " not in term])
