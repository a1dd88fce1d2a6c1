"""Articles and comparisons as plain text for a terminal or a file. Pure; the caller writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.export.selection import Only, narrowed
from reader.export.wording import (
    about,
    counts,
    difference,
    evidence,
    facts,
    figure_places,
    is_spelled_differently,
    labels,
    one_line,
    quote_flags,
    speakers,
    spellings,
    title,
)
from reader.layout.cells import fit
from reader.layout.columns import ColumnText, Paint, headers, matrix_lines, plain
from reader.layout.emphasis import emphasis
from reader.layout.grid import Grid, grid
from reader.layout.matrix import matrix
from reader.layout.row import ASCII_GLYPHS, GLYPHS, MAX_COLUMNS, WORDS, RowMark
from reader.layout.rows import rows
from reader.layout.runs import Mark, Marks, runs
from reader.layout.wrap import wrap
from reader.model import Article, Paragraph, Span
from reader.model.comparison import Comparison

WIDTH = 100
"""Cells when nobody says how wide the terminal is."""
NOTHING = "Nothing of this kind was found."
"""Instead of an empty page."""
FULL_FACTS = 50
"""Cells of a column from which its head also gives the time of day."""


def article_text(
    one: Article, width: int = WIDTH, *, highlights: Sequence[Span] = (), paint: Paint = plain
) -> Iterator[str]:
    """The lines of an article: headline, facts, body."""
    if one.headline:
        yield from (paint(line, ("head",)) for line in filled(one.headline, width))
    yield from (paint(line, ("dim",)) for line in filled(about(one), width))
    if one.url:
        yield from (paint(line, ("dim",)) for line in filled(one.url, width))
    if one.body:
        yield ""
    marks = Marks(Mark(span.start, span.end, "hit") for span in highlights)
    for line in wrap(one.body, one.paragraphs, width):
        kinds = () if line.kind == "body" else (line.kind,)
        drawn = (paint(run.text, (*kinds, *run.names)) for run in runs(line, marks.on(line)))
        yield " " * line.indent + "".join(drawn)
    if one.cut:
        yield ""
        yield paint(f"[{one.cut} more characters are left out]", ("dim",))


def filled(text: str, width: int) -> Iterator[str]:
    """One paragraph of our own words or a field, broken at `width`."""
    line = one_line(text)
    for part in wrap(line, (Paragraph(Span(0, len(line)), "body"),), width) if line else ():
        yield " " * part.indent + part.text


def comparison_text(
    found: Comparison,
    articles: Sequence[Article],
    *,
    width: int = WIDTH,
    only: Only | None = None,
    paint: Paint = plain,
    ascii_only: bool = False,
) -> Iterator[str]:
    """The lines of a comparison: heads, aligned rows with their evidence, figures and names.

    More articles than fit side by side become the matrix of claims and sources.
    """
    names = labels(found.articles)
    yield paint(fit(title(found), width), ("head",))
    yield paint(fit(counts(found), width), ("dim",))
    yield ""
    columns = range(len(articles))
    arranged = grid(width, len(articles)) if len(articles) <= MAX_COLUMNS else None
    if only in ("figures", "names"):
        yield from _sources(found, names, width)
    elif arranged is not None or len(articles) == 2:
        yield from _side_by_side(found, articles, columns, arranged, width, only, paint, ascii_only)
    else:
        yield from _sources(found, names, width)
        yield ""
        yield from _matrix(found, names, width, only, ascii_only)
    yield from _lists(narrowed(found, only), names, width, only)
    if only not in ("figures", "names"):
        yield ""
        yield from (paint(line, ("dim",)) for line in filled(legend(ascii_only), width))


def legend(ascii_only: bool = False) -> str:
    """What the glyphs mean, in one line."""
    glyphs = ASCII_GLYPHS if ascii_only else GLYPHS
    marks: tuple[RowMark, ...] = ("same", "near", "reworded", "quote", "differs", "only", "crossed")
    return "   ".join(f"{glyphs[mark]} {WORDS[mark]}" for mark in marks)


def _sources(found: Comparison, names: Sequence[str], width: int) -> Iterator[str]:
    for index, name in enumerate(names):
        yield fit(f"{index + 1}  {name} · {facts(found, index)}", width)


def _side_by_side(
    found: Comparison,
    articles: Sequence[Article],
    columns: Sequence[int],
    arranged: Grid | None,
    width: int,
    only: Only | None,
    paint: Paint,
    ascii_only: bool,
) -> Iterator[str]:
    names = labels(found.articles)
    drawing = ColumnText(
        [articles[column].body for column in columns],
        emphasis(found, articles, columns),
        paint=paint,
        ascii_only=ascii_only,
    )
    if arranged is None:
        yield from _sources(found, names, width)
    else:
        yield paint(headers([names[column] for column in columns], arranged), ("head",))
        narrow = arranged.column < FULL_FACTS
        about = [facts(found, column, day_only=narrow) for column in columns]
        yield paint(headers(about, arranged), ("dim",))
        yield ""
    shown = rows(found, articles, columns, only or "all", beside=arranged is not None)
    for row in shown:
        yield from drawing.below(row, names, width) if arranged is None else drawing.beside(row, arranged)
        for said in evidence(row, found, columns, names):
            yield from (paint(f"  {line}", ("evidence",)) for line in filled(said, width - 2))
    if not shown:
        yield from filled(NOTHING, width)


def _matrix(
    found: Comparison, names: Sequence[str], width: int, only: Only | None, ascii_only: bool
) -> Iterator[str]:
    claims = matrix(found)
    if only == "differences":
        claims = tuple(row for row in claims if "differs" in row.marks)
    if only in (None, "shared", "differences") and claims:
        yield from matrix_lines(claims, found, width, ascii_only=ascii_only)
    if only in (None, "shared", "differences", "quotes"):
        for quote in narrowed(found, only).quotes:
            yield ""
            yield from filled(f"quote · {quote_flags(quote)} · {speakers(quote)}", width)
            for there in quote.places:
                said = f"{names[there.place.article]}: “{one_line(there.place.text)}”"
                yield from (f"  {line}" for line in filled(said, width - 2))
    differing = [one for link in found.links for one in link.differs]
    if only in (None, "differences") and differing:
        yield ""
        for one in differing:
            yield from filled(f"differs · {difference(one, names)}", width)
    if only in (None, "only") and found.only:
        yield ""
        yield "Only here"
        for passage in found.only:
            said = f"{names[passage.place.article]}: {one_line(passage.place.text)}"
            yield from (f"  {line}" for line in filled(said, width - 2))


def _lists(found: Comparison, names: Sequence[str], width: int, only: Only | None) -> Iterator[str]:
    figures = [figure for figure in found.figures if only == "figures" or figure.state != "only"]
    if figures and only in (None, "figures", "differences"):
        yield ""
        yield "Figures"
        for figure in figures:
            said = f"{figure.state} · {figure.kind} · {figure_places(figure, names)}"
            yield from (f"  {line}" for line in filled(said, width - 2))
    spelled = [name for name in found.names if only == "names" or is_spelled_differently(name)]
    if spelled and only in (None, "names"):
        yield ""
        yield from filled("Names" if only == "names" else "Names in more than one spelling", width)
        for name in spelled:
            yield from (f"  {line}" for line in filled(f"{name.key} · {spellings(name, names)}", width - 2))
    if only in ("figures", "names") and not (figures if only == "figures" else spelled):
        yield from filled(NOTHING, width)
