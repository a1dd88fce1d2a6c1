"""Looking after the index: `index`."""

from __future__ import annotations

import argparse

from reader.cli.command import BROKEN, DONE, Command, library
from reader.cli.output import Meter, Output, say


def _index_arguments(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--rebuild", action="store_true", help="make the index anew from the articles")
    how.add_argument("--check", action="store_true", help="check every file of the index")


def _index(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=not args.rebuild) as workspace:
        if args.rebuild:
            meter = Meter()
            try:
                workspace.rebuild(meter)
            finally:
                meter.clear()
        if args.check:
            health = workspace.index_check()
            out.echo(health.message)
            if not health.ok:
                say("reader: `reader index --rebuild` makes it anew; no article is touched")
                return BROKEN
            return DONE
        articles = _counted(len(workspace.articles()), "article", "articles")
        stories = _counted(len(workspace.stories()), "story", "stories")
        out.echo(f"{articles}, {stories}; the index is up to date")
        problems = len(workspace.problems())
        if problems:
            files = _counted(problems, "file", "files")
            say(f"reader: {files} could not be read; `reader list` names them")
    return DONE


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


COMMANDS = (
    Command(
        "index",
        "bring the index up to date, check it or make it anew",
        _index_arguments,
        _index,
    ),
)
"""In the order the help lists them."""
