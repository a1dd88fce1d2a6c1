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


def cost_s(extract: Extract, text: str) -> float:
    best = float("inf")
    for _ in range(4):
        start = time.process_time()
        extract(text, [Span(0, len(text))])
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
@pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS.keys())
def test_twice_the_text_costs_about_twice(extract: Extract, piece: str) -> None:
    text = piece * (12_000 // len(piece))
    # The constant keeps the noise of a busy machine out of texts that cost next to nothing.
    assert cost_s(extract, text * 4) <= 2.3 * 2.3 * cost_s(extract, text) + 0.02
