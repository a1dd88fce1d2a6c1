"""Opening a state file: made, checked, restored, brought up to date and backed up, in that order.

Everything here happens before the first change and under one lock, so that two windows that start
together do it one after the other. A file that cannot be written is read into memory.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader.model.errors import StateError
from reader.state import backups
from reader.state.checking import damage, empty_sum, library_sum
from reader.state.connecting import (
    BUSY_TIMEOUT_S,
    SIDE_FILES,
    Connect,
    connect,
    empty_memory,
    read_into_memory,
    use_wal,
)
from reader.state.schema import MIGRATIONS, Migration, is_blank, migrate, refuse_strangers, version
from reader.state.words import cause, in_words, is_damage, is_unwritable
from reader.text.clean import clean_line


@dataclass(slots=True)
class Opened:
    """An open state file."""

    reader: sqlite3.Connection
    """Only reads; in memory when `writer` is `None`."""
    writer: sqlite3.Connection | None
    """`None` when the file cannot be written."""
    library: int
    """Number of the library; 0 when it has none yet and cannot get one."""
    identity: tuple[int, int] | None
    """Device and inode, to notice that the file was replaced; `None` in memory."""
    version: int
    """The version of its tables."""
    notices: list[str] = field(default_factory=list)
    """What the user must be told, a sentence each."""

    def close(self) -> None:
        """Close both connections; the last window folds the log into the file."""
        self.reader.close()
        if self.writer is not None:
            self.writer.close()


@dataclass(frozen=True, slots=True)
class Opening:
    """What is needed to open a state file, again if it must be."""

    path: Path
    """The state file; its folder is made when absent."""
    library_key: str
    """What the library is known by."""
    connect: Connect = connect
    """How to connect."""
    migrations: Sequence[Migration] = MIGRATIONS
    """The versions this program knows."""

    def open(self, now: dt.datetime) -> Opened:
        """Open for writing, or else for reading only.

        Raises `StateError` for a file of a newer version or another program, and when nothing can be read.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _alone(self.path):
                return self._open_writable(now)
        except (sqlite3.Error, OSError) as error:
            if not is_unwritable(error):
                raise in_words(error, "open your marks and notes", self.path) from error
            return self._open_to_read(error)

    def _open_writable(self, now: dt.datetime) -> Opened:
        notices = _open_to_others(self.path.parent)
        writer = self._sound_connection(now, notices)
        reader = None
        try:
            refuse_strangers(writer, self.path, len(self.migrations))
            # Fails for a file that cannot be written; nothing before this line writes.
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("ROLLBACK")
            if 0 < version(writer) < len(self.migrations):
                notices += self._back_up(writer, now, although_done=True)
            migrate(writer, self.migrations, _sum_up)
            use_wal(writer)
            library = _library_number(writer, self.library_key)
            notices += self._back_up(writer, now)
            reader = self.connect(self.path)
            reader.execute("PRAGMA query_only=ON")
            status = os.stat(self.path)
        except BaseException:
            writer.close()
            if reader is not None:
                reader.close()
            raise
        return Opened(reader, writer, library, (status.st_dev, status.st_ino), len(self.migrations), notices)

    def _sound_connection(self, now: dt.datetime, notices: list[str]) -> sqlite3.Connection:
        """A connection to a file that checks; restores it when it does not."""
        if _is_lost(self.path):
            notices.append(self._restore(now, "is missing or empty"))
        for _ in range(2):
            if not self.path.exists():
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            _refuse_special(self.path)
            connection, fault = self._checked()
            if connection is not None:
                return connection
            notices.append(self._restore(now, f"was damaged ({fault})"))
        raise StateError(
            f"{self.path} is damaged and could not be replaced; move it away and start reader again"
        )

    def _checked(self) -> tuple[sqlite3.Connection | None, str]:
        """A connection to a sound file, or what is broken in it."""
        try:
            # The first setting that needs the header already fails on what is no database.
            connection = self.connect(self.path)
        except sqlite3.Error as error:
            if is_damage(error):
                return None, clean_line(str(error))
            raise
        try:
            fault = damage(connection, len(self.migrations))
            if fault is None and is_blank(connection) and self.path.stat().st_size:
                # SQLite 3.40 takes a file of a few bytes for a new one.
                fault = "only a few bytes are left of it"
        except BaseException:
            connection.close()
            raise
        if fault is None:
            return connection, ""
        connection.close()
        return None, fault

    def _restore(self, now: dt.datetime, reason: str) -> str:
        moved, backup = backups.restore(self.path, self._is_usable, now.date())
        kept = f"; it is kept as {moved.name}" if moved else ""
        if backup is None:
            return f"{self.path} {reason} and there was no good backup: marks and notes start empty{kept}"
        when = f"{backups.moment(backup):%Y-%m-%d %H:%M} UTC"
        return f"{self.path} {reason}: the backup of {when} was restored; later changes are not in it{kept}"

    def _is_usable(self, copy: Path) -> bool:
        try:
            connection = self.connect(copy)
        except sqlite3.Error:
            return False
        try:
            held = version(connection)
            return damage(connection, len(self.migrations)) is None and 0 < held <= len(self.migrations)
        except sqlite3.Error:
            return False
        finally:
            connection.close()
            for ending in SIDE_FILES:
                copy.with_name(copy.name + ending).unlink(missing_ok=True)

    def _back_up(
        self, writer: sqlite3.Connection, now: dt.datetime, *, although_done: bool = False
    ) -> list[str]:
        """Write today's backup unless there is one; what to tell when that failed."""
        folder = backups.folder_for(self.path)
        try:
            if although_done or backups.due(folder, now):
                backups.back_up(writer, folder, now)
        except (sqlite3.Error, OSError) as error:
            return [
                f"today's backup of {self.path} was not written: {cause(error)}; nothing else is affected"
            ]
        return []

    def _open_to_read(self, error: sqlite3.Error | OSError) -> Opened:
        why = (
            f"{self.path} can only be read ({cause(error)}): marks and notes are shown, changes are not saved"
        )
        try:
            held = self.path.exists()
            memory = read_into_memory(self.path) if held else empty_memory()
            fault = damage(memory, len(self.migrations))
            if fault is not None:
                memory.close()
                raise StateError(
                    f"{self.path} is damaged ({fault}) and cannot be written; "
                    "make its folder writable, then the newest backup is restored"
                )
            refuse_strangers(memory, self.path, len(self.migrations))
            migrate(memory, self.migrations)
            row = memory.execute("SELECT id FROM library WHERE key = ?", (self.library_key,)).fetchone()
        except (sqlite3.Error, OSError) as second:
            raise in_words(second, "read your marks and notes", self.path) from second
        return Opened(memory, None, row[0] if row else 0, None, len(self.migrations), [why])


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of opening; another window has it for a moment at its start."""
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + 2 * BUSY_TIMEOUT_S
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise StateError(
                        f"another window has been opening {path} for {2 * BUSY_TIMEOUT_S:.0f} s; "
                        "close it and try again"
                    ) from error
                time.sleep(0.02)
            except OSError as error:
                if error.errno not in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                    raise
                # Some network file systems have no such locks; SQLite then has its own way, or none.
                break
        yield
    finally:
        os.close(descriptor)


def _open_to_others(folder: Path) -> list[str]:
    """What to tell when somebody else could put another file in the place of the state."""
    status = os.stat(folder)
    if status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return []
    return [f"other users may change what is in {folder}: `chmod 700` keeps your marks and notes yours"]


def _is_lost(path: Path) -> bool:
    """Whether a file with content must have been here: SQLite would take an empty one for a new one."""
    if path.exists() and path.stat().st_size:
        return False
    log = path.with_name(path.name + "-wal")
    return bool(backups.backups(backups.folder_for(path))) or (log.exists() and log.stat().st_size > 0)


def _refuse_special(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise StateError(f"{path} is not an ordinary file; move it away, or set another state folder")


def _library_number(connection: sqlite3.Connection, key: str) -> int:
    row = connection.execute("SELECT id FROM library WHERE key = ?", (key,)).fetchone()
    if row is None:
        # Nobody else adds one: the caller holds the lock of opening.
        connection.execute("INSERT INTO library (key, sum) VALUES (?, ?)", (key, empty_sum(key)))
        row = connection.execute("SELECT id FROM library WHERE key = ?", (key,)).fetchone()
    return int(row[0])


def _sum_up(connection: sqlite3.Connection) -> None:
    """A migration may have rewritten every row."""
    for library, key in connection.execute("SELECT id, key FROM library").fetchall():
        total = library_sum(connection, library, key)
        connection.execute("UPDATE library SET sum = ? WHERE id = ?", (total, library))
