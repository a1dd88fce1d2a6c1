"""Which articles tell one story: average link over body, names and lead, precision first.

Articles are near when they share weighted terms and, where both carry a date, appeared within a few days of
each other. Copies join whatever their dates. What a reader merged or split stays merged or split.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from reader.compare.story_clusters import Rules, clusters
from reader.compare.story_evidence import evidence
from reader.compare.story_features import (
    StoryFeatures,
    features,
    features_from_json,
    features_to_json,
)
from reader.compare.story_vectors import Partners, Vectors
from reader.model.article import published_day, published_seconds
from reader.model.cancel import CancelToken
from reader.model.story import Story

__all__ = ["Neighbours", "StoryFeatures", "features", "features_from_json", "features_to_json", "group"]

WINDOW_DAYS: Final = 3
"""Days between the first and the last dated article of a story, unless they are copies."""
CUT: Final = 0.213
"""Least average similarity inside a story."""
_COPIED: Final = 0.5
"""Two articles are copies when their sketches share this part."""
_FIRST_YEAR: Final = 1800
"""A date before it is a mistake and counts as unknown."""


def group(
    features: Sequence[StoryFeatures],
    *,
    window_days: int | None = WINDOW_DAYS,
    candidates: Mapping[str, Collection[str]] | None = None,
    merged: Sequence[tuple[str, ...]] = (),
    split: Sequence[tuple[str, ...]] = (),
    cancel: CancelToken | None = None,
) -> tuple[Story, ...]:
    """Group articles into stories; every article is in exactly one.

    Args:
        features: of all articles, ids distinct, in any order.
        window_days: see `WINDOW_DAYS`; `None` looks at no dates.
        candidates: for each id those that may be near it, from a search; `None` finds them here.
        merged: ids that the reader put into one story, one tuple for each such decision.
        split: an id followed by those that it must share no story with, one tuple for each decision.
            Stronger than `merged`. Unknown ids are passed over in both.
        cancel: read between articles.

    Returns:
        Stories by their earliest article, dated before undated, then by id. Near linear in the articles.
    """
    token = cancel or CancelToken()
    ordered = sorted(features, key=_chronological)
    number = {one.id: index for index, one in enumerate(ordered)}
    days = [_day(one) for one in ordered]
    vectors = Vectors(ordered, token)
    if candidates is None:
        partners = Partners(vectors, days, window_days)
        proposed: Iterable[tuple[int, list[int]]] = (
            (index, partners.of(index)) for index in range(len(ordered))
        )
    else:
        proposed = _given(candidates, number)
    edges: set[tuple[int, int]] = set()
    for index, others in proposed:
        token.check()
        unseen = [other for other in others if (other, index) not in edges and (index, other) not in edges]
        vector = vectors.vector(index) if unseen else {}
        edges.update((index, other) for other in unseen if vectors.similarity(vector, other) >= CUT)
    together = [
        *({number[one] for one in decision if one in number} for decision in merged),
        *_copies(ordered, token),
    ]
    rules = Rules(CUT, window_days, days, together, _apart(split, number))
    grouped = clusters(vectors, edges, rules, token)
    alone = set(range(len(ordered))) - {member for members in grouped for member in members}
    everything = sorted([*grouped, *([index] for index in alone)])
    return tuple(_story([ordered[index] for index in members], vectors) for members in everything)


class Neighbours:
    """A library's articles, ready to be asked which of them are near one of them."""

    def __init__(self, features: Sequence[StoryFeatures], *, window_days: int | None = None) -> None:
        """Index the features of all articles, ids distinct. Linear."""
        self._ids = [one.id for one in features]
        self._number = {one.id: index for index, one in enumerate(features)}
        self._vectors = Vectors(features, CancelToken())
        self._partners = Partners(self._vectors, [_day(one) for one in features], window_days)

    def nearest(self, article_id: str, limit: int = 20) -> tuple[str, ...]:
        """The ids of the most similar other articles, most similar first; empty for an unknown id."""
        index = self._number.get(article_id)
        if index is None:
            return ()
        vector = self._vectors.vector(index)
        alike = [(self._vectors.similarity(vector, other), other) for other in self._partners.of(index)]
        alike.sort(key=lambda pair: (-pair[0], self._ids[pair[1]]))
        return tuple(self._ids[other] for _, other in alike[:limit])


def _chronological(one: StoryFeatures) -> tuple[bool, int, str]:
    seconds = published_seconds(one.published)
    return (seconds is None, seconds or 0, one.id)


def _day(one: StoryFeatures) -> int | None:
    day = published_day(one.published)
    return day.toordinal() if day is not None and day.year >= _FIRST_YEAR else None


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


def _copies(ordered: Sequence[StoryFeatures], cancel: CancelToken) -> list[set[int]]:
    """Pairs of articles whose wording is nearly the same, found by what their sketches share."""
    holders: dict[int, list[int]] = {}
    pairs: list[set[int]] = []
    for index, one in enumerate(ordered):
        cancel.check()
        shared: Counter[int] = Counter()
        for value in one.sketch:
            held = holders.setdefault(value, [])
            shared.update(held[-8:])
            held.append(index)
        for other, count in shared.items():
            least = min(len(one.sketch), len(ordered[other].sketch))
            if count >= _COPIED * least and least >= 4:
                pairs.append({other, index})
    return pairs


def _apart(split: Sequence[tuple[str, ...]], number: Mapping[str, int]) -> dict[int, set[int]]:
    apart: dict[int, set[int]] = {}
    for one, *others in split:
        for other in others:
            if one in number and other in number and one != other:
                apart.setdefault(number[one], set()).add(number[other])
                apart.setdefault(number[other], set()).add(number[one])
    return apart


def _story(members: Sequence[StoryFeatures], vectors: Vectors) -> Story:
    first = members[0]
    return Story(
        first.id,
        first.headline,
        tuple(one.id for one in members),
        tuple(sorted({one.source for one in members})),
        evidence(members, vectors.idf) if len(members) > 1 else (),
    )
