"""The seven gold tasks, answered by `predict` and scored by the scorer that comes with the data."""

from __future__ import annotations

import json
import runpy
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.quality.predict import predict

FLOORS = {
    "verbatim plagdet": 0.97,
    "align F1": 0.70,
    "paraphrase_msrp acc": 0.745,
    "paraphrase_pan acc": 0.92,
    "cluster_basil F1": 0.96,
    "cluster_ecbplus F1": 0.90,
    "quotes all F1": 0.985,
    "quotes frag F1": 0.93,
    "sentences F1": 0.957,
    "names F1": 0.81,
}


@cache
def scores(eval_data: Path) -> dict[str, Any]:
    """What the scorer says of our answers, and on how many unrelated pairs we saw a copy."""
    folder = eval_data / "eval" / "compare"
    answers = predict(folder)
    scorer = runpy.run_path(str(folder / "score.py"))
    gold = {path.name.split(".")[0]: json.loads(path.read_text()) for path in folder.glob("*.gold.json")}
    answered = stored(answers)
    found: dict[str, Any] = scorer["main"](str(folder), str(answered))
    answered.unlink()
    unrelated = [pair for pair, cases in gold["verbatim"].items() if not cases]
    found["alarms"] = sum(bool(answers["verbatim"][pair]) for pair in unrelated)
    found["unrelated"] = len(unrelated)
    texts = json.loads((folder / "verbatim.inputs.json").read_text(encoding="utf-8"))
    found["share error"] = sum(
        abs(_part(gold["verbatim"][pair], text) - _part(answers["verbatim"][pair], text))
        for pair, (text, _) in texts.items()
    ) / len(texts)
    return found


def stored(answers: dict[str, Any]) -> Path:
    """A file that holds the answers, for the scorer to read."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False, encoding="utf-8") as file:
        json.dump(answers, file)
    return Path(file.name)


def _part(pieces: list[list[int]], text: str) -> float:
    covered = {at for start, length, *_ in pieces for at in range(start, start + length)}
    return len(covered) / max(1, len(text))


def measure(eval_data: Path) -> dict[str, float]:
    """Each floor's figure, granularity, alarms on unrelated pairs, error of the copied share."""
    found = scores(eval_data)
    figures: dict[str, float] = {}
    for name in FLOORS:
        *path, last = name.split(" ")
        value = found
        for step in path:
            value = value[step]
        figures[name] = float(value[last])
    figures["verbatim granularity"] = found["verbatim"]["granularity"]
    figures["verbatim alarms on unrelated pairs"] = found["alarms"]
    figures["verbatim share error"] = found["share error"]
    return figures


@pytest.mark.data
@pytest.mark.parametrize("name", FLOORS)
def test_a_task_reaches_its_floor(eval_data: Path, name: str) -> None:
    assert measure(eval_data)[name] >= FLOORS[name]


@pytest.mark.data
def test_copies_come_in_one_piece_and_only_where_there_are_any(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["verbatim granularity"] <= 1.02
    assert figures["verbatim alarms on unrelated pairs"] == 0
    assert figures["verbatim share error"] <= 0.002
