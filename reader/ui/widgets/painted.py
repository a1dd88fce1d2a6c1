"""The ground of all our line widgets: styles by component class, strips by pieces of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from reader.layout.cells import cells

Piece = tuple[str, Style]
"""A run of text and its complete style."""


def make_strip(pieces: Iterable[Piece], width: int, base: Style) -> Strip:
    """One line of exactly `width` cells; what is missing is filled in the base style."""
    segments = [Segment(text, base + style) for text, style in pieces if text]
    used = sum(cells(segment.text) for segment in segments)
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    strip = Strip(segments, max(used, width))
    return strip.crop(0, width) if used > width else strip


class Painted(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling widget that draws itself line by line; it scrolls at once and has no bindings of its own.

    Subclasses cache strips and clear the cache in `forget`, which style changes call too.
    """

    DEFAULT_CSS = """
    Painted { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; height: 1fr;
        scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._looks: dict[str, Style] = {}
        self._ground: Style | None = None

    @property
    def ground(self) -> Style:
        """The style of the widget itself; kept, as Textual 8.2 asks all ancestors for it each time."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def set_lines(self, lines: int) -> None:
        """Say how many lines there are to scroll through."""
        size = Size(self.size.width, lines)
        if size == self.virtual_size:
            return
        # Setting `virtual_size` would lay out the whole screen again (Textual 8.2), but only the bar changes.
        self.set_reactive(Widget.virtual_size, size)
        self._scroll_update(size)
        self.refresh()

    def look(self, name: str) -> Style:
        """The overlay of a component class: its weight, and colour and ground if it sets them."""
        style = self._looks.get(name)
        if style is None:
            full = self.get_component_rich_style(name)
            rules = self.get_component_styles(name)
            color = full.color if rules.has_rule("color") else None
            ground = full.bgcolor if rules.has_rule("background") else None
            style = full.without_color + Style(color=color, bgcolor=ground)
            self._looks[name] = style
        return style

    def notify_style_update(self) -> None:
        """Textual calls this when theme, focus or classes change what styles mean."""
        super().notify_style_update()
        self._looks.clear()
        self._ground = None
        self.forget()

    def forget(self) -> None:
        """Drop cached strips; subclasses extend."""
        self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines at once, as far as there are any."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.scroll_offset.y >= self.max_scroll_y
