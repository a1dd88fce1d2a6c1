"""What is said of the time that work will take."""

from __future__ import annotations

import pytest

from reader.model.progress import Pace


@pytest.mark.parametrize(
    ("elapsed_s", "done", "total", "said"),
    [
        (10.0, 100, 200, ", about 11 s left"),
        (10.0, 100, 1_400, ", about 2 min 11 s left"),
        (10.0, 1, 1_001, ", about 2 h 46 min left"),
    ],
    ids=["seconds", "minutes", "hours"],
)
def test_the_time_left_follows_from_the_steps_made(
    elapsed_s: float, done: int, total: int, said: str
) -> None:
    pace = Pace()
    pace.left("reading", 0, total, 0.0)
    assert pace.left("reading", done, total, elapsed_s) == said


def test_nothing_is_said_of_less_than_a_second() -> None:
    pace = Pace()
    pace.left("reading", 0, 200, 0.0)
    assert pace.left("reading", 100, 200, 0.9) == ""


def test_another_task_has_a_pace_of_its_own() -> None:
    pace = Pace()
    pace.left("reading", 0, 200, 0.0)
    assert pace.left("indexing", 100, 200, 60.0) == ""


def test_steps_of_an_earlier_run_do_not_count() -> None:
    pace = Pace()
    pace.left("reading", 100, 200, 0.0)
    assert pace.left("reading", 150, 200, 10.0) == ", about 11 s left"


def test_a_task_without_a_known_end_has_no_estimate() -> None:
    pace = Pace()
    pace.left("grouping", 0, 0, 0.0)
    assert pace.left("grouping", 5, 0, 10.0) == ""
