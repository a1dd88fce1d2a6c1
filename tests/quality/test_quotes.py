"""Quotes against the bank of altered and absent ones: found or not, and what was done to them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from reader.compare.quotes import text_segments
from reader.compare.quotes_match import Bank, Stream, match, stream
from reader.model import Span

ALTERED = {
    "curly": (),
    "elide": ("elided",),
    "trunc": ("shortened",),
    "bracket": ("bracketed",),
    "subst": ("words-changed",),
    "frag": ("shortened",),
}
"""What each generated alteration should be flagged as."""


def streamed(quote: str) -> Stream:
    return stream(text_segments(quote, Span(0, len(quote))))


def measure(eval_data: Path) -> dict[str, float]:
    """F1 of all and of fragments, share of false alarms, and of exact flag sets where the quote is there."""
    folder = eval_data / "eval" / "compare"
    inputs = json.loads((folder / "quotes.inputs.json").read_text(encoding="utf-8"))
    gold = json.loads((folder / "quotes.gold.json").read_text(encoding="utf-8"))
    bank = [streamed(quote) for quote in inputs["bank"]]
    index = Bank(bank)
    queries = [streamed(quote) for quote in inputs["queries"]]
    counts: Counter[str] = Counter()
    for query, (kind, place) in zip(queries, gold, strict=True):
        found = index.find(query)
        for group in ("all", kind):
            counts[f"{group} right"] += found >= 0 and found == place
            counts[f"{group} found"] += found >= 0
            counts[f"{group} there"] += place >= 0
        counts["absent"] += place < 0
        counts["false alarms"] += place < 0 <= found
        counts["exact"] += place >= 0 and match(query, bank[place]) == ALTERED[kind]
    figures = {
        f"quotes F1 {group}": 2
        * counts[f"{group} right"]
        / (counts[f"{group} found"] + counts[f"{group} there"])
        for group in ("all", "frag")
    }
    figures["quotes false alarms"] = counts["false alarms"] / counts["absent"]
    figures["quotes exact flags"] = counts["exact"] / counts["all there"]
    return figures


@pytest.mark.data
def test_altered_quotes_are_found_and_absent_ones_are_not(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["quotes F1 all"] >= 0.985
    assert figures["quotes F1 frag"] >= 0.93
    assert figures["quotes false alarms"] <= 0.01


@pytest.mark.data
def test_flags_name_the_alteration_and_nothing_else(eval_data: Path) -> None:
    assert measure(eval_data)["quotes exact flags"] >= 0.97
