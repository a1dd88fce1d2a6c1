"""Everything the user keeps of a library as one value: to write it out, and to take it in again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.state.database import Database
from reader.state.marks import TAG
from reader.state.notes import Note, note, places_to_text
from reader.state.schema import TABLES
from reader.state.searches import SavedSearch
from reader.state.stories import Decision, decision, groups_to_text
from reader.state.trail import HISTORY_KEPT, Position, Visit, put_place, put_position
from reader.state.undo import Sentences, Transaction


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A mark on an article."""

    article_id: str
    """The article's id."""
    mark: str
    """`read`, `starred`, or `tag:` and a name."""
    at: str
    """UTC time in ISO 8601 when it was set."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it but the undo stack. Any part may be empty."""

    marks: tuple[Mark, ...] = ()
    """By article, then by mark."""
    notes: tuple[Note, ...] = ()
    """By id."""
    decisions: tuple[Decision, ...] = ()
    """In the order made."""
    searches: tuple[SavedSearch, ...] = ()
    """By name."""
    positions: tuple[Position, ...] = ()
    """By article."""
    visits: tuple[Visit, ...] = ()
    """Earliest first."""
    place: str | None = None
    """The last place in the app."""


def everything(database: Database) -> Kept:
    """All that is kept, of one moment."""
    with database.reading("read all you keep") as (connection, library):
        rows = {
            name: connection.execute(table.every, (library,)).fetchall() for name, table in TABLES.items()
        }
        positions = connection.execute(
            "SELECT article, offset, digest, at FROM position WHERE library = ? ORDER BY article", (library,)
        ).fetchall()
        visits = connection.execute(
            "SELECT kind, value, at FROM history WHERE library = ? ORDER BY number", (library,)
        ).fetchall()
        place = connection.execute("SELECT value FROM place WHERE library = ?", (library,)).fetchone()
    return Kept(
        tuple(Mark(*row) for row in rows["mark"]),
        tuple(note(row) for row in rows["note"]),
        tuple(decision(*row[1:]) for row in rows["decision"]),
        tuple(SavedSearch(*row) for row in rows["search"]),
        tuple(Position(*row) for row in positions),
        tuple(Visit(*row) for row in visits),
        place[0] if place else None,
    )


def take_in(database: Database, kept: Kept, *, replace: bool) -> str | None:
    """Add what is not there yet; of two versions of a note, search or position the newer one stays.

    With `replace` all that was kept before goes first. One step of undo, positions and history aside;
    `None` when nothing changed but those.
    """

    def work(transaction: Transaction) -> Sentences:
        before = {name: set(transaction.rows(name)) for name in TABLES}
        if replace:
            _clear(transaction)
        _take_marks(transaction, kept.marks)
        _take_notes(transaction, kept.notes)
        _take_decisions(transaction, kept.decisions)
        _take_searches(transaction, kept.searches)
        _take_trail(transaction, kept)
        after = {name: set(transaction.rows(name)) for name in TABLES}
        if before == after:
            transaction.changes.clear()
        counts = ((name, len(after[name] ^ before[name])) for name in TABLES)
        what = ", ".join(_counted(name, count) for name, count in counts if count)
        return Sentences(f"imported {what}", f"took back the import of {what}")

    return database.change("import what you kept", work)


def _clear(transaction: Transaction) -> None:
    for name, table in TABLES.items():
        for row in transaction.rows(name):
            transaction.remove(name, *row[: table.key])
    for statement in (
        "DELETE FROM position WHERE library = ?",
        "DELETE FROM history WHERE library = ?",
        "DELETE FROM place WHERE library = ?",
    ):
        transaction.connection.execute(statement, (transaction.library,))


def _take_marks(transaction: Transaction, marks: Iterable[Mark]) -> None:
    known: dict[str, str] = {}
    for _, held, _ in transaction.rows("mark"):
        known.setdefault(str(held).casefold(), str(held))
    for each in marks:
        name = known.setdefault(each.mark.casefold(), each.mark) if each.mark.startswith(TAG) else each.mark
        transaction.add("mark", each.article_id, name, each.at)


def _take_notes(transaction: Transaction, notes: Iterable[Note]) -> None:
    for each in notes:
        held = transaction.row("note", each.id)
        if held is None or note(held).changed < each.changed:
            transaction.put(
                "note", each.id, places_to_text(each.places), each.text, each.created, each.changed
            )


def _take_decisions(transaction: Transaction, decisions: Iterable[Decision]) -> None:
    rows = transaction.rows("decision")
    known = {(kind, groups) for _, kind, groups, _ in rows}
    number = max((int(str(row[0])) for row in rows), default=0)
    for each in decisions:
        groups = groups_to_text(each.groups)
        if (each.kind, groups) not in known:
            number += 1
            transaction.put("decision", number, each.kind, groups, each.at)


def _take_searches(transaction: Transaction, searches: Iterable[SavedSearch]) -> None:
    for each in searches:
        held = transaction.row("search", each.name)
        if held is None or str(held[2]) < each.at:
            transaction.put("search", each.name, each.query, each.at)


def _take_trail(transaction: Transaction, kept: Kept) -> None:
    connection, library = transaction.connection, transaction.library
    held = dict(connection.execute("SELECT article, at FROM position WHERE library = ?", (library,)))
    for position in kept.positions:
        if held.get(position.article_id, "") < position.at:
            put_position(transaction, position)
    rows = connection.execute(
        "SELECT kind, value, at FROM history WHERE library = ? ORDER BY number", (library,)
    ).fetchall()
    latest: dict[tuple[str, str], Visit] = {}
    for visit in (*(Visit(*row) for row in rows), *kept.visits):
        known = latest.get((visit.kind, visit.value))
        if known is None or known.at <= visit.at:
            latest.pop((visit.kind, visit.value), None)
            latest[visit.kind, visit.value] = visit
    connection.execute("DELETE FROM history WHERE library = ?", (library,))
    connection.executemany(
        "INSERT INTO history (library, number, kind, value, at) VALUES (?, ?, ?, ?, ?)",
        [
            (library, number, visit.kind, visit.value, visit.at)
            for number, visit in enumerate(_capped(sorted(latest.values(), key=lambda v: v.at)), 1)
        ],
    )
    if (
        kept.place is not None
        and not connection.execute("SELECT 1 FROM place WHERE library = ?", (library,)).fetchone()
    ):
        put_place(transaction, kept.place)


def _capped(visits: list[Visit]) -> list[Visit]:
    left = {"query": HISTORY_KEPT, "article": HISTORY_KEPT}
    newest_first = []
    for visit in reversed(visits):
        left[visit.kind] -= 1
        if left[visit.kind] >= 0:
            newest_first.append(visit)
    return newest_first[::-1]


def _counted(name: str, count: int) -> str:
    plural = {"mark": "marks", "note": "notes", "decision": "decisions on stories", "search": "searches"}
    singular = {"decision": "decision on a story"}
    return f"1 {singular.get(name, name)}" if count == 1 else f"{count:,} {plural[name]}"
