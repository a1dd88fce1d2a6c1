from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare.paraphrase import likelihood, rarity_in

SENTENCES = [
    "The mayor opened the new bridge on Monday after four years of building.",
    "The new bridge was opened by the mayor on Monday, four years after building began.",
    "Train drivers walked out across the northern region.",
]


def test_a_reworded_sentence_is_likelier_than_another_one() -> None:
    rarity = rarity_in(SENTENCES)
    same, other = (likelihood(SENTENCES[0], sentence, rarity) for sentence in SENTENCES[1:])
    assert same > 0.5 > other


@pytest.mark.parametrize(("a", "b"), [("", ""), ("", "words"), ("…", "words")])
def test_without_words_nothing_is_said(a: str, b: str) -> None:
    assert likelihood(a, b, rarity_in([a, b])) == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_order_of_the_two_does_not_matter(a: str, b: str) -> None:
    rarity = rarity_in([a, b])
    assert likelihood(a, b, rarity) == pytest.approx(likelihood(b, a, rarity))
    assert 0 <= likelihood(a, b, rarity) <= 1
