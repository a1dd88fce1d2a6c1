"""What one source published, as read from disk: article, paragraphs, spans. Data only, no I/O."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

ParagraphKind = Literal["heading", "body", "boilerplate", "caption"]
"""What a paragraph is. Only `body` is compared; `heading` and `body` are searched with weight."""

UNKNOWN_SOURCE = "unknown"
"""The source of an article whose file and folder name none."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open `[start, end)` in code points of `Article.body`, unless the owner says otherwise."""

    start: int
    """First code point."""
    end: int
    """One past the last code point; never before `start`."""

    def slice(self, text: str) -> str:
        """The text the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a body. Paragraphs are sorted, disjoint, and never empty."""

    span: Span
    """Without the white space around it."""
    kind: ParagraphKind
    """Heading, body, boilerplate or caption."""


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """The head of an article: what lists show, kept in memory for the whole library."""

    id: str
    """Cleaned path below the library without suffix, with `/` between folders."""
    source: str
    """The outlet; `UNKNOWN_SOURCE` when neither header nor folder says."""
    headline: str | None
    """As published; `None` when the file has none."""
    published: str | None
    """`YYYY-MM-DD`, or ISO 8601 with offset; `None` when unknown. Never guessed."""
    path: str
    """Cleaned path below the library, with suffix, for people; open files by `Library`, not by this."""
    words: int
    """Number of runs of non-space characters in the body."""
    digest: str
    """Hex blake2b (16 bytes) of the raw file; changes whenever the file does."""
    hidden: int = 0
    """Hidden characters that cleaning removed or marked; shown beside the article."""


@dataclass(frozen=True, slots=True)
class Article:
    """One text from one source, cleaned. Every offset anywhere counts code points of `body`."""

    id: str
    """See `ArticleInfo.id`."""
    source: str
    """See `ArticleInfo.source`."""
    headline: str | None
    """Not part of `body` when it came from the header or from a headline line."""
    published: str | None
    """See `ArticleInfo.published`."""
    url: str | None
    """As written in the header; never opened without a key press."""
    author: str | None
    """As written in the header."""
    lang: str | None
    """A language tag such as `en`, when the header says."""
    paragraphs: tuple[Paragraph, ...]
    """Sorted, disjoint, may be empty."""
    body: str
    """The cleaned text with its newlines."""
    digest: str
    """See `ArticleInfo.digest`."""
    path: str
    """See `ArticleInfo.path`."""
    hidden: int = 0
    """See `ArticleInfo.hidden`."""
    cut: int = 0
    """Characters beyond the size cap that were left out; 0 for a whole text."""

    @property
    def info(self) -> ArticleInfo:
        """The head of this article."""
        return ArticleInfo(
            self.id,
            self.source,
            self.headline,
            self.published,
            self.path,
            len(self.body.split()),
            self.digest,
            self.hidden,
        )


def published_day(published: str | None) -> dt.date | None:
    """The calendar day an article carries, in its own offset."""
    return None if published is None else dt.date.fromisoformat(published[:10])


def published_seconds(published: str | None) -> int | None:
    """Seconds since 1970-01-01T00:00Z; a bare day counts as its midnight UTC."""
    if published is None:
        return None
    if len(published) == 10:
        day = dt.date.fromisoformat(published)
        return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
    return int(dt.datetime.fromisoformat(published).timestamp())


def chronological(info: ArticleInfo | Article) -> tuple[bool, int, str]:
    """Sort key: earliest first, undated last, then by id."""
    seconds = published_seconds(info.published)
    return (seconds is None, seconds or 0, info.id)
