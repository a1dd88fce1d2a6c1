"""Finding inside a comparison: `/` looks in every side at once, `n` and `N` go from row to row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.css.query import NoMatches
from textual.widgets import Input

from reader.ui.latest import LatestWins
from reader.ui.naming import count
from reader.ui.screens.compare_rows import CompareRows
from reader.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from reader.layout.row import Row
    from reader.model import CancelToken, Span
    from reader.ui.engine import Engine
    from reader.ui.session import Session

Found = dict[int, tuple["Span", ...]]
"""Index of an article -> every place a query matches."""


class CompareFinding(CompareRows):
    """While something is looked for, its places are marked on all sides, and `n` stops at them alone."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self.find = ""
        self._found: Found = {}
        self._find_job: LatestWins[tuple[str, bool], Found] = LatestWins(
            self, self._find, self._show_found, self._not_found, "find"
        )

    @property
    def is_typing(self) -> bool:
        """Whether something to look for is being typed."""
        return isinstance(self.focused, Input)

    def find_box(self) -> SearchBox | None:
        """The line in which it is typed, once there is one."""
        try:
            return self.query_one("#compare-find", SearchBox)
        except NoMatches:
            return None

    async def action_search(self) -> None:
        """Look for words in all sides."""
        if self.compared is None:
            return
        box = self.find_box()
        if box is None:
            box = SearchBox(self.find, id="compare-find")
            box.placeholder = "Find in these articles"
            await self.mount(box, before="#evidence")
        box.display = True
        self.set_focus(box)

    @on(Input.Changed, "#compare-find")
    def _typed(self, event: Input.Changed) -> None:
        self._look_for(event.value, as_you_type=True)

    def _look_for(self, text: str, as_you_type: bool) -> None:
        self.find = text
        if text.strip():
            self._find_job.submit((text, as_you_type))
        else:
            self._find_job.drop()
            self._show_found((text, False), {})

    def _find(self, question: tuple[str, bool], cancel: CancelToken) -> Found:
        assert self.compared is not None
        text, as_you_type = question
        found: Found = {}
        for index, article in enumerate(self.compared.articles):
            cancel.check()
            found[index] = self.engine.highlights(text, article.id, as_you_type=as_you_type)
        return found

    def _not_found(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

    def _show_found(self, question: tuple[str, bool], found: Found) -> None:  # noqa: ARG002
        self._found = found
        self.pane.lay("hit", found)
        if found and self.row is not None and not self._has_hit(self.row):
            rows = [index for index, row in enumerate(self.pane.rows) if self._has_hit(row)]
            if rows:
                self.pane.go(next((index for index in rows if index > self.pane.row), rows[0]), align=True)
        self.update_place()

    def _has_hit(self, row: Row) -> bool:
        return any(
            cell.span.start <= span.start < cell.span.end
            for cell in row.cells
            if cell is not None
            for span in self._found.get(cell.article, ())
        )

    @on(Input.Submitted, "#compare-find")
    def finish_typing(self) -> None:
        """To the rows; what is looked for stays."""
        box = self.find_box()
        if box is not None:
            box.display = False
        self.set_focus(self.pane)
        self._look_for(self.find, as_you_type=False)

    def end_find(self) -> bool:
        """Look for nothing any more; whether anything was looked for."""
        if not self.find and not self.is_typing:
            return False
        box = self.find_box()
        if box is not None:
            box.value = ""
            box.display = False
        self.set_focus(self.pane)
        self._look_for("", as_you_type=False)
        return True

    def place_parts(self) -> list[str]:
        """What is looked for comes first."""
        if not self.find.strip():
            return super().place_parts()
        rows = sum(self._has_hit(row) for row in self.pane.rows)
        return [f"{count(rows, 'row')} with “{self.find.strip()}”", *super().place_parts()]

    def action_next_hit(self) -> None:
        """The next row with what is looked for, else with a mark."""
        if self.find:
            self.go_to_stop(self._has_hit, 1, "No more hits below; N goes back, Esc ends the search")
        else:
            super().action_next_hit()

    def action_previous_hit(self) -> None:
        """The previous one."""
        if self.find:
            self.go_to_stop(self._has_hit, -1, "No more hits above; n goes on, Esc ends the search")
        else:
            super().action_previous_hit()
