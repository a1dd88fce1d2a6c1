"""A comparison made ready to be shown: rows, marks, names. Built in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reader.layout.emphasis import emphasis
from reader.layout.rows import rows
from reader.layout.runs import Marks
from reader.layout.views import visible
from reader.ui.naming import names_of

if TYPE_CHECKING:
    from reader.layout.row import Row, View
    from reader.model import Article, CancelToken
    from reader.model.comparison import Comparison
    from reader.ui.engine import Engine


DIFFERS, MAY_DIFFER, QUOTED, LINKED = 4.0, 1.0, 1.0, 0.25
"""What makes two articles worth reading beside each other: a difference, one of mere likelihood, a shared
quote, and for each link its score."""


@dataclass(frozen=True)
class Compared:
    """A comparison with the articles it is about."""

    comparison: Comparison
    """As found."""
    articles: tuple[Article, ...]
    """In the comparison's order."""
    names: tuple[str, ...]
    """What each is called here; no two alike."""

    def rows(self, columns: Sequence[int], beside: bool = True) -> tuple[Row, ...]:
        """Every row of these columns; `beside` sets what is not linked beside the other columns' as well."""
        return rows(self.comparison, self.articles, columns, beside=beside)

    def marks(self, columns: Sequence[int]) -> tuple[Marks, ...]:
        """For each of these columns the stretches of its body that carry a judgement."""
        return tuple(Marks(marks) for marks in emphasis(self.comparison, self.articles, columns))

    @cached_property
    def strengths(self) -> dict[tuple[int, int], float]:
        """How much there is to see between two articles."""
        found: dict[tuple[int, int], float] = {}

        def add(first: int, second: int, weight: float) -> None:
            key = (min(first, second), max(first, second))
            found[key] = found.get(key, 0.0) + weight

        def add_all(articles: set[int], weight: float) -> None:
            members = sorted(articles)
            for place, first in enumerate(members):
                for second in members[place + 1 :]:
                    add(first, second, weight)

        for link in self.comparison.links:
            weight = sum(MAY_DIFFER if found.kind == "modality" else DIFFERS for found in link.differs)
            add(link.a.article, link.b.article, LINKED * link.score + weight)
        for figure in self.comparison.figures:
            if figure.state == "differs":
                add_all({there.place.article for there in figure.places}, DIFFERS)
        for quote in self.comparison.quotes:
            add_all({there.place.article for there in quote.places}, QUOTED)
        return found

    def best_columns(self, count: int) -> tuple[int, ...]:
        """So many articles that are worth reading beside each other: the first, then its best matches."""
        chosen = [0]
        while len(chosen) < min(count, len(self.articles)):
            rest = [index for index in range(len(self.articles)) if index not in chosen]
            chosen.append(max(rest, key=lambda index: (self._match(index, chosen), -index)))
        return tuple(chosen)

    def _match(self, index: int, chosen: Sequence[int]) -> float:
        return sum(self.strengths.get((min(index, one), max(index, one)), 0.0) for one in chosen)

    def visible(self, all_rows: Sequence[Row], view: View) -> tuple[Row, ...]:
        """Those a view shows."""
        return visible(all_rows, self.comparison, view)


def compare(engine: Engine, ids: Sequence[str], cancel: CancelToken) -> Compared:
    """Compare articles and find everything to be marked in them. Slow."""
    comparison = engine.compare(ids, cancel)
    articles = tuple(engine.article(info.id) for info in comparison.articles)
    cancel.check()
    return Compared(comparison, articles, names_of(comparison.articles))
