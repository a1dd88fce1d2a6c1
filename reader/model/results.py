"""What a search found: hits, snippets, facets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reader.model.article import Span
    from reader.model.query import Diagnostic

Sort = Literal["score", "date", "source"]
"""Best first; newest first, undated last; by source and then newest first."""
FacetName = Literal["source", "month", "story"]


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt of a body around what matched, on one line."""

    text: str
    """Excerpt with newlines as spaces; an ellipsis marks a cut."""
    spans: tuple[Span, ...]
    """What matched, in code points of `text`; sorted, disjoint."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found."""

    article_id: str
    """Its id."""
    score: float
    """Higher is better; comparable within one search only. 0 for filters without words."""
    matched: tuple[str, ...] = ()
    """Folded words that matched here, variants and completions included, best first; why it is a hit."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits have one value."""

    value: str
    """A source, a month `YYYY-MM` (empty = undated), or a story id."""
    count: int
    """Among all hits, not only the page."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of what was found."""

    query: str
    """As typed."""
    hits: tuple[Hit, ...]
    """The page asked for, in order."""
    total: int
    """How many articles match."""
    total_exact: bool = True
    """Whether `total` is exact or a lower bound."""
    facets: tuple[tuple[FacetName, tuple[FacetCount, ...]], ...] = ()
    """For each facet asked for: its values, most frequent first, then by value."""
    elapsed_s: float = 0.0
    """Seconds."""
    partial: bool = False
    """Cut short: more articles might match."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was not understood, or was read in another way ("also matching Zelenskiy")."""
    suggestion: str | None = None
    """Another spelling of the whole query that would find something; only when this one found nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which hits are wanted."""

    offset: int = 0
    """From 0."""
    limit: int = 50
    """At least 1."""
