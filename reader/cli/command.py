"""What a command is, and the library it works on."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.cli.output import Meter, Output, say

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.workspace.workspace import Workspace

DONE = 0
NOTHING_FOUND = 1
WRONG_USE = 2
BROKEN = 3
PARTIAL = 5
CRASHED = 70
INTERRUPTED = 130
"""Exit codes; errors carry their own as `ReaderError.exit_code`."""


@dataclass(frozen=True, slots=True)
class Command:
    """One verb of the command line. Its modules import what they need only when it runs."""

    name: str
    """As typed."""
    summary: str
    """One line for the list of commands; the first of its own help."""
    add_arguments: Callable[[argparse.ArgumentParser], None]
    """Its own options and positional arguments."""
    run: Callable[[argparse.Namespace, Output], int]
    """Does it; the answer is the exit code."""
    examples: str = ""
    """Lines at the end of its help."""
    takes_query: bool = False
    """Whether words that begin with a dash belong to a query."""
    keeps_separator: bool = False
    """Whether it wants to know where a `--` stood; see `arguments.SEPARATOR`."""


@contextmanager
def library(args: argparse.Namespace, *, indexed: bool) -> Iterator[Workspace]:
    """The library that the options name: only its files, or with index and stories up to date.

    What a person should know (a rebuilt index, a setting that is not usable, a file that cannot be read
    just now) goes to stderr.
    """
    from reader.workspace.workspace import Workspace

    workspace = Workspace(chosen_settings(args))
    meter = Meter()
    try:
        if indexed:
            workspace.open(meter)
        else:
            workspace.scan(meter)
        meter.clear()
        for notice in workspace.notices:
            say(f"reader: {notice}")
        refused = workspace.refused()
        if refused:
            more = f" and {len(refused) - 1:,} more; `reader list` names them" if refused[1:] else ""
            say(f"reader: {refused[0].path} {refused[0].reason}; the answer is without it{more}")
        yield workspace
    finally:
        meter.clear()
        workspace.close()


def chosen_settings(args: argparse.Namespace) -> Settings:
    """The settings, with the folders that the global options name."""
    from reader.config import settings

    return settings(
        articles=getattr(args, "articles", None),
        index=getattr(args, "index", None),
        state=getattr(args, "state", None),
        config=getattr(args, "config", None),
    )


def add_format(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """Add `--format` and its short form `--json`."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--format", choices=formats, default=formats[0], help="what is printed")
    group.add_argument("--json", action="store_const", const="json", dest="format", help="--format json")


def positive(text: str) -> int:
    """An argument that must be a whole number above nought."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def natural(text: str) -> int:
    """An argument that must be a whole number, nought included."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number
