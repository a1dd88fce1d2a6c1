"""What the list of articles shows: stories with their articles, or hits in their order. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reader.ui.scope import Scope

if TYPE_CHECKING:
    from reader.model import ArticleInfo, Story
    from reader.model.results import Hit, SearchResults, Snippet, Sort


class StoryRow(NamedTuple):
    """The head of a story that has at least two articles in the list."""

    story: Story
    """All of it, also what the scope leaves out."""
    articles: tuple[str, ...]
    """Ids of its articles in the list, in order."""


class TitleRow(NamedTuple):
    """A line that only parts the list."""

    text: str
    """What follows it."""


class ArticleRow(NamedTuple):
    """One article."""

    info: ArticleInfo
    """Its head."""
    name: str
    """The source, or what else tells it from its neighbours."""
    hit: Hit | None = None
    """Why it is here, in a list of hits."""


class ChoiceRow(NamedTuple):
    """What to do when nothing was found: another query, one key away."""

    text: str
    """What it does."""
    query: str
    """The query it leads to."""
    scope: Scope
    """Where that is searched."""
    drops_only: bool = False
    """Whether read and unread articles are searched alike."""


ListRow = StoryRow | TitleRow | ArticleRow | ChoiceRow


class Listing(NamedTuple):
    """The rows of the list and what they add up to."""

    rows: tuple[ListRow, ...] = ()
    """From top to bottom."""
    articles: int = 0
    """How many articles are listed, or how many match a query."""
    stories: int = 0
    """How many stories of at least two articles."""
    results: SearchResults | None = None
    """The search that found them; `None` without a query."""

    def index_of(self, article_id: str) -> int | None:
        """Where an article stands in the list."""
        for index, row in enumerate(self.rows):
            if isinstance(row, ArticleRow) and row.info.id == article_id:
                return index
        return None

    def story_rows(self, most: int) -> tuple[StoryRow, ...]:
        """The first stories of the list."""
        return tuple(islice((row for row in self.rows if isinstance(row, StoryRow)), most))


EMPTY = Listing()
"""Before anything is known."""
MORE = 100
"""Hits asked for at once."""


class SearchAsked(NamedTuple):
    """One question to the engine."""

    text: str
    """As typed; empty lists the stories."""
    scope: Scope
    """Where."""
    sort: Sort = "score"
    """How hits are ordered."""
    as_you_type: bool = False
    """Whether the last word may be unfinished."""
    limit: int = MORE
    """Hits wanted at most."""
    among: frozenset[str] | None = None
    """Only these articles, such as the unread; `None` for all."""

    @property
    def scope_among(self) -> Scope:
        """The scope with `among` in it."""
        if self.among is None:
            return self.scope
        inside = self.scope.article_ids
        ids = self.among if inside is None else self.among.intersection(inside)
        return self.scope._replace(article_ids=tuple(sorted(ids)))


class Snippets(NamedTuple):
    """Excerpts for some of the hits, which come after the hits themselves."""

    asked: SearchAsked
    """For which question."""
    by_id: Mapping[str, Snippet]
    """Article id -> its excerpt."""
