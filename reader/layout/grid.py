"""How a terminal's width is shared out among the columns of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

SIDE_BY_SIDE = 80
"""Cells from which two columns stand side by side; below, the rows stand one under the other."""
ROOMY = 100
"""Cells from which the gap between columns is three wide and a minimap has its cell."""
MIN_COLUMN = 30
"""Cells; three or four columns that would be narrower are for the matrix."""
MAX_COLUMN = 80
"""Cells; wider lines are hard to read."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of equal width with gutters between them."""

    column: int
    """Cells of one column."""
    gutter: int
    """Cells between two columns; the glyph stands there."""
    count: int
    """Columns."""

    @property
    def text_width(self) -> int:
        """Cells of a line of text: one less than the column, so that no word touches a sign behind it."""
        return self.column - 1

    def widths(self) -> tuple[int, ...]:
        """The width of the text in each column; the last one needs no distance to a glyph."""
        return (*[self.text_width] * (self.count - 1), self.column)


def grid(width: int, count: int) -> Grid | None:
    """Columns for a terminal `width`; `None` when so many do not fit side by side.

    80 cells are 39 + 2 + 39; 120 are 58 + 3 + 58 and one for the minimap.
    """
    if count < 1 or width < SIDE_BY_SIDE:
        return None
    gutter, map_width = (3, 1) if width >= ROOMY else (2, 0)
    column = min((width - map_width - gutter * (count - 1)) // count, MAX_COLUMN)
    return Grid(column, gutter, count) if column >= MIN_COLUMN else None
