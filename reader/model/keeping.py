"""What a reader keeps of a library, as the app shows it: marks, notes, saved searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class KeptMarks:
    """Every mark of a library at one moment."""

    read: frozenset[str] = frozenset()
    """Article ids."""
    starred: frozenset[str] = frozenset()
    """Article ids."""
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Article ids by tag, tags in the order they are to be listed."""
    noted: frozenset[str] = frozenset()
    """Ids of articles with a note or a highlight."""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """The passage that a note is on."""

    article_id: str
    """The article's id."""
    start: int
    """Code point in its body."""
    end: int
    """One past the last."""
    digest: str
    """The digest the article has."""
    quoted: str
    """That slice of the body."""


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note on a passage, or on a pair; without text it is a highlight."""

    id: str
    """Unique."""
    places: tuple[NotePlace, ...]
    """One or two, where they stand in the articles as they are now."""
    text: str
    """May be empty."""
    is_detached: bool = False
    """Whether the words are gone: its places are then those of the articles as they were."""


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A query with a name."""

    name: str
    """Unique."""
    query: str
    """As typed."""
