"""Our own engine in the search benchmark: from the typed text to the page, as the product does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import whoosh

from reader.model.results import FacetName, Page
from reader.search.query_parser import parse
from reader.search.snippets import snippet
from reader.search.whoosh.backend import WhooshBackend
from tests.bench.corpus import Corpus, Document
from tests.bench.search_engines import TOP, Answer, Engine
from tests.bench.search_queries import BenchQuery, Kind

_TODAY = dt.date(2026, 1, 1)
_PAGE = Page(0, TOP)
_NO_HITS = Page(0, 1)
_FACETS: tuple[FacetName, ...] = ("source",)


class Ours:
    """`WhooshBackend` behind the query parser."""

    unsupported: frozenset[Kind] = frozenset()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        backend = self._backend(folder)
        backend.write(document.article for document in documents)
        backend.close()

    def open(self, folder: Path, corpus: Corpus | None) -> None:
        self.backend = self._backend(folder)
        self.corpus = corpus

    def search(self, query: BenchQuery) -> Answer:
        parsed = parse(typed(query), today=_TODAY)
        if query.kind == "facet":
            results = self.backend.search(parsed.query, page=_NO_HITS, sort="date", facets=_FACETS)
            return [facet.value for facet in results.facets[0][1]], results.total
        results = self.backend.search(
            parsed.query, page=_PAGE, sort="date" if query.kind == "date_sort" else "score"
        )
        if query.kind == "snippets" and self.corpus is not None:
            for hit in results.hits:
                snippet(parsed.query, self.corpus.body(hit.article_id), matched=hit.matched)
        return [hit.article_id for hit in results.hits], results.total

    def change(self, document: Document) -> None:
        self.backend.write((document.article,))

    def version(self) -> str:
        return f"working copy on whoosh {'.'.join(map(str, whoosh.__version__))}"

    def close(self) -> None:
        self.backend.close()

    def _backend(self, folder: Path) -> WhooshBackend:
        return WhooshBackend.open(folder / "index", folder / "library", folder / "key")


def typed(query: BenchQuery) -> str:
    """What a person would type."""
    words = query.words
    if query.kind == "and":
        return " AND ".join(words)
    if query.kind == "phrase":
        return f'"{" ".join(words)}"'
    if query.kind == "prefix":
        return f"{words[0]}*"
    if query.kind == "wildcard":
        return f"{words[0]}*{words[1]}"
    if query.kind in ("fuzzy1", "fuzzy2"):
        return f"{words[0]}~{query.kind[-1]}"
    if query.kind == "range":
        return f"{words[0]} date:{query.low}..{query.high}"
    return " ".join(words)


def engine() -> Engine:
    """For the registry."""
    return Ours()
