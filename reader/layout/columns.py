"""Rows of a comparison as lines of text: side by side, or one under the other where that is too narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from reader.layout.cells import cells, fit, pad
from reader.layout.grid import Grid
from reader.layout.matrix import MatrixRow
from reader.layout.row import ASCII_GLYPHS, GLYPHS, Cell, Row, RowMark, blank, cell_lines
from reader.layout.runs import Mark, Marks, runs
from reader.layout.wrap import Line
from reader.model.comparison import Comparison

Paint = Callable[[str, tuple[str, ...]], str]
"""Gives a run of text the style of its marks; must not change what is read, nor its width."""

_INDENT = 2


def plain(text: str, names: tuple[str, ...]) -> str:  # noqa: ARG001 - the shape of `Paint`
    """No style at all."""
    return text


class ColumnText:
    """Draws rows with the bodies and marks of their columns."""

    def __init__(
        self,
        bodies: Sequence[str],
        marks: Sequence[Sequence[Mark]],
        *,
        paint: Paint = plain,
        ascii_only: bool = False,
    ) -> None:
        self._bodies = bodies
        self._marks = [Marks(column) for column in marks]
        self._paint = paint
        self._glyphs = ASCII_GLYPHS if ascii_only else GLYPHS

    def beside(self, row: Row, grid: Grid) -> Iterator[str]:
        """The lines of a row, columns side by side, without spaces at the end."""
        if row.gap:
            yield ""
        columns = [
            self._cell(column, cell, width)
            for column, (cell, width) in enumerate(zip(row.cells, grid.widths(), strict=True))
        ]
        for number, texts in enumerate(zip_longest(*columns, fillvalue=("", 0))):
            line = ""
            for column, (text, used) in enumerate(texts):
                line += text
                if column < len(texts) - 1:
                    signs = row.signs(column, grid.gutter) if number == 0 else blank(grid.gutter)
                    line += " " * (grid.column - used) + "".join(map(self._sign, signs))
            yield line.rstrip()

    def below(self, row: Row, names: Sequence[str], width: int) -> Iterator[str]:
        """The lines of a row, one column under the other, each with its source's name."""
        yield ""
        for column, cell in enumerate(row.cells):
            if cell is not None:
                glyph = self._glyphs[row.alone[column] or row.mark]
                head = f"{glyph} {names[column]}"
                yield self._paint(fit(head, width).rstrip(), ("head",))
                for text, _ in self._cell(column, cell, width - _INDENT):
                    yield (" " * _INDENT + text).rstrip()

    def _sign(self, mark: RowMark) -> str:
        return self._paint(self._glyphs[mark], (mark,)) if mark != "none" else " "

    def _cell(self, column: int, cell: Cell | None, width: int) -> list[tuple[str, int]]:
        """Painted lines of a cell and the cells they take."""
        if cell is None:
            return []
        return [
            (self._line(line, self._marks[column]), line.indent + cells(line.text))
            for line in cell_lines(cell, self._bodies[column], width)
        ]

    def _line(self, line: Line, marks: Marks) -> str:
        return " " * line.indent + "".join(
            self._paint(run.text, run.names) for run in runs(line, marks.on(line))
        )


def headers(texts: Sequence[str], grid: Grid) -> str:
    """Column heads above their columns, cut where they are too long."""
    heads = [pad(text, width) for text, width in zip(texts, grid.widths(), strict=True)]
    filled = [head + " " * (grid.column - cells(head) + grid.gutter) for head in heads]
    return "".join(filled).rstrip()


def matrix_lines(
    matrix: Sequence[MatrixRow], comparison: Comparison, width: int, *, ascii_only: bool = False
) -> Iterator[str]:
    """A claim a line: a glyph for each article under its number, then the claim's words."""
    count = len(comparison.articles)
    glyphs = ASCII_GLYPHS if ascii_only else GLYPHS
    cell = len(str(count)) + 1
    yield "".join(str(number).rjust(cell) for number in range(1, count + 1))
    for row in matrix:
        marks = "".join((" " if mark is None else glyphs[mark]).rjust(cell) for mark in row.marks)
        yield f"{marks}  {fit(' '.join(row.place.text.split()), max(width - count * cell - 2, 10))}".rstrip()
