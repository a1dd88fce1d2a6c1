"""Keeping: `tag`, `note`, and `restore` for what was exported. Every change can be undone in the app."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import SEPARATOR
from reader.cli.choice import chosen
from reader.cli.command import DONE, NOTHING_FOUND, Command, library
from reader.cli.find import place_in_article
from reader.cli.output import Output, say
from reader.cli.read import print_counts

if TYPE_CHECKING:
    from reader.workspace.workspace import Workspace


def _tag_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="+NAME|-NAME … [--] QUERY|ID …", help="changes, and to what"
    )
    parser.add_argument("--dry-run", action="store_true", help="print which articles it would change")


def _tag(args: argparse.Namespace, out: Output) -> int:
    from reader.model.errors import QueryError

    with library(args, indexed=bool(args.words)) as workspace:
        if not args.words:
            tags = workspace.keeping().marks().tags
            print_counts([(len(ids), name) for name, ids in sorted(tags.items())], out)
            return DONE if tags else NOTHING_FOUND
        changes, words = _changes(args.words)
        if not changes or not words:
            raise QueryError("tag needs what to change and where: `reader tag +later -old -- QUERY`")
        ids = chosen(workspace, words)
        if not ids:
            say("reader: no article matches; no tag was changed")
            return NOTHING_FOUND
        if args.dry_run:
            for article_id in ids:
                out.echo(article_id)
            return DONE
        added = [change[1:] for change in changes if change[0] == "+"]
        removed = [change[1:] for change in changes if change[0] == "-"]
        said = workspace.keeping().tag(ids, added, removed)
    say(f"reader: {said or 'nothing to change'}")
    return DONE


def _changes(words: list[str]) -> tuple[list[str], list[str]]:
    """The words before the query, and the query's."""
    if SEPARATOR in words:
        place = words.index(SEPARATOR)
        return words[:place], words[place + 1 :]
    place = next(
        (number for number, word in enumerate(words) if word[0] not in "+-" or len(word) < 2), len(words)
    )
    return words[:place], words[place:]


def _note_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", nargs="?", metavar="ID[:START-END]", help="an article, or a passage of it")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--text", metavar="TEXT", help="add a note; - reads it from standard input")
    what.add_argument("--highlight", action="store_true", help="add a highlight: a note without text")
    what.add_argument("--remove", metavar="NOTE", help="remove the note of this id")
    what.add_argument("--json", action="store_true", help="print a JSON document")
    parser.add_argument("--on", metavar="WORDS", help="the passage, by its words, instead of START-END")


def _note(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=False) as workspace:
        keeping = workspace.keeping()
        if args.remove is not None:
            said = keeping.remove_notes([args.remove])
            say(f"reader: {said or 'there is no note ' + args.remove}")
            return DONE if said else NOTHING_FOUND
        if args.text is not None or args.highlight:
            return _add_note(args, workspace)
        article_id = None if args.place is None else workspace.resolve(args.place)
        ids = None if article_id is None else {article_id}
        text = notes_text(workspace, ids, "json" if args.json else "md")
    if text is None and not args.json:
        return NOTHING_FOUND
    out.echo(text or "", end="")
    return DONE


def notes_text(workspace: Workspace, article_ids: Collection[str] | None, form: str) -> str | None:
    """The notes on some articles, or all, as `md` or `json`; `None` when there are none.

    A note whose words do not stand in the article any more is among them, as it was.
    """
    from reader.export import records
    from reader.model.keeping import KeptNote, NotePlace
    from reader.state.exporting import notes_markdown

    keeping = workspace.keeping()
    now = {note.id: note for note in keeping.notes() if not note.is_detached}
    kept = [
        note
        for note in keeping.store.notes.all()
        if article_ids is None or any(place.article_id in article_ids for place in note.places)
    ]
    if form == "json":
        pairs = []
        for note in kept:
            places = tuple(
                NotePlace(place.article_id, place.start, place.end, place.digest, place.quoted)
                for place in note.places
            )
            pairs.append((now.get(note.id, KeptNote(note.id, places, note.text)), note.id in now))
        return records.dumps(records.notes(pairs)) + "\n"
    if not kept:
        return None
    infos = {info.id: info for info in workspace.articles()}
    return notes_markdown(kept, infos, {note.id for note in kept} - now.keys()).rstrip() + "\n"


def _add_note(args: argparse.Namespace, workspace: Workspace) -> int:
    from reader.model.errors import QueryError
    from reader.model.keeping import NotePlace

    if args.place is None:
        raise QueryError("a note needs a place: `reader note ID:START-END --text TEXT`")
    place = place_in_article(args.place, workspace)
    article = workspace.article(place[0] if place else workspace.resolve(args.place))
    if place is not None:
        start, end = place[1], place[2]
    elif args.on:
        start = article.body.find(args.on)
        end = start + len(args.on)
        if start < 0:
            raise QueryError(
                f"{article.id} does not have the words {args.on}; they must stand there as given"
            )
    else:
        raise QueryError("which passage? Give ID:START-END, or --on and its words")
    text = sys.stdin.read() if args.text == "-" else (args.text or "")
    quoted = article.body[start:end]
    said = workspace.keeping().add_note([NotePlace(article.id, start, end, article.digest, quoted)], text)
    say(f"reader: {said}")
    return DONE


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="made by `reader export --kept`")
    parser.add_argument("--replace", action="store_true", help="keep only what the file holds")


def _restore(args: argparse.Namespace, out: Output) -> int:  # noqa: ARG001 - the shape of `Command.run`
    from reader.model.errors import StateError
    from reader.model.refusals import reason
    from reader.state.exporting import from_json

    try:
        text = args.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is no text"
        raise StateError(f"{args.file} cannot be read ({why}); nothing was changed") from error
    with library(args, indexed=False) as workspace:
        said = workspace.keeping().store.take_in(from_json(text), replace=args.replace)
    say(f"reader: {said or 'all of it was there already'}")
    return DONE


COMMANDS = (
    Command(
        "tag",
        "add and remove tags; without words list them",
        _tag_arguments,
        _tag,
        "examples:\n  reader tag +later -- ferry -fog\n"
        "  reader tag -later +seen northern-wire/2026-10-06-ferry-collision",
        takes_query=True,
        keeps_separator=True,
    ),
    Command(
        "note",
        "print notes with their citations, add or remove one",
        _note_arguments,
        _note,
        "examples:\n  reader note\n"
        "  reader note northern-wire/2026-10-06-ferry-collision --on 'until Friday' --text 'or Thursday?'",
    ),
    Command(
        "restore",
        "take back marks, notes and searches from an export",
        _restore_arguments,
        _restore,
        "examples:\n  reader restore kept.json",
    ),
)
"""In the order the help lists them."""
