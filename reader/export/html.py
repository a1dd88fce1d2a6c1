"""Articles and comparisons as one HTML file each: no script, nothing fetched, every outside text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from reader.export.selection import Only, narrowed
from reader.export.wording import (
    about,
    counts,
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
from reader.layout.emphasis import emphasis
from reader.layout.matrix import matrix
from reader.layout.row import GLYPHS, MAX_COLUMNS, WORDS, Cell, Row
from reader.layout.rows import rows
from reader.layout.runs import Mark, Marks, runs
from reader.layout.wrap import Line
from reader.model import Article, ParagraphKind, Span
from reader.model.comparison import Comparison

_STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --back: #fdfdfb; --faint: #666; --line: #ccc;
  --shared: #e3efe3; --differs: #fbe3c0; --quote: #dfe9f7; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e1; --back: #191a1b; --faint: #9a9a95;
  --line: #444; --shared: #24372a; --differs: #4d3713; --quote: #22324a; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 76rem; color: var(--text); background: var(--back);
  font: 1rem/1.5 Georgia, "Times New Roman", serif; overflow-wrap: break-word; }
body.article { max-width: 40rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.facts, .evidence, .boilerplate, footer { color: var(--faint); font-size: .875rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-top: 1px solid var(--line); }
th.what, td.what { width: 5.5rem; font: .8rem/1.6 system-ui, sans-serif; }
td p { margin: 0 0 .5rem; } tr.evidence td { border-top: none; padding-top: 0; }
mark { color: inherit; background: none; }
.shared { background: var(--shared); font-weight: 600; } .quote { background: var(--quote); }
.differs { background: var(--differs); text-decoration: underline; } .hit { background: var(--differs); }
.name { text-decoration: underline dotted; }
@media print { body { margin: 0; max-width: none; } tr, blockquote { break-inside: avoid; } }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_DRAWN = frozenset({"shared", "differs", "quote", "hit", "name"})


def article_html(one: Article, *, highlights: Sequence[Span] = ()) -> str:
    """An article as a page of its own."""
    marks = Marks(Mark(span.start, span.end, "hit") for span in highlights)
    return "\n".join(_page(one.headline or one.id, "article", _article(one, marks)))


def _article(one: Article, marks: Marks) -> Iterator[str]:
    if one.headline:
        yield f"<h1>{_text(one.headline)}</h1>"
    yield f'<p class="facts">{_text(about(one))}</p>'
    if one.url:
        yield f'<p class="facts">{_text(one.url)}</p>'
    for paragraph in one.paragraphs:
        yield _paragraph(one.body, paragraph.span, paragraph.kind, marks)


def articles_html(articles: Sequence[Article]) -> str:
    """Several articles on one page."""
    lines = (line for one in articles for line in ("<article>", *_article(one, Marks(())), "</article>"))
    heading = one_line(articles[0].headline or articles[0].id) if len(articles) == 1 else "Articles"
    return "\n".join(_page(heading, "article", lines))


def comparison_html(found: Comparison, articles: Sequence[Article], only: Only | None = None) -> str:
    """A comparison as a page: aligned rows for up to four articles, else the matrix, then the lists."""
    return "\n".join(_page(title(found), "comparison", _comparison(found, articles, only)))


def _comparison(found: Comparison, articles: Sequence[Article], only: Only | None) -> Iterator[str]:
    names = labels(found.articles)
    chosen = narrowed(found, only)
    yield f"<h1>{_text(title(found))}</h1>"
    yield f'<p class="facts">{_text(counts(found))}</p>'
    if only not in ("figures", "names"):
        if len(articles) <= MAX_COLUMNS:
            yield from _rows(found, articles, names, only)
        else:
            yield from _matrix(found, names, only)
            yield from _list("Shared quotes", _quotes(chosen, names))
            yield from _list(
                "Only here", (f"{names[one.place.article]}: {one.place.text}" for one in chosen.only)
            )
    figures = [figure for figure in chosen.figures if only == "figures" or figure.state != "only"]
    yield from _list(
        "Figures", (f"{figure.state}, {figure.kind}: {figure_places(figure, names)}" for figure in figures)
    )
    spelled = [name for name in chosen.names if only == "names" or is_spelled_differently(name)]
    heading = "Names" if only == "names" else "Names in more than one spelling"
    yield from _list(heading, (f"{name.key}: {spellings(name, names)}" for name in spelled))


def _rows(
    found: Comparison, articles: Sequence[Article], names: Sequence[str], only: Only | None
) -> Iterator[str]:
    columns = range(len(articles))
    marks = [Marks(column) for column in emphasis(found, articles, columns)]
    yield "<table>"
    heads = "".join(
        f'<th scope="col">{_text(name)}<div class="facts">{_text(facts(found, index))}</div></th>'
        for index, name in enumerate(names)
    )
    yield f'<thead><tr><th class="what" scope="col">what</th>{heads}</tr></thead>'
    yield "<tbody>"
    shown = rows(found, articles, columns, only or "all")
    for row in shown:
        cells = "".join(
            _cell(cell, articles[index].body, marks[index]) for index, cell in enumerate(row.cells)
        )
        yield f'<tr><td class="what">{_what(row)}</td>{cells}</tr>'
        said = "<br>".join(_text(line) for line in evidence(row, found, columns, names))
        if said:
            yield f'<tr class="evidence"><td></td><td colspan="{len(names)}">{said}</td></tr>'
    if not shown:
        yield f'<tr><td colspan="{len(names) + 1}">Nothing of this kind was found.</td></tr>'
    yield "</tbody>"
    yield "</table>"


def _what(row: Row) -> str:
    return _text(f"{GLYPHS[row.mark]} {WORDS[row.mark]}") if row.mark != "none" else ""


def _cell(cell: Cell | None, body: str, marks: Marks) -> str:
    if cell is None:
        return "<td></td>"
    parts = "".join(_paragraph(body, piece.span, piece.kind, marks) for piece in cell.pieces)
    return f"<td>{parts}</td>"


def _matrix(found: Comparison, names: Sequence[str], only: Only | None) -> Iterator[str]:
    claims = matrix(found)
    if only == "differences":
        claims = tuple(row for row in claims if "differs" in row.marks)
    yield "<ol>"
    for index, name in enumerate(names):
        yield f'<li>{_text(name)} <span class="facts">{_text(facts(found, index))}</span></li>'
    yield "</ol>"
    if only not in (None, "shared", "differences") or not claims:
        return
    yield "<table>"
    heads = "".join(f'<th scope="col">{number}</th>' for number in range(1, len(names) + 1))
    yield f'<thead><tr>{heads}<th scope="col" colspan="{len(names)}">claim</th></tr></thead>'
    yield "<tbody>"
    for row in claims:
        cells = "".join(
            "<td></td>" if mark is None else f'<td title="{WORDS[mark]}">{GLYPHS[mark]}</td>'
            for mark in row.marks
        )
        yield f'<tr>{cells}<td colspan="{len(names)}">{_text(row.place.text)}</td></tr>'
    yield "</tbody>"
    yield "</table>"


def _quotes(found: Comparison, names: Sequence[str]) -> Iterator[str]:
    for quote in found.quotes:
        words = " | ".join(f"{names[there.place.article]}: “{there.place.text}”" for there in quote.places)
        yield f"{words} ({quote_flags(quote)}; {speakers(quote)})"


def _list(heading: str, items: Iterator[str]) -> Iterator[str]:
    made = list(items)
    if made:
        yield f"<h2>{_text(heading)}</h2>"
        yield "<ul>"
        yield from (f"<li>{_text(item)}</li>" for item in made)
        yield "</ul>"


def _paragraph(body: str, span: Span, kind: ParagraphKind, marks: Marks) -> str:
    text = body[span.start : span.end].replace("\n", " ")
    line = Line(span.start, span.end, text, kind, 0)
    drawn = "".join(_run(run.text, run.names) for run in runs(line, marks.on(line)))
    if kind == "heading":
        return f"<h2>{drawn}</h2>"
    return f'<p class="boilerplate">{drawn}</p>' if kind == "boilerplate" else f"<p>{drawn}</p>"


def _run(text: str, names: Sequence[str]) -> str:
    classes = " ".join(name for name in names if name in _DRAWN)
    return f'<mark class="{classes}">{escape(text)}</mark>' if classes else escape(text)


def _text(text: str) -> str:
    return escape(one_line(text))


def _page(heading: str, kind: str, lines: Iterator[str]) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(heading)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield f'<body class="{kind}">'
    yield from lines
    yield "</body>"
    yield "</html>"
    yield ""
