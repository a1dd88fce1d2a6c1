"""What words become in the index, and that highlighting sees exactly the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import (
    TextToken,
    index_terms,
    is_stop_word,
    phrase_terms,
    stem_of,
    surface,
    tokens_with_offsets,
    word_terms,
)

TRICKY = st.text(
    alphabet=st.sampled_from(list("abCEst 1290.,'’&+#-–—_\n\u00ad\u0301\u0306éßİиﬁ…東京ひｶﾞ한ᄒ😀")),
    max_size=60,
)


def _terms(text: str) -> set[bytes]:
    return set(index_terms(text).positions)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("F-22", b"f22"),
        ("F-22", b"22"),
        ("F22", b"f22"),
        ("U.S.", b"us"),
        ("the U.S.-led force", b"us"),
        ("AT&T", b"at&t"),
        ("C++ and C#", b"c++"),
        ("C++ and C#", b"c#"),
        ("1,234.5", b"1234.5"),
        ("O’Donoghue", b"odonoghu"),
        ("O'Donoghue", b"odonoghu"),
        ("NASA's", b"nasa"),
        ("café", b"cafe"),
        ("cafe\u0301", b"cafe"),
        ("cease-fire", b"ceasefir"),
        ("cease-fire", b"fire"),
        ("cease\u2011fire", b"ceasefir"),
        ("co\u00adoperate", b"cooper"),
        ("ﬁnance", b"financ"),
        ("東京都知事", "京都".encode()),
        ("й", "й".encode()),
        ("и\u0306", "й".encode()),
        ("negotiations", b"negoti"),
        ("snake_case", b"snake"),
        ("end.Next", b"next"),
    ],
)
def test_text_is_indexed_under(text: str, term: bytes) -> None:
    assert term in _terms(text)


def test_a_long_dash_parts_words() -> None:
    assert _terms("peace—however") == {b"peac", b"howev"}


def test_stop_words_are_not_indexed_but_keep_their_positions() -> None:
    assert index_terms("state of art").positions == {b"state": [0], b"art": [2]}


def test_runs_of_stop_words_are_indexed_as_pairs() -> None:
    assert index_terms("to be or").positions == {b"to be": [0], b"be or": [1]}


def test_positions_begin_at_the_base() -> None:
    assert index_terms("new talks", base=20).positions == {b"new": [20], b"talk": [21]}


def test_positions_used_count_stop_words() -> None:
    assert index_terms("the art of war").used == 4


def test_parts_of_a_compound_follow_each_other() -> None:
    assert index_terms("cease-fire talks").positions[b"talk"] == [2]


def test_a_type_number_takes_one_place() -> None:
    assert index_terms("F-22 jets").positions[b"jet"] == [1]


def test_surfaces_are_folded_but_not_stemmed() -> None:
    assert index_terms("Talks, TALKS and Müller's").surfaces == {"talks": 2, "muller": 1}


def test_words_are_cut_at_64_characters() -> None:
    assert _terms("x" * 1000) == {b"x" * 64}


def test_text_without_words_has_no_terms() -> None:
    assert index_terms("😀 — …").used == 0


@given(TRICKY)
def test_highlighting_sees_the_tokens_that_are_indexed(text: str) -> None:
    seen: dict[bytes, set[int]] = {}
    for token in tokens_with_offsets(text):
        seen.setdefault(token.term, set()).add(token.position)
    seen.pop(b"", None)
    assert seen == {term: set(places) for term, places in index_terms(text).positions.items()}


@given(TRICKY)
def test_positions_of_a_term_ascend(text: str) -> None:
    assert all(places == sorted(set(places)) for places in index_terms(text).positions.values())


@given(TRICKY)
def test_offsets_lie_in_the_text_and_hold_something(text: str) -> None:
    assert all(0 <= token.start < token.end <= len(text) for token in tokens_with_offsets(text))


@given(TRICKY)
def test_every_term_of_a_word_typed_alone_is_indexed(text: str) -> None:
    wanted = {term for place in word_terms(text) for term in place}
    assert wanted <= _terms(text)


def test_offsets_count_the_original_code_points() -> None:
    text = "Über cafe\u0301s"
    assert [text[t.start : t.end] for t in tokens_with_offsets(text)] == ["Über", "cafe\u0301s"]


def test_a_stop_word_token_has_an_empty_term() -> None:
    assert next(tokens_with_offsets("The")) == TextToken(b"", 0, 0, 3, "the")


def test_a_typed_type_number_is_one_place() -> None:
    assert word_terms("F-22") == ((b"f22",),)


def test_a_typed_compound_is_found_written_apart_or_together() -> None:
    assert word_terms("cease-fire") == ((b"ceas", b"ceasefir"), (b"fire", b"ceasefir"))


def test_a_typed_stop_word_names_nothing() -> None:
    assert word_terms("The") == ()


def test_a_phrase_keeps_the_places_of_stop_words_free() -> None:
    assert phrase_terms(["state", "of", "the", "art"]) == ((0, (b"state",)), (3, (b"art",)))


def test_a_phrase_of_stop_words_is_looked_for_by_pairs() -> None:
    assert phrase_terms(["it", "is", "the"]) == ((0, (b"it is",)), (1, (b"is the",)))


def test_a_phrase_with_a_type_number_counts_it_as_one_place() -> None:
    assert phrase_terms(["F-22", "jets"]) == ((0, (b"f22",)), (1, (b"jet",)))


def test_a_single_stop_word_as_a_phrase_looks_for_nothing() -> None:
    assert phrase_terms(["the"]) == ()


@pytest.mark.parametrize(("word", "expected"), [("The", True), ("it's", True), ("who", False), ("😀", True)])
def test_stop_words_are_told(word: str, expected: bool) -> None:
    assert is_stop_word(word) is expected


def test_the_stem_of_a_surface_is_its_index_term() -> None:
    assert stem_of("negotiations") == b"negoti"


def test_a_surface_drops_what_the_index_drops() -> None:
    assert surface("O’Dono") == "odono"
