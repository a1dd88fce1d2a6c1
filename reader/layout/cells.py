"""Measuring and cutting text in terminal cells, never inside a character that a reader sees as one."""

from __future__ import annotations

import re
from bisect import bisect_right

from rich.cells import cell_len, split_graphemes

ELLIPSIS = "…"
"""Stands for what was cut off; one cell."""

_COMPLEX = re.compile(
    "[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]"
)
"""Anything that may be wide, or join with its neighbour; all others are one cell each."""


def is_simple(text: str) -> bool:
    """Whether every code point is one cell, so that offsets in the text are cells."""
    return text.isascii() or _COMPLEX.search(text) is None


def cells(text: str) -> int:
    """How many terminal cells the text takes."""
    return len(text) if is_simple(text) else cell_len(text)


def graphemes(text: str) -> list[tuple[int, int, int]]:
    """What a reader sees as characters: `(start, end, cells)`, without gaps and in order."""
    if is_simple(text):
        return [(index, index + 1, 1) for index in range(len(text))]
    return split_graphemes(text)[0]


def boundary(text: str, index: int) -> int:
    """The first place at or after `index` that does not cut a character in two."""
    if index <= 0 or index >= len(text) or is_simple(text):
        return index
    starts = [start for start, _, _ in split_graphemes(text)[0]]
    place = bisect_right(starts, index - 1)
    return starts[place] if place < len(starts) else len(text)


def index_at(text: str, cell: int) -> int:
    """The code point drawn in a cell; the text's length for cells past its end."""
    if cell <= 0:
        return 0
    if is_simple(text):
        return min(cell, len(text))
    used = 0
    for start, _, width in split_graphemes(text)[0]:
        used += width
        if used > cell:
            return start
    return len(text)


def fit(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """The text if it fits in `width` cells, else its beginning with an ellipsis; never wider."""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room < 0:
        return ""
    used = 0
    kept = 0
    for start, end, size in graphemes(text[: 4 * width + 64]):
        used += size
        if used > room:
            return text[:start].rstrip() + ellipsis
        kept = end
    return text[:kept].rstrip() + ellipsis


def pad(text: str, width: int) -> str:
    """The text cut or filled with spaces to exactly `width` cells."""
    # rich 15 takes a joiner at the end and the space after it for one character.
    fitted = fit(text, width).rstrip("\u200d")
    return fitted + " " * (width - cells(fitted))
