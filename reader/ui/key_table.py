"""The table of keys as Markdown, for README and manual. `python -m reader.ui.key_table` prints it."""

from __future__ import annotations

import sys

from reader.ui.commands import COMMANDS, Command, by_group, shown_key

WHERE = {"browse": "reading", "compare": "comparing", "matrix": "matrix", "help": "help", "sheet": "sheets"}
"""What a screen is called in the table."""


def keys_of(command: Command) -> str:
    """Its keys as Markdown code."""
    return " ".join(f"`{shown_key(key)}`" for key in command.keys.split(","))


def where(command: Command) -> str:
    """On which screens it works."""
    if "app" in command.screens:
        return "everywhere"
    if {"browse", "compare", "matrix", "help"} <= set(command.screens):
        return "everywhere"
    return ", ".join(WHERE[screen] for screen in command.screens if screen not in ("help", "sheet"))


def key_table() -> str:
    """Every command under its heading."""
    lines = ["| Keys | What it does | Where | id |", "|---|---|---|---|"]
    for group, commands in by_group(COMMANDS):
        lines.append(f"| **{group}** | | | |")
        lines += [f"| {_cell(keys_of(c))} | {_cell(c.help)} | {where(c)} | {c.id} |" for c in commands]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(key_table())
