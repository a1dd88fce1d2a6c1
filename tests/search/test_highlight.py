"""What is marked in a body for a query."""

from __future__ import annotations

import datetime as dt
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.query import Fuzzy, Not, Phrase, Prefix, Terms, Wildcard
from reader.search.analysis import tokens_with_offsets
from reader.search.highlight import highlights, marks
from reader.search.query_parser import parse
from reader.search.wanted import wanted

BODY = (
    "Zelenskyy was not invited. Volodymyr Zelenskiy’s office said the cease-fire talks in Washington failed."
    "\n\nTalking to be or not to be; the U.S. sent F-22 jets. Negotiations negotiated. Air Force One landed."
)


def _marked(typed: str, body: str = BODY) -> list[str]:
    query = parse(typed, today=dt.date(2025, 8, 20)).query
    return [span.slice(body) for span in highlights(query, body)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("talk", ["talks", "Talking"]),
        ("negotiate", ["Negotiations", "negotiated"]),
        ("zelensky", ["Zelenskyy", "Zelenskiy’s"]),
        ("=zelensky", []),
        ("=zelenskyy", ["Zelenskyy"]),
        ('"zelenskyy"', ["Zelenskyy"]),
        ("ceasefire", ["cease-fire"]),
        ("cease-fire", ["cease-fire"]),
        ("us", ["U.S"]),
        ("f22", ["F-22"]),
        ("F-22", ["F-22"]),
        ('"air force one"', ["Air Force One"]),
        ('"force air"', []),
        ('"air one"~1', ["Air", "One"]),
        ('"one air"~1', []),
        ('"to be or not to be"', ["to be or not to be"]),
        ('"to be"', ["to be", "to be"]),
        ("negotiat*", ["Negotiations", "negotiated"]),
        ("w*ngton", ["Washington"]),
        ("fa?led", ["failed"]),
        ("washingtom~", ["Washington"]),
        ("washingtom", []),
        ("landed -talks", ["landed"]),
        ("headline:landed", []),
        ("source:landed", []),
        ("landed AND (invited OR nothing)", ["invited", "landed"]),
        ("the of", []),
        ("", []),
    ],
)
def test_query_marks(typed: str, expected: list[str]) -> None:
    assert _marked(typed) == expected


def test_marks_count_code_points_of_the_original() -> None:
    assert _marked("cafe", "…Ünïted “cafe\u0301” 😀 CAFÉS") == ["cafe\u0301", "CAFÉS"]


def test_a_phrase_is_marked_across_a_line_break() -> None:
    assert _marked('"air base"', "an air\nbase in Alaska") == ["air\nbase"]


def test_each_mark_knows_its_part_of_the_query() -> None:
    assert [mark.part for mark in marks(Terms(("b1", "a1")), "a1 b1 a1")] == [1, 0, 1]


def test_spellings_are_marked_only_when_they_were_searched() -> None:
    assert highlights(Terms(("zelensky",)), BODY, matched=("zelenskiy",))[0].slice(BODY) == "Zelenskiy’s"


def test_excluded_words_are_not_marked() -> None:
    assert highlights(Not(Terms(("talks",))), BODY) == ()


@pytest.mark.parametrize(
    "query",
    [Terms(("ab", "a-b")), Phrase(("a", "b"), 3), Prefix("ab"), Wildcard("a*b*"), Fuzzy("aba")],
    ids=lambda query: type(query).__name__,
)
@given(body=st.text(alphabet="ab -.'é\u0301’東京", max_size=60))
def test_marks_are_sorted_and_disjoint(query: Terms | Phrase | Prefix | Wildcard | Fuzzy, body: str) -> None:
    spans = highlights(query, body)
    assert all(span.start < span.end <= len(body) for span in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def test_a_shape_full_of_stars_is_answered_at_once() -> None:
    begun = time.process_time()
    highlights(Wildcard("a*" * 31 + "b"), "a" * 64 + " " + "ab" * 30 + "a")
    assert time.process_time() - begun < 1


def test_a_million_characters_cost_less_than_a_second() -> None:
    body = "The summit talks on security guarantees ended without a deal, officials said on Friday. " * 12_000
    begun = time.process_time()
    highlights(parse('security "summit talks" guarant* dael~', today=dt.date(2025, 8, 20)).query, body)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    "typed", ["ab", "a-b", "ab*", "b?b", "us", "die", "a1.5", "東京", "京", "abab", "ababba"]
)
@given(body=st.text(alphabet="abdieyu1s5 -.,'é\u0301’東京_+", max_size=40))
def test_skimming_finds_what_reading_finds(typed: str, body: str) -> None:
    query = parse(typed, today=dt.date(2025, 8, 20)).query
    looked_for = wanted(query)
    found = set(marks(query, body))
    read = {
        (token.start, token.end)
        for token in tokens_with_offsets(body)
        if " " not in token.surface and looked_for.part_of(token.term, token.surface) >= 0
    }
    assert {(mark.start, mark.end) for mark in found} == read
