"""What the app needs of an engine. The workspace has this shape; tests hand the app a fake one.

Methods marked *slow* run in worker threads only and read their cancel token between steps. All others
answer from memory and may be called in the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from reader.model.results import FacetName, Page, SearchResults, Snippet, Sort
from reader.ui.scope import EVERYWHERE, Scope

if TYPE_CHECKING:
    from reader.model import Article, ArticleInfo, CancelToken, Problem, SourceCount, Span, Story
    from reader.model.comparison import Comparison, Trace

__all__ = ["EVERYWHERE", "Engine", "Report", "Scope"]

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how many steps are done, how many there are (0 = unknown)."""


class Engine(Protocol):
    """An open library: its articles, its index, and what is compared."""

    @property
    def place(self) -> str:
        """The library's folder, for the title line."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told once: an index built afresh, a setting that cannot be used."""

    @property
    def generation(self) -> str:
        """Changes whenever anything that lists show changes; empty until opened."""

    def open(self, report: Report, cancel: CancelToken) -> None:
        """Slow. Read the library, bring the index up to date, group the stories."""

    def refresh(self, report: Report, cancel: CancelToken) -> bool:
        """Slow. Scan again; whether anything changed."""

    def is_tidying_due(self, idle_s: float) -> bool:
        """Whether to call `tidy` now that no key was pressed for so many seconds."""

    def tidy(self, cancel: CancelToken | None = None) -> bool:
        """Slow. Put the index in order; whether it was done. Ends early for whoever wants to search."""

    def close(self) -> None:
        """Let go of the index."""

    def articles(self, scope: Scope = EVERYWHERE) -> tuple[ArticleInfo, ...]:
        """Newest first, undated last, then by id."""

    def sources(self) -> tuple[SourceCount, ...]:
        """Sorted by name, unknown last."""

    def stories(self, min_sources: int = 1) -> tuple[Story, ...]:
        """Most sources first, then newest."""

    def story_of(self, article_id: str) -> Story | None:
        """The story an article belongs to; `None` for an unknown id."""

    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be read, by path."""

    def article(self, article_id: str) -> Article:
        """The whole article, read from disk (milliseconds). Raises `NotFound` or `LibraryError`."""

    def search(
        self,
        text: str,
        *,
        scope: Scope = EVERYWHERE,
        sort: Sort = "score",
        page: Page = Page(),
        facets: Collection[FacetName] = (),
        as_you_type: bool = False,
        cancel: CancelToken | None = None,
    ) -> SearchResults:
        """Slow. Never raises for what was typed; `as_you_type` reads the last word as a prefix."""

    def snippets(
        self, text: str, article_ids: Sequence[str], *, as_you_type: bool = False
    ) -> dict[str, Snippet]:
        """Slow. The best excerpt of each article for a query."""

    def highlights(self, text: str, article_id: str, *, as_you_type: bool = False) -> tuple[Span, ...]:
        """Slow. Every place in the body that a query matches; sorted, disjoint."""

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:
        """Slow. Two to twenty articles. Raises `CompareError` or `NotFound`."""

    def trace(self, text: str, *, origin: str | None = None, cancel: CancelToken | None = None) -> Trace:
        """Slow. Where else a passage stands; hits in the article `origin` are left out."""
