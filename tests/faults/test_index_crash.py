"""An index survives kill -9, a full disk and every failing call: it is always one whole sealed state."""

from __future__ import annotations

import builtins
import errno
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.structfile import StructFile

from reader.model import Article
from reader.model.errors import IndexUnusable
from reader.model.query import Terms
from reader.model.results import Page
from reader.search.whoosh.backend import WhooshBackend
from tests.conftest import make_article


def _article(number: int, version: int = 0) -> Article:
    return make_article(
        f"Summit {number}",
        f"Peace talks, day {version}. Word{number} word{version}.",
        id=f"herald/{number:03}",
    )


BEFORE = [_article(number) for number in range(30)]
CHANGED = [_article(number, version=1) for number in range(5, 12)]
DELETED = [BEFORE[0].id, BEFORE[1].id]
OLD = {article.id: article.digest for article in BEFORE}
NEW = {
    article_id: digest
    for article_id, digest in (OLD | {article.id: article.digest for article in CHANGED}).items()
    if article_id not in DELETED
}


def _open(root: Path) -> WhooshBackend:
    return WhooshBackend.open(root / "index", root / "articles", root / "key")


def _contents(root: Path) -> dict[str, str]:
    """What a fresh program finds, with the whole index checked."""
    index = _open(root)
    try:
        assert index.state == "opened", index.message
        health = index.verify()
        assert health.ok, health.message
        found = index.search(Terms(("peace",)), page=Page(0, 1_000))
        digests = dict(index.digests())
        assert {hit.article_id for hit in found.hits} == digests.keys()
        return digests
    finally:
        index.close()


@contextmanager
def _failing_at(number: int, fail: Callable[[], Any]) -> Iterator[list[int]]:
    """Calls `fail` at the n-th write, rename, unlink, fsync or opening of a file; counts them."""
    calls = [0]
    undo: list[tuple[Any, str, Any]] = []

    def watch(owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def watched(*arguments: Any, **options: Any) -> Any:
            calls[0] += 1
            if calls[0] == number:
                fail()
            return original(*arguments, **options)

        undo.append((owner, name, original))
        setattr(owner, name, watched)

    for owner, name in (
        (os, "fsync"),
        (os, "open"),
        (os, "replace"),
        (os, "rename"),
        (os, "unlink"),
        (os, "mkdir"),
        (builtins, "open"),
        (StructFile, "write"),
        (StructFile, "close"),
    ):
        watch(owner, name)
    try:
        yield calls
    finally:
        for owner, name, original in undo:
            setattr(owner, name, original)


def _calls_of_a_write(root: Path) -> int:
    index = _open(root)
    index.write(BEFORE)
    with _failing_at(-1, lambda: None) as calls:
        index.write(CHANGED, delete=DELETED)
    index.close()
    return calls[0]


def _points(total: int, wanted: int | None) -> list[int]:
    every = list(range(1, total + 1))
    return every if wanted is None else sorted(random.Random(1).sample(every, min(wanted, total)))


def _errors_are_harmless(root: Path, wanted: int | None, code: int) -> None:
    def fail() -> None:
        raise OSError(code, os.strerror(code))

    for point in _points(_calls_of_a_write(root / "counted"), wanted):
        library = root / str(point)
        index = _open(library)
        index.write(BEFORE)
        with _failing_at(point, fail):
            failed = _said_by_a_failing_write(index)
        assert failed is None or ("index" in failed and dict(index.digests()) == OLD)
        index.refresh()
        now = dict(index.digests())
        assert now in (OLD, NEW)
        assert {
            hit.article_id for hit in index.search(Terms(("peace",)), page=Page(0, 99)).hits
        } == now.keys()
        assert _contents(library) == now
        index.write(CHANGED, delete=DELETED)
        assert dict(index.digests()) == NEW
        index.close()


def _said_by_a_failing_write(index: WhooshBackend) -> str | None:
    try:
        index.write(CHANGED, delete=DELETED)
    except IndexUnusable as error:
        return str(error)
    return None


def _kills_are_harmless(root: Path, wanted: int | None) -> None:
    for point in _points(_calls_of_a_write(root / "counted"), wanted):
        library = root / str(point)
        index = _open(library)
        index.write(BEFORE)
        index.close()
        child = os.fork()
        if not child:
            with _failing_at(point, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                _open(library).write(CHANGED, delete=DELETED)
            os._exit(0)
        os.waitpid(child, 0)
        assert _contents(library) in (OLD, NEW)
        index = _open(library)
        index.write(CHANGED, delete=DELETED)
        assert dict(index.digests()) == NEW
        index.close()


def _write_in_pieces(root: Path) -> dict[str, str]:
    """An index worth merging: six segments, a fifth of it deleted; what it holds."""
    index = _open(root)
    for start in range(0, 30, 5):
        index.write(BEFORE[start : start + 5])
    index.write([], delete=[article.id for article in BEFORE[::5]])
    held = dict(index.digests())
    index.close()
    return held


def _kills_of_a_merge_are_harmless(root: Path, wanted: int | None) -> None:
    held = _write_in_pieces(root / "counted")
    index = _open(root / "counted")
    with _failing_at(-1, lambda: None) as calls:
        index.merge(patient=False)
    index.close()
    for point in _points(calls[0], wanted):
        library = root / str(point)
        assert _write_in_pieces(library) == held
        child = os.fork()
        if not child:
            index = _open(library)
            with _failing_at(point, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                index.merge(patient=False)
            os._exit(0)
        os.waitpid(child, 0)
        assert _contents(library) == held
        index = _open(library)
        index.merge()
        assert (dict(index.digests()), index.verify().segments) == (held, 1)
        index.close()


@pytest.mark.quick
def test_a_merge_killed_here_and_there_leaves_every_article(tmp_path: Path) -> None:
    _kills_of_a_merge_are_harmless(tmp_path, 10)


@pytest.mark.full
@pytest.mark.timeout(3_000)
def test_a_merge_killed_anywhere_leaves_every_article(tmp_path: Path) -> None:
    _kills_of_a_merge_are_harmless(tmp_path, None)


@pytest.mark.quick
@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EACCES], ids=errno.errorcode.get
)
def test_a_failing_call_here_and_there_changes_nothing(tmp_path: Path, code: int) -> None:
    _errors_are_harmless(tmp_path, 12, code)


@pytest.mark.full
@pytest.mark.timeout(3_000)
@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EACCES], ids=errno.errorcode.get
)
def test_every_single_failing_call_changes_nothing(tmp_path: Path, code: int) -> None:
    _errors_are_harmless(tmp_path, None, code)


