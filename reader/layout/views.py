"""Which rows of a comparison are shown, and what one of them is as far as one column is concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.layout.row import Row, View
from reader.model.comparison import Comparison, Place


def visible(all_rows: Sequence[Row], comparison: Comparison, view: View) -> tuple[Row, ...]:
    """The rows a view shows; an empty line stands where some were left out."""
    if view == "all":
        return tuple(all_rows)
    shown: list[Row] = []
    left_out = False
    for row in all_rows:
        if not _belongs(row, comparison, view):
            left_out = True
            continue
        gap = bool(shown) and (row.gap or left_out)
        shown.append(replace(row, gap=gap))
        left_out = False
    return tuple(shown)


def _belongs(row: Row, comparison: Comparison, view: View) -> bool:
    if view == "differences":
        flagged = any(comparison.quotes[quote].flags for quote in (*row.quotes, *row.crossed_quotes))
        elsewhere = any(comparison.links[link].differs for link in row.crossed)
        figures = any(comparison.figures[figure].state == "differs" for figure in row.figures)
        return row.mark == "differs" or "differs" in row.gutters or flagged or elsewhere or figures
    if view == "shared":
        return bool(row.links or row.quotes or row.crossed or row.crossed_quotes)
    if view == "quotes":
        return bool(row.quotes or row.crossed_quotes)
    if view == "figures":
        return bool(row.figures)
    if view == "names":
        return row.names
    return "only" in row.alone


def one_side(row: Row, column: int, comparison: Comparison) -> Row:
    """A row of mere neighbours as far as one column is concerned; any other row is given back whole."""
    cell, mark = row.cells[column], row.alone[column]
    if cell is None or mark is None or row.is_linked:
        return row

    def has(place: Place) -> bool:
        return place.article == cell.article and cell.span.start <= place.start < cell.span.end

    links, quotes, figures = comparison.links, comparison.quotes, comparison.figures
    return replace(
        row,
        cells=tuple(cell if at == column else None for at in range(len(row.cells))),
        alone=tuple(mark if at == column else None for at in range(len(row.cells))),
        mark=mark,
        crossed=tuple(index for index in row.crossed if has(links[index].a) or has(links[index].b)),
        crossed_quotes=tuple(
            index for index in row.crossed_quotes if any(has(there.place) for there in quotes[index].places)
        ),
        figures=tuple(
            index for index in row.figures if any(has(there.place) for there in figures[index].places)
        ),
    )


def row_at(shown: Sequence[Row], column: int, offset: int) -> int | None:
    """The index of the row that holds a code point of a column; `None` when no row shown does."""
    for index, row in enumerate(shown):
        cell = row.cells[column]
        if cell is not None and cell.span.start <= offset < cell.span.end:
            return index
    return None
