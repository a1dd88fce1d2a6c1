"""Which documents of one segment a plan's condition selects, as a bit set."""

from __future__ import annotations

from reader.model import CancelToken
from reader.search.folding import folded_text
from reader.search.whoosh.lists import bit_set
from reader.search.whoosh.plan import Both, Condition, Days, Either, Has, OfId, OfSource, Without
from reader.search.whoosh.segment import Segment


def matching(segment: Segment, condition: Condition, everything: int, cancel: CancelToken | None) -> int:
    """The documents of a condition among `everything`. Reads the token between posting lists."""
    if cancel is not None:
        cancel.check()
    if isinstance(condition, Has):
        return segment.postings(condition.group, cancel).bits & everything
    if isinstance(condition, Both):
        found = everything
        for part in condition.parts:
            found &= matching(segment, part, everything, cancel)
            if not found:
                break
        return found
    if isinstance(condition, Either):
        found = 0
        for part in condition.parts:
            found |= matching(segment, part, everything, cancel)
        return found
    if isinstance(condition, Without):
        return everything & ~matching(segment, condition.part, everything, cancel)
    if isinstance(condition, Days):
        return segment.day_bits(condition.low, condition.high) & everything
    if isinstance(condition, OfSource):
        found = 0
        for code in _sources(segment, condition):
            found |= segment.source_bits[code]
        return found & everything
    return bit_set(_with_ids(segment, condition), segment.count) & everything


def source_matches(source: str, asked: str) -> bool:
    """Whether a source is meant by what was asked for: the same after folding, or all of its words."""
    folded, wanted = folded_text(source).strip(), folded_text(asked).strip()
    if folded == wanted:
        return True
    words = wanted.replace("-", " ").replace("_", " ").split()
    return bool(words) and set(words) <= set(folded.replace("-", " ").replace("_", " ").split())


def _sources(segment: Segment, condition: OfSource) -> list[int]:
    return [
        code
        for code, source in enumerate(segment.columns.sources)
        if any(source_matches(source, name) for name in condition.names)
    ]


def _with_ids(segment: Segment, condition: OfId) -> list[int]:
    columns = segment.columns
    if len(condition.ids) * 16 > segment.count:
        wanted = condition.ids
        return [doc for doc, article_id in enumerate(columns.ids) if article_id in wanted]
    return sorted(doc for article_id in condition.ids if (doc := columns.find(article_id)) is not None)
