"""Sources side by side on one story: equal-height rows, a mark and its evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.screen import Screen

from reader.layout.row import STRENGTH, VIEWS, Row, RowMark, View
from reader.model import CancelToken
from reader.ui.columns import most_columns
from reader.ui.commands import bindings
from reader.ui.compared import Compared, compare
from reader.ui.engine import Engine
from reader.ui.evidence import evidence, tally
from reader.ui.latest import LatestWins
from reader.ui.screens.moving import Moving
from reader.ui.session import Session
from reader.ui.widgets.compare_head import CompareHead, Minimap
from reader.ui.widgets.compare_pane import ComparePane
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.status_line import StatusLine

MARKED: tuple[RowMark, ...] = tuple(mark for mark in STRENGTH if mark not in ("only", "none"))
"""What `n` stops at."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Where a comparison was left to read one side in full."""

    article_id: str
    """Which side."""
    offset: int
    """The passage under the cursor, in its body."""


class CompareScreen(Moving, Screen[Opened | None]):
    """Owns the comparison, the columns shown, and the view; its result says what to open in full."""

    BINDINGS: ClassVar[list[Any]] = bindings("compare")
    AUTO_FOCUS = "#rows"

    pane = query_one("#rows", ComparePane)
    head = query_one("#head", CompareHead)
    minimap = query_one("#minimap", Minimap)
    status = query_one("#compare-status", StatusLine)
    first_line = query_one("#evidence", StatusLine)
    second_line = query_one("#evidence-more", StatusLine)

    def __init__(self, engine: Engine, session: Session, ids: tuple[str, ...]) -> None:
        super().__init__()
        self.engine = engine
        self.session = session
        self.ids = ids
        self.compared: Compared | None = None
        self.view: View = "all"
        self.shown: tuple[int, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._why = 0
        self._job: LatestWins[tuple[str, ...], Compared] = LatestWins(
            self, self._compare, self._show, self._failed, "compare"
        )

    def compose(self) -> ComposeResult:
        """Place, heads, rows, evidence, keys."""
        yield StatusLine(id="compare-status")
        yield CompareHead(id="head")
        with Horizontal(id="compared"):
            yield ComparePane(id="rows")
            yield Minimap(id="minimap")
        yield StatusLine(id="evidence")
        yield StatusLine(id="evidence-more")
        yield KeyBar("compare")

    def on_mount(self) -> None:
        """Compare in a thread; the frame is there at once."""
        self.status.say(f"  {len(self.ids)} articles", "comparing …", strong="Compare")
        self._job.submit(self.ids)

    def _compare(self, ids: tuple[str, ...], cancel: CancelToken) -> Compared:
        return compare(self.engine, ids, cancel)

    def _failed(self, ids: tuple[str, ...], error: Exception) -> None:  # noqa: ARG002
        self.status.say("", "not compared", strong="Compare")
        self.first_line.say(str(error))

    def _show(self, ids: tuple[str, ...], compared: Compared) -> None:  # noqa: ARG002
        self.compared = compared
        self.shown = tuple(range(most_columns(len(compared.articles), self.app.size.width)))
        self._relay()
        self._step(MARKED, 1, from_top=True)

    def _relay(self, keep: Row | None = None) -> None:
        assert self.compared is not None
        self._rows = self.compared.rows(self.shown)
        self._show_view(keep)

    def _show_view(self, keep: Row | None) -> None:
        assert self.compared is not None
        rows = self.compared.visible(self._rows, self.view)
        self.pane.show(self.compared, self.shown, rows, _nearest(rows, keep))

    @on(ComparePane.Focused)
    def _focused(self) -> None:
        self._why = 0
        self._update()

    def _update(self) -> None:
        compared, pane = self.compared, self.pane
        if compared is None:
            return
        self.head.show(compared, self.shown, pane.columns, pane.side)
        self.minimap.show(pane.rows, *pane.visible_rows)
        marked = [index for index, row in enumerate(pane.rows) if row.mark in MARKED]
        done = sum(index <= pane.row for index in marked)
        place = f"mark {done}/{len(marked)}" if marked else "no marks"
        shown = (
            self.view if self.view == "all" else f"only {self.view}" if self.view != "only" else "only here"
        )
        lock = "" if pane.locked else " · unlocked"
        more = len(compared.articles) - len(self.shown)
        beside = f" · {more} more with ]" if more else ""
        title = compared.articles[0].headline or " / ".join(compared.names[index] for index in self.shown)
        self.status.say(f"  {tally(compared.comparison)}{beside}", f"{shown} · {place}{lock}", strong=title)
        self._say_evidence()

    def _say_evidence(self) -> None:
        pane, compared = self.pane, self.compared
        assert compared is not None
        if not pane.rows:
            self.first_line.say(f"Nothing to show in this view ({self.view}); d goes on")
            self.second_line.say("")
            return
        row = pane.rows[pane.row]
        lines = evidence(row, compared.comparison, compared.names)
        at = self._why % len(lines)
        more = f"{at + 1}/{len(lines)} w" if len(lines) > 1 else ""
        self.first_line.say(f"{row.glyph()} {lines[at]}", more)
        self.second_line.say(f"  {lines[at + 1]}" if at + 1 < len(lines) else "")

    # -- moving ------------------------------------------------------------------------------------

    def moving_target(self) -> ComparePane:
        """The rows."""
        return self.pane

    def action_down(self) -> None:
        """The next aligned row."""
        self.pane.step(1)

    def action_up(self) -> None:
        """The previous aligned row."""
        self.pane.step(-1)

    def action_top(self) -> None:
        """The first row."""
        self.pane.go(0, align=True)

    def action_bottom(self) -> None:
        """The last row."""
        self.pane.go(len(self.pane.rows) - 1, align=True)

    def action_advance(self) -> None:
        """A page on."""
        self.action_page_down()

    def action_pane_left(self) -> None:
        """The side to the left."""
        self.pane.set_side(max(self.pane.side - 1, 0))

    def action_pane_right(self) -> None:
        """The side to the right."""
        self.pane.set_side(min(self.pane.side + 1, len(self.shown) - 1))

    def action_next_pane(self) -> None:
        """The next side, around."""
        self.pane.set_side(self.pane.side + 1)

    def action_previous_pane(self) -> None:
        """The previous side, around."""
        self.pane.set_side(self.pane.side - 1)

    def _step(self, marks: tuple[RowMark, ...], step: int, from_top: bool = False) -> None:
        if from_top and self.pane.rows and self.pane.rows[0].mark in marks:
            return
        index = self.pane.next_row(marks, step)
        if index is None:
            self.first_line.say("No more marks of this kind in this direction")
        else:
            self.pane.go(index, align=True)

    def action_next_hit(self) -> None:
        """The next row with a mark."""
        self._step(MARKED, 1)

    def action_previous_hit(self) -> None:
        """The previous row with a mark."""
        self._step(MARKED, -1)

    def _jump(self, has: str, message: str) -> None:
        rows = self.pane.rows
        order = [*range(self.pane.row + 1, len(rows)), *range(self.pane.row)]
        found = next((index for index in order if getattr(rows[index], has)), None)
        if found is None:
            self.first_line.say(message)
        else:
            self.pane.go(found, align=True)

    def action_next_quote(self) -> None:
        """The next quote that both have, around."""
        self._jump("quotes", "No shared quote in this view")

    def action_next_figure(self) -> None:
        """The next row with a figure, around."""
        self._jump("figures", "No figure in this view")

    def action_next_only(self) -> None:
        """The next passage that only one source has."""
        self._step(("only",), 1)

    @on(CompareHead.Chosen)
    def _choose_side(self, event: CompareHead.Chosen) -> None:
        self.pane.set_side(event.side)

    @on(Minimap.Chosen)
    def _choose_row(self, event: Minimap.Chosen) -> None:
        self.pane.go(event.row, align=True)

    # -- changing what is shown --------------------------------------------------------------------

    @property
    def _row(self) -> Row | None:
        return self.pane.rows[self.pane.row] if self.pane.rows else None

    def action_why(self) -> None:
        """The next reason for the row under the cursor."""
        self._why += 1
        if self.compared is not None:
            self._say_evidence()

    def action_view(self) -> None:
        """All, differences, shared, quotes, figures, names, only here."""
        if self.compared is None:
            return
        keep = self._row
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self._show_view(keep)

    def action_lock(self) -> None:
        """Scroll one side alone, or both from where they stand."""
        self.pane.toggle_lock()

    def action_swap(self) -> None:
        """Swap the active side with the one beside it."""
        if self.compared is None or len(self.shown) < 2:
            return
        shown, side = list(self.shown), self.pane.side
        other = side + 1 if side + 1 < len(shown) else side - 1
        shown[side], shown[other] = shown[other], shown[side]
        self.shown = tuple(shown)
        keep = self._row
        self.pane.side = other
        self._relay(keep)

    def on_resize(self) -> None:
        """More or fewer columns may fit."""
        if self.compared is None:
            return
        fitting = most_columns(len(self.compared.articles), self.app.size.width)
        if fitting != len(self.shown):
            others = (index for index in range(len(self.compared.articles)) if index not in self.shown)
            self.shown = (*self.shown, *others)[:fitting]
            self._relay(self._row)

    # -- leaving -----------------------------------------------------------------------------------

    def action_matrix(self) -> None:
        """Claims against sources."""
        if self.compared is None:
            return
        from reader.ui.screens.matrix import MatrixScreen

        self.app.push_screen(MatrixScreen(self.compared), self._from_matrix)

    def _from_matrix(self, claim: int | None) -> None:
        if claim is None or self.compared is None:
            return
        members = self.compared.comparison.claims[claim].members
        fitting = len(self.shown)
        first = [member.article for member in members][:fitting]
        self.shown = (*first, *(index for index in self.shown if index not in first))[:fitting]
        self.view = "all"
        self._relay()
        for index, row in enumerate(self.pane.rows):
            cell = row.cells[0]
            if cell is not None and cell.span.start <= members[0].start < cell.span.end:
                self.pane.go(index, align=True)

    def action_open(self) -> None:
        """The active side in full, at this passage."""
        row = self._row
        if self.compared is None or row is None:
            return
        cell = row.cells[self.pane.side]
        article = self.compared.articles[self.shown[self.pane.side]]
        self.dismiss(Opened(article.id, 0 if cell is None else cell.span.start))

    def action_compare(self) -> None:
        """Back to one article."""
        self.action_back()

    def action_cancel(self) -> None:
        """One step back."""
        self.action_back()

    def action_back(self) -> None:
        """Back to the list."""
        self._job.drop()
        self.dismiss(None)


def _nearest(rows: tuple[Row, ...], keep: Row | None) -> int:
    """The row that holds what another row held, or comes next after it."""
    if keep is None:
        return 0
    held = {cell.article: cell.span.start for cell in keep.cells if cell is not None}
    for index, row in enumerate(rows):
        if any(cell is not None and cell.span.end > held.get(cell.article, 1 << 60) for cell in row.cells):
            return index
    return max(len(rows) - 1, 0)
