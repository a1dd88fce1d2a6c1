"""The frame of the reading room: panes, focus, the lines above and below. Nothing is read here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input

from reader.ui.screens.moving import Moving
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.line_view import LineView
from reader.ui.widgets.painted import Painted
from reader.ui.widgets.source_list import SourceList
from reader.ui.widgets.status_line import Notice, StatusLine

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp
    from reader.ui.engine import Engine
    from reader.ui.session import Session
    from reader.ui.widgets.info_pane import InfoPane

Pane = TypeVar("Pane", LineView, "InfoPane")
PANES = ("sources", "articles", "article", "beside", "info")
"""Ids of the panes, from left to right."""
NARROW = 100
"""Cells below which one pane is shown at a time."""
BREAKPOINTS = [(0, "-narrow"), (NARROW, "-normal"), (160, "-wide")]
"""Cells of the window from which the screens carry which class."""


def breakpoint_class(cells: int) -> str:
    """The class of a window of that width."""
    return [name for least, name in BREAKPOINTS if cells >= least][-1]


class BrowseFrame(Moving, Screen[None]):
    """Knows which pane is where and which has the focus."""

    source_list = query_one("#sources", SourceList)
    article_list = query_one("#articles", ArticleList)
    article_view = query_one("#article", LineView)
    status = query_one("#status", StatusLine)
    notice = query_one("#notice", Notice)

    def __init__(self, engine: Engine, session: Session) -> None:
        # Classes that are right from the start save a second pass over all styles before the first paint.
        cells = shutil.get_terminal_size().columns
        super().__init__(classes=f"-show-articles {breakpoint_class(cells)}")
        self.engine = engine
        self.session = session
        self.is_open = False
        self.pane = "articles"

    @property
    def reader(self) -> ReaderApp:
        """The app, by its own type."""
        return cast("ReaderApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame; everything in it is filled later."""
        yield StatusLine(id="status")
        with Horizontal(id="panes"):
            yield SourceList(id="sources")
            with Vertical(id="middle"):
                yield ArticleList(id="articles")
            view = LineView(id="article", measure=self.session.measure)
            view.justify = self.reader.preferences.justify
            yield view
        yield Notice(id="notice")
        yield KeyBar("browse")

    @property
    def beside_view(self) -> LineView:
        """The second article; made when it is first wanted."""
        return self._made("beside", LineView)

    @property
    def info_pane(self) -> InfoPane:
        """The drawer; made when it is first wanted."""
        from reader.ui.widgets.info_pane import InfoPane

        return self._made("info", InfoPane)

    def has_pane(self, pane: str) -> bool:
        """Whether a pane has been made and is shown."""
        made = self.query(f"#{pane}")
        return bool(made) and made.first().display

    def _made(self, pane: str, kind: type[Pane]) -> Pane:
        for widget in self.query(f"#{pane}").results(kind):
            return widget
        widget = kind(id=pane)
        panes = self.query_one("#panes", Horizontal)
        if isinstance(widget, LineView):
            widget.measure = self.session.measure
            widget.justify = self.reader.preferences.justify
            panes.mount(widget, after="#article")
        else:
            panes.mount(widget)
        return widget

    def say(self, message: str) -> None:
        """One line above the keys; an empty one goes away."""
        self.notice.say(message)
        self.notice.set_class(bool(message), "-shown")

    @property
    def is_narrow(self) -> bool:
        """Whether one pane is shown at a time."""
        return self.app.size.width < NARROW

    @property
    def active_view(self) -> LineView:
        """The article the keys are about: the one beside while it has the focus."""
        return self.beside_view if self.pane == "beside" else self.article_view

    @property
    def is_reading(self) -> bool:
        """Whether an article has the focus."""
        return self.pane in ("article", "beside")

    def shown_panes(self) -> list[str]:
        """The panes that can have the focus now, from left to right."""
        panes = ["sources", "articles", "article"]
        if not self.is_narrow and self.has_pane("beside"):
            panes.append("beside")
        if self.has_pane("info"):
            panes.append("info")
        return panes

    def show_pane(self, pane: str) -> None:
        """Give a pane the focus; in a narrow window it takes the place of the others."""
        self._remember_pane(pane)
        # `Widget.focus` waits for a later message, and keys typed ahead would go astray.
        self.set_focus(self.query_one(f"#{pane}", Painted), scroll_visible=False)

    def _remember_pane(self, pane: str) -> None:
        self.pane = pane
        for name in PANES:
            self.set_class(name == pane, f"-show-{name}")

    def on_descendant_focus(self) -> None:
        """A click moved the focus: follow it."""
        if self.focused is not None and self.focused.id in PANES and self.pane != self.focused.id:
            self._remember_pane(self.focused.id)

    def moving_target(self) -> Painted:
        """What the movement keys move."""
        focused = self.focused
        return focused if isinstance(focused, Painted) else self.article_list

    @property
    def is_typing(self) -> bool:
        """Whether a query is being typed."""
        return isinstance(self.focused, Input)

    def _step_pane(self, step: int, around: bool = False) -> None:
        panes = self.shown_panes()
        place = (panes.index(self.pane) if self.pane in panes else 1) + step
        if around:
            place %= len(panes)
        if 0 <= place < len(panes):
            self.show_pane(panes[place])

    def action_pane_left(self) -> None:
        """The pane to the left."""
        self._step_pane(-1)

    def action_pane_right(self) -> None:
        """The pane to the right."""
        self._step_pane(1)

    def action_next_pane(self) -> None:
        """The next pane, around."""
        self._step_pane(1, around=True)

    def action_previous_pane(self) -> None:
        """The previous pane, around."""
        self._step_pane(-1, around=True)

    def action_jump(self) -> None:
        """Letters on the panes."""
        from reader.ui.screens.jump import JumpScreen, Landing

        def jumped(pane: str | None) -> None:
            if pane is not None:
                self.show_pane(pane)

        shown = [(name, self.query_one(f"#{name}", Painted).region) for name in self.shown_panes()]
        landings = [Landing(name, region.x + 1, region.y) for name, region in shown if region.width]
        self.app.push_screen(JumpScreen(landings), jumped)
