"""What stands in the left column: the whole library, then its sources, then what the reader keeps."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from reader.ui.scope import EVERYWHERE, Scope
from reader.ui.widgets.source_list import Shelf

if TYPE_CHECKING:
    from reader.ui.engine import Engine
    from reader.ui.facets import Facet
    from reader.ui.keep import KeptMarks, KeptSearch
    from reader.ui.session import Session

MOST_COUNTED = 50
"""Saved searches whose hits are counted."""
MOST_TAGS = 30
"""Tags in the column; the others are found by `tag:name`."""


def shelves(
    engine: Engine, session: Session, searches: Sequence[KeptSearch], ids: Set[str]
) -> tuple[Shelf, ...]:
    """From top to bottom; `ids` are those of all articles."""
    from reader.model import UNKNOWN_SOURCE

    sources = engine.sources()
    total = sum(source.articles for source in sources)
    found = [Shelf("All articles", total, EVERYWHERE)]
    if session.keeps:
        kept = session.kept
        found.append(Shelf("Unread", len(ids) - len(ids & kept.read), only="unread"))
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


def narrowed_shelves(library: Sequence[Shelf], facets: Sequence[Facet], query: str) -> tuple[Shelf, ...]:
    """The column while something is searched: instead of the sources what the hits can be narrowed to."""
    from reader.ui.lookup import filters_in

    cut = next((n for n, shelf in enumerate(library) if shelf.is_heading), len(library))
    after = [n for n, shelf in enumerate(library) if shelf.is_heading and n > cut]
    found = list(library[:cut])
    # What is in the query already can be dropped by choosing it again.
    terms = filters_in(query)
    if terms:
        found.append(Shelf("Narrowed to", is_heading=True))
        found += [Shelf(term, term=term) for term in terms]
    kind = ""
    for facet in facets:
        if facet.term in query:
            continue
        if facet.kind != kind:
            kind = facet.kind
            found.append(Shelf(f"{kind} found", is_heading=True))
        found.append(Shelf(facet.label, facet.articles, term=facet.term))
    return (*found, *library[after[0] :]) if after else tuple(found)


def ids_on(engine: Engine, shelf: Shelf, kept: KeptMarks) -> list[str]:
    """Slow. The articles below a line of the column."""
    from reader.model.results import Page

    if shelf.query is not None:
        total = engine.search(shelf.query, page=Page(limit=1)).total
        return [hit.article_id for hit in engine.search(shelf.query, page=Page(limit=max(total, 1))).hits]
    ids = [info.id for info in engine.articles(shelf.scope)]
    if shelf.only == "unread":
        return [each for each in ids if each not in kept.read]
    return [each for each in ids if each in kept.starred] if shelf.only == "starred" else ids


def count_hits(engine: Engine, searches: Sequence[KeptSearch]) -> dict[str, int]:
    """Slow. How many articles each saved search finds now, by query."""
    from reader.model.results import Page

    return {one.query: engine.search(one.query, page=Page(limit=1)).total for one in searches[:MOST_COUNTED]}
