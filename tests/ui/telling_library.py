"""A small library in which every command has something to do: long texts, addresses, figures, a crossing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.model import CancelToken
from reader.model.comparison import Comparison, Figure, FigurePlace, Place
from tests.conftest import make_article
from tests.ui.fake_engine import FakeEngine, sample

LEDGER = "harbour-ledger/ferries"
WIRE = "northern-wire/ferries"
CIVIC = "civic-post/ferries"
VOTE = "harbour-ledger/vote"
HERON = "harbour-ledger/heron"
ADDRESS = "https://ledger.example/ferries"
LINKED = "https://timetable.example/now"
BELL = "The lighthouse keeper rang her bell twice before noon."
DAY = re.compile("Thursday|Friday")
ASIDES = 12
"""Paragraphs that make a text longer than any screen of the tests."""


def library() -> FakeEngine:
    """The articles of the sample, the first two of them longer and in another order."""
    before = {WIRE: f"{BELL}\n\n"}
    after = {
        LEDGER: f"\n\nSee {LINKED} for boats.\n\n{_asides('north')}\n\n{BELL}",
        WIRE: f"\n\n{_asides('south')}",
    }
    articles = []
    for article in sample():
        body = before.get(article.id, "") + article.body + after.get(article.id, "")
        made = make_article(
            article.headline, body, source=article.source, published=article.published, id=article.id
        )
        articles.append(replace(made, url=ADDRESS if article.id == LEDGER else None))
    return _Telling(articles)


def _asides(word: str) -> str:
    return "\n\n".join(f"{word}{n}a {word}{n}b {word}{n}c {word}{n}d." for n in range(ASIDES))


class _Telling(FakeEngine):
    """Finds a weekday that two of the articles give, and not alike."""

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:
        found = super().compare(article_ids, cancel)
        places = [
            FigurePlace(Place(index, match.start(), match.end(), match[0]), match[0], None)
            for index, article_id in enumerate(article_ids)
            if (match := DAY.search(self.article(article_id).body))
        ]
        figures = (Figure("differs", "date", tuple(places)),) if len(places) > 1 else ()
        return replace(found, figures=figures)
