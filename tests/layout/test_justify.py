"""Doubled spaces, and offsets in lines that have them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.layout.cells import cells
from reader.layout.justify import doubled, index_of, place_of


def _stretched(text: str, spaces: tuple[int, ...]) -> str:
    return "".join(letter * 2 if index in spaces else letter for index, letter in enumerate(text))


def test_a_line_is_filled_to_its_width() -> None:
    text = "the ferries lay in fog off the port"
    assert cells(_stretched(text, doubled(text, 39))) == 39


def test_a_line_that_would_have_rivers_stays_as_it_is() -> None:
    assert doubled("a b", 10) == ()


def test_a_full_line_stays_as_it_is() -> None:
    assert doubled("a b", 3) == ()


@given(st.text("ab ", max_size=40), st.integers(0, 50))
def test_every_space_is_doubled_at_most_once_and_none_outside(text: str, width: int) -> None:
    spaces = doubled(text, width)
    assert list(spaces) == sorted(set(spaces))
    assert all(text[space] == " " for space in spaces)


@given(st.text("ab ", max_size=40), st.integers(0, 50))
def test_places_and_code_points_correspond(text: str, width: int) -> None:
    spaces = doubled(text, width)
    stretched = _stretched(text, spaces)
    assert [index_of(place_of(index, spaces), spaces) for index in range(len(text))] == list(range(len(text)))
    assert all(stretched[place_of(index, spaces)] == letter for index, letter in enumerate(text))
