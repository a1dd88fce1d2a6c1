"""The tables of the state and the steps that bring an older file up to date.

Every table has its rows in the tree of its primary key, so that no index can disagree with them. A
migration is a function; a new version appends one to `MIGRATIONS` and never edits an old one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.model.errors import StateError

Migration = Callable[[sqlite3.Connection], None]
"""Brings the tables from one version to the next; runs inside a transaction that is not its own."""

Cell = str | int | None
"""What a column holds."""
Row = tuple[Cell, ...]
"""A row without its library, in the order of its table's columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose changes can be undone. The first `key` columns after the library tell its rows apart."""

    name: str
    """As in SQL."""
    key: int
    """Number of columns of the key, without the library."""
    one: str
    """Select one row by library and key."""
    put: str
    """Insert or replace one row."""
    drop: str
    """Delete one row by library and key."""
    every: str
    """Select all rows of a library, in the order of their keys."""


TABLES = {
    table.name: table
    for table in (
        Table(
            "mark",
            2,
            "SELECT article, mark, at FROM mark WHERE library = ? AND article = ? AND mark = ?",
            "INSERT OR REPLACE INTO mark (library, article, mark, at) VALUES (?, ?, ?, ?)",
            "DELETE FROM mark WHERE library = ? AND article = ? AND mark = ?",
            "SELECT article, mark, at FROM mark WHERE library = ? ORDER BY article, mark",
        ),
        Table(
            "note",
            1,
            "SELECT id, places, text, created, changed FROM note WHERE library = ? AND id = ?",
            "INSERT OR REPLACE INTO note (library, id, places, text, created, changed)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            "DELETE FROM note WHERE library = ? AND id = ?",
            "SELECT id, places, text, created, changed FROM note WHERE library = ? ORDER BY id",
        ),
        Table(
            "decision",
            1,
            "SELECT number, kind, groups, at FROM decision WHERE library = ? AND number = ?",
            "INSERT OR REPLACE INTO decision (library, number, kind, groups, at) VALUES (?, ?, ?, ?, ?)",
            "DELETE FROM decision WHERE library = ? AND number = ?",
            "SELECT number, kind, groups, at FROM decision WHERE library = ? ORDER BY number",
        ),
        Table(
            "search",
            1,
            "SELECT name, query, at FROM search WHERE library = ? AND name = ?",
            "INSERT OR REPLACE INTO search (library, name, query, at) VALUES (?, ?, ?, ?)",
            "DELETE FROM search WHERE library = ? AND name = ?",
            "SELECT name, query, at FROM search WHERE library = ? ORDER BY name",
        ),
    )
}
"""Every table whose changes can be undone, by name."""

TRAIL: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("SELECT article, offset, digest, at FROM position", (str, int, str, str)),
    ("SELECT kind, value, at FROM history", (str, str, str)),
    ("SELECT value FROM place", (str,)),
)
"""Select what is kept without undo, of all libraries, and the types of its columns."""

# `library.sum` is the check sum of everything in a library that can be undone; see `checking`.
# `step.changes` may be megabytes: it stands last, since what comes after it is slow to read, and its table
# has row ids, since a search in a tree of whole rows reads them.
_FIRST = """
CREATE TABLE library (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 0, sum INTEGER NOT NULL
);
CREATE TABLE mark (
    library INTEGER NOT NULL REFERENCES library (id), article TEXT NOT NULL, mark TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (library, article, mark)
) WITHOUT ROWID;
CREATE TABLE note (
    library INTEGER NOT NULL REFERENCES library (id), id TEXT NOT NULL,
    places TEXT NOT NULL, text TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL,
    PRIMARY KEY (library, id)
) WITHOUT ROWID;
CREATE TABLE decision (
    library INTEGER NOT NULL REFERENCES library (id), number INTEGER NOT NULL,
    kind TEXT NOT NULL, groups TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (library, number)
) WITHOUT ROWID;
CREATE TABLE search (
    library INTEGER NOT NULL REFERENCES library (id), name TEXT NOT NULL,
    query TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (library, name)
) WITHOUT ROWID;
CREATE TABLE step (
    number INTEGER PRIMARY KEY, library INTEGER NOT NULL REFERENCES library (id),
    done INTEGER NOT NULL, size INTEGER NOT NULL, sum INTEGER NOT NULL,
    did TEXT NOT NULL, undid TEXT NOT NULL, changes TEXT NOT NULL
);
CREATE TABLE position (
    library INTEGER NOT NULL REFERENCES library (id), article TEXT NOT NULL,
    offset INTEGER NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (library, article)
) WITHOUT ROWID;
CREATE TABLE history (
    library INTEGER NOT NULL REFERENCES library (id), number INTEGER NOT NULL,
    kind TEXT NOT NULL, value TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (library, number)
) WITHOUT ROWID;
CREATE TABLE place (
    library INTEGER PRIMARY KEY REFERENCES library (id), value TEXT NOT NULL
)
"""


def _first(connection: sqlite3.Connection) -> None:
    # Not `executescript`: it commits the transaction it is called in.
    for statement in _FIRST.split(";"):
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_first,)
"""Migration number n, counted from 0, makes version n + 1."""


def version(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def second_version(connection: sqlite3.Connection) -> int | None:
    """The version as a table has it, to tell a newer file from a damaged header; `None` when absent."""
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'about'"
    ).fetchone()
    row = connection.execute("SELECT version FROM about").fetchone() if known else None
    return None if row is None else int(row[0])


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether there is not one table."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def refuse_strangers(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    """Raise `StateError` for a file of a newer version or of another program. Writes nothing."""
    held = version(connection)
    if held > newest:
        raise StateError(
            f"{path} is of a newer version of reader (format {held}, this one knows {newest}); "
            "it was not touched: get that version, or set another state folder"
        )
    if not is_blank(connection) and second_version(connection) is None:
        raise StateError(
            f"{path} is a database of another program; it was not touched: "
            "move it away, or set another state folder"
        )


def migrate(
    connection: sqlite3.Connection,
    migrations: Sequence[Migration] = MIGRATIONS,
    finish: Migration | None = None,
) -> int:
    """Bring the tables up to date in one transaction; returns the version they had.

    `finish` runs after the last one, in the same transaction. Any error rolls everything back. Safe when
    several programs do it at once: the version is read inside the transaction.
    """
    if version(connection) == len(migrations):
        return len(migrations)
    connection.execute("BEGIN IMMEDIATE")
    try:
        held = version(connection)
        if held < len(migrations):
            for migration in migrations[held:]:
                migration(connection)
            if finish is not None:
                finish(connection)
            connection.execute("CREATE TABLE IF NOT EXISTS about (version INTEGER NOT NULL)")
            connection.execute("DELETE FROM about")
            connection.execute("INSERT INTO about (version) VALUES (?)", (len(migrations),))
            connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return held
