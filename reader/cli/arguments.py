"""Reading arguments: global options anywhere, queries that begin with a dash, the nearest name in errors."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

SEPARATOR = "\0"
"""Stands for a `--` that a command wants to see; no argument of a process can hold it."""
_NUMBER = re.compile(r"\d+")


class Parser(argparse.ArgumentParser):
    """A parser that names the nearest option in its errors and never guesses abbreviations."""

    def __init__(self, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on stderr and exit with 2."""
        wrong = re.match(r"unrecognized arguments: (--?[\w-]+)", message)
        if wrong:
            message = f"there is no option {wrong[1]}{nearest(wrong[1], self.options())}"
        self.exit(2, f"{self.prog}: {message}\nTry `{self.prog} --help`.\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave with a status, saying why on stderr."""
        from reader.cli.output import say

        if message:
            say(message.rstrip("\n"))
        raise SystemExit(status)

    def options(self) -> dict[str, bool]:
        """Every option string and whether it takes a value."""
        # argparse has no public list of its options.
        return {name: action.nargs != 0 for action in self._actions for name in action.option_strings}


def app_parser(epilog: str = "") -> Parser:
    """The parser of a command line without a command; it knows of no command, only its help needs them."""
    parser = Parser(
        "reader", "Read one story in several sources, side by side. Without a command the app opens.", epilog
    )
    parser.usage = "reader [options] [COMMAND …]"
    parser.add_argument("--version", action="store_true", help="print the version")
    add_global_options(parser)
    return parser


def nearest(word: str, known: Sequence[str] | dict[str, bool]) -> str:
    """A question naming the known word most like this one, or nothing."""
    import difflib

    near = difflib.get_close_matches(word, sorted(known), 1, 0.6)
    return f"; did you mean {near[0]}?" if near else ""


def add_global_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command takes; those left out set nothing."""
    group = parser.add_argument_group("global options")

    unset = argparse.SUPPRESS
    group.add_argument("--articles", metavar="DIR", type=Path, default=unset, help="folder of article files")
    group.add_argument("--index", metavar="DIR", type=Path, default=unset, help="folder for the index")
    group.add_argument("--state", metavar="DIR", type=Path, default=unset, help="folder for marks and notes")
    group.add_argument("--config", metavar="FILE", type=Path, default=unset, help="configuration file")
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default=unset, help="when to colour what is printed"
    )


def arranged(
    parser: Parser,
    words: Sequence[str],
    *,
    words_may_begin_with_dash: bool,
    keeps_separator: bool = False,
) -> list[str]:
    """Set options first and everything else after a `--`, so that both may be mixed.

    argparse wants positional arguments in one piece. In a query `-word` means "without word": it is no
    option, unless an option of that name exists. After `--` everything is a word.
    """
    options = parser.options()
    first: list[str] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        if word == "--":
            rest.extend([SEPARATOR] if keeps_separator else [])
            rest.extend(words[place:])
            break
        name, has_value, _ = word.partition("=")
        if word in options or (word.startswith("--") and len(word) > 2):
            first.append(word)
            if options.get(name) and not has_value and place < len(words):
                first.append(words[place])
                place += 1
        elif _is_word(word, options, words_may_begin_with_dash):
            rest.append(word)
        else:
            first.append(word)
    return [*first, "--", *rest] if rest else first


def _is_word(word: str, options: dict[str, bool], may_begin_with_dash: bool) -> bool:
    if not word.startswith("-") or word == "-":
        return True
    is_short_option_with_number = options.get(word[:2], False) and _NUMBER.fullmatch(word[2:]) is not None
    return may_begin_with_dash and not is_short_option_with_number


def first_word(parser: Parser, words: Sequence[str]) -> int:
    """The place of the first word that is neither an option nor its value; the length when there is none."""
    options = parser.options()
    place = 0
    while place < len(words):
        word = words[place]
        if not word.startswith("-") or word == "-":
            return place
        takes_value = options.get(word, False)
        place += 2 if takes_value else 1
    return len(words)
