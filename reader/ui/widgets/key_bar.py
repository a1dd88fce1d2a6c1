"""The bottom line: the few keys that matter now, from the command table. One widget, one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.layout.cells import cells
from reader.ui.commands import Command, ScreenName, footer_for, shown_key
from reader.ui.widgets.painted import Piece, make_strip

KEEP = ("help", "back", "search", "compare", "next_hit", "palette")
"""What stays on a narrow screen, most important first."""


class KeyBar(Widget):
    """Names at most seven commands; each can be clicked. Narrow screens set them closer, then name fewer."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $footer-background; color: $footer-foreground; }
    KeyBar > .key-bar--key { color: $footer-key-foreground; text-style: bold; }
    """

    def __init__(self, place: ScreenName) -> None:
        super().__init__()
        self._place = place
        self._keys: dict[str, str] = {}
        self._ends: list[tuple[int, Command]] = []

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._updated)

    def _updated(self, _screen: object) -> None:
        self._keys = {}
        self.refresh()

    def _shown(self) -> list[Command]:
        active = {bound.binding.id for bound in self.screen.active_bindings.values() if bound.enabled}
        commands = [command for command in footer_for(self._place) if command.id in active]
        if not self._keys:
            for bound in self.screen.active_bindings.values():
                if bound.binding.id is not None:
                    self._keys.setdefault(bound.binding.id, bound.binding.key)
        while len(commands) > 1 and self._least_width(commands) > self.size.width:
            commands.remove(max(commands, key=_rank))
        return commands

    def _least_width(self, commands: Sequence[Command], gap: int = 1) -> int:
        return sum(cells(self._label(command)) + gap for command in commands) - gap + 1

    def _label(self, command: Command) -> str:
        return f"{self._key(command)} {command.label}"

    def _key(self, command: Command) -> str:
        return shown_key(self._keys.get(command.id, command.keys.split(",")[0]))

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        full = self.get_component_rich_style("key-bar--key")
        key_look = full.without_color + Style(color=full.color)
        pieces: list[Piece] = [(" ", Style.null())]
        self._ends = []
        used = 1
        commands = self._shown()
        gap = 2 if self._least_width(commands, 2) <= self.size.width else 1
        for command in commands:
            pieces += [(self._key(command), key_look), (f" {command.label}{' ' * gap}", Style.null())]
            used += cells(self._label(command)) + gap
            self._ends.append((used, command))
        return make_strip(pieces, self.size.width, self.rich_style)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        for end, command in self._ends:
            if event.x < end:
                await self.screen.run_action(
                    command.action
                ) if "app" not in command.screens else await self.app.run_action(command.action)
                return


def _rank(command: Command) -> int:
    return KEEP.index(command.id) if command.id in KEEP else len(KEEP)
