"""Dates and times against hand-labelled news texts, and the conflicts of the demonstration stories."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from reader.compare.figures import FigureMention, extract
from reader.model import Span

GOLD = Path(__file__).parent / "gold" / "gum_dates.json"


def paragraphs(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"\S.*\S|\S", text)]


def labelled(eval_data: Path) -> list[tuple[str, list[Span]]]:
    """The texts that the labels were made on, each with its labelled spans."""
    source = eval_data / "data" / "gum_wikinews" / "public" / "articles.jsonl"
    with source.open(encoding="utf-8") as lines:
        texts = {article["id"]: article["text"] for article in map(json.loads, lines)}
    found = []
    for article in json.loads(GOLD.read_text(encoding="utf-8"))["articles"]:
        text = texts[article["id"]]
        assert hashlib.blake2b(text.encode(), digest_size=16).hexdigest() == article["digest"]
        found.append((text, [Span(start, end) for start, end, _ in article["spans"]]))
    return found


def measure(eval_data: Path) -> dict[str, float]:
    """Precision and recall of dates and times; a span counts when it overlaps its counterpart."""
    precise = found = recalled = wanted = exact = 0
    for text, gold in labelled(eval_data):
        mentions: list[FigureMention] = [
            mention for mention in extract(text, paragraphs(text)) if mention.kind in ("date", "time")
        ]
        precise += sum(any(mention.span.overlaps(span) for span in gold) for mention in mentions)
        found += len(mentions)
        recalled += sum(any(span.overlaps(mention.span) for mention in mentions) for span in gold)
        exact += sum(any(span == mention.span for mention in mentions) for span in gold)
        wanted += len(gold)
    return {
        "dates precision": precise / found,
        "dates recall": recalled / wanted,
        "dates exact spans": exact / wanted,
    }


@pytest.mark.data
def test_dates_and_times_are_found(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["dates precision"] >= 0.95
    assert figures["dates recall"] >= 0.85