@pytest.mark.quick
def test_a_kill_at_a_write_rename_or_fsync_here_and_there_leaves_one_whole_state(tmp_path: Path) -> None:
    _kills_are_harmless(tmp_path, 15)


@pytest.mark.full
@pytest.mark.timeout(3_000)
def test_a_kill_at_every_write_rename_and_fsync_leaves_one_whole_state(tmp_path: Path) -> None:
    _kills_are_harmless(tmp_path, None)


def _writer_child(library: Path, acknowledge: int) -> None:
    """Commits one changed article after another and acknowledges each, until killed."""
    index = _open(library)
    for version in range(1, 1_000_000):
        index.write([_article(version % 30, version)], delete=[])
        os.write(acknowledge, version.to_bytes(4, "little"))


def _random_kills(root: Path, count: int) -> None:
    index = _open(root)
    index.write(BEFORE)
    index.close()
    chooser = random.Random(5)
    expected = dict(OLD)
    for _ in range(count):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            try:
                _writer_child(root, writing)
            finally:
                os._exit(1)
        os.close(writing)
        time.sleep(chooser.uniform(0.0, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as pipe:
            acknowledged = len(pipe.read()) // 4
        for version in range(1, acknowledged + 1):
            expected[_article(version % 30).id] = _article(version % 30, version).digest
        found = _contents(root)
        torn = acknowledged + 1
        unacknowledged = expected | {_article(torn % 30).id: _article(torn % 30, torn).digest}
        assert found in (expected, unacknowledged)
        expected = found


@pytest.mark.quick
def test_12_random_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    _random_kills(tmp_path, 12)


@pytest.mark.full
@pytest.mark.timeout(3_000)
def test_200_random_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    _random_kills(tmp_path, 200)


def test_a_second_writer_waits_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.search.whoosh import commit

    monkeypatch.setattr(commit, "LOCK_SECONDS", 0.1)
    index = _open(tmp_path)
    index.write(BEFORE)
    other = _open(tmp_path)
    with (
        commit.write_lock(index.folder),
        pytest.raises(IndexUnusable, match="another window is updating the index"),
    ):
        other.write(CHANGED)
    assert other.write(CHANGED).added == len(CHANGED)


def test_two_windows_see_each_others_writes(tmp_path: Path) -> None:
    one, other = _open(tmp_path), _open(tmp_path)
    one.write(BEFORE[:10])
    other.write(BEFORE[10:])
    assert dict(other.digests()) == OLD
    assert one.refresh()
    assert dict(one.digests()) == OLD
    assert not one.refresh()


def test_a_deleted_folder_goes_on_answering_and_is_built_afresh(tmp_path: Path) -> None:
    import shutil

    index = _open(tmp_path)
    index.write(BEFORE)
    shutil.rmtree(index.folder)
    assert index.search(Terms(("peace",))).total == len(BEFORE)
    assert not index.refresh()
    index.close()
    assert _open(tmp_path).state == "fresh"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts descriptors in /proc")
def test_60_commits_leave_no_file_open(tmp_path: Path) -> None:
    index = _open(tmp_path)
    index.write(BEFORE)
    counts = []
    for version in range(60):
        index.write([_article(version % 30, version)])
        index.search(Terms(("peace",)))
        counts.append(len(os.listdir("/proc/self/fd")) + len(_maps()))
    assert max(counts[10:]) <= max(counts[:10])
    index.close()
    assert not [line for line in _maps() if str(tmp_path) in line]


def _maps() -> list[str]:
    return [line for line in Path("/proc/self/maps").read_text().splitlines() if "MAIN_" in line]
