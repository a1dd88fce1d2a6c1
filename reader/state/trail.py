"""Where the user was: positions in articles, what was asked and opened, the last place in the app.

Kept without undo and without a change of generation. Each call is a write to disk, so positions are
told when an article is left, not at every line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.state.database import Database
from reader.state.undo import Transaction
from reader.text.clean import clean_line

HISTORY_KEPT = 500
"""Queries kept, and as many opened articles."""
POSITIONS_KEPT = 20_000
"""Positions kept; those of the articles left longest ago go first."""

HistoryKind = Literal["query", "article"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stopped in an article."""

    article_id: str
    """The article's id."""
    offset: int
    """Code point in its body, so it holds at any width."""
    digest: str
    """The digest the article had then."""
    at: str
    """UTC time in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A query asked or an article opened."""

    kind: HistoryKind
    """Which of the two."""
    value: str
    """The query, or the article's id."""
    at: str
    """UTC time in ISO 8601, the last one."""


class Trail:
    """What is remembered without being asked to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def leave(self, article_id: str, offset: int, digest: str) -> None:
        """Remember where reading stopped."""

        def work(transaction: Transaction) -> None:
            put_position(transaction, Position(article_id, max(0, offset), digest, transaction.now))

        self._database.write("remember the position", work)

    def position(self, article_id: str) -> Position | None:
        """Where reading of an article stopped; `None` when it was never left."""
        with self._database.reading("read the position") as (connection, library):
            row = connection.execute(
                "SELECT article, offset, digest, at FROM position WHERE library = ? AND article = ?",
                (library, article_id),
            ).fetchone()
        return Position(*row) if row else None

    def positions(self) -> tuple[Position, ...]:
        """All positions by article."""
        with self._database.reading("read the positions") as (connection, library):
            rows = connection.execute(
                "SELECT article, offset, digest, at FROM position WHERE library = ? ORDER BY article",
                (library,),
            ).fetchall()
        return tuple(Position(*row) for row in rows)

    def asked(self, query: str) -> None:
        """Remember a query; an empty one is not remembered."""
        cleaned = str(clean_line(query, 5_000))
        if cleaned:
            self._visit("query", cleaned)

    def opened(self, article_id: str) -> None:
        """Remember that an article was opened."""
        self._visit("article", article_id)

    def history(self, kind: HistoryKind, limit: int = HISTORY_KEPT) -> tuple[Visit, ...]:
        """Latest first, each value once."""
        with self._database.reading("read the history") as (connection, library):
            rows = connection.execute(
                "SELECT kind, value, at FROM history WHERE library = ? AND kind = ?"
                " ORDER BY number DESC LIMIT ?",
                (library, kind, limit),
            ).fetchall()
        return tuple(Visit(*row) for row in rows)

    def forget_history(self) -> None:
        """Delete what was asked and opened. Backups of the last three days still have it."""
        self._database.write(
            "forget the history",
            lambda transaction: (
                transaction.connection.execute(
                    "DELETE FROM history WHERE library = ?", (transaction.library,)
                ).rowcount
            ),
        )

    def stay(self, place: str) -> None:
        """Remember the last place in the app, in words of the caller's own."""

        def work(transaction: Transaction) -> None:
            put_place(transaction, place)

        self._database.write("remember the last place", work)

    def place(self) -> str | None:
        """The last place in the app; `None` the first time."""
        with self._database.reading("read the last place") as (connection, library):
            row = connection.execute("SELECT value FROM place WHERE library = ?", (library,)).fetchone()
        return str(row[0]) if row else None

    def _visit(self, kind: HistoryKind, value: str) -> None:
        def work(transaction: Transaction) -> None:
            put_visit(transaction, Visit(kind, value, transaction.now))

        self._database.write("remember the history", work)


def put_position(transaction: Transaction, position: Position) -> None:
    """Write a position inside a change, and drop the oldest beyond the cap."""
    connection, library = transaction.connection, transaction.library
    connection.execute(
        "INSERT OR REPLACE INTO position (library, article, offset, digest, at) VALUES (?, ?, ?, ?, ?)",
        (library, position.article_id, position.offset, position.digest, position.at),
    )
    held = connection.execute("SELECT count(*) FROM position WHERE library = ?", (library,)).fetchone()[0]
    if held > POSITIONS_KEPT:
        connection.execute(
            "DELETE FROM position WHERE library = ? AND article IN"
            " (SELECT article FROM position WHERE library = ? ORDER BY at, article LIMIT ?)",
            (library, library, held - POSITIONS_KEPT),
        )


def put_visit(transaction: Transaction, visit: Visit) -> None:
    """Write a visit inside a change as the latest of its kind, and drop the oldest beyond the cap."""
    connection, library = transaction.connection, transaction.library
    connection.execute(
        "DELETE FROM history WHERE library = ? AND kind = ? AND value = ?", (library, visit.kind, visit.value)
    )
    connection.execute(
        "INSERT INTO history (library, number, kind, value, at)"
        " SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM history WHERE library = ?",
        (library, visit.kind, visit.value, visit.at, library),
    )
    connection.execute(
        "DELETE FROM history WHERE library = ? AND kind = ? AND number NOT IN"
        " (SELECT number FROM history WHERE library = ? AND kind = ? ORDER BY number DESC LIMIT ?)",
        (library, visit.kind, library, visit.kind, HISTORY_KEPT),
    )


def put_place(transaction: Transaction, place: str) -> None:
    """Write the last place inside a change."""
    transaction.connection.execute(
        "INSERT OR REPLACE INTO place (library, value) VALUES (?, ?)", (transaction.library, place)
    )
