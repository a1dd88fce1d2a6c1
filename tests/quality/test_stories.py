"""Which articles tell one story: pairs of a news stream, reprints years apart, four books of one life."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reader.compare.stories import Neighbours, features, group
from tests.quality.predict import as_article


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure_pairs(eval_data: Path) -> dict[str, float]:
    """F1 over all pairs of articles of one story, with the window of days."""
    articles = rows(eval_data / "eval" / "stories" / "allsides.jsonl")
    story_of = {article["id"]: article["story_id"] for article in articles}
    right = joined = 0
    for story in group([features(as_article(article)) for article in articles]):
        sizes = Counter(story_of[article_id] for article_id in story.article_ids)
        joined += _pairs(len(story.article_ids))
        right += sum(map(_pairs, sizes.values()))
    wanted = sum(map(_pairs, Counter(story_of.values()).values()))
    return {
        "stories pair F1": 2 * right / (joined + wanted),
        "stories pair precision": right / joined,
        "stories pair recall": right / wanted,
    }


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def measure_reprints(eval_data: Path) -> dict[str, float]:
    """How many of the labelled reprints are in one story with their original."""
    folder = eval_data / "data" / "us_gov_cc0" / "public"
    articles = rows(folder / "articles.jsonl")
    home = {
        article_id: story.id
        for story in group([features(as_article(article)) for article in articles])
        for article_id in story.article_ids
    }
    labelled = [line.split("\t") for line in (folder / "pairs.tsv").read_text(encoding="utf-8").splitlines()]
    reprints = [(a, b) for _, a, b, kind in labelled[1:] if kind == "reprint"]
    together = sum(a in home and home[a] == home.get(b) for a, b in reprints)
    return {"reprints in one story": together, "reprints": len(reprints)}


def measure_gospels(eval_data: Path) -> dict[str, float]:
    """How often the nearest passage of the three other books tells the same."""
    articles = rows(eval_data / "data" / "gospels_kjv" / "public" / "articles.jsonl")
    near = Neighbours([features(as_article(article)) for article in articles])
    known = {article["id"]: (article["source"], article["story_id"]) for article in articles}
    right = 0
    for article in articles:
        others = [
            known[other][1]
            for other in near.nearest(article["id"], 60)
            if known[other][0] != article["source"]
        ]
        right += others[:1] == [article["story_id"]]
    return {"gospels nearest": right / len(articles)}


@cache
def measure(eval_data: Path) -> dict[str, float]:
    """All figures about stories that the seven tasks do not hold."""
    return {**measure_pairs(eval_data), **measure_reprints(eval_data), **measure_gospels(eval_data)}


@pytest.mark.data
def test_pairs_of_articles_are_in_one_story(eval_data: Path) -> None:
    assert measure(eval_data)["stories pair F1"] >= 0.70


@pytest.mark.data
def test_every_reprint_is_in_one_story(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["reprints in one story"] == figures["reprints"] > 0


@pytest.mark.data
def test_the_nearest_pericope_is_the_parallel_one(eval_data: Path) -> None:
    assert measure(eval_data)["gospels nearest"] >= 0.72
