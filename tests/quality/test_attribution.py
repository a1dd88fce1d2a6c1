"""Who is quoted, against hand-labelled attributions."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reader.compare.quotes import Quote, extract
from reader.model import Span

FEWEST_WORDS = 4
"""Shorter quoted spans are titles and scare quotes more often than speech."""
EDGE = 2
"""Code points by which a quote may stand out of the labelled content: its marks."""
TITLES = {"mr", "mrs", "ms"}


def paragraphs(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"\S.*\S|\S", text)]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def judged(
    quotes: tuple[Quote, ...], text: str, attribution: dict[str, list[dict[str, object]]]
) -> list[bool]:
    """For each quote inside one attribution's content, whether its speaker shares a word with the source."""
    source = words(" ".join(str(part["text"]) for part in attribution["source"]))
    spans = [span for part in attribution["content"] for span in part["spans"]]  # type: ignore[attr-defined]
    if not source:
        return []
    return [
        bool(source & (words(quote.speaker or "") - TITLES))
        for quote in quotes
        if len(quote.span.slice(text).split()) >= FEWEST_WORDS
        and any(quote.span.start >= start - EDGE and quote.span.end <= end + EDGE for start, end in spans)
    ]


def measure(eval_data: Path) -> dict[str, float]:
    """The share of quotes whose speaker, as written, shares a word with the labelled source."""
    results: list[bool] = []
    with (eval_data / "eval" / "attribution" / "polnear.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = article["text"]
            quotes = extract(text, paragraphs(text))
            for attribution in article["attributions"]:
                results.extend(judged(quotes, text, attribution))
    return {"attribution": sum(results) / len(results)}


@pytest.mark.data
def test_speakers_are_the_labelled_sources(eval_data: Path) -> None:
    assert measure(eval_data)["attribution"] >= 0.80
