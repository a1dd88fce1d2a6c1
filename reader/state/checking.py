"""Whether a state file is whole. SQLite has no check sums for its content, so every row has one of ours.

The sum over all rows of a library is kept beside them in the same transaction. It finds what
`quick_check` cannot see: other text in a page whose structure is sound.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable

from reader.state.schema import MIGRATIONS, TABLES, TRAIL, Row, second_version, version
from reader.state.words import is_damage
from reader.text.clean import clean_line

_MODULUS = 1 << 62
_FAULT_LIMIT = 100


def row_sum(table: str, row: Row) -> int:
    """Check sum of one row of one table."""
    return zlib.crc32(f"{table}\x1f{row!r}".encode("utf-8", "surrogatepass"))


def step_sum(library: int, number: int, done: int, did: str, undid: str, changes: str) -> int:
    """Check sum of one step of undo."""
    return zlib.crc32(
        f"{library}\x1f{number}\x1f{done}\x1f{did}\x1f{undid}\x1f{changes}".encode("utf-8", "surrogatepass")
    )


def add_sums(total: int, added: Iterable[int] = (), removed: Iterable[int] = ()) -> int:
    """The sum of a library after rows came and went."""
    return (total + sum(added) - sum(removed)) % _MODULUS


def empty_sum(key: str) -> int:
    """The sum of a library without rows: that of its key, which finds it again."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def library_sum(connection: sqlite3.Connection, library: int, key: str) -> int:
    """The sum over the rows that a library has now. Reads all of them: about 1 µs a row."""
    total = empty_sum(key)
    for name, table in TABLES.items():
        for row in connection.execute(table.every, (library,)):
            total += row_sum(name, row)
    return total % _MODULUS


def damage(connection: sqlite3.Connection, newest: int = len(MIGRATIONS)) -> str | None:
    """What is broken in the file, as a clause on one line; `None` when all of it reads and adds up.

    Raises `sqlite3.Error` for everything that is no damage, such as a busy or unreadable file.
    """
    try:
        # One view of the file: another window may be writing to it.
        connection.execute("BEGIN")
        try:
            fault = _first_fault(connection, newest)
        finally:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        return fault and _in_a_line(fault)
    except sqlite3.Error as error:
        if is_damage(error):
            return _in_a_line(str(error))
        raise


def _in_a_line(fault: str) -> str:
    # SQLite's words may hold bytes of the damaged file.
    return clean_line(fault.removeprefix("*** in database main ***"), _FAULT_LIMIT)


def _first_fault(connection: sqlite3.Connection, newest: int) -> str | None:
    faults = connection.execute("PRAGMA quick_check(1)").fetchall()
    if faults != [("ok",)]:
        return str(faults[0][0]) if faults else "the check of its pages gave no answer"
    held, told = version(connection), second_version(connection)
    if told is not None and held != told:
        return f"its header says version {held}, its content version {told}"
    if told is None or held != newest or newest != len(MIGRATIONS):
        # Empty, older, newer, or of another program: what its rows mean is not for this version to say.
        return None
    for library, key, told_sum in connection.execute("SELECT id, key, sum FROM library").fetchall():
        if library_sum(connection, library, key) != told_sum:
            return "its content does not add up"
    for told_sum, size, *step in connection.execute(
        "SELECT sum, size, library, number, done, did, undid, changes FROM step"
    ):
        if step_sum(*step) != told_sum or size != len(step[-1]):
            return "its undo history does not add up"
    # A position or a past query has no sum: another value does no harm, another type would.
    for statement, types in TRAIL:
        if any(tuple(map(type, row)) != types for row in connection.execute(statement)):
            return "its history does not read"
    return None
