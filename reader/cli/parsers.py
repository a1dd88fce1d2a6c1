"""Every parser of the command line: what help, completions and the man page are made of."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from reader.cli import care, compare, export, find, keep, read
from reader.cli.arguments import Parser, add_global_options, app_parser
from reader.cli.command import Command

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (find, compare, read, keep, export, care)
    for command in module.COMMANDS
}
"""By name, in the order the help lists them."""

EXIT_CODES = (
    (0, "done"),
    (1, "nothing found"),
    (2, "wrong use"),
    (3, "library or index broken"),
    (5, "partial"),
    (70, "crash"),
    (130, "interrupted"),
)
"""What the process answers."""

EXAMPLES = (
    "reader",
    "reader --articles ~/clippings search 'ferry -fog'",
    "reader compare --story harbour-ledger/2026-10-06-ferry-collision",
)
"""At the end of the help."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option or positional argument, as a person reads of it."""

    names: tuple[str, ...]
    """`-o`, `--output`; empty for a positional argument."""
    value: str
    """What follows it, `FILE`; empty for a switch."""
    help: str
    """One line."""
    choices: tuple[str, ...]
    """What the value may be, when that is a fixed list."""


def main_parser() -> Parser:
    """The parser of a command line without a command."""
    listed = "\n".join(f"  {command.name:<13}{command.summary}" for command in COMMANDS.values())
    codes = "   ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES)
    examples = "\n".join(f"  {example}" for example in EXAMPLES)
    return app_parser(
        f"commands (`reader COMMAND --help` explains one):\n{listed}\n\n"
        f"exit codes:\n  {codes}\n\nexamples:\n{examples}"
    )


def command_parser(command: Command) -> Parser:
    """The parser of one command."""
    summary = f"{command.summary[0].upper()}{command.summary[1:]}."
    parser = Parser(f"reader {command.name}", summary, command.examples)
    command.add_arguments(parser)
    add_global_options(parser)
    return parser


def options(parser: argparse.ArgumentParser) -> Iterator[Option]:
    """Everything a parser takes, in the order of its help."""
    # argparse has no public list of its arguments.
    for action in parser._actions:
        value = ""
        if action.nargs != 0:
            shown = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest)
            value = shown if isinstance(shown, str) else " ".join(shown)
        choices = tuple(map(str, action.choices)) if action.choices else ()
        yield Option(tuple(action.option_strings), value, action.help or "", choices)
