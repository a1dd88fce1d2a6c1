"""Which articles tell one story: average link over body, names and lead, precision first.

Articles are near when they share weighted terms and, where both carry a date, appeared within a few days of
each other. Copies join whatever their dates. What a reader merged or split stays merged or split.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, NamedTuple

from reader.compare.story_clusters import Rules, clusters
from reader.compare.story_copies import Sketches
from reader.compare.story_evidence import evidence
from reader.compare.story_features import (
    StoryFeatures,
    features,
    features_from_json,
    features_to_json,
)
from reader.compare.story_partners import Partners
from reader.compare.story_vectors import Rarity, Rows, Vectors
from reader.model.article import published_day, published_seconds
from reader.model.cancel import CancelToken
from reader.model.story import Story

__all__ = [
    "Neighbours",
    "StoryFeatures",
    "Table",
    "features",
    "features_from_json",
    "features_to_json",
    "group",
    "near_to",
]

GROUPING_VERSION: Final = 2
"""Raised whenever the same features would give other stories."""
WINDOW_DAYS: Final = 3
"""Days between the first and the last dated article of a story, unless they are copies."""
CUT: Final = 0.213
"""Least average similarity inside a story."""
_FIRST_YEAR: Final = 1800
"""A date before it is a mistake and counts as unknown."""
_EXPLAINED: Final = 200
"""What holds a larger story together is read off so many of its articles."""


@dataclass(slots=True)
class Table:
    """What grouping keeps beside its answer."""

    rows: Rows = field(default_factory=list[bytes])
    """Where the vectors are put; empty before, worth nothing after."""
    rarity: Rarity | None = None
    """What terms weigh; `None` counts the articles given. Afterwards what was counted."""


class _Head(NamedTuple):
    id: str
    source: str
    headline: str | None
    day: int | None


def group(
    features: Sequence[StoryFeatures],
    *,
    window_days: int | None = WINDOW_DAYS,
    candidates: Mapping[str, Collection[str]] | None = None,
    merged: Sequence[tuple[str, ...]] = (),
    split: Sequence[tuple[str, ...]] = (),
    cancel: CancelToken | None = None,
    table: Table | None = None,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Story, ...]:
    """Group articles into stories; every article is in exactly one.

    Args:
        features: of all articles, ids distinct, in any order. May read each from a file when it is asked for:
            all are read twice, those of stories of several articles once more.
        window_days: see `WINDOW_DAYS`; `None` looks at no dates.
        candidates: for each id those that may be near it, from a search; `None` finds them here.
        merged: ids that the reader put into one story, one tuple for each such decision.
        split: an id followed by those that it must share no story with, one tuple for each decision.
            Stronger than `merged`. Unknown ids are passed over in both.
        cancel: read between articles.
        table: where the vectors are kept and what their terms weigh; receives what was counted.
        report: told how many of how many steps are done.

    Returns:
        Stories by their earliest article, dated before undated, then by id. Near linear in the articles.
    """
    token = cancel or CancelToken()
    tell = report or _tell_nobody
    size = len(features)
    order, heads, copies = _heads(features, token)
    number = {head.id: index for index, head in enumerate(heads)}
    days = [head.day for head in heads]
    held = table or Table()
    vectors = Vectors(
        (features[place] for place in order),
        token,
        rows=held.rows,
        rarity=held.rarity,
        report=lambda number: tell(number, 2 * size),
    )
    if held.rarity is None:
        held.rarity = vectors.rarity()
    edges: set[tuple[int, int]] = set()
    for index, others in _proposed(vectors, days, window_days, candidates, number):
        token.check()
        tell(size + index, 2 * size)
        vector = vectors.vector(index) if others else {}
        edges.update((other, index) for other in others if vectors.similarity(vector, other) >= CUT)
    together = [
        *({number[one] for one in decision if one in number} for decision in merged),
        *copies,
    ]
    rules = Rules(CUT, window_days, days, together, _apart(split, number))
    grouped = clusters(vectors, edges, rules, token)
    del edges
    alone = set(range(len(heads))) - {member for members in grouped for member in members}
    sources = {head.source: (head.source,) for head in heads}
    found = []
    for members in sorted([*grouped, *([index] for index in alone)]):
        first = heads[members[0]]
        ids = tuple(heads[index].id for index in members)
        if len(members) == 1:
            found.append(Story(first.id, first.headline, ids, sources[first.source], ()))
            continue
        token.check()
        named = tuple(sorted({heads[index].source for index in members}))
        why = evidence([features[order[index]] for index in members[:_EXPLAINED]], vectors.idf)
        found.append(Story(first.id, first.headline, ids, named, why))
    return tuple(found)


def near_to(one: StoryFeatures, others: Sequence[StoryFeatures], rarity: Rarity) -> tuple[str, ...]:
    """The ids of those that are similar enough to one article to be in its story, or copies of it."""
    vectors = Vectors([one, *others], CancelToken(), rarity=rarity)
    vector = vectors.vector(0)
    sketches = Sketches()
    for each in (one, *others):
        sketches.add(each.sketch)
    copies = {later for earlier, later in sketches.copies(range(len(vectors)), CancelToken()) if not earlier}
    return tuple(
        other.id
        for index, other in enumerate(others, 1)
        if index in copies or vectors.similarity(vector, index) >= CUT
    )


class Neighbours:
    """A library's articles, ready to be asked which of them are near one of them."""

    def __init__(self, features: Sequence[StoryFeatures]) -> None:
        """Index the features of all articles, ids distinct. Linear."""
        self._ids = [one.id for one in features]
        self._number = {one.id: index for index, one in enumerate(features)}
        self._vectors = Vectors(features, CancelToken())
        self._partners = Partners(self._vectors, [None] * len(features), None)
        for index in range(len(features)):
            self._partners.add(index)

    def nearest(self, article_id: str, limit: int = 20) -> tuple[str, ...]:
        """The ids of the most similar other articles, most similar first; empty for an unknown id."""
        index = self._number.get(article_id)
        if index is None:
            return ()
        vector = self._vectors.vector(index)
        alike = [(self._vectors.similarity(vector, other), other) for other in self._partners.of(index)]
        alike.sort(key=lambda pair: (-pair[0], self._ids[pair[1]]))
        return tuple(self._ids[other] for _, other in alike[:limit])


