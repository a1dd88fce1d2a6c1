"""What stands in the left column: the whole library, then its sources, then what the reader keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.ui.scope import EVERYWHERE, Scope
from reader.ui.widgets.source_list import Shelf

if TYPE_CHECKING:
    from reader.ui.engine import Engine
    from reader.ui.keep import KeptSearch
    from reader.ui.session import Session

MOST_COUNTED = 50
"""Saved searches whose hits are counted."""
MOST_TAGS = 30
"""Tags in the column; the others are found by `tag:name`."""


def shelves(engine: Engine, session: Session, searches: Sequence[KeptSearch]) -> tuple[Shelf, ...]:
    """From top to bottom."""
    from reader.model import UNKNOWN_SOURCE

    sources = engine.sources()
    total = sum(source.articles for source in sources)
    found = [Shelf("All articles", total, EVERYWHERE)]
    if session.keeps:
        ids = {info.id for info in engine.articles()}
        kept = session.kept
        found.append(Shelf("Unread", len(ids - kept.read), only="unread"))
        found.append(Shelf("Starred", len(ids & kept.starred), only="starred"))
        found.append(Shelf("Notes", len(ids & kept.noted), query="has:note"))
    if sources:
        found.append(Shelf("Sources", is_heading=True))
    for source in sources:
        label = "unknown source" if source.source == UNKNOWN_SOURCE else source.source
        found.append(Shelf(label, source.articles, Scope(source=source.source)))
    if searches:
        found.append(Shelf("Saved searches", is_heading=True))
        hits = session.hits_of_searches
        found.extend(Shelf(one.name, hits.get(one.query), query=one.query) for one in searches)
    if session.kept.tags:
        found.append(Shelf("Tags", is_heading=True))
        tags = list(session.kept.tags.items())[:MOST_TAGS]
        found.extend(Shelf(tag, len(held), query=f'tag:"{tag}"') for tag, held in tags)
    return tuple(found)


def count_hits(engine: Engine, searches: Sequence[KeptSearch]) -> dict[str, int]:
    """Slow. How many articles each saved search finds now, by query."""
    from reader.model.results import Page

    return {one.query: engine.search(one.query, page=Page(limit=1)).total for one in searches[:MOST_COUNTED]}
