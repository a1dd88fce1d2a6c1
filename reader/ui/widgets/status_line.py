"""One line of text with a left and a right end: where we are, what was asked, how much there is."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from reader.layout.cells import cells, fit
from reader.ui.widgets.painted import Piece, make_strip


class StatusLine(Widget):
    """The right end is always whole; the left is cut when there is no room. Text may be from outside."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status-line--strong", "status-line--right"}
    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; }
    StatusLine > .status-line--strong { text-style: bold; }
    StatusLine > .status-line--right { color: $foreground-muted; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._left: tuple[tuple[str, bool], ...] = ()
        self._right = ""

    def say(self, left: str, right: str = "", *, strong: str = "") -> None:
        """Show `strong` in bold, then `left`, and `right` at the right end."""
        parts = ((strong, True), (left, False))
        if (parts, right) != (self._left, self._right):
            self._left, self._right = parts, right
            self.refresh()

    @property
    def text(self) -> str:
        """What it says, for tests."""
        return f"{''.join(text for text, _ in self._left)} | {self._right}"

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        base = self.rich_style
        width = self.size.width
        right = fit(self._right, width - 2)
        room = width - cells(right) - 3
        pieces: list[Piece] = [(" ", Style.null())]
        for text, is_strong in self._left:
            shown = fit(text, max(room, 0))
            room -= cells(shown)
            pieces.append((shown, self._look("status-line--strong") if is_strong else Style.null()))
        pieces.append((" " * max(room + 1, 1), Style.null()))
        pieces.append((right, self._look("status-line--right")))
        return make_strip(pieces, width, base)

    def _look(self, name: str) -> Style:
        full = self.get_component_rich_style(name)
        return full.without_color + Style(color=full.color)


class Notice(StatusLine):
    """What has to be said, on as many lines as it takes, up to three: a sentence cut in half helps nobody."""

    DEFAULT_CSS = """
    Notice { height: auto; }
    """
    MOST_LINES = 3

    def say(self, left: str, right: str = "", *, strong: str = "") -> None:
        """Show it; the widget grows and shrinks with it."""
        before = self.text
        super().say(left, right, strong=strong)
        if self.text != before:
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[str]:
        text = "".join(text for text, _ in self._left)
        if cells(text) <= width - 2:
            return [text]
        from reader.layout.wrap import wrap_span  # only once something long is said
        from reader.model import Span

        lines = [line.text for line in wrap_span(text, Span(0, len(text)), "body", 0, max(width - 2, 4))]
        if len(lines) > self.MOST_LINES:
            rest = " ".join(lines[self.MOST_LINES - 1 :])
            lines = [*lines[: self.MOST_LINES - 1], fit(rest, max(width - 2, 4))]
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Lines that what is said takes."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        lines = self._lines(self.size.width)
        text = lines[y] if y < len(lines) else ""
        return make_strip([(" " + text, Style.null())], self.size.width, self.rich_style)
