"""The product, scriptable: `compare`."""

from __future__ import annotations

import argparse

from reader.cli.command import DONE, Command, add_format, library, positive
from reader.cli.output import Output, paint


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="ids of two to twenty articles, or their paths")
    parser.add_argument(
        "--story", metavar="STORY", help="the articles of this story (id of it or of an article)"
    )
    add_format(parser, ("text", "md", "html", "json"))
    parser.add_argument(
        "--only",
        choices=("differences", "shared", "quotes", "figures", "names", "only"),
        help="only this; `only` is what one article alone has",
    )
    parser.add_argument(
        "--width", type=positive, metavar="N", help="cells of a line (of the terminal, else 100)"
    )


def _compare(args: argparse.Namespace, out: Output) -> int:
    from reader.export.selection import narrowed
    from reader.model.errors import CompareError

    if bool(args.ids) == (args.story is not None):
        raise CompareError("compare takes ids of articles, or --story and the id of one story")
    with library(args, indexed=args.story is not None) as workspace:
        if args.story is not None:
            ids = workspace.resolve_story(args.story).article_ids
        else:
            ids = tuple(workspace.resolve(name) for name in args.ids)
            if len(set(ids)) == 1:
                raise CompareError(
                    f"one article is no comparison; `reader compare --story {ids[0]}` takes all of its story"
                )
        found = workspace.compare(ids)
        articles = [workspace.article(info.id) for info in found.articles]
    if args.format == "json":
        from reader.export import records

        out.echo(records.dumps(records.comparison(narrowed(found, args.only))))
    elif args.format == "text":
        from reader.export.text import comparison_text

        lines = comparison_text(
            found,
            articles,
            width=args.width or out.width,
            only=args.only,
            paint=paint,
            ascii_only=out.ascii_only,
        )
        out.page(lines)
    elif args.format == "html":
        from reader.export.html import comparison_html

        out.echo(comparison_html(found, articles, args.only), end="")
    else:
        from reader.export.markdown import comparison_markdown

        out.echo(comparison_markdown(found, args.only), end="")
    return DONE


COMMANDS = (
    Command(
        "compare",
        "set two to twenty articles side by side",
        _arguments,
        _compare,
        "examples:\n"
        "  reader compare harbour-ledger/2026-06-19-bank-merger northern-wire/2026-06-18-bank-merger\n"
        "  reader compare --story harbour-ledger/2026-10-06-ferry-collision --only differences\n"
        "  reader compare --story STORY --format html > report.html",
    ),
)
"""In the order the help lists them."""
