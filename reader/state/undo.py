"""Changes that know their way back: every row before and after, one step for each thing a person did.

Undo takes back the latest change of the library, whichever window made it, so steps always come off in
the reverse of their order and each finds the rows exactly as it left them. A new change ends redo.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.model.errors import StateError
from reader.state.checking import add_sums, row_sum, step_sum
from reader.state.schema import TABLES, Cell, Row

STEPS_KEPT = 200
"""Steps that can be undone or redone."""
SIZE_KEPT = 16 << 20
"""Characters of all steps together; the latest is kept whatever its size."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a change did and what taking it back does, as a person would say it."""

    did: str
    """Such as "starred 3 articles"."""
    undid: str
    """Such as "unstarred 3 articles"."""


@dataclass(slots=True)
class Transaction:
    """One change while it is being made. Rows change only through `put`, `add` and `remove`."""

    connection: sqlite3.Connection
    """Inside BEGIN IMMEDIATE."""
    library: int
    """Number of the library; every statement takes it first."""
    now: str
    """UTC time in ISO 8601, the same for all rows of the change."""
    changes: list[tuple[str, Row | None, Row | None]] = field(default_factory=list)
    """Table, row before, row after; in the order made."""

    def row(self, table: str, *key: Cell) -> Row | None:
        """One row by its key without the library."""
        found: Row | None = self.connection.execute(TABLES[table].one, (self.library, *key)).fetchone()
        return found

    def rows(self, table: str) -> list[Row]:
        """All rows of the library in the order of their keys."""
        return self.connection.execute(TABLES[table].every, (self.library,)).fetchall()

    def put(self, table: str, *row: Cell) -> bool:
        """Insert or replace a row; whether anything changed."""
        before = self.row(table, *row[: TABLES[table].key])
        if before == row:
            return False
        self.connection.execute(TABLES[table].put, (self.library, *row))
        self.changes.append((table, before, row))
        return True

    def add(self, table: str, *row: Cell) -> bool:
        """Insert a row unless there is one with its key; whether it was inserted."""
        before = self.row(table, *row[: TABLES[table].key])
        if before is not None:
            return False
        self.connection.execute(TABLES[table].put, (self.library, *row))
        self.changes.append((table, None, row))
        return True

    def remove(self, table: str, *key: Cell) -> bool:
        """Delete a row; whether there was one."""
        before = self.row(table, *key)
        if before is None:
            return False
        self.connection.execute(TABLES[table].drop, (self.library, *key))
        self.changes.append((table, before, None))
        return True


def record(transaction: Transaction, sentences: Sentences) -> None:
    """Put the changes on the undo stack as one step, end redo, and drop the oldest steps beyond the caps."""
    connection, library = transaction.connection, transaction.library
    changes = json.dumps(transaction.changes, ensure_ascii=False, separators=(",", ":"))
    connection.execute("DELETE FROM step WHERE library = ? AND NOT done", (library,))
    number = 1 + (connection.execute("SELECT max(number) FROM step").fetchone()[0] or 0)
    total = step_sum(library, number, 1, sentences.did, sentences.undid, changes)
    connection.execute(
        "INSERT INTO step (number, library, done, size, sum, did, undid, changes)"
        " VALUES (?, ?, 1, ?, ?, ?, ?, ?)",
        (number, library, len(changes), total, sentences.did, sentences.undid, changes),
    )
    _drop_oldest(connection, library)
    _count(transaction, transaction.changes)


def undo(transaction: Transaction) -> Sentences | None:
    """Take back the latest step; `None` when there is none."""
    return _take(
        transaction,
        "SELECT number, did, undid, changes, sum FROM step WHERE library = ? AND done"
        " ORDER BY number DESC LIMIT 1",
        back=True,
    )


def redo(transaction: Transaction) -> Sentences | None:
    """Do the step again that was taken back last; `None` when there is none."""
    return _take(
        transaction,
        "SELECT number, did, undid, changes, sum FROM step WHERE library = ? AND NOT done"
        " ORDER BY number LIMIT 1",
        back=False,
    )


def waiting(connection: sqlite3.Connection, library: int) -> tuple[str | None, str | None]:
    """What the next undo would take back and the next redo would do again: the sentences of what they did."""
    undoable = connection.execute(
        "SELECT did FROM step WHERE library = ? AND done ORDER BY number DESC LIMIT 1", (library,)
    ).fetchone()
    redoable = connection.execute(
        "SELECT did FROM step WHERE library = ? AND NOT done ORDER BY number LIMIT 1", (library,)
    ).fetchone()
    return undoable[0] if undoable else None, redoable[0] if redoable else None


def _take(transaction: Transaction, newest: str, *, back: bool) -> Sentences | None:
    connection, library = transaction.connection, transaction.library
    step = connection.execute(newest, (library,)).fetchone()
    if step is None:
        return None
    number, did, undid, text, told_sum = step
    done = 1 if back else 0
    if step_sum(library, number, done, did, undid, text) != told_sum:
        raise StateError("the undo history is damaged; nothing was changed: start reader again to restore it")
    changes: list[tuple[str, Row | None, Row | None]] = []
    for table, before, after in json.loads(text):
        pair = (tuple(before) if before else None, tuple(after) if after else None)
        changes.append((table, pair[1], pair[0]) if back else (table, pair[0], pair[1]))
    if back:
        changes.reverse()
    for table, old, new in changes:
        _set(transaction, table, old, new)
    total = step_sum(library, number, 1 - done, did, undid, text)
    connection.execute("UPDATE step SET done = ?, sum = ? WHERE number = ?", (1 - done, total, number))
    _count(transaction, changes)
    return Sentences(did, undid)


def _set(transaction: Transaction, table: str, old: Row | None, new: Row | None) -> None:
    shape = TABLES[table]
    if new is not None:
        transaction.connection.execute(shape.put, (transaction.library, *new))
    elif old is not None:
        transaction.connection.execute(shape.drop, (transaction.library, *old[: shape.key]))


def _count(transaction: Transaction, changes: Iterable[tuple[str, Row | None, Row | None]]) -> None:
    connection, library = transaction.connection, transaction.library
    total = connection.execute("SELECT sum FROM library WHERE id = ?", (library,)).fetchone()[0]
    added = [row_sum(table, after) for table, _, after in changes if after is not None]
    removed = [row_sum(table, before) for table, before, _ in changes if before is not None]
    connection.execute(
        "UPDATE library SET sum = ?, generation = generation + 1 WHERE id = ?",
        (add_sums(total, added, removed), library),
    )


def _drop_oldest(connection: sqlite3.Connection, library: int) -> None:
    sizes = connection.execute(
        "SELECT number, size FROM step WHERE library = ? ORDER BY number DESC", (library,)
    ).fetchall()
    total = 0
    for place, (number, size) in enumerate(sizes):
        total += size
        if place and (place >= STEPS_KEPT or total > SIZE_KEPT):
            connection.execute("DELETE FROM step WHERE library = ? AND number <= ?", (library, number))
            return
