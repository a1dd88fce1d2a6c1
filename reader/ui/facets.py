"""What a list could be narrowed to: its sources, months, stories and tags, each with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reader.model import UNKNOWN_SOURCE
from reader.model.results import Page
from reader.ui.lookup import all_ids
from reader.ui.naming import MONTHS
from reader.ui.scope import Scope

if TYPE_CHECKING:
    from reader.model import CancelToken
    from reader.model.results import FacetCount, SearchResults
    from reader.ui.engine import Engine
    from reader.ui.listing import SearchAsked

MOST_VALUES = 12
"""Values shown of each kind."""
MOST_HITS = 5000
"""Hits above which tags are not counted: they need every hit by name."""


class Facet(NamedTuple):
    """One way to narrow a list."""

    kind: str
    """`Sources`, `Months`, `Stories`, `Tags`."""
    label: str
    """What it is called."""
    articles: int
    """How many would be left."""
    term: str
    """What is added to the query."""


def facets(
    engine: Engine,
    asked: SearchAsked,
    results: SearchResults | None,
    tags: Mapping[str, frozenset[str]],
    cancel: CancelToken,
) -> tuple[Facet, ...]:
    """Slow. Ways to narrow what a question finds, of each kind the most frequent first.

    `results` are the hits there are already. A value that all have narrows nothing and is left out.
    """
    if asked.text and (results is None or len(results.hits) < results.total):
        found, stories, total = _asked_for(engine, asked, cancel)
        by_name = tags and total <= MOST_HITS
        ids = set(all_ids(engine, asked, cancel, total)) if by_name else set()
    else:
        scope = asked.scope_among
        if results is not None:
            scope = Scope(article_ids=tuple(hit.article_id for hit in results.hits))
        infos = engine.articles(scope)
        by_source = Counter(info.source for info in infos)
        by_month = Counter((info.published or "")[:7] for info in infos)
        found, total = [*_sources(by_source.items()), *_months(by_month.items())], len(infos)
        ids = {info.id for info in infos}
        told = map(engine.story_of, ids)
        stories = Counter(story.id for story in told if story is not None).most_common()
    cancel.check()
    found += islice(_stories(engine, stories), MOST_VALUES)
    found += _most(Facet("Tags", tag, len(held & ids), f'tag:"{tag}"') for tag, held in tags.items())
    return tuple(facet for facet in found if 0 < facet.articles < total)


def _asked_for(
    engine: Engine, asked: SearchAsked, cancel: CancelToken
) -> tuple[list[Facet], list[tuple[str, int]], int]:
    results = engine.search(
        asked.text,
        scope=asked.scope_among,
        page=Page(0, 1),
        facets=("source", "month", "story"),
        as_you_type=asked.as_you_type,
        cancel=cancel,
    )
    by_name = dict(results.facets)
    sources, months = by_name.get("source", ()), by_name.get("month", ())
    stories = _pairs(by_name.get("story", ()))
    return [*_sources(_pairs(sources)), *_months(_pairs(months))], stories, results.total


def _pairs(counts: Iterable[FacetCount]) -> list[tuple[str, int]]:
    return [(count.value, count.count) for count in counts]


def _sources(counts: Iterable[tuple[str, int]]) -> list[Facet]:
    return _most(
        Facet("Sources", value, number, f'source:"{value}"')
        for value, number in counts
        if value and value != UNKNOWN_SOURCE and '"' not in value
    )


def _months(counts: Iterable[tuple[str, int]]) -> list[Facet]:
    named = ((value, number) for value, number in counts if len(value) == 7 and value[5:].isdigit())
    found = [
        Facet("Months", f"{MONTHS[int(value[5:]) - 1]} {value[:4]}", number, f"date:{value}")
        for value, number in named
        if 1 <= int(value[5:]) <= 12
    ]
    return sorted(found, key=lambda facet: facet.term, reverse=True)[:MOST_VALUES]


# A story's id is that of its first article. `counts` come with the most frequent first.
def _stories(engine: Engine, counts: Iterable[tuple[str, int]]) -> Iterator[Facet]:
    for story_id, number in counts:
        story = engine.story_of(story_id)
        if story is not None and len(story.article_ids) > 1:
            yield Facet("Stories", story.headline or story_id, number, f'story:"{story_id}"')


def _most(found: Iterable[Facet]) -> list[Facet]:
    return sorted(found, key=lambda facet: (-facet.articles, facet.label))[:MOST_VALUES]
