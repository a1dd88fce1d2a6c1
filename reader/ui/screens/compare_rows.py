"""The frame of a comparison: rows, evidence below them, and how the reader moves from mark to mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.screen import Screen

from reader.layout.cells import cells
from reader.layout.row import STRENGTH, Row, RowMark, View
from reader.layout.views import one_side
from reader.ui.columns import columns_for
from reader.ui.evidence import evidence, tally
from reader.ui.screens.browse_frame import breakpoint_class
from reader.ui.screens.moving import Moving
from reader.ui.widgets.compare_head import CompareHead, Minimap
from reader.ui.widgets.compare_pane import ComparePane
from reader.ui.widgets.compare_pointing import PointedRows
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.model.comparison import Comparison, Place
    from reader.ui.app import ReaderApp
    from reader.ui.compared import Compared
    from reader.ui.engine import Engine
    from reader.ui.session import Session

MARKED: tuple[RowMark, ...] = tuple(mark for mark in STRENGTH if mark not in ("only", "none", "crossed"))
"""Linked in the row itself."""
TELLING: tuple[RowMark, ...] = ("differs", "quote")
"""Where a comparison opens, if there is one: what a reader came for."""
VIEW_WORDS: dict[View, str] = {
    "all": "all",
    "differences": "differences only",
    "shared": "shared only",
    "quotes": "quotes only",
    "figures": "figures only",
    "names": "names only",
    "only": "only here",
}


@dataclass(frozen=True, slots=True)
class Left:
    """A comparison as it was left, to come back to."""

    ids: tuple[str, ...]
    """Of its articles."""
    compared: Compared
    """What was found."""
    shown: tuple[int, ...]
    """Its columns."""
    view: View
    """Which rows."""
    folded: bool
    """Whether unmarked rows were folded."""
    row: Row | None
    """The one that had the focus."""
    side: int
    """The active one."""


@dataclass(frozen=True, slots=True)
class Opened:
    """How a comparison was left."""

    article_id: str | None
    """The side to read in full; `None` for one step back."""
    offset: int = 0
    """The passage under the cursor, in its body."""
    left: Left | None = None
    """What brings the comparison back as it was."""


class CompareRows(Moving, Screen[Opened | None]):
    """Shows a comparison once there is one; how it comes about is the subclass's matter."""

    pane = query_one("#rows", ComparePane)
    head = query_one("#head", CompareHead)
    minimap = query_one("#minimap", Minimap)
    status = query_one("#compare-status", StatusLine)
    first_line = query_one("#evidence", StatusLine)
    second_line = query_one("#evidence-more", StatusLine)

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(classes=breakpoint_class(self.app.size.width))
        self.engine = engine
        self.session = session
        self.compared: Compared | None = None
        self.view: View = "all"
        self.shown: tuple[int, ...] = ()
        self.folded = False
        self._rows: tuple[Row, ...] = ()
        self._why = 0

    @property
    def reader(self) -> ReaderApp:
        """The app, by its own type."""
        return cast("ReaderApp", self.app)

    def compose(self) -> ComposeResult:
        """Place, heads, rows, evidence, keys."""
        yield StatusLine(id="compare-status")
        yield CompareHead(id="head")
        with Horizontal(id="compared"):
            yield PointedRows(id="rows")
            yield Minimap(id="minimap")
        yield StatusLine(id="evidence")
        yield StatusLine(id="evidence-more")
        yield KeyBar("compare")

    def say(self, message: str) -> None:
        """One line where the evidence stands, until the focus moves."""
        self.first_line.say(message)
        self.second_line.say("")

    @property
    def is_stacked(self) -> bool:
        """Whether the cells of a row stand one under the other."""
        return columns_for(max(len(self.shown), 1), self.app.size.width).stacked

    def relay(self, keep: Row | None = None) -> None:
        """Other columns: align them anew."""
        assert self.compared is not None
        self._rows = self.compared.rows(self.shown, beside=not self.is_stacked)
        self.show_view(keep)

    def show_view(self, keep: Row | None) -> None:
        """Another view of the same columns, the focus where it was."""
        assert self.compared is not None
        rows = self.compared.visible(self._rows, self.view)
        if self.folded:
            rows = tuple(row for row in rows if row.links or row.quotes or row.crossed or row.figures)
        self.pane.show(self.compared, self.shown, rows, nearest(rows, keep))

    @on(ComparePane.Focused)
    def _focused(self) -> None:
        self._why = 0
        self.update_place()

    def place_parts(self) -> list[str]:
        """What is shown, for the right end of the first line."""
        parts = [VIEW_WORDS[self.view]] if self.view != "all" else []
        parts += ["folded"] if self.folded else []
        return [*parts, *(["unlocked"] if not self.pane.locked else [])]

    def update_place(self) -> None:
        """Say anew where we are."""
        compared, pane = self.compared, self.pane
        if compared is None:
            return
        self.head.show(compared, self.shown, pane.columns, pane.side)
        self.minimap.show(pane.rows, *pane.visible_rows)
        marked = [index for index, row in enumerate(pane.rows) if self.is_stop(row)]
        done = sum(index <= pane.row for index in marked)
        parts = [*self.place_parts(), f"mark {done}/{len(marked)}" if marked else "no marks"]
        more = len(compared.articles) - len(self.shown)
        title = compared.articles[0].headline or " / ".join(compared.names[index] for index in self.shown)
        more_parts = [tally(compared.comparison, self.shown), *([f"{more} more with ]"] if more else [])]
        right = [*more_parts, *parts]
        while len(right) > len(parts) and cells(" · ".join(right)) > self.app.size.width * 2 // 3:
            right.pop(0)
        self.status.say("", " · ".join(right), strong=title)
        self.say_evidence()

    def say_evidence(self) -> None:
        """What the row under the cursor rests on."""
        pane, compared = self.pane, self.compared
        assert compared is not None
        if not pane.rows:
            self.say(f"Nothing to show in this view ({VIEW_WORDS[self.view]}); d goes on to the next")
            return
        row = one_side(pane.rows[pane.row], pane.side, compared.comparison)
        lines = evidence(row, compared.comparison, compared.names, self.shown)
        at = self._why % len(lines)
        self.first_line.say(
            f"{row.glyph()} {lines[at]}", f"{at + 1}/{len(lines)} w" if len(lines) > 1 else ""
        )
        self.second_line.say(f"  {lines[at + 1]}" if at + 1 < len(lines) else "")

    @property
    def row(self) -> Row | None:
        """The row that has the focus."""
        return self.pane.rows[self.pane.row] if self.pane.rows else None

    @property
    def own_row(self) -> Row | None:
        """The same, but of mere neighbours only the active side's."""
        row = self.row
        if row is None or self.compared is None:
            return None
        return one_side(row, self.pane.side, self.compared.comparison)

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

    def go_to_finding(self) -> None:
        """The first row that differs or holds a shared quote, else the first with any mark."""
        for marks in (TELLING, MARKED):
            for index, row in enumerate(self.pane.rows):
                if row.mark in marks:
                    self.pane.go(index, align=True)
                    return

    def is_stop(self, row: Row) -> bool:
        """Whether `n` stops at a row: linked, or by itself and yet with a shared quote or what differs."""
        if row.mark in MARKED or bool(row.crossed_quotes):
            return True
        if self.compared is None:
            return False
        comparison, shown = self.compared.comparison, set(self.shown)
        return any(comparison.links[index].differs for index in row.crossed) or any(
            figure.state == "differs" and len({there.place.article for there in figure.places} & shown) > 1
            for figure in (comparison.figures[index] for index in row.figures)
        )

    def go_to_stop(self, fits: Callable[[Row], bool], step: int, message: str) -> None:
        """The next row of a kind in a direction."""
        index = self.pane.row + step
        while 0 <= index < len(self.pane.rows):
            if fits(self.pane.rows[index]):
                self.pane.go(index, align=True)
                return
            index += step
        self.say(message)

    def action_next_hit(self) -> None:
        """The next row with a mark."""
        self.go_to_stop(self.is_stop, 1, "No more marks below; N goes back")

    def action_previous_hit(self) -> None:
        """The previous row with a mark."""
        self.go_to_stop(self.is_stop, -1, "No more marks above; n goes on")

    def action_next_only(self) -> None:
        """The next passage that only one source has, around."""
        fits = ["only" in row.alone for row in self.pane.rows]
        self._jump(fits, "No other passage in this view that only one source has")

    def _jump(self, fits: list[bool], message: str) -> None:
        here = self.pane.row
        order = [*range(here + 1, len(fits)), *range(here)]
        found = next((index for index in order if fits[index]), None)
        if found is None:
            self.say(message)
        else:
            self.pane.go(found, align=True)

    def action_next_quote(self) -> None:
        """The next quote that both have, around."""
        self._jump([bool(row.quotes) for row in self.pane.rows], "No other shared quote in this view")

    def action_next_figure(self) -> None:
        """The next row with a figure that another source gives as well, around."""
        if self.compared is not None:
            figures = self.compared.comparison.figures
            fits = [any(figures[index].state != "only" for index in row.figures) for row in self.pane.rows]
            self._jump(fits, "No other figure in this view")

    def action_other_end(self) -> None:
        """From a passage out of order to the one it is linked with."""
        row = self.own_row
        if self.compared is None or row is None or not (row.crossed or row.crossed_quotes):
            self.say("This passage is not linked out of order")
            return
        there = self._end_of(row, self.compared.comparison)
        if there is None:
            return
        for index, other in enumerate(self.pane.rows):
            if other.holds(there):
                self.pane.set_side(self.shown.index(there.article))
                self.pane.go(index, align=True)
                return
        self.say("The other end is not in this view; d shows another")

    def _end_of(self, row: Row, comparison: Comparison) -> Place | None:
        for index in row.crossed:
            link = comparison.links[index]
            return link.b if row.holds(link.a) else link.a
        ends = [there.place for index in row.crossed_quotes for there in comparison.quotes[index].places]
        return next((end for end in ends if end.article in self.shown and not row.holds(end)), None)

    @on(CompareHead.Chosen)
    def _choose_side(self, event: CompareHead.Chosen) -> None:
        self.pane.set_side(event.side)

    @on(Minimap.Chosen)
    def _choose_row(self, event: Minimap.Chosen) -> None:
        self.pane.go(event.row, align=True)

    def action_why(self) -> None:
        """The next reason for the row under the cursor."""
        self._why += 1
        if self.compared is not None:
            self.say_evidence()


def nearest(rows: tuple[Row, ...], keep: Row | None) -> int:
    """The row that holds what another row held, or comes next after it."""
    if keep is None:
        return 0
    held = {cell.article: cell.span.start for cell in keep.cells if cell is not None}
    for index, row in enumerate(rows):
        if any(cell is not None and cell.span.end > held.get(cell.article, 1 << 60) for cell in row.cells):
            return index
    return max(len(rows) - 1, 0)
