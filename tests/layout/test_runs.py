"""Marks to runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.layout.runs import Mark, Marks, Run, runs
from reader.layout.wrap import Line

TEXT = st.text("ab é日\u0301👩\u200d", max_size=30).map(lambda text: f"a{text}")
NAMES = st.sampled_from(["hit", "shared", "quote"])
MARKS = st.lists(
    st.builds(
        lambda start, size, name: Mark(start, start + size, name),
        st.integers(0, 30),
        st.integers(0, 20),
        NAMES,
    )
)


def line(text: str, start: int = 0) -> Line:
    return Line(start, start + len(text), text, "body", 0)


def test_a_line_without_marks_is_one_run() -> None:
    assert runs(line("plain"), []) == (Run("plain", ()),)


def test_an_empty_line_has_no_runs() -> None:
    assert runs(line(""), [Mark(0, 3, "hit")]) == ()


def test_overlapping_marks_are_flattened() -> None:
    marks = [Mark(0, 4, "shared"), Mark(2, 6, "hit")]
    assert runs(line("abcdefgh"), marks) == (
        Run("ab", ("shared",)),
        Run("cd", ("shared", "hit")),
        Run("ef", ("hit",)),
        Run("gh", ()),
    )


def test_marks_beyond_the_line_are_cut() -> None:
    assert runs(line("abc", start=10), [Mark(0, 12, "hit")]) == (Run("ab", ("hit",)), Run("c", ()))


def test_a_mark_does_not_part_a_joined_emoji() -> None:
    family = "👨‍👩‍👧"
    assert runs(line(family + "x"), [Mark(0, 1, "hit")]) == (Run(family, ("hit",)), Run("x", ()))


def test_the_same_mark_twice_is_one_name() -> None:
    assert runs(line("abc"), [Mark(0, 3, "hit"), Mark(0, 3, "hit")]) == (Run("abc", ("hit",)),)


@given(TEXT, MARKS)
def test_runs_join_to_the_line(text: str, marks: list[Mark]) -> None:
    assert "".join(run.text for run in runs(line(text), marks)) == text


@given(TEXT, MARKS)
def test_widths_of_runs_add_up(text: str, marks: list[Mark]) -> None:
    assert sum(cell_len(run.text) for run in runs(line(text), marks)) == cell_len(text)


@given(MARKS, st.integers(0, 30), st.integers(1, 10))
def test_marks_are_found_for_a_line(marks: list[Mark], start: int, size: int) -> None:
    wanted = {
        mark for mark in marks if mark.start < start + size and mark.end > start and mark.start < mark.end
    }
    assert set(Marks(marks).on(line("x" * size, start))) == wanted
