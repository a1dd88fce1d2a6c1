"""From a question to the rows of the list. Runs in worker threads, where its imports are paid for as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.model.results import Page
from reader.ui.listing import ArticleRow, ChoiceRow, Listing, ListRow, SearchAsked, StoryRow, TitleRow
from reader.ui.naming import count, name_of
from reader.ui.scope import EVERYWHERE, Scope

if TYPE_CHECKING:
    from reader.model import ArticleInfo, CancelToken
    from reader.model.results import SearchResults
    from reader.ui.engine import Engine

FILTER = re.compile(r"-?\b(?:source|headline|author|date|since|until|story|is|has|tag):(?:\"[^\"]*\"|\S+)")
"""A condition in a query, as it is typed."""


def find(engine: Engine, asked: SearchAsked, cancel: CancelToken) -> Listing:
    """What the list shows for a question. Slow."""
    if not asked.text:
        listing = list_stories(engine, asked.scope_among, cancel)
        return listing if listing.rows else Listing(tuple(map(TitleRow, emptiness(engine, asked))))
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


def emptiness(engine: Engine, asked: SearchAsked) -> tuple[str, ...]:
    """What is said instead of a list, and what to press."""
    if not engine.articles():
        return (
            f"No articles in {engine.place} yet",
            "Copy .txt or .md files there, in a folder for each source.",
            "Then press r · q quits · ? lists the keys",
        )
    if asked.among is not None:
        return "Nothing is left in this list", "1 lists all articles · Esc goes back to the whole library"
    return (
        "There is no article here any more",
        "Esc goes back to the whole library · r reads the folder again",
    )


def filters_in(query: str) -> list[str]:
    """The conditions of a query, as typed, from left to right."""
    return FILTER.findall(query)


def all_ids(
    engine: Engine, asked: SearchAsked, cancel: CancelToken | None = None, total: int | None = None
) -> tuple[str, ...]:
    """Every article a question is about, not only the first page; `total` says how many, if known. Slow."""
    if not asked.text:
        return tuple(info.id for info in engine.articles(asked.scope_among))
    scope, typed = asked.scope_among, asked.as_you_type
    if total is None:
        total = engine.search(asked.text, scope=scope, page=Page(0, 1), as_you_type=typed).total
    whole = Page(0, max(total, 1))
    found = engine.search(
        asked.text, scope=scope, sort=asked.sort, page=whole, as_you_type=typed, cancel=cancel
    )
    return tuple(hit.article_id for hit in found.hits)


def choices(engine: Engine, asked: SearchAsked, results: SearchResults) -> Iterator[ChoiceRow]:
    """Ways on from an empty list: another spelling, one filter less, the whole library."""
    found: list[tuple[str, str, Scope]] = []
    if results.suggestion:
        found.append((f"Did you mean {results.suggestion}?", results.suggestion, asked.scope_among))
    for match in list(FILTER.finditer(asked.text))[:4]:
        rest = " ".join((asked.text[: match.start()] + asked.text[match.end() :]).split())
        if rest:
            found.append((f"Drop {match[0]}", rest, asked.scope_among))
    if asked.scope != EVERYWHERE or asked.among is not None:
        found.append(("Search the whole library", asked.text, EVERYWHERE))
    number = 0
    for text, query, scope in found:
        hits = engine.search(query, scope=scope, page=Page(0, 1)).total
        if hits:
            number += 1
            where = EVERYWHERE if scope == EVERYWHERE else asked.scope
            yield ChoiceRow(f"{number}  {text} ({count(hits, 'hit')})", query, where, scope == EVERYWHERE)


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
    rows = tuple(ArticleRow(info, name_of(info), hit) for hit, info in found)
    return Listing(rows, results.total, 0, results)


def _only(results: SearchResults) -> Scope:
    return Scope(article_ids=tuple(hit.article_id for hit in results.hits)) if results.hits else EVERYWHERE


# Date and headline stand beside it: two articles of one source need no more to be told apart.
def _named(members: Sequence[ArticleInfo]) -> list[ArticleRow]:
    return [ArticleRow(info, name_of(info)) for info in members]
