"""Measuring in cells."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.layout.cells import boundary, cells, fit, index_at, is_simple, pad

TEXT = st.text("ab é日語\u0301👩\u200d❤\ufe0f…", max_size=20).map(lambda text: f"a{text}")


def test_every_simple_character_is_one_cell() -> None:
    simple = [
        character for code in range(32, sys.maxunicode) if is_simple(character := chr(code)) and code != 0x7F
    ]
    assert {cell_len(character) for character in simple} == {1}


def test_a_text_that_fits_is_kept() -> None:
    assert fit("日本", 4) == "日本"


def test_a_cut_text_ends_in_an_ellipsis() -> None:
    assert fit("All crossings", 8) == "All cro…"


@given(TEXT, st.integers(0, 12))
def test_fitted_text_is_never_wider(text: str, width: int) -> None:
    assert cells(fit(text, width)) <= width


@given(TEXT, st.integers(1, 12))
def test_padded_text_is_exactly_as_wide(text: str, width: int) -> None:
    assert cells(pad(text, width)) == width


@given(TEXT, st.integers(0, 20))
def test_a_boundary_adds_up(text: str, index: int) -> None:
    at = boundary(text, min(index, len(text)))
    assert cell_len(text[:at]) + cell_len(text[at:]) == cell_len(text)


def test_index_at_a_cell_of_a_wide_character() -> None:
    assert [index_at("日本", cell) for cell in range(5)] == [0, 0, 1, 1, 2]
