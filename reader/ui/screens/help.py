"""The keys that work on the screen below, from the command table; typing filters them."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import Input

from reader.layout.cells import fit, pad
from reader.ui.commands import Command, ScreenName, bindings, by_group, commands_for, shown_keys
from reader.ui.screens.leaving import leave
from reader.ui.screens.moving import Moving
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.painted import Painted, make_strip
from reader.ui.widgets.search_box import SearchBox
from reader.ui.widgets.status_line import StatusLine

KEYS_WIDTH = 14
"""Cells for the keys of a command."""


class KeyList(LineList):
    """Commands under their headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-list--heading", "key-list--key"}
    DEFAULT_CSS = """
    KeyList > .key-list--heading { color: $primary; text-style: bold; }
    KeyList > .key-list--key { color: $accent; text-style: bold; }
    """

    def __init__(self, commands: tuple[Command, ...], keys: dict[str, str]) -> None:
        super().__init__(id="keys")
        self._all = commands
        self._keys = keys
        self.rows: tuple[str | Command, ...] = ()

    def on_mount(self) -> None:
        """Show everything."""
        self.filter("")

    def filter(self, text: str) -> None:
        """Show the commands that have every word of the text in key, label or help."""
        words = text.casefold().split()
        found = [c for c in self._all if all(word in self._line(c).casefold() for word in words)]
        rows: list[str | Command] = []
        for group, members in by_group(found):
            rows += [group, *members]
        self.rows = tuple(rows)
        self.relist(0)

    def _line(self, command: Command) -> str:
        return f"{self.keys_of(command)} {command.label} {command.help}"

    def keys_of(self, command: Command) -> str:
        """The keys of a command as they are bound now."""
        return shown_keys(self._keys.get(command.id, command.keys))

    @property
    def item_count(self) -> int:
        """Commands and headings."""
        return len(self.rows)

    def selectable(self, index: int) -> bool:
        """Headings are passed over."""
        return isinstance(self.rows[index], Command)

    def height_of(self, index: int, width: int) -> int:  # noqa: ARG002
        """A heading has a blank line above it."""
        return 2 if index and not self.selectable(index) else 1

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """The lines of a row."""
        row = self.rows[index]
        if not isinstance(row, Command):
            strip = make_strip([(f" {row}", self.look("key-list--heading"))], width, base)
            return (make_strip([], width, base), strip) if index else (strip,)
        pieces = [
            (" " + pad(self.keys_of(row), KEYS_WIDTH), self.look("key-list--key")),
            (fit(row.help, width - KEYS_WIDTH - 2), Style.null()),
        ]
        return (make_strip(pieces, width, base),)


class HelpScreen(Moving, ModalScreen[None]):
    """Lists exactly the commands that apply on the screen it was asked from."""

    BINDINGS: ClassVar[list[Any]] = bindings("help")
    AUTO_FOCUS = "#keys"

    keys = query_one("#keys", KeyList)

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self.below = below

    def compose(self) -> ComposeResult:
        """A title, the filter, the keys."""
        bound: dict[str, list[str]] = {}
        for active in self.below.active_bindings.values():
            if active.binding.id is not None:
                bound.setdefault(active.binding.id, []).append(active.binding.key)
        with Vertical(id="help"):
            yield StatusLine(id="help-title")
            yield SearchBox(id="help-filter")
            yield KeyList(self._commands(), {name: ",".join(keys) for name, keys in bound.items()})
        yield KeyBar("help")

    def on_mount(self) -> None:
        """Say what this is."""
        self.query_one("#help-title", StatusLine).say("", "type / to filter", strong="Keys that work here")
        self.query_one("#help-filter").display = False

    def _commands(self) -> tuple[Command, ...]:
        return commands_on(self.below)

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        self.keys.filter(event.value)

    @on(Input.Submitted)
    def _filtered(self) -> None:
        self.keys.focus()

    def moving_target(self) -> Painted:
        """The list of keys."""
        return self.keys

    def action_search(self) -> None:
        """Filter the list."""
        box = self.query_one("#help-filter", SearchBox)
        box.display = True
        box.focus()

    def action_cancel(self) -> None:
        """Leave the filter, then the sheet."""
        box = self.query_one("#help-filter", SearchBox)
        if box.display:
            box.value = ""
            box.display = False
            self.keys.focus()
        else:
            leave(self)

    def action_back(self) -> None:
        """Back to the screen below."""
        leave(self)


def place_of(screen: Screen[Any]) -> ScreenName:
    """The name of a screen in the command table."""
    name = type(screen).__name__.removesuffix("Screen").lower()
    for place in ("browse", "compare", "matrix", "help"):
        if name == place:
            return place
    return "sheet"


def commands_on(screen: Screen[Any]) -> tuple[Command, ...]:
    """The commands of the table that apply on a screen at this moment."""
    applicable = []
    for command in commands_for(place_of(screen)):
        owner = screen.app if "app" in command.screens else screen
        if owner.check_action(command.action, ()) is True:
            applicable.append(command)
    return tuple(applicable)
