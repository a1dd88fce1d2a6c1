"""A window killed at any system call of its opening leaves a state that the next one opens whole."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.state import backups
from reader.state.store import Store
from tests.faults.injection import Faults, calls_of, faults
from tests.state.writing import LIBRARY

DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def opened(path: Path, day: int) -> Store:
    return Store.open(path, LIBRARY, clock=lambda: DAY + dt.timedelta(days=day))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file with one star that its newest backup has too; the next day one more is due."""
    path = tmp_path / "reader" / "state.db"
    with opened(path, 0) as store:
        store.marks.star(["old"])
    opened(path, 1).close()
    return path


def killed_at(number: int, work: Callable[[], object]) -> int:
    """Run the work in a child that kills itself at a system call; the signal that ended it, or 0."""

    def die(counter: Faults, name: str, about: object = None) -> None:
        counter.calls.append(name)
        if len(counter.calls) > number:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            with pytest.MonkeyPatch.context() as patch, faults():
                patch.setattr(Faults, "called", die)
                work()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def copies(path: Path, tmp_path: Path, day: int) -> list[Path]:
    """A copy of the state for each system call that its opening makes."""
    shutil.copytree(path.parent, tmp_path / "counted")
    count = calls_of(lambda: opened(tmp_path / "counted" / path.name, day).close())
    assert count > 15
    made = [tmp_path / str(number) / path.name for number in range(count)]
    for each in made:
        shutil.copytree(path.parent, each.parent)
    return made


def test_kill_at_any_call_of_an_opening_with_a_backup(path: Path, tmp_path: Path) -> None:
    for number, copy in enumerate(copies(path, tmp_path, 2)):
        assert killed_at(number, lambda copy=copy: opened(copy, 2)) == signal.SIGKILL  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        with opened(copy, 2) as store:
            assert store.notice is None, number
            assert store.marks.all().starred == {"old"}
        held = backups.backups(backups.folder_for(copy))
        assert len(held) == 3
        assert all(map(backups.is_whole, held))


def test_kill_at_any_call_of_a_restore(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"damaged")
    for number, copy in enumerate(copies(path, tmp_path, 1)):
        assert killed_at(number, lambda copy=copy: opened(copy, 1)) == signal.SIGKILL  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        with opened(copy, 1) as store:
            assert store.marks.all().starred == {"old"}, number
        assert [each.read_bytes() for each in copy.parent.glob("state.db.bad-*")] == [b"damaged"]


def test_kill_at_any_call_of_the_first_opening(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    count = calls_of(lambda: opened(tmp_path / "counted" / "reader" / "state.db", 0).close())
    for number in range(count):
        path = tmp_path / "made" / str(number) / "state.db"
        killed_at(number, lambda path=path: opened(path, 0))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        with opened(path, 0) as store:
            assert store.notice is None, number
            assert store.marks.star(["a"]) == "starred 1 article"
