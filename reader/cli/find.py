"""Finding: `search` for words, `trace` for where else a passage stands."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.cli.arguments import nearest
from reader.cli.command import DONE, NOTHING_FOUND, PARTIAL, Command, library, natural, positive
from reader.cli.output import Output, paint, say
from reader.cli.read import info_fields

if TYPE_CHECKING:
    from reader.model import ArticleInfo
    from reader.model.query import ParsedQuery
    from reader.model.results import FacetName, Hit, SearchResults, Snippet
    from reader.workspace.workspace import Workspace

FIELDS = ("id", "date", "source", "headline", "score", "path", "words", "snippet")
"""What a `--format` template may name."""
FACETS: tuple[FacetName, ...] = ("source", "month", "story")
"""What a JSON document counts."""
_TEMPLATE = re.compile(r"\{(\w*)\}|\\([tn0\\])")
_ESCAPES = {"t": "\t", "n": "\n", "0": "\0", "\\": "\\"}
_PLACE = re.compile(r"(.+):(\d+)-(\d+)")


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="*", metavar="QUERY", help='words, "a phrase", -without, source:name, …'
    )
    parser.add_argument("--source", metavar="NAME", help="only this source")
    parser.add_argument(
        "--since", metavar="DATE", help="only from this day on, such as 2026-10-06 or yesterday"
    )
    parser.add_argument("--until", metavar="DATE", help="only up to this day")
    parser.add_argument("--tag", metavar="NAME", help="only articles with this tag")
    parser.add_argument(
        "-n", type=positive, default=50, metavar="N", dest="limit", help="at most so many (50)"
    )
    parser.add_argument("--offset", type=natural, default=0, metavar="N", help="leave so many out first")
    parser.add_argument(
        "--sort", choices=("score", "date", "source"), default="score", help="order of the hits"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--count", action="store_true", help="print only how many there are")
    form.add_argument("--json", action="store_true", help="print a JSON document")
    form.add_argument("--jsonl", action="store_true", help="print a JSON object a line for each hit")
    form.add_argument(
        "--format", metavar="TPL", type=_template, help=r"print this for each hit, such as '{id}\t{headline}'"
    )
    parser.add_argument(
        "-0", action="store_true", dest="nul", help="end each hit with a NUL, for xargs -0; alone: ids only"
    )


def _template(text: str) -> str:
    for match in _TEMPLATE.finditer(text):
        if match[1] is not None and match[1] not in FIELDS:
            hint = nearest(match[1], FIELDS) or f"; there are {', '.join(FIELDS)}"
            raise argparse.ArgumentTypeError(f"a hit has no field {{{match[1]}}}{hint}")
    return text


def _search(args: argparse.Namespace, out: Output) -> int:
    from reader.model.results import Page

    with library(args, indexed=True) as workspace:
        parsed = _narrowed(args, workspace.parse(" ".join(args.query)), workspace)
        page = Page(args.offset, 1 if args.count else args.limit)
        facets = FACETS if args.json else ()
        results = workspace.search_parsed(parsed, sort=args.sort, page=page, facets=facets)
        infos = {info.id: info for info in workspace.articles()}
        refused = bool(workspace.refused())
        ids = [hit.article_id for hit in results.hits]
        wanted = args.json or args.jsonl or (args.format and "{snippet}" in args.format)
        snippets: Mapping[str, Snippet] = {}
        if wanted or (out.is_terminal and not args.count and not args.format and not args.nul):
            snippets = workspace.snippets(parsed.text, ids)
    is_narrowed = any(value is not None for value in (args.source, args.since, args.until, args.tag))
    # Options alone are a question as well; that no words were given then needs no remark.
    for diagnostic in results.diagnostics if args.query or not is_narrowed else ():
        say(f"reader: {diagnostic.message}")
    _print_results(args, results, infos, snippets, out)
    if results.partial:
        say("reader: the search was cut short; more articles may match")
        return PARTIAL
    if results.total == 0:
        again = f"; did you mean {results.suggestion}?" if results.suggestion else ""
        say(f"reader: no article matches{again}")
        return PARTIAL if refused else NOTHING_FOUND
    if out.is_terminal and len(ids) < results.total and not args.count:
        say(f"{args.offset + 1} to {args.offset + len(ids)} of {results.total}; --offset and -n show others")
    return PARTIAL if refused else DONE


def _narrowed(args: argparse.Namespace, parsed: ParsedQuery, workspace: Workspace) -> ParsedQuery:
    """The query with what the options ask for added."""
    from reader.model.errors import QueryError
    from reader.model.query import All, In, Query, Range

    parts: list[Query] = [parsed.query]
    if args.source is not None:
        known = [count.source for count in workspace.sources()]
        if args.source.casefold() not in {source.casefold() for source in known}:
            say(f"reader: there is no source {args.source}{nearest(args.source, known)}")
        parts.append(In("source", (args.source,)))
    if args.tag is not None:
        parts.append(In("tag", (args.tag,)))
    for name in ("since", "until"):
        value = getattr(args, name)
        if value is None:
            continue
        quoted = value.replace('"', "")
        limit = workspace.parse(f'{name}:"{quoted}"')
        if limit.diagnostics or not isinstance(limit.query, Range):
            raise QueryError(f"--{name} {value} is no day; write 2026-10-06, 2026-10, yesterday or last week")
        parts.append(limit.query)
    return replace(parsed, query=All(tuple(parts))) if len(parts) > 1 else parsed


def _print_results(
    args: argparse.Namespace,
    results: SearchResults,
    infos: Mapping[str, ArticleInfo],
    snippets: Mapping[str, Snippet],
    out: Output,
) -> None:
    from reader.export import records

    end = "\0" if args.nul else "\n"
    if args.count:
        out.echo(str(results.total))
    elif args.json:
        out.echo(records.dumps(records.search(results, infos, snippets)))
    elif args.jsonl:
        for record in records.hits(results, infos, snippets):
            out.echo(records.dumps(record, indent=None))
    else:
        for hit in results.hits:
            info, snippet = infos[hit.article_id], snippets.get(hit.article_id)
            if args.format:
                out.echo(_filled(args.format, hit, info, snippet), end=end)
            elif args.nul:
                out.echo(info.id, end=end)
            elif out.is_terminal:
                _print_hit(info, snippet, out)
            else:
                out.echo("\t".join(info_fields(info)))


def _filled(template: str, hit: Hit, info: ArticleInfo, snippet: Snippet | None) -> str:
    name, date, source, headline = info_fields(info)
    values = {
        "id": name,
        "date": date,
        "source": source,
        "headline": headline,
        "score": f"{hit.score:.3f}",
        "path": info.path,
        "words": str(info.words),
        "snippet": snippet.text if snippet else "",
    }
    return _TEMPLATE.sub(lambda match: _ESCAPES[match[2]] if match[2] else values[match[1]], template)


def _print_hit(info: ArticleInfo, snippet: Snippet | None, out: Output) -> None:
    """Two or three lines for a person."""
    from reader.export.text import filled
    from reader.layout.runs import Mark, Marks, runs
    from reader.layout.wrap import wrap
    from reader.model import Paragraph, Span

    name, date, source, headline = info_fields(info)
    width = min(out.width, DEFAULT_MEASURE)
    for line in filled(headline or name, width):
        out.echo(paint(line, ("head",)))
    out.echo(paint(" · ".join(part for part in (source, date, name) if part), ("dim",)))
    if snippet is not None and snippet.text:
        marks = Marks(Mark(span.start, span.end, "hit") for span in snippet.spans)
        for drawn in wrap(snippet.text, (Paragraph(Span(0, len(snippet.text)), "body"),), width - 2):
            text = "".join(paint(run.text, run.names) for run in runs(drawn, marks.on(drawn)))
            out.echo("  " + " " * drawn.indent + text)
    out.echo()


DEFAULT_MEASURE = 100
"""Cells; the hits of a very wide terminal stay readable."""


def _trace_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "passage", nargs="+", metavar="TEXT|ID:START-END", help="a sentence, or a place in an article"
    )
    parser.add_argument(
        "-n", type=positive, default=20, metavar="N", dest="limit", help="at most so many (20)"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON document")


def _trace(args: argparse.Namespace, out: Output) -> int:
    from reader.export import records

    with library(args, indexed=True) as workspace:
        text, origin = _passage(" ".join(args.passage), workspace)
        found = workspace.trace(text, origin=origin)
    found = replace(found, hits=found.hits[: args.limit])
    if args.json:
        out.echo(records.dumps(records.trace(found)))
    else:
        for hit in found.hits:
            fields = (f"{hit.article_id}:{hit.start}-{hit.end}", hit.level, f"{hit.score:.3f}", hit.source)
            out.echo("\t".join((*fields, " ".join(hit.text.split()))))
    if not found.hits:
        say("reader: nothing like it stands anywhere else in the library")
        return NOTHING_FOUND
    return DONE


def _passage(words: str, workspace: Workspace) -> tuple[str, str | None]:
    """The text to trace, and the article it stands in when a place was given."""
    place = place_in_article(words, workspace)
    if place is None:
        return words, None
    origin, start, end = place
    return workspace.article(origin).body[start:end], origin


def place_in_article(words: str, workspace: Workspace) -> tuple[str, int, int] | None:
    """The article and the span that `ID:START-END` names; `None` when it does not read like that.

    Raises `NotFound` for an unknown id and `QueryError` for places beyond the text.
    """
    from reader.model.errors import NotFound, QueryError

    place = _PLACE.fullmatch(words)
    if place is None:
        return None
    try:
        origin = workspace.resolve(place[1])
    except NotFound:
        if " " in place[1]:
            return None
        raise
    size = len(workspace.article(origin).body)
    start, end = int(place[2]), int(place[3])
    if not start < end <= size:
        raise QueryError(f"{words}: {origin} has the places 0-{size}, and the start comes before the end")
    return origin, start, end


COMMANDS = (
    Command(
        "search",
        "find articles, best first",
        _search_arguments,
        _search,
        "A word that begins with a dash leaves articles out: `reader search ferry -fog`. After `--` nothing\n"
        "is an option any more: `reader search -- -n` leaves out n.\n\n"
        "examples:\n"
        "  reader search 'harbour \"radar fault\" source:northern-wire date:2026-10..'\n"
        "  reader search ferry --since 2026-10-01 --json\n"
        "  reader search ferry --format '{date}\\t{headline}'",
        takes_query=True,
    ),
    Command(
        "trace",
        "find where else the same words or the same claim stand",
        _trace_arguments,
        _trace,
        "examples:\n  reader trace 'All crossings are suspended until Friday'\n"
        "  reader trace northern-wire/2026-10-06-ferry-collision:0-146",
        takes_query=True,
    ),
)
"""In the order the help lists them."""
