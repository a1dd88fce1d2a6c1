"""Reading every posting list of an index once, for `reader index --check`."""

from __future__ import annotations

from itertools import pairwise

from reader.model.errors import IndexUnusable
from reader.search.whoosh.segment import Segment
from reader.search.whoosh.snapshot import Snapshot


def check_segments(snapshot: Snapshot) -> None:
    """Raises `IndexUnusable` for the first list, column or word list that does not add up."""
    for live in snapshot.lives:
        _check_lists(live.segment)
        _check_columns(live.segment)
        surfaces = [word.surface.encode() for word in live.segment.lexicon]
        if any(before >= after for before, after in pairwise(surfaces)):
            raise IndexUnusable("a word list of the index is out of order")


def _check_lists(segment: Segment) -> None:
    for field, term, block in segment.reader.blocks():
        if block.n != segment.reader.doc_frequency(field, term):
            raise IndexUnusable("a posting list of the index does not fit its term")
        block.check(segment.count)


def _check_columns(segment: Segment) -> None:
    columns = segment.columns
    for order in (columns.by_id, columns.newest):
        if sorted(order) != list(range(segment.count)):
            raise IndexUnusable("an order of the index leaves articles out")
    if any(code >= len(columns.sources) for code in columns.source_codes):
        raise IndexUnusable("a column of the index names no source")
