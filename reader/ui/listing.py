"""What the list of articles shows: stories with their articles, or hits in their order. Data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.model import ArticleInfo, CancelToken, Story
from reader.model.results import Hit, SearchResults, Snippet, Sort
from reader.ui.engine import EVERYWHERE, Engine, Scope
from reader.ui.naming import names_of


@dataclass(frozen=True, slots=True)
class StoryRow:
    """The head of a story that has at least two articles in the list."""

    story: Story
    """All of it, also what the scope leaves out."""
    articles: tuple[str, ...]
    """Ids of its articles in the list, in order."""


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A line that only parts the list."""

    text: str
    """What follows it."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article."""

    info: ArticleInfo
    """Its head."""
    name: str
    """The source, or what else tells it from its neighbours."""
    hit: Hit | None = None
    """Why it is here, in a list of hits."""


ListRow = StoryRow | TitleRow | ArticleRow


@dataclass(frozen=True, slots=True)
class Listing:
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


EMPTY = Listing()
"""Before anything is known."""


def list_stories(engine: Engine, scope: Scope, cancel: CancelToken) -> Listing:
    """Every article of a scope under its story; single reports last."""
    infos = {info.id: info for info in engine.articles(scope)}
    rows: list[ListRow] = []
    single: list[ListRow] = []
    stories = 0
    for number, story in enumerate(engine.stories()):
        if number % 1024 == 0:
            cancel.check()
        members = [infos[article_id] for article_id in story.article_ids if article_id in infos]
        if len(members) > 1:
            stories += 1
            rows.append(StoryRow(story, tuple(info.id for info in members)))
            rows.extend(_named(members))
        elif members:
            single.extend(_named(members))
    listed = {row.info.id for row in (*rows, *single) if isinstance(row, ArticleRow)}
    if len(listed) < len(infos):
        single.extend(_named([info for article_id, info in infos.items() if article_id not in listed]))
    if rows and single:
        rows.append(TitleRow("Reported once"))
    return Listing((*rows, *single), len(infos), stories)


def list_hits(engine: Engine, results: SearchResults) -> Listing:
    """The hits in the order of the search."""
    infos = {info.id: info for info in engine.articles(_only(results))}
    found = [(hit, infos[hit.article_id]) for hit in results.hits if hit.article_id in infos]
    names = names_of([info for _, info in found]) if len(found) <= 20 else None
    rows = tuple(
        ArticleRow(info, names[index] if names and names[index] == info.source else _own_name(info), hit)
        for index, (hit, info) in enumerate(found)
    )
    return Listing(rows, results.total, 0, results)


def _only(results: SearchResults) -> Scope:
    return Scope(article_ids=tuple(hit.article_id for hit in results.hits)) if results.hits else EVERYWHERE


def _own_name(info: ArticleInfo) -> str:
    return names_of([info])[0]


def _named(members: Sequence[ArticleInfo]) -> list[ArticleRow]:
    return [ArticleRow(info, name) for info, name in zip(members, names_of(members), strict=True)]


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """One question to the engine."""

    text: str
    """As typed; empty lists the stories."""
    scope: Scope
    """Where."""
    sort: Sort = "score"
    """How hits are ordered."""
    as_you_type: bool = False
    """Whether the last word may be unfinished."""


@dataclass(frozen=True, slots=True)
class Snippets:
    """Excerpts for some of the hits, which come after the hits themselves."""

    asked: SearchAsked
    """For which question."""
    by_id: Mapping[str, Snippet]
    """Article id -> its excerpt."""
