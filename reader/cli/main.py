"""The `reader` command: which command is meant, its arguments, and what its errors look like."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from reader import __version__
from reader.cli import care, compare, export, find, keep, read
from reader.cli.arguments import Parser, add_global_options, arranged, first_word, nearest
from reader.cli.command import DONE, INTERRUPTED, WRONG_USE, Command
from reader.cli.output import Output, cleaned_hook, say
from reader.model.errors import ReaderError, StateError

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (find, compare, read, keep, export, care)
    for command in module.COMMANDS
}
"""By name, in the order the help lists them."""


def run(argv: Sequence[str]) -> int:
    """Run one command line; the answer is the exit code. Errors are told on stderr, in a line."""
    sys.excepthook = cleaned_hook
    try:
        code = _run(list(argv))
        sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except BrokenPipeError:
        # The reader of a pipe has enough. Python would complain once more when it closes stdout.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed with the process
        return DONE
    except KeyboardInterrupt:
        say("reader: interrupted")
        return INTERRUPTED
    except ReaderError as error:
        say(f"reader: {error}")
        return error.exit_code
    return code


def main_parser() -> Parser:
    """The parser of a command line without a command."""
    listed = "\n".join(f"  {command.name:<10}{command.summary}" for command in COMMANDS.values())
    parser = Parser(
        "reader",
        "Read one story in several sources, side by side. Without a command the app opens.",
        f"commands (`reader COMMAND --help` explains one):\n{listed}\n\n"
        "exit codes:\n  0 done   1 nothing found   2 wrong use   3 library or index broken   5 partial\n"
        "  70 crash   130 interrupted\n\n"
        "examples:\n  reader\n  reader --articles ~/clippings search 'ferry -fog'\n"
        "  reader compare --story harbour-ledger/2026-10-06-ferry-collision",
    )
    parser.usage = "reader [options] [COMMAND …]"
    parser.add_argument("--version", action="store_true", help="print the version")
    add_global_options(parser)
    return parser


def command_parser(command: Command) -> Parser:
    """The parser of one command."""
    parser = Parser(
        f"reader {command.name}", f"{command.summary[0].upper()}{command.summary[1:]}.", command.examples
    )
    command.add_arguments(parser)
    add_global_options(parser)
    return parser


def _run(words: list[str]) -> int:
    parser = main_parser()
    place = first_word(parser, words)
    if place == len(words):
        args = parser.parse_args(words)
        if args.version:
            Output().echo(f"reader {__version__}")
            return DONE
        return _open_app(args)
    name = words[place]
    command = COMMANDS.get(name)
    if command is None:
        say(f"reader: there is no command {name}{nearest(name, list(COMMANDS))}")
        say("Try `reader --help`; `reader search WORDS` searches.")
        return WRONG_USE
    own = command_parser(command)
    given = [*words[:place], *words[place + 1 :]]
    args = own.parse_args(
        arranged(
            own,
            given,
            words_may_begin_with_dash=command.takes_query,
            keeps_separator=command.keeps_separator,
        )
    )
    return command.run(args, Output(getattr(args, "color", "auto")))


def _open_app(args: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        say("reader: the app needs a terminal; `reader search WORDS` prints text, `reader --help` lists all")
        return WRONG_USE
    from reader import config

    # Textual costs ten times a bare Python, so no other command may load it.
    from reader.ui.app import run as run_app
    from reader.workspace.workspace import Workspace

    named = {name: getattr(args, name, None) for name in ("articles", "index", "state", "config")}
    settings = config.settings(**named)
    workspace = Workspace(settings)
    try:
        keep = workspace.keeping()
    except StateError as error:
        # Reading works without marks and notes.
        say(f"reader: {error}")
        keep = None
    return run_app(workspace, keep, theme=settings.theme, keymap=settings.keys, measure=settings.width)
