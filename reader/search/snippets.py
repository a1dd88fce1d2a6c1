"""The best excerpt of a body for a query: one line, with what matched marked in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence

from reader.model.article import Paragraph, Span
from reader.model.query import Query
from reader.model.results import Snippet
from reader.search.highlight import Mark, marks

_FIRST_LOOK = 50_000
_SOLID = re.compile(r"\S")
_UNEVEN = re.compile(r"^\s|\s\s|[^\S ]|\s$")
_SENTENCE_ENDS = (". ", "! ", "? ", ".\n", ".” ", '." ', "\n\n")


def snippet(
    query: Query,
    body: str,
    *,
    width: int = 160,
    paragraphs: Sequence[Paragraph] = (),
    matched: Collection[str] | None = None,
) -> Snippet:
    """The stretch of about `width` characters that shows most of the query.

    Most different words first, then most words, then the earliest. A body in which nothing matches gives its
    beginning, headings and boilerplate passed over when `paragraphs` are given. White space is one space.
    """
    found = marks(query, body[:_FIRST_LOOK], matched)
    if not found and len(body) > _FIRST_LOOK:
        found = marks(query, body, matched)
    if not found:
        start = next((p.span.start for p in paragraphs if p.kind == "body"), 0)
        return _excerpt(body, start, width, [])
    first, last = _best_window(found, width)
    start = _begin(body, found[first].start, found[last].end, width)
    return _excerpt(body, start, max(width, found[first].end - start), found[first:])


def _best_window(found: Sequence[Mark], width: int) -> tuple[int, int]:
    """First and last mark of the best window; all of it fits into the width."""
    counts: dict[int, int] = {}
    best = (0, 0, 0)
    window = (0, 0)
    high = 0
    for low, mark in enumerate(found):
        while high < len(found) and (high <= low or found[high].end - mark.start <= width - 2):
            counts[found[high].part] = counts.get(found[high].part, 0) + 1
            high += 1
        score = (len(counts), min(high - low, 6), -mark.start)
        if score > best or low == 0:
            best, window = score, (low, high - 1)
        counts[mark.part] -= 1
        if not counts[mark.part]:
            del counts[mark.part]
    return window


def _begin(body: str, first: int, last_end: int, width: int) -> int:
    """Where the excerpt begins: at a sentence if one begins shortly before, else some words ahead."""
    room = max(0, width - (last_end - first) - 2)
    earliest = max(0, first - room)
    if earliest == 0:
        return 0
    sentence = max(
        at + len(end) if (at := body.rfind(end, earliest, first)) >= 0 else -1 for end in _SENTENCE_ENDS
    )
    if sentence >= earliest:
        return sentence
    start = max(earliest, first - room // 3)
    space = body.find(" ", start, first)
    return space + 1 if space >= 0 else first


def _excerpt(body: str, start: int, width: int, found: Sequence[Mark]) -> Snippet:
    """Body from `start` on as one line, cut between words, with the marks that lie in it."""
    while start < len(body) and body[start].isspace():
        start += 1
    end = min(len(body), start + width)
    if end < len(body) and not body[end].isspace():
        space = max(body.rfind(" ", start, end), body.rfind("\n", start, end))
        end = space if space > start + width // 2 else end
    raw = body[start:end]
    text, moved = _one_line(raw)
    lead = "…" if _SOLID.search(body, 0, start) else ""
    tail = "…" if _SOLID.search(body, end) else ""
    spans: list[Span] = []
    for mark in found:
        if mark.start >= end:
            break
        if mark.start < start:
            continue
        span_start = moved(mark.start - start) + len(lead)
        span_end = moved(min(mark.end, end) - start) + len(lead)
        if spans and span_start < spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(span_end, spans[-1].end))
        elif span_end > span_start:
            spans.append(Span(span_start, span_end))
    return Snippet(lead + text + tail, tuple(spans))


class _Moved:
    """Offsets after runs of white space became one space each."""

    def __init__(self, starts: list[int], removed: list[int], length: int) -> None:
        self._starts, self._removed, self._length = starts, removed, length

    def __call__(self, offset: int) -> int:
        at = bisect_left(self._starts, offset)
        return min(offset - (self._removed[at - 1] if at else 0), self._length)


def _one_line(raw: str) -> tuple[str, Callable[[int], int]]:
    if not _UNEVEN.search(raw):
        return raw, int
    words = raw.split()
    text = " ".join(words)
    starts: list[int] = []
    removed: list[int] = []
    at = gone = 0
    for word in words:
        found = raw.index(word, at)
        extra = found - at - (1 if at else 0)
        if extra:
            gone += extra
            starts.append(found - 1 if at else found)
            removed.append(gone)
        at = found + len(word)
    return text, _Moved(starts, removed, len(text))
