"""Straight right edges: which spaces of a line are doubled, and how offsets and places correspond then."""

from __future__ import annotations

import re
from bisect import bisect_left

from reader.layout.cells import cells

_GAP = re.compile(r"(?<=\S) (?=\S)")


def doubled(text: str, width: int) -> tuple[int, ...]:
    """Indices of the spaces to be doubled so that a line is `width` cells; sorted, evenly spread.

    Empty when the line is full, or so short that doubled spaces would not do: rivers are worse to read than
    a ragged edge.
    """
    gaps = [found.start() for found in _GAP.finditer(text)]
    missing = width - cells(text.rstrip())
    if not 0 < missing <= len(gaps):
        return ()
    return tuple(gaps[(number * len(gaps) + len(gaps) // 2) // missing] for number in range(missing))


def place_of(index: int, spaces: tuple[int, ...]) -> int:
    """Where a code point of the text stands in the line whose `spaces` are doubled."""
    return index + bisect_left(spaces, index)


def index_of(place: int, spaces: tuple[int, ...]) -> int:
    """The code point at a place of such a line; the second of two spaces belongs to the first."""
    index = place
    for number, space in enumerate(spaces):
        if place <= space + number:
            break
        index = place - number - 1
    return index
