"""Letters on the panes: the next key goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Label

from reader.ui.commands import bindings
from reader.ui.screens.leaving import leave

if TYPE_CHECKING:
    from reader.ui.widgets.painted import Painted

LETTERS = "asdfghjkl"
"""From left to right, as they lie under the fingers."""


class JumpScreen(ModalScreen[str | None]):
    """Shows a letter on each pane; its result is the id of the pane whose letter was pressed."""

    BINDINGS: ClassVar[list[Any]] = [
        binding for binding in bindings("sheet") if getattr(binding, "action", "") in ("cancel", "back")
    ]

    def __init__(self, panes: list[Painted]) -> None:
        super().__init__()
        self._panes = dict(zip(LETTERS, panes, strict=False))

    def compose(self) -> ComposeResult:
        """A letter for each pane."""
        for letter in self._panes:
            yield Label(f" {letter} ", markup=False, id=f"letter-{letter}", classes="letter")

    def on_mount(self) -> None:
        """Put each letter on its pane."""
        for letter, pane in self._panes.items():
            region = pane.region
            self.query_one(f"#letter-{letter}", Label).styles.offset = (region.x + 1, region.y)

    def on_key(self, event: events.Key) -> None:
        """Go where the letter stands; any other key leaves."""
        event.stop()
        pane = self._panes.get(event.character or "")
        leave(self, None if pane is None else pane.id)

    def action_cancel(self) -> None:
        """Stay."""
        leave(self, None)

    def action_back(self) -> None:
        """Stay."""
        leave(self, None)
