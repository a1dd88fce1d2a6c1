"""A full disk, a file that cannot be written, no file descriptors: said in words, and nothing is lost."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import resource
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.model.errors import StateError
from reader.state import backups
from reader.state.connecting import connect
from reader.state.store import Store
from tests.faults.injection import ERRORS, calls_of, faults
from tests.state.windows import finished, window
from tests.state.writing import LIBRARY

DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def opened(path: Path, day: int = 0) -> Store:
    return Store.open(path, LIBRARY, clock=lambda: DAY + dt.timedelta(days=day))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file with one star, and a backup without it."""
    path = tmp_path / "reader" / "state.db"
    with opened(path) as store:
        store.marks.star(["old"])
    return path


def pages(path: Path) -> int:
    with contextlib.closing(connect(path)) as connection:
        return int(connection.execute("PRAGMA page_count").fetchone()[0])


def starred_until_full(path: Path, most_pages: int) -> tuple[set[str], str | None]:
    """Stars one article after the other; those that were acknowledged, and what was said at the end."""

    def small(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute(f"PRAGMA max_page_count = {most_pages}")
        return connection

    acknowledged: set[str] = set()
    with Store.open(path, LIBRARY, connect=small) as store:
        for number in range(400):
            try:
                store.marks.star([f"an-article-with-a-long-name/{number}"])
            except StateError as error:
                assert store.marks.all().starred == acknowledged | {"old"}
                return acknowledged, str(error)
            acknowledged.add(f"an-article-with-a-long-name/{number}")
    return acknowledged, None


@pytest.mark.parametrize("extra", range(12))
def test_full_disk_at_any_page_loses_nothing_and_says_so(path: Path, extra: int) -> None:
    acknowledged, said = starred_until_full(path, pages(path) + extra)
    assert said == (
        f"could not save the marks: the disk is full ({path}); "
        "nothing was changed; free some space and try again"
    )
    with opened(path) as store:
        assert store.notice is None
        assert store.marks.all().starred == acknowledged | {"old"}
        assert store.marks.star(["later"]) == "starred 1 article"


def test_full_disk_at_the_first_opening_shows_an_empty_state(tmp_path: Path) -> None:
    path = tmp_path / "reader" / "state.db"

    def full(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    with Store.open(path, LIBRARY, connect=full) as store:
        assert "the disk is full" in (store.notice or "")
        assert store.marks.all().starred == frozenset()
    with opened(path) as store:
        assert store.notice is None
        assert store.marks.star(["a"]) == "starred 1 article"


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that other users may look into, which a temporary folder of pytest is not."""
    folder = Path(tempfile.mkdtemp(prefix="reader-read-only-"))
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def seen_by_nobody(path: Path) -> dict[str, Any]:
    for folder, names, files in os.walk(path.parent):
        for name in (*names, *files):
            (Path(folder) / name).chmod(0o444 if name in files else 0o555)
    path.parent.chmod(0o555)
    path.parent.parent.chmod(0o755)
    told: dict[str, Any] = json.loads(finished(window("as_nobody", path)))
    path.parent.chmod(0o700)
    return told


def test_file_that_cannot_be_written_is_still_read(shared: Path) -> None:
    path = shared / "reader" / "state.db"
    with opened(path) as store:
        store.marks.star(["old"])
    told = seen_by_nobody(path)
    assert told["starred"] == ["old"]
    assert told["undo"] == "starred 1 article"
    assert told["notice"].startswith(f"{path} can only be read (it may not be written)")
    assert told["error"] == f"nothing was changed: {told['notice']}"


def test_log_of_a_file_that_cannot_be_written_is_read_too(shared: Path) -> None:
    path = shared / "reader" / "state.db"
    with opened(shared / "live" / "state.db") as store:
        store.marks.star(["in the log only"])
        shutil.copytree(shared / "live", path.parent)
        path.with_name("state.db-shm").unlink()
    assert seen_by_nobody(path)["starred"] == ["in the log only"]


def test_no_file_in_a_folder_that_cannot_be_written_is_an_empty_state(shared: Path) -> None:
    path = shared / "reader" / "state.db"
    path.parent.mkdir()
    told = seen_by_nobody(path)
    assert told["starred"] == []
    assert "changes are not saved" in told["notice"]


def test_file_that_cannot_even_be_read_says_so(shared: Path) -> None:
    path = shared / "reader" / "state.db"
    with opened(path) as store:
        store.marks.star(["old"])
    path.chmod(0o000)
    path.parent.chmod(0o755)
    shared.chmod(0o755)
    told = json.loads(finished(window("as_nobody", path)))
    assert told["error"].startswith("could not read your marks and notes: ")
    path.chmod(0o600)
    with opened(path) as store:
        assert store.marks.all().starred == {"old"}


@pytest.mark.parametrize("files", range(3, 14))
def test_few_file_descriptors_lose_nothing_and_say_so(path: Path, files: int) -> None:
    told = json.loads(finished(window("with_few_files", path, files)))
    with opened(path) as store:
        assert store.notice is None
        assert store.marks.all().starred == ({"old", "new"} if "did" in told else {"old"})
    assert ("did" in told) != ("error" in told)
    assert told.get("did", "starred 1 article") == "starred 1 article"


def test_limit_of_this_process_is_the_usual_one() -> None:
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 100


def calls_of_opening(path: Path, tmp_path: Path) -> int:
    shutil.copytree(path.parent, tmp_path / "counted")
    return calls_of(lambda: opened(tmp_path / "counted" / path.name, 1).close())


def whole_backups(path: Path) -> set[str]:
    held = backups.backups(backups.folder_for(path))
    return {each.name for each in held if backups.is_whole(each)}


@pytest.mark.parametrize("code", ERRORS, ids=lambda code: os.strerror(code).replace(" ", "-"))
def test_any_failing_call_of_opening_and_backup_loses_nothing(path: Path, tmp_path: Path, code: int) -> None:
    before = whole_backups(path)
    count = calls_of_opening(path, tmp_path)
    assert count > 15
    for number in range(count):
        copy = tmp_path / str(number) / path.name
        shutil.copytree(path.parent, copy.parent)
        with faults(number, code), contextlib.suppress(StateError), opened(copy, 1) as store:
            assert store.marks.all().starred == {"old"}, number
        assert before <= whole_backups(copy), number
        with opened(copy, 1) as store:
            assert store.notice is None, number
            assert store.marks.all().starred == {"old"}
        assert len(whole_backups(copy)) == 2


@pytest.mark.parametrize("code", ERRORS, ids=lambda code: os.strerror(code).replace(" ", "-"))
def test_any_failing_call_of_a_restore_loses_nothing(path: Path, tmp_path: Path, code: int) -> None:
    opened(path, 1).close()
    path.write_bytes(b"damaged")
    count = calls_of_opening(path, tmp_path)
    assert count > 25
    for number in range(count):
        copy = tmp_path / str(number) / path.name
        shutil.copytree(path.parent, copy.parent)
        with faults(number, code), contextlib.suppress(StateError), opened(copy, 1) as store:
            store.marks.all()
        with opened(copy, 1) as store:
            assert store.marks.all().starred == {"old"}, number
        bad = [each.read_bytes() for each in copy.parent.glob("state.db.bad-*")]
        assert b"damaged" in bad, number


def test_backup_that_cannot_be_written_is_told_and_the_rest_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with opened(path, 1) as store:
        assert store.notice == (
            f"today's backup of {path} was not written: the disk is full; nothing else is affected"
        )
        assert store.marks.star(["b"]) == "starred 1 article"
    assert len(whole_backups(path)) == 1
