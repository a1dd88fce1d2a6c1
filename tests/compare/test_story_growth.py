"""Grouping many articles: its work grows with their number, and copies are found among thousands."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from reader.compare.stories import StoryFeatures, features, group
from reader.compare.story_copies import Sketches
from reader.model import CancelToken
from tests.bench.corpus import documents

if TYPE_CHECKING:
    from _typeshed import TraceFunction


def steps(work: Callable[[], object]) -> int:
    """So many lines of Python run."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def many() -> list[StoryFeatures]:
    return [features(document.article) for document in documents(600, "short", None)]


def test_four_times_the_articles_take_little_more_than_four_times_the_steps(
    many: list[StoryFeatures],
) -> None:
    small, large = (steps(lambda: group(many[:size])) for size in (150, 600))  # noqa: B023
    assert large < 5.5 * small


def test_copies_are_found_among_thousands_of_sketches() -> None:
    chance = random.Random(7)
    sketches = Sketches()
    drawn = [sorted(chance.randrange(1 << 32) for _ in range(32)) for _ in range(2000)]
    drawn[1500] = sorted([*drawn[3][:20], *(chance.randrange(1 << 32) for _ in range(12))])
    drawn[1999] = sorted([*drawn[9][:9], *(chance.randrange(1 << 32) for _ in range(23))])
    for sketch in drawn:
        sketches.add(sketch)
    assert sketches.copies(range(2000), CancelToken()) == [(3, 1500)]


def test_what_is_copied_by_hundreds_is_one_story() -> None:
    (document,) = documents(1, "short", None)
    one = features(document.article)
    (story,) = group([replace(one, id=f"a/{number:03}") for number in range(150)])
    assert len(story.article_ids) == 150
