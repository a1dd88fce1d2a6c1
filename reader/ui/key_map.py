"""Keys as the configuration has them: unknown commands and clashes said once, before any key is pressed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from textual.keys import _character_to_key

from reader.ui.commands import COMMANDS, Command, ScreenName, commands_for, shown_key

SCREENS: tuple[ScreenName, ...] = ("browse", "compare", "matrix", "help", "sheet")


def checked(wanted: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The keymap that can be used, and a sentence for each part that cannot.

    Of two commands on one key of a screen the one that was not remapped gives the key up. Where both were
    remapped, the second keeps its own keys.
    """
    known = {command.id: command for command in COMMANDS}
    keymap: dict[str, str] = {}
    said: list[str] = []
    for name, keys in wanted.items():
        if name not in known:
            nearest = difflib.get_close_matches(name, known, 1, 0.5)
            said.append(
                f"keys.{name}: there is no such command"
                + (f"; did you mean {nearest[0]}?" if nearest else "; ? lists all, `reader config` the ids")
            )
        elif not _keys(keys):
            said.append(f"keys.{name}: no key is named; it keeps {shown_key(known[name].keys.split(',')[0])}")
        else:
            _take(known[name], _keys(keys), keymap, said)
    return keymap, tuple(said)


def _take(command: Command, keys: list[str], keymap: dict[str, str], said: list[str]) -> None:
    for other in COMMANDS:
        shared = [key for key in keys if key in _keys(keymap.get(other.id, other.keys))]
        if other.id == command.id or not shared or not _meet(command, other):
            continue
        shown = " ".join(map(shown_key, shared))
        if other.id in keymap:
            said.append(f"keys.{command.id}: {shown} is {other.id} already, which keeps it")
            keys = [key for key in keys if key not in shared]
            continue
        left = [key for key in _keys(other.keys) if key not in shared]
        keymap[other.id] = ",".join(left) if left else NO_KEY
        how = (
            f"which is {' '.join(map(shown_key, left))} now" if left else "which is in the palette alone now"
        )
        said.append(f"keys.{command.id}: {shown} was {other.id}, {how}")
    if keys:
        keymap[command.id] = ",".join(keys)


NO_KEY = "f35"
"""What a command is bound to that has lost all its keys; Textual wants one, and no keyboard has this."""


def _keys(text: str) -> list[str]:
    """The names that Textual knows, of keys that may be written as characters."""
    parts = [part.strip() for part in text.split(",")] if text.strip() != "," else [","]
    return [_character_to_key(part) if len(part) == 1 else part for part in parts if part]


def _meet(one: Command, other: Command) -> bool:
    """Whether two commands apply on one screen."""
    return any(one in commands_for(screen) and other in commands_for(screen) for screen in SCREENS)
