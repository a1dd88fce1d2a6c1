"""Sharing out a terminal's width."""

from __future__ import annotations

import pytest

from reader.layout.grid import MAX_COLUMN, MIN_COLUMN, Grid, grid


def test_80_cells_are_39_and_2_and_39() -> None:
    assert grid(80, 2) == Grid(39, 2, 2)


def test_120_cells_are_58_and_3_and_58_and_the_minimap() -> None:
    assert grid(120, 2) == Grid(58, 3, 2)


def test_below_80_cells_nothing_stands_side_by_side() -> None:
    assert grid(79, 2) is None


def test_three_columns_fit_100_cells() -> None:
    assert grid(100, 3) == Grid(31, 3, 3)


def test_four_columns_do_not_fit_100_cells() -> None:
    assert grid(100, 4) is None


def test_beside_a_narrow_gutter_text_ends_one_cell_early() -> None:
    assert Grid(39, 2, 2).widths() == (38, 39)


@pytest.mark.parametrize("width", range(80, 400, 7))
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_columns_never_pass_the_terminal_or_the_limits(width: int, count: int) -> None:
    found = grid(width, count) or Grid(MIN_COLUMN, 0, 1)
    assert found.column * found.count + found.gutter * (found.count - 1) <= width
    assert MIN_COLUMN <= found.column <= MAX_COLUMN
