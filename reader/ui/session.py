"""What survives a screen: the query, the scope, the marks, and where the reader was in each article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.ui.keep import KeptMarks
from reader.ui.scope import EVERYWHERE, Scope

if TYPE_CHECKING:
    from reader.model.results import Sort

MEASURE = 72
"""Cells of a line of text, at most, unless the reader changes it."""
NARROWEST, WIDEST = 32, 120
"""Between these the reader may change it."""
MOST_COMPARED = 20
"""More articles than this cannot be compared at once; more can be marked."""
MOST_VISITS = 200
"""Steps back that are remembered."""

Only = Literal["all", "unread", "starred"]
Where = Literal["library", "list", "article"]
"""What a search is about."""


class Visit(NamedTuple):
    """A place in the app to come back to."""

    article_id: str
    """What was read."""
    query: str
    """What was searched."""
    scope: Scope
    """What was listed."""


@dataclass(slots=True)
class Session:
    """One reader's place in the library. Changed by screens in the app's loop only."""

    query: str = ""
    """As typed; empty when nothing is searched."""
    is_prefix: bool = False
    """Whether its last word was typed and may be unfinished: Enter must not lose what was found."""
    narrowed: list[str] = field(default_factory=list)
    """The filters that were added to the query by choosing them, the latest last."""
    find: str = ""
    """What is looked for in the article alone."""
    where: Where = "library"
    """What the next search is about."""
    scope: Scope = EVERYWHERE
    """What the list is about."""
    refined: Scope | None = None
    """The list that a search of "this list" began with."""
    only: Only = "all"
    """Whether unread or starred articles are listed alone."""
    sort: Sort = "score"
    """How hits are ordered."""
    marks: dict[str, None] = field(default_factory=dict)
    """Ids marked for a comparison, in the order they were marked."""
    kept: KeptMarks = field(default_factory=KeptMarks)
    """Read, starred, tagged, as the state says."""
    hits_of_searches: Mapping[str, int] = field(default_factory=dict)
    """Query of a saved search -> how many articles it found last."""
    keeps: bool = False
    """Whether there is a state at all."""
    measure: int = MEASURE
    """Cells of a line of text, at most."""
    positions: dict[str, int] = field(default_factory=dict)
    """Article id -> first code point on the screen when it was left."""
    selected: str | None = None
    """The article the list stood on last."""
    copied: str = ""
    """What was copied last, for terminals without a clipboard."""
    piped_to: str = ""
    """The program that was handed something last."""
    preview: bool = True
    """Whether the article is shown beside the list."""
    hint: bool = True
    """Whether the first-run line is still shown."""
    visits: list[Visit] = field(default_factory=list)
    """What was read, oldest first."""
    visit: int = -1
    """Index of the present one."""

    def toggle_mark(self, article_id: str) -> bool:
        """Mark or unmark; whether it is marked now."""
        if article_id in self.marks:
            del self.marks[article_id]
            return False
        self.marks[article_id] = None
        return True

    def remember(self, visit: Visit) -> None:
        """The reader went somewhere: what was ahead is forgotten."""
        if 0 <= self.visit < len(self.visits) and self.visits[self.visit].article_id == visit.article_id:
            return
        self.visits = [*self.visits[: self.visit + 1], visit][-MOST_VISITS:]
        self.visit = len(self.visits) - 1

    def step_visit(self, step: int) -> Visit | None:
        """Back (-1) or forward (1); `None` at the end."""
        if not 0 <= self.visit + step < len(self.visits):
            return None
        self.visit += step
        return self.visits[self.visit]

    def to_text(self) -> str:
        """What the next start is to know."""
        import json

        return json.dumps(
            {"selected": self.selected, "measure": self.measure, "preview": self.preview}, ensure_ascii=False
        )

    def from_text(self, text: str | None) -> None:
        """Take up what the last end wrote; anything unusable is ignored."""
        import json

        try:
            told = json.loads(text or "{}")
        except ValueError:
            return
        if not isinstance(told, dict):
            return
        selected, measure = told.get("selected"), told.get("measure")
        self.preview = told.get("preview") is not False
        if isinstance(selected, str):
            self.selected = selected
        if isinstance(measure, int) and NARROWEST <= measure <= WIDEST:
            self.measure = measure
