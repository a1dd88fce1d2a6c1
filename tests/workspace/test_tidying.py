"""The index is merged in idle moments, and whoever wants to search or write goes first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.config import Settings
from reader.model import CancelToken
from reader.model.errors import Cancelled
from reader.search.whoosh import commit
from reader.search.whoosh.backend import WhooshBackend
from reader.search.whoosh.commit import MANY_SEGMENTS, WANTED_NAME, write_lock
from reader.workspace.tidying import IDLE_S, PAUSE_S, Tidier
from reader.workspace.workspace import Workspace
from tests.conftest import make_article


class Clock:
    """Time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _opened(chosen: Settings) -> WhooshBackend:
    return WhooshBackend.open(chosen.index, chosen.articles, chosen.state / "index.key")


def _scattered(chosen: Settings) -> WhooshBackend:
    """An index of one segment more than stays as it is."""
    backend = _opened(chosen)
    for number in range(MANY_SEGMENTS + 1):
        backend.write([make_article(f"Summit {number}", "Peace talks.", id=f"a/{number}")])
    return backend


def _tidier(chosen: Settings, backend: WhooshBackend, clock: Clock, *, may_fork: bool = False) -> Tidier:
    return Tidier(chosen, lambda: backend, may_fork=may_fork, clock=clock)


def test_merging_is_due_when_idle_and_in_many_segments(chosen: Settings) -> None:
    backend = _opened(chosen)
    tidier = _tidier(chosen, backend, Clock())
    assert not tidier.is_due(IDLE_S)
    for number in range(MANY_SEGMENTS):
        backend.write([make_article(f"Summit {number}", "Peace.", id=f"a/{number}")])
        assert not tidier.is_due(IDLE_S)
    backend.write([make_article("Summit", "Peace.", id="a/last")])
    assert tidier.is_due(IDLE_S)
    assert not tidier.is_due(IDLE_S - 1)
    assert not Tidier(chosen, lambda: None, may_fork=False).is_due(IDLE_S)
    backend.close()


@pytest.mark.parametrize(("gone", "is_due"), [(0, False), (7, False), (8, True)])
def test_merging_is_due_when_a_fifth_is_deleted(chosen: Settings, gone: int, is_due: bool) -> None:
    backend = _opened(chosen)
    backend.write(make_article(f"Summit {number}", "Peace.", id=f"a/{number:02}") for number in range(40))
    # One by one, so that no write of its own finds the segment worth writing anew.
    for number in range(gone):
        backend.write([], delete=[f"a/{number:02}"])
    tidier = _tidier(chosen, backend, Clock())
    assert tidier.is_due(IDLE_S) == is_due
    if is_due:
        assert tidier.tidy()
        assert (backend.count, backend.verify().segments, tidier.is_due(IDLE_S)) == (32, 1, False)
    backend.close()


@pytest.mark.parametrize("may_fork", [False, True], ids=["here", "in a child"])
def test_merging_makes_one_segment_and_keeps_every_article(chosen: Settings, may_fork: bool) -> None:
    backend = _scattered(chosen)
    before = dict(backend.digests())
    tidier = _tidier(chosen, backend, Clock(), may_fork=may_fork)
    assert tidier.tidy()
    health = backend.verify()
    assert (health.ok, health.segments, dict(backend.digests())) == (True, 1, before)
    assert not tidier.is_due(IDLE_S)
    assert not tidier.tidy()
    backend.close()


def test_another_window_that_writes_is_not_waited_for(chosen: Settings) -> None:
    backend, clock = _scattered(chosen), Clock()
    tidier = _tidier(chosen, backend, clock)
    with write_lock(backend.folder):
        assert not tidier.tidy()
        assert not (backend.folder / WANTED_NAME).exists()
    assert not tidier.is_due(IDLE_S)
    clock.now += PAUSE_S
    assert tidier.is_due(IDLE_S)
    assert tidier.tidy()
    backend.close()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once a merge is in the middle of its work, where it stays until it is told to stop."""
    begun = threading.Event()
    original = commit._merge

    def merge(writer: object, base: object, gone: object, change: commit.Change) -> set[str]:
        if change.optimize:
            begun.set()
            stopped = threading.Event()
            for _ in range(600):
                assert change.cancel is not None
                change.cancel.check()
                stopped.wait(0.05)
        return original(writer, base, gone, change)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(commit, "_merge", merge)
    return begun


def _beside(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(work()))
    thread.start()
    return thread, answers


def test_another_window_that_wants_to_write_ends_the_merge(chosen: Settings, held: threading.Event) -> None:
    backend, other = _scattered(chosen), _opened(chosen)
    tidier = _tidier(chosen, backend, Clock())
    thread, answers = _beside(tidier.tidy)
    assert held.wait(30)
    assert other.write([make_article("Rain", "It poured.", id="a/rain")]).added == 1
    thread.join()
    assert answers == [False]
    assert not (backend.folder / WANTED_NAME).exists()
    assert backend.refresh()
    assert len(backend.digests()) == MANY_SEGMENTS + 2
    for one in (backend, other):
        one.close()


def test_a_search_ends_the_merge_and_is_answered(chosen: Settings, held: threading.Event) -> None:
    opened = Workspace(chosen)
    opened.open()
    _scatter(chosen, opened)
    thread, answers = _beside(opened.tidy)
    assert held.wait(30)
    assert opened.search("ferries").total == 2
    thread.join()
    assert answers == [False]
    assert opened.index_check().segments > 1
    opened.close()


def test_an_update_ends_the_merge_and_follows_the_library(chosen: Settings, held: threading.Event) -> None:
    opened = Workspace(chosen)
    opened.open()
    _scatter(chosen, opened)
    (chosen.articles / "ledger" / "rain.txt").write_text("Rain\n\nIt poured all night over the harbour.\n")
    thread, answers = _beside(opened.tidy)
    assert held.wait(30)
    assert opened.refresh()
    thread.join()
    assert answers == [False]
    assert opened.search("poured").total == 1
    opened.close()


def _scatter(chosen: Settings, opened: Workspace) -> None:
    """Enter articles, a commit each, until the index is in many segments."""
    backend = opened._updater.backend
    assert backend is not None
    for number in range(MANY_SEGMENTS + 2):
        backend.write([make_article(f"Summit {number}", "Peace talks.", id=f"a/{number}")])
    assert opened.is_tidying_due(IDLE_S)


def test_a_stopped_merge_leaves_no_file_behind(chosen: Settings) -> None:
    backend = _scattered(chosen)
    files = _files(backend.folder)
    token = CancelToken()

    def stop_late(what: str, done: int, of: int) -> None:
        if what == "writing":
            token.cancel()

    with pytest.raises(Cancelled):
        backend.merge(cancel=token, report=stop_late)
    assert _files(backend.folder) == files
    assert backend.verify().ok
    assert backend.merge() is not None
    backend.close()


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
