"""An article made ready to be shown: its head, its marks, its hits. Built in a worker thread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reader.ui.naming import NO_HEADLINE, facts, moment, name_of

if TYPE_CHECKING:
    from reader.layout.runs import Marks
    from reader.model import Article, Span
    from reader.ui.engine import Engine
    from reader.ui.keep import Keep

_QUOTED = re.compile('“[^“”\n]{1,2000}”|«[^«»\n]{1,2000}»|„[^„“”\n]{1,2000}[“”]|"[^"\n]{1,1000}"')


class HeadLine(NamedTuple):
    """A line above the body, wrapped like a paragraph."""

    text: str
    """One line; may be empty."""
    look: str
    """`kicker`, `headline` or `facts`."""


class Document(NamedTuple):
    """Everything a `LineView` shows of one article."""

    article: Article
    """As read."""
    head: tuple[HeadLine, ...]
    """From top to bottom."""
    marks: Marks
    """Quotes and hits of the body."""
    hits: tuple[Span, ...]
    """What the query matched; sorted, disjoint."""
    left_at: int = 0
    """Where the reader stopped the last time."""


class DocumentAsked(NamedTuple):
    """Which article, for which query."""

    article_id: str
    """Its id."""
    query: str = ""
    """Whose hits are marked; empty for none."""
    as_you_type: bool = False
    """Whether the last word is read as a prefix."""
    to_hit: int | None = None
    """Which hit to stand on: 0 the first, -1 the last; `None` where the reader was."""
    at: int | None = None
    """Which code point of the body to begin with; `None` where the reader was."""


def prepare(engine: Engine, asked: DocumentAsked, keep: Keep | None = None) -> Document:
    """Read an article and find everything to be marked in it. Slow."""
    from reader.layout.runs import Mark, Marks  # in the worker, after the first paint

    article = engine.article(asked.article_id)
    hits: tuple[Span, ...] = ()
    if asked.query:
        hits = engine.highlights(asked.query, asked.article_id, as_you_type=asked.as_you_type)
    marks = [Mark(found.start(), found.end(), "quote") for found in _QUOTED.finditer(article.body)]
    marks.extend(Mark(hit.start, hit.end, "hit") for hit in hits)
    left_at = 0
    if keep is not None:
        left_at = min(keep.position(article.id), len(article.body))
        for note in keep.notes(article.id):
            if note.is_detached:
                continue
            marks.extend(Mark(p.start, p.end, "note") for p in note.places if p.article_id == article.id)
    return Document(article, head_of(article), Marks(marks), hits, left_at)


def head_of(article: Article) -> tuple[HeadLine, ...]:
    """Source and date, headline, facts."""
    info = article.info
    kicker = " · ".join(
        part for part in (name_of(article), moment(article.published), article.author) if part
    )
    return (
        HeadLine(kicker, "kicker"),
        HeadLine(article.headline or NO_HEADLINE, "headline" if article.headline else "facts"),
        HeadLine(facts(info) + f" · {article.id}", "facts"),
    )
