"""Paragraphs to lines that remember their offsets. Widths are cells; no line is ever wider than asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.layout.cells import boundary, cells, graphemes, index_at, is_simple
from reader.model import Paragraph, ParagraphKind, Span

MIN_WIDTH = 2
"""Cells; a narrower column could not hold one ideograph, so narrower widths are read as this."""

PART = 8_000
"""Code points; a longer paragraph is broken in parts of about this, so that no step looks at all of it."""

_BULLET = re.compile(r"(?:[-*•–—] |\(?\d{1,2}[.)] )(?=\S)")
_DASHES = "-—–"
_SPACES = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）］｝〉》」』】〕〗ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥,.!?:;)]}”’%％"
)
"""Characters that stay with the one before them (from the line breaking rules of UAX 14, shortened)."""
_NEVER_LAST = frozenset("（［｛〈《「『【〔〖“‘([{")
"""Characters that stay with the one after them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One terminal line of a body. A blank line between paragraphs has `start == end` and no text."""

    start: int
    """First code point of the body that is shown."""
    end: int
    """One past the last shown; white space at a break belongs to no line."""
    text: str
    """What is shown, a code point for each of the body's: line breaks and tabs stand as spaces."""
    kind: ParagraphKind
    """Of its paragraph."""
    paragraph: int
    """Index into the paragraphs; a blank line carries that of the paragraph above it."""
    indent: int = 0
    """Cells to the left of the text."""
    is_first: bool = False
    """Whether its paragraph begins here."""

    @property
    def is_blank(self) -> bool:
        """Whether it only parts two paragraphs."""
        return self.start == self.end

    @property
    def span(self) -> Span:
        """What of the body it shows."""
        return Span(self.start, self.end)


def wrap(body: str, paragraphs: Sequence[Paragraph], width: int) -> tuple[Line, ...]:
    """Break paragraphs into lines of at most `width` cells, with a blank line between paragraphs.

    Breaks at spaces, after dashes between letters and between ideographs; a word longer than a line is cut
    between characters. Lines stand in order of `start`. O(n).
    """
    lines: list[Line] = []
    for index, paragraph in enumerate(paragraphs):
        if lines:
            lines.append(blank_after(lines[-1]))
        lines.extend(wrap_span(body, paragraph.span, paragraph.kind, index, width))
    return tuple(lines)


def blank_after(line: Line) -> Line:
    """The blank line that follows the last line of a paragraph."""
    return Line(line.end, line.end, "", line.kind, line.paragraph)


def wrap_span(
    body: str, span: Span, kind: ParagraphKind, paragraph: int, width: int, *, is_first: bool = True
) -> Iterator[Line]:
    """The lines of one stretch of one paragraph; `is_first` says whether the paragraph begins with it."""
    for part in parts(body, span):
        yield from _part_lines(body, part, kind, paragraph, width, is_first and part.start == span.start)


def parts(body: str, span: Span) -> Iterator[Span]:
    """Cut a stretch that is longer than `PART` at spaces; most are one part."""
    start = span.start
    while span.end - start > PART:
        cut = max(
            body.rfind(" ", start + PART // 2, start + PART),
            body.rfind("\n", start + PART // 2, start + PART),
        )
        if cut < 0:
            window = body[start + PART - 32 : start + PART + 32]
            cut = start + PART - 32 + boundary(window, 32)
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _part_lines(
    body: str, span: Span, kind: ParagraphKind, paragraph: int, width: int, is_first: bool
) -> Iterator[Line]:
    text = body[span.start : span.end].translate(_SPACES)
    width = max(width, MIN_WIDTH)
    bullet = _BULLET.match(text) if is_first else None
    hang = cells(bullet.group()) if bullet is not None and width >= 20 else 0
    breaks = _simple_breaks if is_simple(text) else _breaks
    for start, end in breaks(text, width, hang):
        first = start == 0 or (is_first and not text[:start].strip())
        yield Line(
            span.start + start,
            span.start + end,
            text[start:end],
            kind,
            paragraph,
            0 if first else hang,
            first and is_first,
        )


def _simple_breaks(text: str, width: int, hang: int) -> Iterator[tuple[int, int]]:
    """Breaks of a text where every code point is one cell."""
    start = _skip_spaces(text, 0)
    room = width
    while start < len(text):
        limit = start + room
        if limit >= len(text):
            end = cut = len(text)
        else:
            cut = text.rfind(" ", start, limit + 1)
            cut = max(cut, _dash_break(text, max(cut, start), limit))
            if cut <= start:
                cut = limit
            end = cut
        while end > start and text[end - 1] == " ":
            end -= 1
        if end > start:
            yield start, end
        start = _skip_spaces(text, cut)
        room = width - hang


def _dash_break(text: str, low: int, limit: int) -> int:
    """The last place after a dash between two letters, in `(low, limit]`; -1 when there is none."""
    for place in range(limit, low + 1, -1):
        if text[place - 1] in _DASHES and text[place - 2].isalpha() and text[place].isalpha():
            return place
    return -1


def _skip_spaces(text: str, start: int) -> int:
    while start < len(text) and text[start] == " ":
        start += 1
    return start


def _breaks(text: str, width: int, hang: int) -> Iterator[tuple[int, int]]:
    """Breaks of any text, one seen character at a time."""
    clusters = graphemes(text)
    first, room, used, chance = 0, width, 0, -1
    place = 0
    while place < len(clusters):
        start, end, size = clusters[place]
        is_space = text[start:end] == " "
        if place == first and is_space:
            place = first = place + 1
            continue
        if place > first and _may_break(text, clusters, place):
            chance = place
        if used + size > room and not is_space and place > first:
            cut = chance if chance > first else place
            yield _trimmed(text, clusters[first][0], clusters[cut][0])
            first = place = cut
            room, used, chance = width - hang, 0, -1
            continue
        used += size
        place += 1
    if first < len(clusters):
        yield _trimmed(text, clusters[first][0], len(text))


def _may_break(text: str, clusters: Sequence[tuple[int, int, int]], place: int) -> bool:
    before_start, before_end, before_size = clusters[place - 1]
    start, _, size = clusters[place]
    before, after = text[before_start], text[start]
    if after == " ":
        return False
    if before == " " or text[before_end - 1] == "\u200b":
        return True
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if size == 2 or before_size == 2:
        return True
    return before in _DASHES and after.isalpha() and place > 1 and text[clusters[place - 2][0]].isalpha()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def line_at(lines: Sequence[Line], offset: int) -> int:
    """The index of the line that shows a code point, or the nearest line before it. O(log n).

    A code point that no line shows (white space at a break) belongs to the line before it.
    """
    found = bisect_right(lines, offset, key=lambda line: line.start) - 1
    while found > 0 and lines[found].is_blank:
        found -= 1
    return max(found, 0)


def cells_of(line: Line, span: Span) -> tuple[int, int] | None:
    """Where a span stands on a line, as `(start_cell, end_cell)`; `None` when it is not on it."""
    start = max(span.start, line.start) - line.start
    end = min(span.end, line.end) - line.start
    if start >= end:
        return None
    if is_simple(line.text):
        return line.indent + start, line.indent + end
    return line.indent + cells(line.text[:start]), line.indent + cells(line.text[:end])


def offset_at(line: Line, cell: int) -> int:
    """The code point of the body that is drawn in a cell; the line's end for cells to its right."""
    return line.start + index_at(line.text, cell - line.indent)
