"""The query tree: what a person asked for, independent of any backend.

Words are surface forms, cleaned but neither folded nor stemmed; each backend folds them with
`search.analysis`. Ranges are half-open in neither end: both `low` and `high` belong to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal["text", "source", "headline", "author", "date", "story", "is", "has", "tag", "id"]
"""`story`, `is`, `has` and `tag` are resolved to `id` by the workspace before a backend sees them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Words, each wanted; ranked by how many an article has and how rare they are."""

    words: tuple[str, ...]
    """In the order typed; a repeated word counts each time."""
    field: Field = "text"
    """`text`, `headline` or `author`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, or within `slop` extra places."""

    words: tuple[str, ...]
    """In the order typed."""
    slop: int = 0
    """How many other words may stand between; 0 = exactly as typed."""
    field: Field = "text"
    """`text`, `headline` or `author`."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with this."""

    word: str
    """At least two characters, without the star."""
    field: Field = "text"
    """`text`, `headline` or `author`."""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of this shape: `*` any run, `?` any one character."""

    pattern: str
    """With at least two characters besides the wildcards."""
    field: Field = "text"
    """`text`, `headline` or `author`."""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within a small edit distance."""

    word: str
    """Without the tilde."""
    max_edits: Literal[1, 2] = 1
    """Insertions, deletions, substitutions, swaps."""
    field: Field = "text"
    """`text`, `headline` or `author`."""


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two ends, both included; an open end is `None`."""

    field: Literal["date"]
    """Only dates have ranges."""
    low: str | None
    """`YYYY-MM-DD`."""
    high: str | None
    """`YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class In:
    """One of these values, compared after folding."""

    field: Field
    """`source`, `id`, or a field the workspace resolves."""
    values: tuple[str, ...]
    """May be empty: then nothing matches."""


@dataclass(frozen=True, slots=True)
class All:
    """Every part. An empty `All` matches every article."""

    parts: tuple[Query, ...]
    """Ranked parts add their scores; filters only narrow."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part."""

    parts: tuple[Query, ...]
    """May be empty: then nothing matches."""


@dataclass(frozen=True, slots=True)
class Not:
    """Everything the part does not match."""

    part: Query
    """Never ranked."""


Query = Terms | Phrase | Prefix | Wildcard | Fuzzy | Range | In | All | AnyOf | Not

EVERYTHING = All(())
"""Matches every article."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What was not understood in a query, and what was done instead."""

    message: str
    """A sentence for the reader."""
    position: int
    """Code point in the typed query where it begins."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query and everything to be said about how it was read."""

    text: str
    """As typed, cleaned and capped."""
    query: Query
    """Searched as it is."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """In order of position; empty when all was understood."""
