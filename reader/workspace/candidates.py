"""Which articles may tell the same as one: a search for its most telling words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from reader.compare.stories import StoryFeatures
from reader.compare.story_vectors import Rarity
from reader.model import Article, published_day
from reader.model.query import All, AnyOf, Range, Terms
from reader.model.results import Page

if TYPE_CHECKING:
    from reader.search.whoosh.backend import WhooshBackend

_WORDS = 24
_WITHIN = 60
"""So many candidates are taken from the days around an article."""
_ANYWHERE = 20
"""So many from the whole library: copies of another year, and articles without a day."""


def candidates(
    backend: WhooshBackend,
    article: Article,
    made: StoryFeatures,
    rarity: Rarity,
    window_days: int | None,
) -> Collection[str]:
    """Ids of the articles that share most with one, in no order; it may be among them."""
    alike = [hit.article_id for hit in backend.similar(article, _ANYWHERE)]
    words = telling_words(made, rarity)
    day = published_day(article.published)
    if not words:
        return alike
    asked: AnyOf | All = AnyOf(tuple(Terms((word,)) for word in words))
    if day is not None and window_days is not None:
        low, high = (_moved(day, days).isoformat() for days in (-window_days, window_days))
        asked = All((asked, Range("date", low, high)))
    found = backend.search(asked, page=Page(limit=_WITHIN + 1))
    return {*alike, *(hit.article_id for hit in found.hits)}


def telling_words(made: StoryFeatures, rarity: Rarity) -> list[str]:
    """The words of an article that weigh most, as it writes them."""
    forms = dict(entry.split(":", 1) for entry in made.forms.split(" ") if ":" in entry)
    weighed = []
    for entry in made.terms.split(" "):
        term, _, times = entry.rpartition(":")
        if term and times.isdecimal():
            weighed.append((-int(times) / (1 + rarity.held_by.get(term, 1)), term))
    return [forms.get(term, term) for _, term in sorted(weighed)[:_WORDS]]


def _moved(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))
