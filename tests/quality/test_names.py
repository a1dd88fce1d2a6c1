"""Names of persons against hand-labelled groups, and spellings that must and must not join."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from reader.compare.names import cluster_names


def measure(eval_data: Path) -> dict[str, float]:
    """Pairwise F1 over the topics; spellings of one name joined, look-alikes joined."""
    folder = eval_data / "eval" / "compare"
    topics = json.loads((folder / "names.inputs.json").read_text(encoding="utf-8"))
    gold = json.loads((folder / "names.gold.json").read_text(encoding="utf-8"))
    hard = json.loads((folder / "names_hard.json").read_text(encoding="utf-8"))
    right = joined = wanted = 0
    for topic, written in topics.items():
        groups = cluster_names(written)
        for i, j in combinations(range(len(written)), 2):
            is_one, is_joined = gold[topic][i] == gold[topic][j], groups[i] == groups[j]
            right += is_one and is_joined
            joined += is_joined
            wanted += is_one
    return {
        "names F1": 2 * right / (joined + wanted),
        "names variants": sum(len(set(cluster_names(pair))) == 1 for pair in hard["same"]),
        "names look-alikes": sum(len(set(cluster_names(pair))) == 1 for pair in hard["different"]),
    }


@pytest.mark.data
def test_names_of_one_person_are_joined(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["names F1"] >= 0.81
    assert figures["names variants"] >= 22
    assert figures["names look-alikes"] <= 1
