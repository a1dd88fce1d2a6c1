"""A state file in a private folder, and a clock that tests set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.state.store import Store


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **delta: int) -> None:
        self.now += dt.timedelta(**delta)


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reader" / "state.db"


@pytest.fixture
def store(path: Path, clock: Hands) -> Iterator[Store]:
    with Store.open(path, "library one", clock=clock) as opened:
        yield opened
