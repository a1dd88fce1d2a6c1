"""Looking round and reading: `list`, `sources`, `stories`, `show`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.command import DONE, NOTHING_FOUND, Command, add_format, library, positive
from reader.cli.output import Output, paint, say

if TYPE_CHECKING:
    from reader.model import ArticleInfo


def info_fields(info: ArticleInfo) -> tuple[str, str, str, str]:
    """What a list shows of an article: id, day, source, headline; empty where unknown."""
    headline = " ".join((info.headline or "").split())
    return info.id, (info.published or "")[:10], info.source, headline


def print_table(rows: Sequence[Sequence[str]], out: Output) -> None:
    """Print rows with tabs between the fields; on a terminal aligned, the last field cut at its edge."""
    if not out.is_terminal:
        for row in rows:
            out.echo("\t".join(row))
        return
    from reader.layout.cells import cells, fit, pad

    widths = [min(max(map(cells, column)), 40) for column in zip(*rows, strict=True)]
    room = max(out.width - sum(widths[:-1]) - 2 * (len(widths) - 1), 20)
    for row in rows:
        head = "  ".join(pad(field, width) for field, width in zip(row[:-1], widths[:-1], strict=True))
        out.echo(f"{head}  {paint(fit(row[-1], room), ('head',))}".rstrip())


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", metavar="NAME", help="only this source")
    parser.add_argument("--json", action="store_true", help="print a JSON document")


def _list(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=False) as workspace:
        infos = [info for info in workspace.articles() if args.source in (None, info.source)]
        problems = workspace.problems()
    if args.json:
        from reader.export import records

        out.echo(records.dumps(records.articles(infos, problems)))
        return DONE
    print_table([info_fields(info) for info in infos], out)
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
        print_table([(str(count.articles), count.source) for count in counts], out)
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
        print_table(
            [
                (
                    story.id,
                    str(len(story.article_ids)),
                    ", ".join(story.sources),
                    " ".join((story.headline or "").split()),
                )
                for story in found
            ],
            out,
        )
    return DONE if found else NOTHING_FOUND


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
