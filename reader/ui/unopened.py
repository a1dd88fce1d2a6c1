"""The library before anything of it is known: an engine with nothing in it, for the first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.scope import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reader.model import Article, ArticleInfo, CancelToken, Problem, SourceCount, Span, Story
    from reader.model.comparison import Comparison, Trace
    from reader.model.results import FacetName, Page, SearchResults, Snippet, Sort
    from reader.ui.engine import Report
    from reader.ui.scope import Scope


class Unopened:
    """Lists nothing and finds nothing; never asked for more, as nothing is listed."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.generation = ""
        self.notices: tuple[str, ...] = ()

    def open(self, report: Report, cancel: CancelToken) -> None:
        """Nothing to open."""

    def refresh(self, report: Report, cancel: CancelToken) -> bool:  # noqa: ARG002
        """Nothing changes."""
        return False

    def is_tidying_due(self, idle_s: float) -> bool:  # noqa: ARG002
        """Nothing to put in order."""
        return False

    def tidy(self, cancel: CancelToken | None = None) -> bool:  # noqa: ARG002
        """Nothing is done."""
        return False

    def close(self) -> None:
        """Nothing to close."""

    def articles(self, scope: Scope = EVERYWHERE) -> tuple[ArticleInfo, ...]:  # noqa: ARG002
        """None."""
        return ()

    def sources(self) -> tuple[SourceCount, ...]:
        """None."""
        return ()

    def stories(self, min_sources: int = 1) -> tuple[Story, ...]:  # noqa: ARG002
        """None."""
        return ()

    def story_of(self, article_id: str) -> Story | None:  # noqa: ARG002
        """None."""
        return None

    def problems(self) -> tuple[Problem, ...]:
        """None."""
        return ()

    def article(self, article_id: str) -> Article:
        """There is none."""
        raise _not_open(article_id)

    def search(
        self,
        text: str,
        *,
        scope: Scope = EVERYWHERE,  # noqa: ARG002
        sort: Sort = "score",  # noqa: ARG002
        page: Page | None = None,  # noqa: ARG002
        facets: Collection[FacetName] = (),  # noqa: ARG002
        as_you_type: bool = False,  # noqa: ARG002
        cancel: CancelToken | None = None,  # noqa: ARG002
    ) -> SearchResults:
        """Finds nothing."""
        from reader.model.results import SearchResults

        return SearchResults(text, (), 0)

    def snippets(
        self,
        text: str,  # noqa: ARG002
        article_ids: Sequence[str],  # noqa: ARG002
        *,
        as_you_type: bool = False,  # noqa: ARG002
    ) -> dict[str, Snippet]:
        """None."""
        return {}

    def highlights(
        self,
        text: str,  # noqa: ARG002
        article_id: str,  # noqa: ARG002
        *,
        as_you_type: bool = False,  # noqa: ARG002
    ) -> tuple[Span, ...]:
        """None."""
        return ()

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:  # noqa: ARG002
        """There is nothing to compare."""
        raise _not_open(", ".join(article_ids))

    def trace(self, text: str, *, origin: str | None = None, cancel: CancelToken | None = None) -> Trace:  # noqa: ARG002
        """Finds nothing."""
        from reader.model.comparison import Trace

        return Trace(text, ())


def _not_open(what: str) -> Exception:
    from reader.model.errors import NotFound

    return NotFound(f"{what}: the library is not open yet; try again in a moment")
