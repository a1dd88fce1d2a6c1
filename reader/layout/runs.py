"""Overlapping marks to flat runs: what a renderer can draw from left to right, one style at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reader.layout.cells import boundary
from reader.layout.wrap import Line


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A named stretch of a body: what a highlight is before it has a colour."""

    start: int
    """First code point of the body."""
    end: int
    """One past the last."""
    name: str
    """What it stands for, such as `hit` or `shared`; a renderer maps it to a style."""


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a line with the same marks throughout."""

    text: str
    """Never empty."""
    names: tuple[str, ...]
    """Names of the marks over it, in the order the marks were given, each once."""


class Marks:
    """The marks of one body, sorted once, so that each line finds its own in O(log n + found)."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(mark for mark in marks if mark.start < mark.end)
        self._furthest = list(accumulate((mark.end for mark in self._marks), max))

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks)

    def on(self, line: Line) -> tuple[Mark, ...]:
        """The marks that touch a line, sorted."""
        end = bisect_left(self._marks, line.end, key=lambda mark: mark.start)
        start = end
        while start > 0 and self._furthest[start - 1] > line.start:
            start -= 1
        return tuple(mark for mark in self._marks[start:end] if mark.end > line.start)


def runs(line: Line, marks: Sequence[Mark]) -> tuple[Run, ...]:
    """Cut a line where the marks over it change; joined, the runs are the line's text.

    Marks may overlap and may reach beyond the line. A cut never parts what a reader sees as one character,
    or the widths of the parts would not add up. O(n log n) in the marks on the line.
    """
    changes: list[tuple[int, int, int]] = []
    for order, mark in enumerate(marks):
        start = boundary(line.text, max(mark.start, line.start) - line.start)
        end = boundary(line.text, min(mark.end, line.end) - line.start)
        if start < end:
            changes.append((start, 1, order))
            changes.append((end, -1, order))
    if not changes:
        return (Run(line.text, ()),) if line.text else ()
    changes.sort()
    return tuple(_swept(line.text, marks, changes))


def _swept(text: str, marks: Sequence[Mark], changes: Sequence[tuple[int, int, int]]) -> list[Run]:
    found: list[Run] = []
    active: set[int] = set()
    place = 0
    for at, step, order in changes:
        if at > place:
            _add(found, text[place:at], marks, active)
            place = at
        if step > 0:
            active.add(order)
        else:
            active.discard(order)
    if place < len(text):
        _add(found, text[place:], marks, ())
    return found


def _add(found: list[Run], text: str, marks: Sequence[Mark], active: Iterable[int]) -> None:
    names = tuple(dict.fromkeys(marks[order].name for order in sorted(active)))
    if found and found[-1].names == names:
        found[-1] = Run(found[-1].text + text, names)
    else:
        found.append(Run(text, names))
