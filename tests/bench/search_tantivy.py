"""tantivy in the search benchmark: English stems, headline twice as heavy, one writing thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from tests.bench.corpus import Corpus, Document
from tests.bench.search_engines import TOP, Answer, Engine
from tests.bench.search_queries import BenchQuery, Kind

_FIELDS = ["headline", "body"]
_BOOSTS = {"headline": 2.0}
_HEAP_BYTES = 128_000_000


class Tantivy:
    """tantivy-py. Prefixes, wildcards and fuzzy words are unscored there."""

    unsupported: frozenset[Kind] = frozenset()

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        (folder / "tantivy").mkdir()
        self.index = tantivy.Index(_schema(), path=str(folder / "tantivy"))
        writer = self.index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for document in documents:
            writer.add_document(_document(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path, corpus: Corpus | None) -> None:
        self.index = tantivy.Index.open(str(folder / "tantivy"))
        self.searcher = self.index.searcher()
        self.schema = self.index.schema if not callable(self.index.schema) else self.index.schema()

    def search(self, query: BenchQuery) -> Answer:
        asked = self._query(query)
        if query.kind == "facet":
            wanted = {"sources": {"terms": {"field": "source", "size": 50}}}
            found = self.searcher.aggregate(asked, wanted)["sources"]["buckets"]
            return [bucket["key"] for bucket in found], sum(bucket["doc_count"] for bucket in found)
        order = {"order_by_field": "date"} if query.kind == "date_sort" else {}
        results = self.searcher.search(asked, limit=TOP, **order)
        documents = [self.searcher.doc(address) for _, address in results.hits]
        if query.kind == "snippets":
            generator = tantivy.SnippetGenerator.create(self.searcher, asked, self.schema, "body")
            generator.set_max_num_chars(160)
            for document in documents:
                generator.snippet_from_doc(document).to_html()
        return [document["id"][0] for document in documents], results.count

    def change(self, document: Document) -> None:
        writer = self.index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        writer.delete_documents("id", document.id)
        writer.add_document(_document(document))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def version(self) -> str:
        return str(tantivy.__version__)

    def close(self) -> None:
        del self.searcher, self.index

    def _query(self, query: BenchQuery) -> Any:
        words = query.words
        if query.kind in ("prefix", "wildcard"):
            pattern = f"{words[0]}.*" if query.kind == "prefix" else f"{words[0]}.*{words[1]}"
            return self._either([tantivy.Query.regex_query(self.schema, name, pattern) for name in _FIELDS])
        if query.kind in ("fuzzy1", "fuzzy2"):
            edits = int(query.kind[-1])
            return self._either(
                [tantivy.Query.fuzzy_term_query(self.schema, name, words[0], edits) for name in _FIELDS]
            )
        if query.kind == "phrase":
            text = f'"{" ".join(words)}"'
        elif query.kind in ("and", "range"):
            text = " AND ".join(words)
        else:
            text = " ".join(words)
        if query.kind == "range":
            text += f" AND date:[{query.low}T00:00:00Z TO {query.high}T23:59:59Z]"
        return self.index.parse_query(text, _FIELDS, field_boosts=_BOOSTS)

    def _either(self, queries: list[Any]) -> Any:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("source", stored=True, tokenizer_name="raw", fast=True)
    builder.add_date_field("date", stored=True, indexed=True, fast=True)
    builder.add_text_field("headline", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
    return builder.build()


def _document(document: Document) -> Any:
    made = tantivy.Document()
    made.add_text("id", document.id)
    made.add_text("source", document.source)
    made.add_date("date", dt.datetime.fromisoformat(document.date).replace(tzinfo=dt.UTC))
    made.add_text("headline", document.headline)
    made.add_text("body", document.body)
    return made


def engine() -> Engine:
    """For the registry."""
    return Tantivy()
