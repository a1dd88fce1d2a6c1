"""What the list of articles shows: stories with their articles, or hits in their order. Data only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reader.model import ArticleInfo, CancelToken, Story
from reader.model.results import Hit, Page, SearchResults, Snippet, Sort
from reader.ui.engine import EVERYWHERE, Engine, Scope
from reader.ui.naming import count, names_of


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


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What to do when nothing was found: another query, one key away."""

    text: str
    """What it does."""
    query: str
    """The query it leads to."""
    scope: Scope
    """Where that is searched."""


ListRow = StoryRow | TitleRow | ArticleRow | ChoiceRow


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

    def story_rows(self, most: int) -> tuple[StoryRow, ...]:
        """The first stories of the list."""
        return tuple(islice((row for row in self.rows if isinstance(row, StoryRow)), most))


EMPTY = Listing()
"""Before anything is known."""
MORE = 100
"""Hits asked for at once."""

_FILTER = re.compile(r"-?\w+:(?:\"[^\"]*\"|\S+)")


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
        return replace(self.scope, article_ids=tuple(sorted(ids)))


def find(engine: Engine, asked: SearchAsked, cancel: CancelToken) -> Listing:
    """What the list shows for a question. Slow."""
    if not asked.text:
        return list_stories(engine, asked.scope_among, cancel)
    results = engine.search(
        asked.text,
        scope=asked.scope_among,
        sort=asked.sort,
        page=Page(0, asked.limit),
        as_you_type=asked.as_you_type,
        cancel=cancel,
    )
    if results.total:
        return list_hits(engine, results)
    return Listing(tuple(choices(engine, asked, results)), 0, 0, results)


def choices(engine: Engine, asked: SearchAsked, results: SearchResults) -> Iterator[ChoiceRow]:
    """Ways on from an empty list: another spelling, one filter less, the whole library."""
    if results.suggestion:
        yield ChoiceRow(f"Did you mean {results.suggestion}?", results.suggestion, asked.scope)
    for match in list(_FILTER.finditer(asked.text))[:4]:
        rest = " ".join((asked.text[: match.start()] + asked.text[match.end() :]).split())
        found = engine.search(rest, scope=asked.scope_among, page=Page(0, 1)).total if rest else 0
        if found:
            yield ChoiceRow(f"Drop {match[0]} ({count(found, 'hit')})", rest, asked.scope)
    if asked.scope != EVERYWHERE or asked.among is not None:
        found = engine.search(asked.text, page=Page(0, 1)).total
        if found:
            yield ChoiceRow(f"Search the whole library ({count(found, 'hit')})", asked.text, EVERYWHERE)


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
class Snippets:
    """Excerpts for some of the hits, which come after the hits themselves."""

    asked: SearchAsked
    """For which question."""
    by_id: Mapping[str, Snippet]
    """Article id -> its excerpt."""
