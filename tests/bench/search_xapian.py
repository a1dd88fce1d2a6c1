"""Xapian in the search benchmark: English stems of everything, headline twice as heavy, k1 1.2, b .75."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xapian

from tests.bench.corpus import Corpus, Document
from tests.bench.search_engines import TOP, Answer, Engine
from tests.bench.search_queries import BenchQuery, Kind

_DATE, _SOURCE = 0, 1


class Xapian:
    """Debian's python3-xapian."""

    unsupported: frozenset[Kind] = frozenset(("wildcard", "fuzzy1", "fuzzy2"))

    def __init__(self) -> None:
        self.stemmer = xapian.Stem("en")

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        base = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE_OR_OPEN)
        for document in documents:
            base.add_document(self._document(document))
        base.commit()
        base.close()

    def open(self, folder: Path, corpus: Corpus | None) -> None:
        self.folder = folder
        self.base = xapian.Database(str(folder / "xapian"))

    def search(self, query: BenchQuery) -> Answer:
        enquire = xapian.Enquire(self.base)
        enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0.5))
        enquire.set_query(self._query(query))
        if query.kind == "date_sort":
            enquire.set_sort_by_value_then_relevance(_DATE, True)
        if query.kind == "facet":
            spy = xapian.ValueCountMatchSpy(_SOURCE)
            enquire.add_matchspy(spy)
            found = enquire.get_mset(0, 1, self.base.get_doccount())
            return [value.term.decode() for value in spy.values()], found.get_matches_estimated()
        found = enquire.get_mset(0, TOP, self.base.get_doccount())
        ids: list[str] = []
        for match in found:
            article_id, _, body = match.document.get_data().decode().partition("\n")
            ids.append(article_id)
            if query.kind == "snippets":
                found.snippet(body, 160, self.stemmer)
        return ids, found.get_matches_estimated()

    def change(self, document: Document) -> None:
        base = xapian.WritableDatabase(str(self.folder / "xapian"), xapian.DB_OPEN)
        base.replace_document(f"Q{document.id}", self._document(document))
        base.commit()
        base.close()
        self.base.reopen()

    def version(self) -> str:
        return str(xapian.version_string())

    def close(self) -> None:
        self.base.close()

    def _document(self, document: Document) -> Any:
        made = xapian.Document()
        generator = xapian.TermGenerator()
        generator.set_stemmer(self.stemmer)
        generator.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        generator.set_document(made)
        generator.index_text(document.headline, 2)
        generator.increase_termpos(16)
        generator.index_text(document.body)
        made.add_boolean_term(f"Q{document.id}")
        made.add_value(_DATE, document.date)
        made.add_value(_SOURCE, document.source)
        made.set_data(f"{document.id}\n{document.body}")
        return made

    def _query(self, query: BenchQuery) -> Any:
        if query.kind == "prefix":
            # xapian 1.4.22: the wrapper takes the pattern of OP_WILDCARD for a list of queries.
            parser = xapian.QueryParser()
            parser.set_database(self.base)
            parser.set_max_expansion(0)
            return parser.parse_query(f"{query.words[0]}*", xapian.QueryParser.FLAG_WILDCARD)
        stems = [self.stemmer(word).decode() for word in query.words]
        if query.kind == "phrase":
            return xapian.Query(xapian.Query.OP_PHRASE, stems)
        either = query.kind in ("or", "snippets")
        asked = xapian.Query(xapian.Query.OP_OR if either else xapian.Query.OP_AND, stems)
        if query.kind == "range":
            days = xapian.Query(xapian.Query.OP_VALUE_RANGE, _DATE, query.low, query.high)
            asked = xapian.Query(xapian.Query.OP_FILTER, asked, days)
        return asked


def engine() -> Engine:
    """For the registry."""
    return Xapian()
