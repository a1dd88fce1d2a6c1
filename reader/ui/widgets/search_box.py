"""The line in which a query is typed. It is there only while something is typed."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import events
from textual.widgets import Input

MOST = 500
"""Characters of a query."""


class SearchBox(Input):
    """An input of one line, without a box. Its screen reads `Input.Changed` and the keys it lets pass."""

    DEFAULT_CSS = """
    SearchBox, SearchBox:focus { border: none; height: 1; padding: 0 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            value, placeholder='Search: words "phrase" -not source:name', id=id, max_length=MOST, compact=True
        )
        self.select_on_focus = False
        self.is_left = False

    def on_focus(self) -> None:
        """Typing begins."""
        self.is_left = False

    def on_key(self, event: events.Key) -> None:
        """What is typed ahead after Enter or Esc is for whoever has the focus then."""
        if event.key in ("enter", "escape"):
            self.is_left = True
        elif self.is_left and event.is_printable:
            # A prevented key would bubble, but no binding would be looked up for it any more.
            event.prevent_default()
            event.stop()
            self.app.simulate_key(event.key)
