"""What the workspace needs of a search backend, and the small records it answers with.

The only backend so far is embedded (`search.whoosh`). Nothing here knows how an index is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from reader.model import Article, CancelToken
from reader.model.query import Query
from reader.model.results import FacetName, Hit, Page, SearchResults, Sort

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how many steps are done, how many there are (0 = unknown)."""


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """What one write did."""

    generation: str
    """Of the index after the write."""
    added: int
    """Articles entered, changed ones included."""
    deleted: int
    """Articles taken out, the old form of changed ones included."""
    articles: int
    """How many articles the index holds now."""
    elapsed_s: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a check of the whole index found."""

    ok: bool
    """Whether every file is as it was sealed and every posting list can be read."""
    message: str
    """One sentence for a person."""
    articles: int = 0
    """How many articles the index holds."""
    segments: int = 0
    """How many parts it is stored in."""
    size_bytes: int = 0
    """Of all sealed files."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the library that begins as asked."""

    word: str
    """Folded, unstemmed."""
    articles: int
    """About how many articles have it."""


class Lexicon(Protocol):
    """The folded, unstemmed words of the library."""

    def count(self, word: str) -> int:
        """About how many articles have this folded word; 0 when none has."""

    def completions(self, prefix: str, limit: int = 40) -> tuple[tuple[str, int], ...]:
        """The most frequent folded words that begin so, with their counts; then by word."""

    def near(self, word: str, max_edits: int, limit: int = 40) -> tuple[tuple[str, int], ...]:
        """Folded words within so many edits, nearest first, then most frequent; the word itself included."""


class SearchBackend(Protocol):
    """An index of articles that can be written and searched."""

    @property
    def generation(self) -> str:
        """Changes with every commit."""

    @property
    def lexicon(self) -> Lexicon:
        """Of the present generation."""

    def digests(self) -> Mapping[str, str]:
        """Article id -> digest of every article the index holds."""

    def write(
        self,
        batch: Iterable[Article],
        *,
        delete: Collection[str] = (),
        report: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> CommitInfo:
        """Enter articles (replacing those of the same id) and take others out, in one commit."""

    def search(
        self,
        query: Query,
        *,
        page: Page = Page(),
        sort: Sort = "score",
        facets: Collection[FacetName] = (),
        stories: Mapping[str, str] | None = None,
        cancel: CancelToken | None = None,
    ) -> SearchResults:
        """One page of hits. Raises `Cancelled` once the token is set.

        `stories` is needed to count stories: article id to story id, the same object while that is the same.
        """

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Words that complete a prefix, most frequent first."""

    def similar(self, article: Article, limit: int = 10) -> tuple[Hit, ...]:
        """Articles that share the most telling words of this one, best first, without itself."""

    def verify(self) -> Health:
        """Check every file and every posting list; slow."""

    def close(self) -> None:
        """Let go of all files."""
