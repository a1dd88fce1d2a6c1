"""Comparisons labelled by reading: what differs, what only one article says, where a claim stands again.

The labels hold ids, digests and offsets, never a text. Articles whose text has changed since are left out.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from reader.compare.analysis import Analysis, analyse
from reader.compare.engine import compare
from reader.compare.trace import trace
from reader.library.parse import parse
from reader.model import Article, Span
from reader.model.comparison import Comparison, FigurePlace
from tests.conftest import ROOT, make_article

GOLD = Path(__file__).parent / "gold" / "comparisons.json"
DEPTH = 10
"""Hits of a trace that are looked at."""

Pair = tuple[Span, Span]


@dataclass(frozen=True)
class Labels:
    """The gold file with the analyses of its articles; `None` for a text that is not there any more."""

    gold: dict[str, Any]
    analyses: tuple[Analysis | None, ...]

    def comparisons(self) -> Iterator[tuple[dict[str, Any], Comparison]]:
        """Each labelled comparison whose two texts are there, with what the engine makes of them."""
        for labelled in self.gold["comparisons"]:
            a, b = self.analyses[labelled["a"]], self.analyses[labelled["b"]]
            if a is not None and b is not None:
                yield labelled, compare([a, b])


def sample(article_id: str) -> Article | None:
    for suffix in (".txt", ".md"):
        path = ROOT / "articles" / f"{article_id}{suffix}"
        if path.is_file():
            found = parse(path.read_bytes(), f"{article_id}{suffix}", None)
            return found if isinstance(found, Article) else None
    return None


@cache
def labels(eval_data: Path) -> Labels:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    with (eval_data / "eval" / "stories" / "allsides.jsonl").open(encoding="utf-8") as lines:
        stories = {article["id"]: article for article in map(json.loads, lines)}
    analyses: list[Analysis | None] = []
    for entry in gold["articles"]:
        found: Article | None
        if entry["library"] == "sample":
            found = sample(entry["id"])
            digest = found.digest if found else ""
        else:
            story = stories[entry["id"]]
            found = make_article(story["title"], story["text"], source=story["source"], id=entry["id"])
            digest = hashlib.blake2b(story["text"].encode(), digest_size=16).hexdigest()
        analyses.append(analyse(found) if found is not None and digest == entry["digest"] else None)
    return Labels(gold, tuple(analyses))


def found_differences(comparison: Comparison) -> set[Pair]:
    """Every pair of spans that a link or a figure says to differ."""
    pairs = {
        (Span(difference.a.start, difference.a.end), Span(difference.b.start, difference.b.end))
        for link in comparison.links
        for difference in link.differs
    }
    for figure in comparison.figures:
        if figure.state == "differs":
            sides: list[list[FigurePlace]] = [[], []]
            for figure_place in figure.places:
                sides[figure_place.place.article].append(figure_place)
            pairs.update(
                (Span(x.place.start, x.place.end), Span(y.place.start, y.place.end))
                for x, y in product(*sides)
                if x.value != y.value
            )
    return pairs


def overlaps(one: Pair, other: Pair) -> bool:
    return one[0].overlaps(other[0]) and one[1].overlaps(other[1])


def covers(span: Span, other: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = min(span.end, other.end) - max(span.start, other.start)
    return 2 * shared >= min(span.end - span.start, other.end - other.start)


def spans(places: Sequence[Sequence[int]]) -> list[Span]:
    return [Span(start, end) for start, end in places]


def count_differences(labelled: dict[str, Any], comparison: Comparison, counts: Counter[str]) -> None:
    gold = [(Span(a, b), Span(c, d)) for _, a, b, c, d in labelled["differences"]]
    found = found_differences(comparison)
    counts["differences found"] += len(found)
    counts["differences right"] += sum(any(overlaps(pair, known) for known in gold) for pair in found)
    counts["differences labelled"] += len(gold)
    counts["differences recalled"] += sum(any(overlaps(pair, known) for pair in found) for known in gold)


def count_only(labelled: dict[str, Any], comparison: Comparison, counts: Counter[str]) -> None:
    for article, key in enumerate(("only_a", "only_b")):
        gold, either = spans(labelled[key]["only"]), spans(labelled[key]["either"])
        own = [only.place for only in comparison.only if only.place.article == article]
        found = [Span(place.start, place.end) for place in own]
        found = [span for span in found if not any(covers(span, other) for other in either)]
        counts["only found"] += len(found)
        counts["only right"] += sum(any(covers(span, known) for known in gold) for span in found)
        counts["only labelled"] += len(gold)
        counts["only recalled"] += sum(any(covers(span, known) for span in found) for known in gold)


def count_trace(known: Labels, counts: Counter[str]) -> None:
    there = [analysis for analysis in known.analyses if analysis is not None]
    for labelled in known.gold["trace"]:
        number, start, end = labelled["query"]
        origin = known.analyses[number]
        if origin is None or any(known.analyses[place[0]] is None for place in labelled["hits"]):
            continue
        gold = [(known.gold["articles"][n]["id"], Span(a, b)) for n, a, b in labelled["hits"]]
        hits = trace(origin.body[start:end], there, origin=origin.info.id).hits[:DEPTH]
        found = [(hit.article_id, Span(hit.start, hit.end)) for hit in hits]
        counts["trace found"] += len(found)
        counts["trace right"] += sum(any(i == j and covers(x, y) for j, y in gold) for i, x in found)
        counts["trace labelled"] += len(gold)
        counts["trace recalled"] += sum(any(i == j and covers(x, y) for j, y in found) for i, x in gold)


def measure(eval_data: Path) -> dict[str, float]:
    """Precision and recall of differences, only-here and trace (at ten hits) on the labelled comparisons."""
    known = labels(eval_data)
    counts: Counter[str] = Counter()
    for labelled, comparison in known.comparisons():
        counts["comparisons"] += 1
        count_differences(labelled, comparison, counts)
        count_only(labelled, comparison, counts)
    count_trace(known, counts)
    figures = {"comparisons": float(counts["comparisons"])}
    for what in ("differences", "only", "trace"):
        figures[f"{what} precision"] = counts[f"{what} right"] / max(1, counts[f"{what} found"])
        figures[f"{what} recall"] = counts[f"{what} recalled"] / max(1, counts[f"{what} labelled"])
    return figures


@pytest.mark.data
def test_the_labelled_texts_are_still_there(eval_data: Path) -> None:
    assert measure(eval_data)["comparisons"] >= 12


@pytest.mark.data
def test_what_is_found_agrees_with_the_labels(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["differences precision"] >= 0.70
    assert figures["differences recall"] >= 0.35
    assert figures["only precision"] >= 0.75
    assert figures["only recall"] >= 0.70
    assert figures["trace precision"] >= 0.50
    assert figures["trace recall"] >= 0.70
