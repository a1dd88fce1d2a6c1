"""One way to connect to a state file, with the settings that keep what was acknowledged."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

BUSY_TIMEOUT_S = 5.0
"""How long one attempt waits for another window's transaction."""

Connect = Callable[[Path], sqlite3.Connection]
"""Opens an existing file for reading and writing; tests pass their own."""

SIDE_FILES = ("-wal", "-shm", "-journal")
"""Endings of the files that SQLite keeps beside a database."""


def connect(path: Path) -> sqlite3.Connection:
    """Connect to an existing file for reading and writing. Touches no byte of it."""
    return _harden(_plain(f"{path.absolute().as_uri()}?mode=rw"))


def use_wal(connection: sqlite3.Connection) -> str:
    """Turn the write-ahead log on; where the file system has none, the old rollback journal.

    Returns the mode that is on.
    """
    mode = str(connection.execute("PRAGMA journal_mode=WAL").fetchone()[0])
    if mode != "wal":
        # Network file systems have no shared memory and answer with another mode.
        mode = str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0])
    return mode


def read_into_memory(path: Path) -> sqlite3.Connection:
    """A copy in memory of a file that cannot be written, with what its log holds."""
    memory = _harden(_plain(":memory:"))
    try:
        _copy_unwritable(path, memory)
    except BaseException:
        memory.close()
        raise
    return memory


def empty_memory() -> sqlite3.Connection:
    """An empty database in memory, for where there is nothing to read."""
    return _harden(_plain(":memory:"))


def _copy_unwritable(path: Path, memory: sqlite3.Connection) -> None:
    log = path.with_name(path.name + "-wal")
    try:
        _copy(f"{path.absolute().as_uri()}?mode=ro", memory)
        return
    except sqlite3.OperationalError:
        # A log needs shared memory beside it, which a read-only folder refuses.
        if not log.exists() or not log.stat().st_size:
            _copy(f"{path.absolute().as_uri()}?mode=ro&immutable=1", memory)
            return
    with tempfile.TemporaryDirectory(prefix="reader-state-") as folder:
        duplicate = Path(folder) / path.name
        for ending in ("", "-wal"):
            shutil.copyfile(path.with_name(path.name + ending), duplicate.with_name(duplicate.name + ending))
        _copy(f"{duplicate.as_uri()}?mode=rw", memory)


def _copy(address: str, memory: sqlite3.Connection) -> None:
    connection = _plain(address)
    try:
        connection.backup(memory)
    finally:
        connection.close()


def _plain(address: str) -> sqlite3.Connection:
    # One connection is used by many threads, one after the other: `Database` holds its lock.
    return sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S, check_same_thread=False
    )


def _harden(connection: sqlite3.Connection) -> sqlite3.Connection:
    for setting in (
        "PRAGMA trusted_schema=OFF",
        "PRAGMA foreign_keys=ON",
        "PRAGMA cell_size_check=ON",
        "PRAGMA synchronous=FULL",
        # One change of 100,000 articles would leave a log of 20 MB for good.
        "PRAGMA journal_size_limit=1048576",
        # macOS only, where an ordinary fsync does not reach the disk.
        "PRAGMA fullfsync=ON",
        "PRAGMA checkpoint_fullfsync=ON",
    ):
        connection.execute(setting)
    return connection
