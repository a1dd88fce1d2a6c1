from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import sqlite3
from pathlib import Path

import pytest

from reader.model.errors import StateError
from reader.state import opening
from reader.state.connecting import connect
from reader.state.store import Store
from reader.state.words import in_words, is_damage

PATH = Path("/home/me/state.db")


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_READONLY, "it may not be written"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "it may not be written"),
        (sqlite3.SQLITE_BUSY, "another window is writing to it"),
        (sqlite3.SQLITE_IOERR_WRITE, "the disk answered with an error"),
        (sqlite3.SQLITE_CORRUPT, "the file is damaged"),
        (sqlite3.SQLITE_NOTADB, "the file is damaged"),
        (sqlite3.SQLITE_AUTH, "as SQLite says it"),
    ],
)
def test_error_of_sqlite_says_what_to_what_and_what_to_do(code: int, said: str) -> None:
    message = str(in_words(sqlite_error(code), "save the note", PATH))
    assert message.startswith(f"could not save the note: {said} ({PATH}); ")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "it may not be written"),
        (errno.EMFILE, "too many files are open"),
        (errno.EIO, "the disk answered with an error"),
    ],
)
def test_error_of_the_system_says_what_to_what_and_what_to_do(code: int, said: str) -> None:
    message = str(in_words(OSError(code, "as the system says it"), "save the note", PATH))
    assert message.startswith(f"could not save the note: {said} ({PATH}); ")


def test_text_that_is_not_utf_8_is_damage() -> None:
    connection = sqlite3.connect(":memory:")
    with contextlib.closing(connection), pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
    assert is_damage(caught.value)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR])
def test_what_may_pass_is_no_damage(code: int) -> None:
    assert not is_damage(sqlite_error(code))


def impatient(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    connection.execute("PRAGMA busy_timeout = 10")
    return connection


def test_window_that_keeps_the_file_busy_is_told_and_loses_nothing(path: Path) -> None:
    with (
        Store.open(path, "library one", connect=impatient) as store,
        contextlib.closing(connect(path)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StateError, match="could not save the marks: another window is writing to it"):
            store.marks.star(["a"])
        assert store.marks.all().starred == frozenset()
        other.execute("ROLLBACK")
        assert store.marks.star(["a"]) == "starred 1 article"


def test_window_that_keeps_opening_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_S", 0.02)
    descriptor = os.open(store.path.with_name("state.db.lock"), os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(StateError, match="another window has been opening"):
        Store.open(store.path, "library one")
    os.close(descriptor)
    Store.open(store.path, "library one").close()


def test_file_system_without_locks_is_opened_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with Store.open(path, "library one") as store:
        assert store.marks.star(["a"]) == "starred 1 article"
