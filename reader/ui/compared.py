"""A comparison made ready to be shown: rows, marks, names. Built in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.layout.emphasis import emphasis
from reader.layout.rows import rows, visible
from reader.layout.runs import Marks
from reader.ui.naming import names_of

if TYPE_CHECKING:
    from reader.layout.row import Row, View
    from reader.model import Article, CancelToken
    from reader.model.comparison import Comparison
    from reader.ui.engine import Engine


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the articles it is about."""

    comparison: Comparison
    """As found."""
    articles: tuple[Article, ...]
    """In the comparison's order."""
    names: tuple[str, ...]
    """What each is called here; no two alike."""

    def rows(self, columns: Sequence[int]) -> tuple[Row, ...]:
        """Every row of these columns."""
        return rows(self.comparison, self.articles, columns)

    def marks(self, columns: Sequence[int]) -> tuple[Marks, ...]:
        """For each of these columns the stretches of its body that carry a judgement."""
        return tuple(Marks(marks) for marks in emphasis(self.comparison, self.articles, columns))

    def visible(self, all_rows: Sequence[Row], view: View) -> tuple[Row, ...]:
        """Those a view shows."""
        return visible(all_rows, self.comparison, view)


def compare(engine: Engine, ids: Sequence[str], cancel: CancelToken) -> Compared:
    """Compare articles and find everything to be marked in them. Slow."""
    comparison = engine.compare(ids, cancel)
    articles = tuple(engine.article(info.id) for info in comparison.articles)
    cancel.check()
    return Compared(comparison, articles, names_of(comparison.articles))
