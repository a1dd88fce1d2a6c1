from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare.runs import COPIES, WORDING, Settings, equal_stretches, runs

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=60)


def test_a_run_reaches_as_far_as_the_words_are_equal() -> None:
    a = ["x", "y", "we", "said", "it", "would", "stand", "before", "the", "winter", "and", "so", "z"]
    b = ["we", "said", "it", "would", "stand", "before", "the", "winter", "and", "so", "q", "r"]
    (run,) = runs(a, b)
    assert (run.a_start, run.a_end, run.b_start, run.b_end, run.equal) == (2, 12, 0, 10, 10)


def test_small_gaps_join_two_stretches_into_one_run() -> None:
    a = ["one", "two", "three", "four", "five", "X", "six", "seven", "eight", "nine", "ten"]
    b = ["one", "two", "three", "four", "five", "Y", "Z", "six", "seven", "eight", "nine", "ten"]
    (run,) = runs(a, b)
    assert (run.a_end - run.a_start, run.b_end - run.b_start, run.equal) == (11, 12, 10)


@pytest.mark.parametrize("settings", [WORDING, COPIES], ids=["wording", "copies"])
def test_too_few_equal_words_are_no_run(settings: Settings) -> None:
    assert runs(["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e"], settings) == ()


@given(WORDS, WORDS)
def test_stretches_are_equal_and_inside_both(a: list[str], b: list[str]) -> None:
    for a_start, b_start, length in equal_stretches(a, b, 3):
        assert length >= 3
        assert a[a_start : a_start + length] == b[b_start : b_start + length]


def test_a_repeated_seed_starts_nothing() -> None:
    assert equal_stretches(["a"] * 500, ["a"] * 500, 4) == []
