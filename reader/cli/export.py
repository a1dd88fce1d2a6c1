"""Handing on: `export` writes articles, notes or everything kept into one file."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.choice import chosen
from reader.cli.command import DONE, NOTHING_FOUND, PARTIAL, Command, library
from reader.cli.keep import notes_text
from reader.cli.output import Output, say

if TYPE_CHECKING:
    from reader.model import Article
    from reader.workspace.workspace import Workspace

FORMATS = ("md", "html", "json", "jsonl", "csv")
"""What articles can be written as."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="QUERY|ID", help="which articles; all without")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="where to; standard output without")
    parser.add_argument("--format", choices=FORMATS, help="else as the file's name says, else md")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--notes", action="store_true", help="the notes on these articles, with citations")
    what.add_argument(
        "--kept", action="store_true", help="all marks, notes and searches, for `reader restore`"
    )
    parser.add_argument("--force", action="store_true", help="write over a file that exists")
    parser.add_argument("--dry-run", action="store_true", help="print which articles it would write")


def _export(args: argparse.Namespace, out: Output) -> int:
    from reader.model.errors import QueryError

    form = _format(args)
    if args.notes and form not in ("md", "json"):
        raise QueryError(f"notes are written as md or json, not as {form}")
    with library(args, indexed=bool(args.words)) as workspace:
        if args.output is not None:
            _check_target(args.output, workspace, force=args.force)
        ids = chosen(workspace, args.words)
        if args.dry_run:
            for article_id in ids:
                out.echo(article_id)
            return DONE if ids else NOTHING_FOUND
        if args.kept:
            from reader.state.exporting import to_json

            text = to_json(workspace.keeping().store.everything())
        elif args.notes:
            text = notes_text(workspace, ids, form) or ""
        elif not ids:
            say("reader: no article matches; nothing was written")
            return NOTHING_FOUND
        else:
            text = _articles([workspace.article(article_id) for article_id in ids], form)
        done = PARTIAL if workspace.refused() and not (args.kept or args.notes) else DONE
    if args.output is None:
        out.echo(text, end="")
    else:
        _write(args.output, text)
        say(f"reader: wrote {args.output}")
    return done


def _format(args: argparse.Namespace) -> str:
    if args.format is not None:
        return str(args.format)
    suffix = "" if args.output is None else args.output.suffix.lower().lstrip(".")
    named = {"markdown": "md", "htm": "html", "ndjson": "jsonl"}.get(suffix, suffix)
    return named if named in FORMATS else "md"


def _articles(articles: list[Article], form: str) -> str:
    from reader.export import records, table

    if form == "csv":
        return table.articles_csv(articles)
    if form == "json":
        return records.dumps(records.export(articles)) + "\n"
    if form == "jsonl":
        return "".join(f"{records.dumps(records.article(one), indent=None)}\n" for one in articles)
    if form == "html":
        from reader.export.html import articles_html

        return articles_html(articles)
    from reader.export.markdown import article_markdown

    return "\n---\n\n".join(article_markdown(one) for one in articles)


def _check_target(target: Path, workspace: Workspace, *, force: bool) -> None:
    from reader.model.errors import QueryError

    if target.resolve().is_relative_to(workspace.settings.articles.resolve()):
        raise QueryError(
            f"{target} lies in the library, whose files are never written; choose another folder"
        )
    if target.is_dir():
        raise QueryError(f"{target} is a folder; name a file in it")
    if target.exists() and not force:
        raise QueryError(f"{target} exists; --force writes over it")


def _write(target: Path, text: str) -> None:
    """Write the whole file or none of it."""
    from reader.model.errors import LibraryError
    from reader.model.refusals import reason

    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, target)
        temporary = ""
    except OSError as error:
        raise LibraryError(f"{target} cannot be written: {reason(error)}; choose another place") from error
    finally:
        if temporary:
            os.unlink(temporary)


COMMANDS = (
    Command(
        "export",
        "write articles, notes or everything kept into one file",
        _arguments,
        _export,
        "examples:\n  reader export 'source:\"Northern Wire\" date:2026-10' -o october.html\n"
        "  reader export --notes -o notes.md\n  reader export --kept -o kept.json",
        takes_query=True,
    ),
)
"""In the order the help lists them."""
