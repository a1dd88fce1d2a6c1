"""Texts that only an attacker or a broken file would hold cost no more a character than others."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from reader.compare import figures, names, quotes
from reader.model import Span

Extract = Callable[[str, list[Span]], object]
EXTRACTS: dict[str, Extract] = {
    "figures": figures.extract,
    "names": names.extract,
    "quotes": quotes.extract,
}
PIECES = {
    "digits and commas": "1,",
    "initials": "A. ",
    "opening marks": "“",
    "opening marks and words": "“a ",
    "straight marks": '"',
    "single marks": "‘a ",
    "one word": "w",
    "numbers": "1 ",
    "ranges": "1-",
    "number words": "two ",
    "capitals": "Of ",
    "brackets": "[",
}


GROWTH = 8.0
"""What four times the text may cost: linear is 4, quadratic 16, and a busy machine blurs both."""


def cost_s(extract: Extract, text: str) -> float:
    best = float("inf")
    for _ in range(4):
        start = time.process_time()
        extract(text, [Span(0, len(text))])
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
@pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS.keys())
def test_four_times_the_text_costs_about_four_times(extract: Extract, piece: str) -> None:
    text = piece * (12_000 // len(piece))
    # The constant keeps the noise of a busy machine out of texts that cost next to nothing.
    assert cost_s(extract, text * 4) <= GROWTH * cost_s(extract, text) + 0.02


def sharing_cost_s(body: str) -> float:
    spans = [Span(0, len(body))]
    found_quotes, found_names = quotes.extract(body, spans), names.extract(body, spans)
    found_figures = figures.extract(body, spans)
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        table = names.NameTable([found_names, found_names])
        quotes.shared([found_quotes, found_quotes], [body, body], table)
        figures.join([found_figures, found_figures], [body, body], [(0, spans[0], 1, spans[0])])
        names.join([found_names, found_names])
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            "“We will rebuild the old wall,” said Ann Bell on Friday after 14 died. ", id="one quote"
        ),
        pytest.param("It cost $5 million, 14 people and 17 ships on Friday. ", id="one figure"),
    ],
)
def test_a_text_that_repeats_itself_is_compared_in_linear_time(sentence: str) -> None:
    assert sharing_cost_s(sentence * 800) <= GROWTH * sharing_cost_s(sentence * 200) + 0.02
