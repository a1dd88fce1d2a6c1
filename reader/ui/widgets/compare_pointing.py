"""What the mouse does in the rows of a comparison: point at one, scroll, drag over sentences of one side."""

from __future__ import annotations

from textual import events
from textual.message import Message

from reader.ui.widgets.compare_pane import ComparePane

WHEEL = 3
"""Lines of one step of the wheel."""


class PointedRows(ComparePane):
    """The rows, for the mouse as well."""

    class Dragged(Message):
        """The mouse was dragged over a stretch of one side."""

        def __init__(self, article: int, first: int, last: int) -> None:
            super().__init__()
            self.article = article
            self.first = first
            self.last = last

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._began: tuple[int, int] | None = None
        self._has_dragged = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Perhaps the beginning of a stretch."""
        self._began = self.place_at(event.x, event.y) if event.button == 1 else None
        self._has_dragged = False
        if self._began is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The stretch grows while the button is held."""
        if self._began is None:
            return
        here = self.place_at(event.x, event.y)
        if here is not None and here[0] == self._began[0] and here != self._began:
            if not self._has_dragged:
                self.set_side(self.columns.at(event.x))
            self._has_dragged = True
            self.post_message(self.Dragged(here[0], *sorted((self._began[1], here[1]))))

    def on_mouse_up(self) -> None:
        """The stretch stays as it is."""
        if self._began is not None:
            self._began = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A click focuses a row and a side."""
        if not self.shown or not self.rows or self._has_dragged:
            return
        side = self.columns.at(event.x)
        found = self.locate(event.y + self.scroll_offset.y + self.shifts[side])
        self.side = side
        self.go(len(self.rows) - 1 if found is None else found[0])

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        if self.shown:
            if not self.locked:
                self.side = self.columns.at(event.x)
            self.scroll_lines(lines)
        event.stop()
