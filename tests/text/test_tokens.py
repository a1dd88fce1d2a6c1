from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.tokens import STOP_WORDS, Token, stem, tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks began.", ["the", "talks", "began"]),
        ("at 3:30 p.m. ET", ["at", "3:30", "pm", "et"]),
        ("1,200 people, 3.5 percent.", ["1,200", "people", "3.5", "percent"]),
        ("U.S.-backed, US-backed", ["us", "backed", "us", "backed"]),
        ("don’t / don't", ["don't", "don't"]),
        ("end.Next one,two", ["end", "next", "one", "two"]),
        ("_marked_ ____", ["marked"]),
        ("iPhone手机x", ["iphone", "手", "机", "x"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("so\u00adft", ["soft"]),
        ("", []),
    ],
)
def test_text_becomes_folded_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_offsets_count_code_points_of_the_original() -> None:
    assert tokens("😀 Straße ﬁn") == [Token("strasse", 2, 8), Token("fin", 9, 11)]


def test_only_the_given_part_is_read() -> None:
    assert tokens("one two three", 4, 7) == [Token("two", 4, 7)]


@given(st.text())
def test_tokens_are_sorted_disjoint_and_not_empty(text: str) -> None:
    found = tokens(text)
    edges = [edge for token in found for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(token.text and token.start < token.end <= len(text) for token in found)


@pytest.mark.parametrize("word", ["was", "bus", "class", "string", "1,200", "手"])
def test_stem_keeps_what_is_no_ending(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("guarantee", "guarantees"),
        ("war", "war's"),
        ("stop", "stopping"),
        ("make", "making"),
        ("city", "cities"),
        ("negotiate", "negotiating"),
        ("ukraine", "ukrainian"),
        ("house", "houses"),
        ("agreed", "agreement"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.text(alphabet="abcdeginrsty'", min_size=1, max_size=12))
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)


def test_stop_words_carry_no_content() -> None:
    assert {"the", "of", "and"} <= STOP_WORDS
    assert not STOP_WORDS & {"war", "us", "possible"}
