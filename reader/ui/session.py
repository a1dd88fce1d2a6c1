"""What survives a screen: the query, the scope, the marks, and where the reader was in each article."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.model.results import Sort
from reader.ui.engine import EVERYWHERE, Scope

MEASURE = 72
"""Cells of a line of text, at most, unless the reader changes it."""

MOST_MARKS = 20
"""More articles than this cannot be compared at once."""


@dataclass(slots=True)
class Session:
    """One reader's place in the library. Changed by screens in the app's loop only."""

    query: str = ""
    """As typed; empty when nothing is searched."""
    scope: Scope = EVERYWHERE
    """What lists and searches are about."""
    sort: Sort = "score"
    """How hits are ordered."""
    marks: dict[str, None] = field(default_factory=dict)
    """Ids marked for a comparison, in the order they were marked."""
    measure: int = MEASURE
    """Cells of a line of text, at most."""
    positions: dict[str, int] = field(default_factory=dict)
    """Article id -> first code point on the screen when it was left."""
    selected: str | None = None
    """The article the list stood on last."""
    hint: bool = True
    """Whether the first-run line is still shown."""

    def toggle_mark(self, article_id: str) -> bool:
        """Mark or unmark; whether it is marked now."""
        if article_id in self.marks:
            del self.marks[article_id]
            return False
        if len(self.marks) < MOST_MARKS:
            self.marks[article_id] = None
        return article_id in self.marks
