"""Two small sheets: one asks for a line of text, one for a choice. Titles and choices are never markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.cells import chop_cells
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from reader.layout.cells import fit
from reader.layout.wrap import wrap_span
from reader.model import Span
from reader.ui.commands import bindings
from reader.ui.screens.leaving import leave
from reader.ui.screens.moving import Moving
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.painted import Painted, make_strip
from reader.ui.widgets.search_box import SearchBox
from reader.ui.widgets.status_line import StatusLine

MOST = 5000
"""Characters of an answer."""


class AskScreen(ModalScreen[str | None]):
    """Asks for one line; `None` when the reader thinks better of it."""

    BINDINGS: ClassVar[list[Any]] = bindings("sheet")
    AUTO_FOCUS = "#answer"

    def __init__(self, title: str, hint: str = "", value: str = "") -> None:
        super().__init__()
        self._title, self._hint, self._value = title, hint, value

    def compose(self) -> ComposeResult:
        """Title and line."""
        with Vertical(classes="sheet -small"):
            yield StatusLine(id="sheet-title")
            box = SearchBox(self._value, id="answer")
            box.placeholder = ""
            box.max_length = MOST
            yield box
            yield StatusLine(id="sheet-hint")

    def on_mount(self) -> None:
        """Say what is asked."""
        self.query_one("#sheet-title", StatusLine).say("", "Esc leaves", strong=self._title)
        self.query_one("#sheet-hint", StatusLine).say(self._hint)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        leave(self, event.value)

    def action_back(self) -> None:
        """Leave without an answer."""
        leave(self, None)

    def action_cancel(self) -> None:
        """Leave without an answer."""
        leave(self, None)

    def action_open(self) -> None:
        """The answer as it stands."""
        leave(self, self.query_one("#answer", SearchBox).value)


class ChoiceList(LineList):
    """Choices of one line, or `whole` on as many as they take, and below each its explanation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-list--more"}
    DEFAULT_CSS = """
    ChoiceList > .choice-list--more { color: $foreground-muted; }
    """

    def __init__(self, choices: Sequence[tuple[str, str]], *, whole: bool = False) -> None:
        super().__init__(id="choices")
        self.choices = tuple(choices)
        self._whole = whole

    def on_mount(self) -> None:
        """Show them."""
        self.relist(0)

    @property
    def item_count(self) -> int:
        """How many choices."""
        return len(self.choices)

    def _more(self, index: int, width: int) -> list[str]:
        text = self.choices[index][1]
        return [line.text for line in wrap_span(text, Span(0, len(text)), "body", 0, width - 5)][:3]

    def height_of(self, index: int, width: int) -> int:
        """Its own lines, and up to three of explanation."""
        return len(self._own(index, width)) + len(self._more(index, width))

    def _own(self, index: int, width: int) -> list[str]:
        text = self.choices[index][0]
        return chop_cells(text, max(width - 2, 1)) if self._whole else [fit(text, width - 2)]

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """The lines of a choice."""
        more = self.look("choice-list--more")
        strips = [make_strip([(f" {line}", Style.null())], width, base) for line in self._own(index, width)]
        strips += [make_strip([(f"   {line}", more)], width, base) for line in self._more(index, width)]
        return tuple(strips)


class PickScreen(Moving, ModalScreen[int | None]):
    """Asks for one of several; its result is the number of the choice."""

    BINDINGS: ClassVar[list[Any]] = bindings("sheet")
    AUTO_FOCUS = "#choices"

    choices = query_one("#choices", ChoiceList)

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], hint: str = "", *, whole: bool = False
    ) -> None:
        super().__init__()
        self._title, self._choices, self._hint, self._whole = title, choices, hint, whole

    def compose(self) -> ComposeResult:
        """Title and choices."""
        with Vertical(classes="sheet"):
            yield StatusLine(id="sheet-title")
            yield ChoiceList(self._choices, whole=self._whole)
            yield StatusLine(id="sheet-hint")

    def on_mount(self) -> None:
        """Say what is asked."""
        self.query_one("#sheet-title", StatusLine).say("", "Enter takes, Esc leaves", strong=self._title)
        self.query_one("#sheet-hint", StatusLine).say(self._hint)

    def moving_target(self) -> Painted:
        """The choices."""
        return self.choices

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        leave(self, self.choices.cursor)

    def action_open(self) -> None:
        """Take the one under the cursor."""
        if self.choices.item_count:
            leave(self, self.choices.cursor)

    def action_back(self) -> None:
        """Leave without a choice."""
        leave(self, None)

    def action_cancel(self) -> None:
        """Leave without a choice."""
        leave(self, None)
