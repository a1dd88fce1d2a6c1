"""SQLite FTS5 in the search benchmark: porter stems, headline twice as heavy, prefixes of two and three."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from tests.bench.corpus import Corpus, Document
from tests.bench.search_engines import TOP, Answer, Engine
from tests.bench.search_queries import BenchQuery, Kind

_SCHEMA = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT UNIQUE, source TEXT, date TEXT);
CREATE VIRTUAL TABLE texts USING fts5(headline, body, tokenize='porter unicode61', prefix='2 3');
INSERT INTO texts(texts, rank) VALUES('rank', 'bm25(2.0, 1.0)');
"""
_JOINED = "FROM texts JOIN articles ON articles.number = texts.rowid WHERE texts MATCH ?"
_PAGE = f"SELECT articles.id {_JOINED}"
_STATEMENTS = {
    "range": f"{_PAGE} AND articles.date BETWEEN ? AND ? ORDER BY texts.rank LIMIT {TOP}",
    "date_sort": f"{_PAGE} ORDER BY articles.date DESC LIMIT {TOP}",
    "facet": f"SELECT articles.source, count(*) AS n {_JOINED} GROUP BY articles.source ORDER BY n DESC",
    "snippets": (
        f"SELECT articles.id, snippet(texts, 1, '[', ']', '…', 24) {_JOINED} ORDER BY texts.rank LIMIT {TOP}"
    ),
}
_RANKED = f"{_PAGE} ORDER BY texts.rank LIMIT {TOP}"


class Sqlite:
    """FTS5 with a table beside it."""

    unsupported: frozenset[Kind] = frozenset(("wildcard", "fuzzy1", "fuzzy2"))

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        base = sqlite3.connect(folder / "index.db")
        base.executescript(_SCHEMA)
        with base:
            for number, document in enumerate(documents, 1):
                self._insert(base, number, document)
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.close()

    def open(self, folder: Path, corpus: Corpus | None) -> None:
        self.base = sqlite3.connect(folder / "index.db")

    def search(self, query: BenchQuery) -> Answer:
        match = _match(query)
        arguments = (match, query.low, query.high) if query.kind == "range" else (match,)
        rows = self.base.execute(_STATEMENTS.get(query.kind, _RANKED), arguments).fetchall()
        total = sum(row[1] for row in rows) if query.kind == "facet" else -1
        return [row[0] for row in rows], total

    def count(self, query: BenchQuery) -> int:
        """How many documents match; never timed."""
        arguments: tuple[str, ...] = (_match(query),)
        extra = ""
        if query.kind == "range":
            extra = " AND articles.date BETWEEN ? AND ?"
            arguments = (*arguments, query.low, query.high)
        return int(self.base.execute(f"SELECT count(*) {_JOINED}{extra}", arguments).fetchone()[0])

    def change(self, document: Document) -> None:
        with self.base:
            found = self.base.execute("SELECT number FROM articles WHERE id = ?", (document.id,)).fetchone()
            number = int(found[0])
            self.base.execute("DELETE FROM texts WHERE rowid = ?", (number,))
            self.base.execute("DELETE FROM articles WHERE number = ?", (number,))
            self._insert(self.base, number, document)

    def version(self) -> str:
        return sqlite3.sqlite_version

    def close(self) -> None:
        self.base.close()

    def _insert(self, base: sqlite3.Connection, number: int, document: Document) -> None:
        row = (number, document.id, document.source, document.date)
        base.execute("INSERT INTO articles VALUES (?, ?, ?, ?)", row)
        text = (number, document.headline, document.body)
        base.execute("INSERT INTO texts(rowid, headline, body) VALUES (?, ?, ?)", text)


def _match(query: BenchQuery) -> str:
    words = [f'"{word}"' for word in query.words]
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    if query.kind == "prefix":
        return f"{query.words[0]}*"
    return (" OR " if query.kind in ("or", "snippets") else " AND ").join(words)


def engine() -> Engine:
    """For the registry."""
    return Sqlite()