def _heads(
    features: Sequence[StoryFeatures], cancel: CancelToken
) -> tuple[list[int], list[_Head], list[tuple[int, int]]]:
    """Places in chronological order, the heads in that order, and which of those are copies."""
    sketches = Sketches()
    heads: list[tuple[tuple[bool, int, str], int, _Head]] = []
    for place, one in enumerate(features):
        cancel.check()
        sketches.add(one.sketch)
        head = _Head(one.id, one.source, one.headline, _day(one))
        heads.append((_chronological(one), place, head))
    heads.sort(key=lambda item: item[0])
    order = [place for _, place, _ in heads]
    return order, [head for _, _, head in heads], sketches.copies(order, cancel)


def _chronological(one: StoryFeatures) -> tuple[bool, int, str]:
    seconds = published_seconds(one.published)
    return (seconds is None or _day(one) is None, seconds or 0, one.id)


def _day(one: StoryFeatures) -> int | None:
    day = published_day(one.published)
    return day.toordinal() if day is not None and day.year >= _FIRST_YEAR else None


def _proposed(
    vectors: Vectors,
    days: Sequence[int | None],
    window: int | None,
    candidates: Mapping[str, Collection[str]] | None,
    number: Mapping[str, int],
) -> Iterator[tuple[int, list[int]]]:
    """Each article with those before it that it may be near to."""
    if candidates is not None:
        yield from _given(candidates, number)
        return
    # In the order of moments days may go back by one, where the clocks of two places differ.
    latest: list[int | None] = [*accumulate((day for day in days if day is not None), max)]
    latest += [None] * (len(days) - len(latest))
    partners = Partners(vectors, latest, window)
    # Articles without a day, the last ones, are near to any day.
    dated = sum(day is not None for day in days)
    for index in (*range(dated, len(days)), *range(dated)):
        yield index, partners.of(index)
        partners.add(index)


def _given(
    candidates: Mapping[str, Collection[str]], number: Mapping[str, int]
) -> Iterator[tuple[int, list[int]]]:
    pairs: dict[int, set[int]] = {}
    for one, others in candidates.items():
        for other in others:
            if one in number and other in number and one != other:
                low, high = sorted((number[one], number[other]))
                pairs.setdefault(high, set()).add(low)
    for index in sorted(pairs):
        yield index, sorted(pairs[index])


def _tell_nobody(_done: int, _of: int) -> None:
    return


def _apart(split: Sequence[tuple[str, ...]], number: Mapping[str, int]) -> dict[int, set[int]]:
    apart: dict[int, set[int]] = {}
    for one, *others in split:
        for other in others:
            if one in number and other in number and one != other:
                apart.setdefault(number[one], set()).add(number[other])
                apart.setdefault(number[other], set()).add(number[one])
    return apart
