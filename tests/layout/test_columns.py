"""Rows as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.layout.columns import ColumnText, headers
from reader.layout.grid import grid
from reader.layout.row import heights
from reader.layout.rows import rows
from reader.layout.runs import Mark
from tests.conftest import make_article
from tests.layout.comparisons import compared, link, place

A = make_article("A", "All crossings are suspended until Friday, the company said.", id="a/1")
B = make_article("B", "日本語の新聞は、すべての便が欠航すると伝えた。", id="b/1")
PAIR = (A, B)
FOUND = compared(PAIR, links=(link(place(PAIR, 0, A.body), place(PAIR, 1, B.body)),))


def drawn(width: int) -> list[str]:
    arranged = grid(width, 2)
    assert arranged is not None
    text = ColumnText([A.body, B.body], [(), ()])
    return [line for row in rows(FOUND, PAIR) for line in text.beside(row, arranged)]


def test_wide_characters_tear_no_column() -> None:
    assert drawn(80) == [
        "All crossings are suspended until      ~ 日本語の新聞は、すべての便が欠航すると",
        "Friday, the company said.                伝えた。",
    ]


@given(st.integers(80, 200))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, drawn(width))) <= width


@settings(max_examples=30)
@given(st.integers(80, 200))
def test_as_many_lines_as_the_height_says(width: int) -> None:
    arranged = grid(width, 2)
    assert arranged is not None
    assert len(drawn(width)) == sum(heights(rows(FOUND, PAIR), [A.body, B.body], arranged.widths()))


def test_marks_are_painted() -> None:
    arranged = grid(80, 2)
    assert arranged is not None
    text = ColumnText(
        [A.body, B.body],
        [(Mark(0, 3, "shared"),), ()],
        paint=lambda text, names: f"<{text}>" if "shared" in names else text,
    )
    (row,) = rows(FOUND, PAIR)
    assert next(iter(text.beside(row, arranged))).startswith("<All> crossings are suspended until      ~")


@pytest.mark.parametrize("width", [12, 40, 79])
def test_below_each_other_every_cell_has_its_name(width: int) -> None:
    text = ColumnText([A.body, B.body], [(), ()])
    (row,) = rows(FOUND, PAIR)
    lines = list(text.below(row, ["Ledger", "新聞"], width))
    assert [line for line in lines if line.startswith("~")] == ["~ Ledger", "~ 新聞"]
    assert max(map(cell_len, lines)) <= width


def test_heads_stand_above_their_columns() -> None:
    arranged = grid(80, 2)
    assert arranged is not None
    assert headers(["Ledger", "Wire"], arranged) == "Ledger" + " " * 35 + "Wire"
