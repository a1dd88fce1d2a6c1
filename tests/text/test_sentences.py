from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.sentences import QUOTE_LIMIT, sentences


def split(text: str) -> list[str]:
    return [span.slice(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left. She stayed.", 2),
        ("They flew to the U.S. The trip was long.", 2),
        ("The U.S. Senate voted. It passed.", 2),
        ("Mr. J. R. Brown of St. Louis came.", 1),
        ("“Stop!” Trump had posted earlier.", 1),
        ("“Stop it.” Asked why, he left.", 2),
        ("“No. Never. Not us,” she said. He left.", 2),
        ("E! News carried it.", 1),
        ("Is it? It is!", 2),
        ("Wait… Then go.", 2),
        ("これは一文。これは二文。", 2),
        ("No capital follows. and so on", 1),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_number_of_sentences(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_long_quotation_is_split_even_where_the_sentence_goes_on() -> None:
    quotation = "“" + "We said so. " * (QUOTE_LIMIT // 12 + 2) + "Yes,” she said."
    assert len(split(quotation)) > 2


def test_only_the_given_part_is_split() -> None:
    text = "Not me. One here. Two here. Not me."
    assert [span.slice(text) for span in sentences(text, 8, 27)] == ["One here.", "Two here."]


@given(st.text(alphabet="aB1 .!?…“”\"'‘’()\n", max_size=200))
def test_sentences_hold_every_character_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(span.slice(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.data
def test_the_hard_cases_are_split_as_labelled(eval_data: Path) -> None:
    cases = json.loads((eval_data / "eval/compare/hard_sentences.json").read_text(encoding="utf-8"))
    assert [case["text"] for case in cases if split(case["text"]) != case["sentences"]] == []
