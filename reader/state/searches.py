"""Saved searches: a name and a query. How many articles they find is the workspace's to say."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model.errors import NotFound, StateError
from reader.state.database import Database
from reader.state.undo import Sentences, Transaction
from reader.text.clean import clean_line

NAME_LIMIT = 80
"""Characters of a name; what is beyond is cut."""
QUERY_LIMIT = 5_000
"""Characters of a query; what is beyond is cut."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name."""

    name: str
    """Unique in its library."""
    query: str
    """As typed, cleaned."""
    at: str
    """UTC time in ISO 8601 when it was saved."""


class SearchStore:
    """Saved searches of a library; every change is a step of undo."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, name: str, query: str) -> str | None:
        """Save a query under a name, in place of another of that name; `None` when it is so already.

        Raises `StateError` for an empty name or query.
        """
        kept, asked = _name(name), str(clean_line(query, QUERY_LIMIT))
        if not asked:
            raise StateError("an empty search was not saved; type a query first")

        def work(transaction: Transaction) -> Sentences | None:
            before = transaction.row("search", kept)
            if before is not None and before[1] == asked:
                return None
            transaction.put("search", kept, asked, transaction.now)
            if before is None:
                return Sentences(f"saved the search {kept}", f"removed the search {kept}")
            return Sentences(f"changed the search {kept}", f"put back the search {kept} as it was")

        return self._database.change("save the search", work)

    def rename(self, old: str, new: str) -> str | None:
        """Give a search another name. Raises `NotFound`, or `StateError` when the name is taken."""
        before, after = _name(old), _name(new)

        def work(transaction: Transaction) -> Sentences | None:
            row = transaction.row("search", before)
            if row is None:
                raise _no_such(before)
            if before == after:
                return None
            if transaction.row("search", after) is not None:
                raise StateError(f"there is a search {after} already; choose another name")
            transaction.remove("search", before)
            transaction.put("search", after, *row[1:])
            return Sentences(
                f"renamed the search {before} to {after}", f"renamed the search {after} back to {before}"
            )

        return self._database.change("rename the search", work)

    def remove(self, name: str) -> str | None:
        """Delete a search. Raises `NotFound`."""
        kept = _name(name)

        def work(transaction: Transaction) -> Sentences:
            if not transaction.remove("search", kept):
                raise _no_such(kept)
            return Sentences(f"removed the search {kept}", f"brought back the search {kept}")

        return self._database.change("remove the search", work)

    def all(self) -> tuple[SavedSearch, ...]:
        """By name, without regard to case."""
        with self._database.reading("read your saved searches") as (connection, library):
            rows = connection.execute(
                "SELECT name, query, at FROM search WHERE library = ?", (library,)
            ).fetchall()
        return tuple(sorted((SavedSearch(*row) for row in rows), key=lambda s: (s.name.casefold(), s.name)))


def _name(name: str) -> str:
    cleaned = str(clean_line(name, NAME_LIMIT))
    if not cleaned:
        raise StateError("a saved search needs a name; nothing was changed")
    return cleaned


def _no_such(name: str) -> NotFound:
    return NotFound(f"there is no saved search {name}")
