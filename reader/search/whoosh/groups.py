"""What a query looks for in one segment: groups of terms that count as one word, and phrases.

A group is resolved to one `PostingList` per segment, and everything after that (bit sets, scores, top k)
knows lists only.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from reader.search.whoosh.schema import TEXT

Part = tuple[bytes, float]
"""A term and the factor of its weights."""


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms any of which stands for one word: spellings, completions, forms."""

    parts: tuple[Part, ...]
    """Distinct terms; the typed word's own with factor 1."""
    field: str = TEXT
    """`text`, `headline` or `author`."""
    words: tuple[tuple[str, bytes], ...] = dataclasses.field(default=(), compare=False)
    """Folded words with the term each is indexed under, most telling first; says why a hit matched."""
    _hash: int = dataclasses.field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A prefix may have thousands of parts, and a group is looked up many times in one search.
        object.__setattr__(self, "_hash", hash((self.parts, self.field)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def is_plain(self) -> bool:
        """Whether it is one term of an indexed field, so that its list is the one on disk."""
        return len(self.parts) == 1 and self.parts[0][1] == 1 and self.field != "headline"


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Terms at given distances from each other."""

    places: tuple[tuple[int, tuple[bytes, ...]], ...]
    """Place, counted from the first, and the terms that may stand there."""
    slop: int = 0
    """How many places the words may be off in sum."""
    field: str = TEXT
    """`text`, `headline` or `author`."""
    words: tuple[tuple[str, bytes], ...] = dataclasses.field(default=(), compare=False)
    """As in `TermGroup`."""


Group = TermGroup | PhraseGroup
