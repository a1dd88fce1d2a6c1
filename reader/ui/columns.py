"""Where the columns of a comparison stand on a screen, one under the other when they do not fit."""

from __future__ import annotations

from dataclasses import dataclass

from reader.layout.grid import MAX_COLUMN, MIN_COLUMN, ROOMY, grid
from reader.layout.row import MAX_COLUMNS

COMFORTABLE = 44
"""Cells of a column below which a third or fourth is not shown unasked."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of equal width and the gutters between them."""

    count: int
    """How many."""
    width: int
    """Cells of one column."""
    text_width: int
    """Cells of a line of text: one less, so that no word touches a sign or the minimap behind it."""
    gutter: int
    """Cells between two columns."""
    left: int
    """Cells before the first."""
    stacked: bool = False
    """Whether the cells of a row stand one under the other."""

    @property
    def starts(self) -> tuple[int, ...]:
        """The first cell of each column, where they stand side by side."""
        return tuple(self.left + number * (self.width + self.gutter) for number in range(self.count))

    def at(self, cell: int) -> int:
        """The column nearest to a cell."""
        if self.stacked:
            return 0
        return min(max((cell - self.left) // (self.width + self.gutter), 0), self.count - 1)


def columns_for(count: int, cells: int) -> Columns:
    """The columns for so many articles on a screen so many cells wide, the minimap's cell among them."""
    shared = grid(cells, count)
    if shared is None:
        width = min(max(cells - 3, 2), MAX_COLUMN)
        return Columns(count, width, width - 1, 2, 0, stacked=True)
    used = shared.column * count + shared.gutter * (count - 1)
    room = cells - (cells >= ROOMY) - used
    return Columns(count, shared.column, shared.text_width, shared.gutter, room // 2)


def most_columns(articles: int, cells: int) -> int:
    """How many articles stand side by side unasked: two to four, as many as are comfortable."""
    return min(articles, MAX_COLUMNS, max(2, (cells + 3) // (max(COMFORTABLE, MIN_COLUMN) + 3)))
