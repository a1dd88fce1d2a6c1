"""Letters on the addresses of an article: typing one names the address."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Label

from reader.ui.commands import bindings
from reader.ui.screens.jump import LETTERS
from reader.ui.screens.leaving import leave
from reader.ui.widgets.status_line import StatusLine


def labels(number: int) -> tuple[str, ...]:
    """So many labels of one letter, or of two where one does not suffice; none begins another."""
    if number <= len(LETTERS):
        return tuple(LETTERS[:number])
    return tuple("".join(pair) for pair in product(LETTERS, repeat=2))[:number]


class HintScreen(ModalScreen[str | None]):
    """Its result is the address whose letters were typed, empty for Enter: the list of all is wanted."""

    BINDINGS: ClassVar[list[Any]] = [
        binding for binding in bindings("sheet") if getattr(binding, "action", "") in ("cancel", "back")
    ]

    def __init__(self, seen: Sequence[tuple[Offset, str]]) -> None:
        super().__init__()
        self._seen = dict(zip(labels(len(seen)), seen, strict=False))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """A label on each address."""
        for label in self._seen:
            yield Label(f" {label} ", markup=False, id=f"hint-{label}", classes="letter")
        yield StatusLine(id="hint-help")

    def on_mount(self) -> None:
        """Put each label on its address."""
        for label, (place, _) in self._seen.items():
            widget = self.query_one(f"#hint-{label}", Label)
            widget.styles.offset = (max(place.x - len(label) - 2, 0), place.y)
        self.query_one("#hint-help", StatusLine).say(" The letters open · Enter lists all · Esc leaves")

    def on_key(self, event: events.Key) -> None:
        """Gather letters until they name an address; what names none leaves."""
        event.stop()
        if event.key == "enter":
            leave(self, "")
            return
        self._typed += event.character or "\x00"
        if self._typed in self._seen:
            leave(self, self._seen[self._typed][1])
        elif not any(label.startswith(self._typed) for label in self._seen):
            leave(self, None)

    def on_click(self, event: events.Click) -> None:
        """A click on a label is the same as its letters; elsewhere it leaves."""
        for label, (_, address) in self._seen.items():
            if self.query_one(f"#hint-{label}", Label).region.contains(event.screen_x, event.screen_y):
                leave(self, address)
                return
        leave(self, None)

    def action_cancel(self) -> None:
        """Stay."""
        leave(self, None)

    def action_back(self) -> None:
        """Stay."""
        leave(self, None)
