"""The articles about one event, and how many articles a source has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event. A lone article is a story of one."""

    id: str
    """The id of its earliest article (undated last, then by id)."""
    headline: str | None
    """The headline of its earliest article."""
    article_ids: tuple[str, ...]
    """In chronological order."""
    sources: tuple[str, ...]
    """Distinct sources, sorted."""
    evidence: tuple[str, ...]
    """What holds it together, strongest first, as a reader would write it; empty for one article."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source and how many articles of the library it has."""

    source: str
    """The outlet."""
    articles: int
    """At least 1."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, for a person."""

    path: str
    """Cleaned path below the library."""
    reason: str
    """What is wrong with it."""
    remedy: str
    """What to do about it."""
