"""A row of a comparison: its cells, what it is, the glyph and word for that, its height at a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from reader.layout.wrap import Line, blank_after, wrap_span
from reader.model import ParagraphKind, Span
from reader.model.comparison import Place

RowMark = Literal["same", "near", "reworded", "quote", "differs", "only", "crossed", "none"]
"""What a row is; `none` for headings, boilerplate and whatever is too short to be compared."""
View = Literal["all", "differences", "shared", "quotes", "figures", "names", "only"]
"""Which rows are shown."""
VIEWS: tuple[View, ...] = get_args(View)
"""In the order they are gone through."""
MAX_COLUMNS = 4
"""More articles than this are for the matrix."""

GLYPHS: dict[RowMark, str] = {
    "same": "=",
    "near": "≈",
    "reworded": "~",
    "quote": "“",
    "differs": "!",
    "only": "·",
    "crossed": "⇄",
    "none": " ",
}
"""One cell each."""
ASCII_GLYPHS: dict[RowMark, str] = {**GLYPHS, "near": "%", "quote": '"', "only": ".", "crossed": "x"}
"""For terminals that are not UTF-8, or on request."""
WORDS: dict[RowMark, str] = {
    "same": "same",
    "near": "near",
    "reworded": "reworded",
    "quote": "quote",
    "differs": "differs",
    "only": "only here",
    "crossed": "out of order",
    "none": "",
}
"""What is said beside the glyph."""
STRENGTH: tuple[RowMark, ...] = ("differs", "quote", "same", "near", "reworded", "crossed", "only", "none")
"""Strongest first: which mark stands for several rows at once."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of one paragraph, in a cell."""

    span: Span
    """In the body; with the white space that follows inside the paragraph."""
    kind: ParagraphKind
    """Of its paragraph."""
    paragraph: int
    """Index into the article's paragraphs."""
    begins: bool
    """Whether the paragraph begins here."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article has in a row."""

    article: int
    """Index into `Comparison.articles`."""
    pieces: tuple[Piece, ...]
    """At least one, in order."""

    @property
    def span(self) -> Span:
        """From the first piece to the last."""
        return Span(self.pieces[0].span.start, self.pieces[-1].span.end)

    @property
    def is_dim(self) -> bool:
        """Whether it is boilerplate: flagged, never removed."""
        return all(piece.kind == "boilerplate" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """One aligned band across all columns."""

    cells: tuple[Cell | None, ...]
    """One for each column; `None` where the article has nothing here."""
    mark: RowMark
    """The strongest of its gutters."""
    gutters: tuple[RowMark, ...]
    """For the gap before each column but the first: how that column stands to those left of it."""
    alone: tuple[RowMark | None, ...]
    """What each cell is by itself; `None` where there is none, or it is linked with another of the row."""
    links: tuple[int, ...] = ()
    """Links inside the row, best first; indices into `Comparison.links`."""
    quotes: tuple[int, ...] = ()
    """Quotes that two columns share here; indices into `Comparison.quotes`."""
    figures: tuple[int, ...] = ()
    """Figures that stand here in any column; indices into `Comparison.figures`."""
    crossed: tuple[int, ...] = ()
    """Links from here to another row, best first; indices into `Comparison.links`."""
    crossed_quotes: tuple[int, ...] = ()
    """Quotes that are shared with another row; indices into `Comparison.quotes`."""
    names: bool = False
    """Whether a name stands here that is spelled in more than one way, or that one column alone has."""
    weight: float = 0.0
    """What a row that is only here adds, 0 to 1."""
    gap: bool = False
    """Whether an empty line comes before it: a paragraph begins, or rows were left out."""

    def signs(self, gap: int, width: int) -> tuple[RowMark, ...]:
        """What stands in each of the `width` cells of a gap.

        One sign, or where it parts mere neighbours of different kinds the sign of each, if there is room.
        """
        left, right = self.alone[gap], self.alone[gap + 1]
        if width > 2 and left != right and not {left, right} & {None, "none"}:
            assert left is not None
            assert right is not None
            return (left, right, *blank(width - 2))
        before = (width - 1) // 2
        return (*blank(before), self.gutters[gap], *blank(width - 1 - before))

    def holds(self, place: Place) -> bool:
        """Whether a place begins in one of its cells."""
        return any(
            cell is not None
            and cell.article == place.article
            and cell.span.start <= place.start < cell.span.end
            for cell in self.cells
        )

    @property
    def is_linked(self) -> bool:
        """Whether its cells belong together; otherwise they are only neighbours."""
        return bool(self.links or self.quotes)

    @property
    def link(self) -> int | None:
        """The best link inside the row."""
        return self.links[0] if self.links else None

    @property
    def word(self) -> str:
        """What the row is, in words."""
        return WORDS[self.mark]

    def glyph(self, ascii_only: bool = False) -> str:
        """What the row is, in one cell."""
        return (ASCII_GLYPHS if ascii_only else GLYPHS)[self.mark]


def blank(width: int) -> tuple[RowMark, ...]:
    """So many cells of a gap without a sign."""
    none: RowMark = "none"
    return (none,) * width


def cell_lines(cell: Cell, body: str, width: int) -> tuple[Line, ...]:
    """The lines of a cell at a width, with an empty line between paragraphs."""
    lines: list[Line] = []
    for piece in cell.pieces:
        if lines and piece.begins:
            lines.append(blank_after(lines[-1]))
        lines.extend(wrap_span(body, piece.span, piece.kind, piece.paragraph, width, is_first=piece.begins))
    return tuple(lines)


def heights(shown: Sequence[Row], bodies: Sequence[str], widths: Sequence[int]) -> tuple[int, ...]:
    """Lines of each row, its gap included, when its columns have these widths. `bodies` are the columns'."""
    return tuple(
        row.gap
        + max(
            (
                len(cell_lines(cell, body, width))
                for cell, body, width in zip(row.cells, bodies, widths, strict=True)
                if cell is not None
            ),
            default=0,
        )
        for row in shown
    )
