"""Every Whoosh interface the layer stands on, so that a new distribution fails here and not in a search."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from whoosh import codec, fields, query
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment, W3TermInfo, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Positions
from whoosh.index import TOC, FileIndex
from whoosh.matching import LeafMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.filelock import try_for
from whoosh.util.numeric import byte_to_length, length_to_byte
from whoosh.writing import SegmentWriter

from reader.search.whoosh.commit import INDEX_NAME
from reader.search.whoosh.schema import index_schema
from reader.search.whoosh.storage import SealedStorage
from tests.conftest import make_article
from tests.search.whoosh.conftest import OpenIndex

TOUCHED = [
    (TOC, ("read", "write", "_filename", "_pattern", "_segment_pattern")),
    (FileIndex, ("_read_toc", "lock", "reader")),
    (FileStorage, ("create", "create_file", "rename_file", "lock", "_fpath", "destroy")),
    (StructFile, ("get", "read_pickle", "close", "write")),
    (
        W3Codec,
        ("field_writer", "terms_reader", "postings_reader", "per_document_writer", "TERMS_EXT", "POSTS_EXT"),
    ),
    (W3FieldWriter, ("start_field", "finish_field", "add_postings")),
    (W3TermInfo, ("set_extent", "extent", "to_bytes", "from_bytes")),
    (W3TermsReader, ("_range_for_key", "term_info", "matcher", "terms")),
    (W3Segment, ("segment_id", "make_filename", "deleted_docs", "delete_document", "doc_count_all")),
    (
        SegmentReader,
        ("postings", "all_terms", "doc_frequency", "doc_count_all", "field_length", "doc_field_length"),
    ),
    (SegmentWriter, ("add_document", "delete_document", "commit", "cancel")),
    (LeafMatcher, ("block_quality",)),
    (Positions, ("decoder", "supports")),
    (fields.TEXT, ("index", "to_bytes")),
]
CASES = [(owner, name) for owner, names in TOUCHED for name in names]


@pytest.mark.parametrize(("owner", "name"), CASES, ids=[f"{owner.__name__}.{name}" for owner, name in CASES])
def test_interface_exists(owner: type, name: str) -> None:
    assert hasattr(owner, name)


def test_module_level_names_exist() -> None:
    assert codec.default_codec
    assert issubclass(TermNotFound, Exception)
    assert try_for(lambda: True, timeout=0, delay=0)


def test_length_codes_are_exact_up_to_ten_tokens() -> None:
    assert [byte_to_length(length_to_byte(length)) for length in range(11)] == list(range(11))


def test_stock_queries_run_over_the_flat_lists(open_index: OpenIndex) -> None:
    index = open_index()
    index.write([make_article(f"Summit {number}", "Peace talks.", id=f"a/{number}") for number in range(30)])
    with _stock_searcher(index.folder) as searcher:
        both = query.And([query.Term("text", "peac"), query.Term("text", "summit")])
        assert len(searcher.search(both, limit=50)) == 30
        assert len(searcher.search(query.Phrase("text", ["peac", "talk"]), limit=50)) == 30
        assert len(searcher.search(query.Prefix("text", "pea"), limit=50)) == 30


def test_stock_queries_leave_deleted_articles_out(open_index: OpenIndex) -> None:
    index = open_index()
    index.write([make_article(f"Summit {number}", "Peace talks.", id=f"a/{number}") for number in range(30)])
    index.write([], delete=["a/3"])
    with _stock_searcher(index.folder) as searcher:
        assert len(searcher.search(query.Term("text", "peac"), limit=50)) == 29


def test_our_segments_pickle_by_the_names_the_unpickler_allows(open_index: OpenIndex) -> None:
    index = open_index()
    index.write([make_article()])
    toc = TOC.read(_storage(index.folder), INDEX_NAME, schema=index_schema())
    assert b"FlatCodec" in pickle.dumps(toc.segments, 2)


def _storage(folder: Path) -> SealedStorage:
    return SealedStorage(folder, [entry.name for entry in folder.iterdir()])


def _stock_searcher(folder: Path) -> Any:
    return FileIndex(_storage(folder), schema=index_schema(), indexname=INDEX_NAME).searcher()
