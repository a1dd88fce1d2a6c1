"""A sheet of plain text, such as what a program printed; selectable, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.selection import Selection
from textual.strip import Strip

from reader.layout.wrap import wrap_span
from reader.model import Span
from reader.ui.commands import bindings
from reader.ui.screens.leaving import leave
from reader.ui.screens.moving import Moving
from reader.ui.widgets.painted import Painted, make_strip
from reader.ui.widgets.status_line import StatusLine


class TextPane(Painted):
    """Lines of text, wrapped to the width."""

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.text = text
        self._lines: Sequence[str] = ()

    @property
    def allow_select(self) -> bool:
        """Text can be selected with the mouse."""
        return True

    def on_resize(self) -> None:
        """Wrap again."""
        width = max(self.scrollable_content_region.width - 2, 8)
        lines: list[str] = []
        for line in self.text.rstrip("\n").split("\n"):
            wrapped = [part.text for part in wrap_span(line, Span(0, len(line)), "body", 0, width)]
            lines += wrapped or [""]
        self._lines = lines
        self.set_lines(len(lines))
        self.forget()

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        number = y + self.scroll_offset.y
        text = self._lines[number] if number < len(self._lines) else ""
        selection = self.text_selection
        strip = make_strip([(" " + text, Style.null())], self.size.width, self.ground)
        if selection is not None and (span := selection.get_span(number)) is not None:
            end = len(text) + 1 if span[1] == -1 else min(span[1], len(text) + 1)
            look = self.screen.get_component_rich_style("screen--selection")
            shown = " " + text
            pieces = [
                (shown[: span[0]], Style.null()),
                (shown[span[0] : end], look),
                (shown[end:], Style.null()),
            ]
            strip = make_strip(pieces, self.size.width, self.ground)
        return strip.apply_offsets(0, number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text."""
        return selection.extract("\n".join(" " + line for line in self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Textual calls this while the mouse drags."""
        self.refresh()


class TextScreen(Moving, ModalScreen[None]):
    """Shows a text under a title."""

    BINDINGS: ClassVar[list[Any]] = bindings("sheet")
    AUTO_FOCUS = "#shown-text"

    pane = query_one("#shown-text", TextPane)

    def __init__(self, title: str, text: str, hint: str = "") -> None:
        super().__init__()
        self._title, self._text, self._hint = title, text, hint

    def compose(self) -> ComposeResult:
        """Title, text, hint."""
        with Vertical(classes="sheet"):
            yield StatusLine(id="sheet-title")
            yield TextPane(self._text, id="shown-text")
            yield StatusLine(id="sheet-hint")

    def on_mount(self) -> None:
        """Say what it is."""
        self.query_one("#sheet-title", StatusLine).say("", "Esc leaves", strong=self._title)
        self.query_one("#sheet-hint", StatusLine).say(self._hint)

    def moving_target(self) -> Painted:
        """The text."""
        return self.pane

    def action_open(self) -> None:
        """Leave."""
        leave(self, None)

    def action_back(self) -> None:
        """Leave."""
        leave(self, None)

    def action_cancel(self) -> None:
        """Leave."""
        leave(self, None)
