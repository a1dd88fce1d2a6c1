"""Letters on the panes, or on the sides of a comparison: the next key goes there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Label

from reader.ui.commands import bindings
from reader.ui.screens.leaving import leave

LETTERS = "asdfghjkl"
"""From left to right, as they lie under the fingers."""


Goal = TypeVar("Goal")


class Landing(NamedTuple, Generic[Goal]):
    """Where one can go."""

    goal: Goal
    """What is told when its letter is pressed."""
    x: int
    """Cell of the letter."""
    y: int
    """Line of the letter."""


class JumpScreen(ModalScreen[Goal | None]):
    """Shows a letter on each place; its result is the place whose letter was pressed."""

    BINDINGS: ClassVar[list[Any]] = [
        binding for binding in bindings("sheet") if getattr(binding, "action", "") in ("cancel", "back")
    ]

    def __init__(self, landings: Iterable[Landing[Goal]]) -> None:
        super().__init__()
        self._landings = dict(zip(LETTERS, landings, strict=False))

    def compose(self) -> ComposeResult:
        """A letter for each place."""
        for letter in self._landings:
            yield Label(f" {letter} ", markup=False, id=f"letter-{letter}", classes="letter")

    def on_mount(self) -> None:
        """Put each letter where it belongs."""
        for letter, landing in self._landings.items():
            self.query_one(f"#letter-{letter}", Label).styles.offset = (landing.x, landing.y)

    def on_key(self, event: events.Key) -> None:
        """Go where the letter stands; any other key leaves."""
        event.stop()
        landing = self._landings.get(event.character or "")
        leave(self, None if landing is None else landing.goal)

    def action_cancel(self) -> None:
        """Stay."""
        leave(self, None)

    def action_back(self) -> None:
        """Stay."""
        leave(self, None)
