"""Looking round and reading: `list`, `sources`, `stories`, `show`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.command import DONE, NOTHING_FOUND, Command, add_format, library, positive
from reader.cli.output import Output, paint, say

if TYPE_CHECKING:
    from reader.model import ArticleInfo, Story


def info_fields(info: ArticleInfo) -> tuple[str, str, str, str]:
    """What a list shows of an article: id, day, source, headline; empty where unknown."""
    headline = " ".join((info.headline or "").split())
    return info.id, (info.published or "")[:10], info.source, headline


def _with_hidden(info: ArticleInfo) -> tuple[str, str, str, str]:
    from reader.export.wording import hidden

    *fields, headline = info_fields(info)
    said = hidden(info)
    shown = f"{headline} ({said})".lstrip() if said else headline
    return fields[0], fields[1], fields[2], shown


def print_entries(rows: Sequence[Sequence[str]], out: Output) -> None:
    """Print rows of id, facts and headline: with tabs for programs, in two lines each for a person.

    An id is never cut: it is there to be copied.
    """
    if not out.is_terminal:
        for row in rows:
            out.echo("\t".join(row))
        return
    from reader.export.text import filled
    from reader.layout.cells import cells

    for name, *facts, headline in rows:
        if headline:
            for line in filled(headline, out.width):
                out.echo(paint(line, ("head",)))
        about = " · ".join(field for field in facts if field)
        together = f"{name} · {about}" if about else name
        lines = [together] if cells(together) <= out.width else [name, *filled(about, out.width)]
        for line in lines:
            out.echo(paint(line, ("dim",) if headline else ()))


def print_counts(rows: Sequence[tuple[int, str]], out: Output) -> None:
    """Print numbers and what they count; aligned for a person."""
    for number, name in rows:
        out.echo(f"{number:6}  {name}" if out.is_terminal else f"{number}\t{name}")


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="NAME", help="only this source")
    parser.add_argument("--json", action="store_true", help="print a JSON document")


def _list(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=False) as workspace:
        wanted = None if args.source is None else args.source.casefold()
        infos = [info for info in workspace.articles() if wanted in (None, info.source.casefold())]
        problems = workspace.problems()
    if args.json:
        from reader.export import records

        out.echo(records.dumps(records.articles(infos, problems)))
        return DONE
    print_entries([_with_hidden(info) for info in infos], out)
    for problem in problems:
        say(f"{problem.path}: {problem.reason}; {problem.remedy}")
    return DONE if infos or problems else NOTHING_FOUND


def _sources_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print a JSON document")


def _sources(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=False) as workspace:
        counts = workspace.sources()
    if args.json:
        from reader.export import records

        out.echo(records.dumps(records.sources(counts)))
    else:
        print_counts([(count.articles, count.source) for count in counts], out)
    return DONE if counts else NOTHING_FOUND


def _stories_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--min-sources", type=positive, default=1, metavar="N", help="only stories that so many sources tell"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON document")


def _stories(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=True) as workspace:
        found = workspace.stories(args.min_sources)
    if args.json:
        from reader.export import records

        out.echo(records.dumps(records.stories(found)))
    else:
        print_entries([_story_fields(story, out) for story in found], out)
    return DONE if found else NOTHING_FOUND


def _story_fields(story: Story, out: Output) -> tuple[str, ...]:
    count = len(story.article_ids)
    shown = ("1 article" if count == 1 else f"{count} articles") if out.is_terminal else str(count)
    return story.id, shown, ", ".join(story.sources), " ".join((story.headline or "").split())


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", help="id of an article, or a path inside the library")
    add_format(parser, ("text", "md", "html", "json"))
    parser.add_argument("--width", type=positive, metavar="N", help="cells of a line of text")
    parser.add_argument("--highlight", metavar="QUERY", help="mark what this query matches")


def _show(args: argparse.Namespace, out: Output) -> int:
    from reader.export import records

    with library(args, indexed=args.highlight is not None) as workspace:
        articles = [workspace.article(workspace.resolve(name)) for name in args.ids]
        width = args.width or min(workspace.settings.width, out.width)
        highlights = {
            one.id: workspace.highlights(args.highlight, one.id) if args.highlight else () for one in articles
        }
    if args.format == "json":
        for one in articles:
            out.echo(records.dumps(records.article(one)))
        return DONE
    if args.format == "html":
        from reader.export.html import article_html

        for one in articles:
            out.echo(article_html(one, highlights=highlights[one.id]), end="")
        return DONE
    if args.format == "md":
        from reader.export.markdown import article_markdown

        for one in articles:
            out.echo(article_markdown(one, highlights=highlights[one.id]), end="")
        return DONE
    from reader.export.text import article_text

    lines: list[str] = []
    for one in articles:
        lines += [""] if lines else []
        lines += article_text(one, width, highlights=highlights[one.id], paint=paint)
    out.page(lines)
    return DONE


COMMANDS = (
    Command("list", "list the articles, and the files that could not be read", _list_arguments, _list),
    Command("sources", "list the sources and how many articles each has", _sources_arguments, _sources),
    Command(
        "stories",
        "list the stories: the articles about one event",
        _stories_arguments,
        _stories,
        "examples:\n  reader stories --min-sources 2",
    ),
    Command(
        "show",
        "print articles",
        _show_arguments,
        _show,
        "examples:\n"
        "  reader show northern-wire/2026-10-06-ferry-collision\n"
        "  reader show articles/northern-wire/2026-10-06-ferry-collision.txt --highlight crossings",
    ),
)
"""In the order the help lists them."""
