"""Several windows on one state file: nothing fails, nothing is lost, nothing is killed half-way."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.state.kept import Kept
from reader.state.store import Store
from reader.workspace.keeping import Keeping
from tests.conftest import ROOT
from tests.faults import app_window
from tests.state.windows import finished, window
from tests.state.writing import LIBRARY, actions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reader" / "state.db"


@pytest.mark.parametrize(
    "count", [pytest.param(40, marks=pytest.mark.quick), pytest.param(300, marks=pytest.mark.full)]
)
def test_three_writers_lose_nothing(path: Path, count: int) -> None:
    Store.open(path, LIBRARY).close()
    windows = [window("star", path, name, count) for name in "abc"]
    assert [finished(each) for each in windows] == ["done\n"] * 3
    with Store.open(path, LIBRARY) as store:
        assert store.notice is None
        assert store.marks.all().starred == {f"{name}/{number}" for name in "abc" for number in range(count)}
        # Read and written by every change, so a lost one would show.
        assert store.generation == 3 * count


def parts(kept: Kept, name: str) -> tuple[object, ...]:
    """What is kept of one window's articles, but for ids and times."""
    return (
        sorted((each.article_id, each.mark) for each in kept.marks if each.article_id.startswith(name)),
        sorted((each.text, each.places) for each in kept.notes if each.text.startswith(name)),
        sorted((each.name, each.query) for each in kept.searches if each.name.startswith(name)),
        [each.groups for each in kept.decisions if each.groups[0][0].startswith(name)],
    )


@pytest.mark.parametrize(
    "count", [pytest.param(50, marks=pytest.mark.quick), pytest.param(500, marks=pytest.mark.full)]
)
def test_two_windows_lose_no_action(path: Path, tmp_path: Path, count: int) -> None:
    Store.open(path, LIBRARY).close()
    both = [window("act", path, name, count, count) for name in ("left", "right")]
    effective = sum(int(finished(each)) for each in both)
    with Store.open(path, LIBRARY) as store:
        kept, generation = store.everything(), store.generation
    expected = []
    for name in ("left", "right"):
        with Store.open(tmp_path / name / "state.db", LIBRARY) as alone:
            for action in actions(alone, name, count, str(count)):
                action()
            expected.append(parts(alone.everything(), name))
    assert [parts(kept, name) for name in ("left", "right")] == expected
    assert generation == effective


@pytest.mark.parametrize(
    "count", [pytest.param(40, marks=pytest.mark.quick), pytest.param(500, marks=pytest.mark.full)]
)
@pytest.mark.timeout(900)
def test_two_windows_of_the_app_lose_no_change(tmp_path: Path, count: int) -> None:
    for name in ("left", "right"):
        for number in range(21):
            path = tmp_path / "articles" / name / f"{number:02}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name} {number}\n\nThe council of {name} met {number} times.")
    app_window.workspace(tmp_path).open()
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.app_window", str(tmp_path), name, str(count)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in ("left", "right")
    ]
    made = sum(int(finished(each, 600)) for each in both)
    library = app_window.workspace(tmp_path)
    kept, generation = library.keeping().store.everything(), library.keeping().store.generation
    library.close()
    expected = []
    for name in ("left", "right"):
        with Store.open(tmp_path / f"alone-{name}" / "state.db", LIBRARY) as alone:
            for action in app_window.actions(Keeping(alone, library.article), name, count):
                action()
            expected.append(parts(alone.everything(), name))
    assert [parts(kept, name) for name in ("left", "right")] == expected
    assert generation == made


def test_threads_of_one_window_lose_nothing(path: Path) -> None:
    def work(name: str) -> None:
        for number in range(25):
            store.marks.star([f"{name}/{number}"])
            assert f"{name}/{number}" in store.marks.all().starred

    with Store.open(path, LIBRARY) as store, ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, "abcd")) == [None] * 4
        assert len(store.marks.all().starred) == 100


def saved(kept: Kept) -> set[int]:
    """Numbers of the changes that are there; see `writing.one_of_three`."""
    return {
        *(int(each.article_id.split("/")[1]) for each in kept.marks),
        *(int(each.text.split()[1]) for each in kept.notes),
        *(int(each.name.split()[1]) for each in kept.searches),
    }


@pytest.mark.parametrize(
    "kills", [pytest.param(10, marks=pytest.mark.quick), pytest.param(200, marks=pytest.mark.full)]
)
@pytest.mark.timeout(1200)
def test_kill_loses_nothing_that_was_acknowledged(path: Path, kills: int) -> None:
    chance = random.Random(kills)
    acknowledged: set[int] = set()
    following = 0
    for _ in range(kills):
        process = window("acknowledge", path, following)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        for _ in range(chance.randint(0, 40)):
            acknowledged.add(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
        # Not what `communicate` gives: that leaves out the lines that were read ahead.
        # Not what `communicate` gives: that leaves out the lines that were read ahead.
        rest = process.stdout.read()
        process.communicate()
        # The last line may be cut; what was said whole was saved.
        acknowledged.update(int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n"))
        with Store.open(path, LIBRARY) as store:
            held = saved(store.everything())
            assert store.notice is None
            # At most the one change that was saved but not yet said.
            assert acknowledged <= held
            assert len(held - acknowledged) <= 1
            acknowledged |= held
        following = max(acknowledged, default=-1) + 1
