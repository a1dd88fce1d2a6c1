"""Stock Whoosh in the search benchmark: stems, BM25F, headline twice as heavy, its own highlighter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import whoosh
from whoosh import fields, index, query, sorting
from whoosh.analysis import StemmingAnalyzer

from tests.bench.corpus import Corpus, Document
from tests.bench.search_engines import TOP, Answer, Engine
from tests.bench.search_queries import BenchQuery, Kind

_HEAP_MB = 128


class StockWhoosh:
    """The package as it comes."""

    unsupported: frozenset[Kind] = frozenset()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        (folder / "whoosh").mkdir()
        made = index.create_in(str(folder / "whoosh"), _schema())
        writer = made.writer(limitmb=_HEAP_MB)
        for document in documents:
            writer.add_document(**_fields(document))
        writer.commit()
        made.close()

    def open(self, folder: Path, corpus: Corpus | None) -> None:
        self.index = index.open_dir(str(folder / "whoosh"))
        self.searcher = self.index.searcher()
        self.stem = StemmingAnalyzer()

    def search(self, asked: BenchQuery) -> Answer:
        made = self._query(asked)
        if asked.kind == "facet":
            found = self.searcher.search(made, limit=1, groupedby="source")
            groups = found.groups("source")
            return list(groups), sum(map(len, groups.values()))
        order = {"sortedby": sorting.FieldFacet("date", reverse=True)} if asked.kind == "date_sort" else {}
        found = self.searcher.search(made, limit=TOP, **order)
        if asked.kind == "snippets":
            for hit in found:
                hit.highlights("body", top=1)
        return [hit["id"] for hit in found], -1

    def count(self, asked: BenchQuery) -> int:
        """How many documents match; never timed."""
        return len(self.searcher.search(self._query(asked), limit=1))

    def change(self, document: Document) -> None:
        writer = self.index.writer()
        writer.update_document(**_fields(document))
        writer.commit()
        self.searcher.close()
        self.searcher = self.index.searcher()

    def version(self) -> str:
        return ".".join(map(str, whoosh.__version__))

    def close(self) -> None:
        self.searcher.close()
        self.index.close()

    def _query(self, asked: BenchQuery) -> Any:
        words = asked.words
        if asked.kind == "prefix":
            return query.Or([query.Prefix(name, words[0]) for name in ("headline", "body")])
        if asked.kind == "wildcard":
            return query.Or([query.Wildcard(name, f"{words[0]}*{words[1]}") for name in ("headline", "body")])
        if asked.kind in ("fuzzy1", "fuzzy2"):
            edits = int(asked.kind[-1])
            return query.Or(
                [
                    query.FuzzyTerm(name, words[0], maxdist=edits, prefixlength=1)
                    for name in ("headline", "body")
                ]
            )
        stems = [token.text for word in words for token in self.stem(word)]
        if asked.kind == "phrase":
            return query.Or([query.Phrase(name, stems) for name in ("headline", "body")])
        either = [query.Or([query.Term("headline", s), query.Term("body", s)]) for s in stems]
        if asked.kind == "range":
            low, high = (dt.datetime.fromisoformat(day) for day in (asked.low, asked.high))
            return query.And([*either, query.DateRange("date", low, high)])
        return (query.Or if asked.kind in ("or", "snippets") else query.And)(either)


def _schema() -> Any:
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        source=fields.ID(stored=True, sortable=True),
        date=fields.DATETIME(stored=True, sortable=True),
        headline=fields.TEXT(analyzer=StemmingAnalyzer(), field_boost=2.0),
        body=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True),
    )


def _fields(document: Document) -> dict[str, Any]:
    return {**document._asdict(), "date": dt.datetime.fromisoformat(document.date)}


def engine() -> Engine:
    """For the registry."""
    return StockWhoosh()
