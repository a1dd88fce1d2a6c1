"""Words with letters wrong: exactly those that comparing every word finds."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from reader.search.whoosh.edits import WordsByLength

from .conftest import invented_words

letters = st.text(alphabet="abcdé東", min_size=1, max_size=9)


def _scanned(word: str, words: list[str], max_edits: int) -> set[tuple[int, str, int]]:
    distances = [(index, other, OSA.distance(word, other)) for index, other in enumerate(words)]
    return {found for found in distances if found[2] <= max_edits}


@given(st.lists(letters, unique=True, max_size=60), letters, st.sampled_from([1, 2]))
def test_near_words_are_those_of_a_scan(words: list[str], word: str, max_edits: int) -> None:
    found = WordsByLength(map(str.encode, words)).near(word, max_edits)
    assert {tuple(near) for near in found} == _scanned(word, words, max_edits)


def test_misspelt_words_find_what_a_scan_finds() -> None:
    words = invented_words(3_000)
    by_length = WordsByLength(map(str.encode, words))
    chooser = random.Random(3)
    for number in range(300):
        edits = 1 + number % 2
        word = chooser.choice(words)
        for _ in range(edits):
            word = _with_an_error(word, chooser)
        found = list(by_length.near(word, edits))
        assert len(found) == len(set(found))
        assert {tuple(near) for near in found} == _scanned(word, words, edits)
        assert found


def _with_an_error(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(len(word))
    letter = chooser.choice("abdegiklmnorstu")
    return chooser.choice(
        [
            word[:at] + letter + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1 :] or letter,
            word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
        ]
    )
