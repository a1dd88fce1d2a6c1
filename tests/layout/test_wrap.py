"""Wrapping: widths, breaks, and offsets that survive them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.layout.wrap import Line, cells_of, line_at, offset_at, wrap
from reader.layout.wrapped import Wrapped
from reader.model import Paragraph, Span
from tests.conftest import make_article

PIECES = st.sampled_from(
    [
        "word",
        "a",
        "co-op",
        "—",
        "日本語",
        "。",
        "「",
        "é",
        "e\u0301",
        "👨‍👩‍👧",
        "❤️",
        "“quoted”",
        "x" * 50,
        "שלום",
        "\u200b",
        "1.",
    ]
)
TEXTS = st.lists(st.lists(PIECES, min_size=1, max_size=12), min_size=1, max_size=6).map(
    lambda paragraphs: "\n\n".join(" ".join(words) for words in paragraphs)
)
WIDTHS = st.integers(2, 60)


def lines_of(body: str, width: int) -> tuple[Line, ...]:
    return wrap(body, make_article(None, body).paragraphs, width)


def shown(body: str, width: int) -> list[str]:
    return [line.text for line in lines_of(body, width)]


def test_breaks_at_spaces() -> None:
    assert shown("All crossings are suspended until Friday.", 16) == [
        "All crossings",
        "are suspended",
        "until Friday.",
    ]


def test_a_word_that_just_fits_stays_on_its_line() -> None:
    assert shown("one two", 7) == ["one two"]


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    assert shown("One.\n\nTwo.", 20) == ["One.", "", "Two."]


def test_single_newlines_join() -> None:
    assert shown("One line\nand its end.", 40) == ["One line and its end."]


def test_a_long_word_is_cut() -> None:
    assert shown("a " + "x" * 12, 5) == ["a", "xxxxx", "xxxxx", "xx"]


def test_breaks_after_a_dash_between_letters() -> None:
    assert shown("a so-called deal", 6) == ["a so-", "called", "deal"]


def test_does_not_break_a_code_such_as_f_22() -> None:
    assert shown("an F-22 jet", 5) == ["an", "F-22", "jet"]


def test_ideographs_break_anywhere() -> None:
    assert shown("日本語の新聞", 4) == ["日本", "語の", "新聞"]


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert shown("日本語。", 6) == ["日本", "語。"]


def test_combining_marks_stay_with_their_letter() -> None:
    assert shown("e\u0301" * 4, 2) == ["e\u0301e\u0301", "e\u0301e\u0301"]


def test_joined_emoji_are_one_character() -> None:
    family = "👨‍👩‍👧"
    assert shown(family * 3, 4) == [family * 2, family]


def test_a_list_item_hangs() -> None:
    lines = lines_of("- one two three four five", 20)
    assert [(line.indent, line.text) for line in lines] == [(0, "- one two three four"), (2, "five")]


def test_nothing_to_show_is_no_line() -> None:
    assert lines_of("", 20) == ()


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_asked(body: str, width: int) -> None:
    assert max(line.indent + cell_len(line.text) for line in lines_of(body, width)) <= width


@given(TEXTS, WIDTHS)
def test_lines_show_their_span(body: str, width: int) -> None:
    assert [line.text for line in lines_of(body, width)] == [
        re.sub(r"\s", " ", body[line.start : line.end]) for line in lines_of(body, width)
    ]


@given(TEXTS, WIDTHS)
def test_every_word_character_is_shown_once_in_order(body: str, width: int) -> None:
    joined = "".join(line.text for line in lines_of(body, width))
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", body)


@given(TEXTS, WIDTHS, st.data())
def test_a_shown_code_point_is_on_its_line(body: str, width: int, data: st.DataObject) -> None:
    lines = lines_of(body, width)
    line = data.draw(st.sampled_from([line for line in lines if not line.is_blank]))
    offset = data.draw(st.integers(line.start, line.end - 1))
    assert lines[line_at(lines, offset)] is line


def test_white_space_at_a_break_belongs_to_the_line_before() -> None:
    lines = lines_of("One.\n\nTwo.", 20)
    assert line_at(lines, 5) == 0


def test_cells_of_counts_wide_characters() -> None:
    line = lines_of("日本 abc", 20)[0]
    assert cells_of(line, Span(1, 5)) == (2, 7)


def test_cells_of_a_span_elsewhere_is_none() -> None:
    line = lines_of("One.\n\nTwo.", 20)[0]
    assert cells_of(line, Span(6, 9)) is None


def test_cells_of_cuts_a_span_at_the_line() -> None:
    first, second = lines_of("one two", 4)
    assert [cells_of(first, Span(0, 7)), cells_of(second, Span(0, 7))] == [(0, 3), (0, 3)]


@pytest.mark.parametrize(("cell", "offset"), [(0, 0), (1, 0), (2, 1), (4, 2), (99, 6)])
def test_offset_at_finds_the_character_in_a_cell(cell: int, offset: int) -> None:
    assert offset_at(lines_of("日本 abc", 20)[0], cell) == offset


@given(TEXTS, WIDTHS)
def test_wrapping_on_demand_gives_the_same_lines(body: str, width: int) -> None:
    paragraphs = make_article(None, body).paragraphs
    assert Wrapped(body, paragraphs, width).lines() == wrap(body, paragraphs, width)


LONG = "\n\n".join(
    f"Paragraph {number} " + "says a little more than the last " * (number % 7) + "so."
    for number in range(4000)
)


def long_article() -> Wrapped:
    return Wrapped(LONG, make_article(None, LONG).paragraphs, 60)


def test_a_long_body_is_not_wrapped_when_opened() -> None:
    assert not long_article().is_exact


def test_the_estimate_is_near_the_truth() -> None:
    wrapped = long_article()
    estimate = wrapped.height
    assert estimate == pytest.approx(len(wrapped.lines()), rel=0.15)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 8000), st.integers(0, 8000))
def test_settling_keeps_what_a_view_shows(first: int, second: int) -> None:
    wrapped = long_article()
    first += wrapped.settle(first, 40)
    before = wrapped.line(first)
    wrapped.settle(second, 40)
    assert wrapped.line(wrapped.number_of(before.start)).end == before.end


def test_scrolling_up_into_estimated_text_keeps_the_view() -> None:
    wrapped = long_article()
    top = wrapped.height // 2
    top += wrapped.settle(top, 40)
    seen = wrapped.line(top)
    for _ in range(100):
        top -= 20
        there = wrapped.line(top)
        top += wrapped.settle(top, 40)
        assert wrapped.line(top) == there
    assert wrapped.line(wrapped.number_of(seen.start)) == seen


def test_a_line_is_found_by_offset() -> None:
    wrapped = long_article()
    offset = LONG.index("Paragraph 3000 ")
    assert wrapped.line(wrapped.number_of(offset)).text.startswith("Paragraph 3000")


def test_one_giant_paragraph_is_cut_at_spaces() -> None:
    body = "some words " * 10_000
    wrapped = Wrapped(body.strip(), (Paragraph(Span(0, len(body) - 1), "body"),), 60)
    assert {word for line in wrapped.lines() for word in line.text.split()} == {"some", "words"}


def test_an_empty_body_has_no_lines() -> None:
    assert Wrapped("", (), 60).height == 0
