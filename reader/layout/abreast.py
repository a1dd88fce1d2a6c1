"""What stands beside what where nothing is linked: the stretches between two linked rows, set abreast.

Without this one article's stretch would come first and the other's after it, each beside an empty column.
Nothing is claimed by it: the cells of such a row are only neighbours on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.layout.chain import MAX_JOINED, Slot, Unit

_LINE = 56
"""Characters of a line, about; rows must not depend on a width, and all columns have the same."""
_ONE_SIDED = 2.5
"""What a row costs that leaves a column empty: as much as that many lines."""
_JOINED = 0.25
"""What it costs to let one cell more into a row."""
_MOST_PAIRS = 10_000
"""Above so many the stretches are paired in order, without looking for the best way."""
_MOVES = (
    (1, 1),
    *((1, more) for more in range(2, MAX_JOINED + 1)),
    *((more, 1) for more in range(2, MAX_JOINED + 1)),
    (1, 0),
    (0, 1),
)
"""How many rows of either stretch the next row may take, the plainest first."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Part of a stretch: what will stand in one row of it."""

    slot: Slot
    """What each column has."""
    lines: int
    """How high, about."""
    is_fixed: bool
    """Whether it may not be joined with what follows it: it has marks of its own."""


def lines_of(units: Sequence[Unit], first: int, last: int) -> int:
    """About how many lines some units of a column take, with the empty ones between paragraphs."""
    lines = 0
    for unit in units[first : last + 1]:
        lines += -(-(unit.span.end - unit.span.start) // _LINE) + unit.begins
    return lines


def abreast(first: Sequence[Alone], second: Sequence[Alone]) -> list[Alone]:
    """Set two stretches of different columns beside each other, in order and as low as possible.

    Dynamic programming over both, as one aligns two sequences (Needleman and Wunsch 1970). O(n m).
    """
    if not first or not second:
        return [*first, *second]
    if len(first) * len(second) > _MOST_PAIRS:
        moves = [(1, 1)] * min(len(first), len(second))
    else:
        moves = _best_moves(first, second)
    merged: list[Alone] = []
    here = there = 0
    for ours, theirs in moves:
        merged.append(_row([*first[here : here + ours], *second[there : there + theirs]]))
        here, there = here + ours, there + theirs
    return [*merged, *first[here:], *second[there:]]


def _best_moves(first: Sequence[Alone], second: Sequence[Alone]) -> list[tuple[int, int]]:
    count, other = len(first), len(second)
    cost = [[0.0] * (other + 1) for _ in range(count + 1)]
    move = [[(0, 0)] * (other + 1) for _ in range(count + 1)]
    for here in range(count, -1, -1):
        for there in range(other, -1, -1):
            if here == count and there == other:
                continue
            best = float("inf")
            for ours, theirs in _MOVES:
                if here + ours > count or there + theirs > other:
                    continue
                price = _price(first[here : here + ours], second[there : there + theirs])
                price += cost[here + ours][there + theirs]
                if price < best:
                    best, move[here][there] = price, (ours, theirs)
            cost[here][there] = best
    moves: list[tuple[int, int]] = []
    here = there = 0
    while here < count or there < other:
        ours, theirs = move[here][there]
        moves.append((ours, theirs))
        here, there = here + ours, there + theirs
    return moves


def _price(ours: Sequence[Alone], theirs: Sequence[Alone]) -> float:
    for part in (ours, theirs):
        if len(part) > 1 and any(alone.is_fixed for alone in part):
            return float("inf")
    high = max(sum(alone.lines for alone in ours), sum(alone.lines for alone in theirs))
    if not ours or not theirs:
        return high + _ONE_SIDED
    return high + _JOINED * (len(ours) + len(theirs) - 2)


def _row(parts: Sequence[Alone]) -> Alone:
    slot: Slot = list(parts[0].slot)
    heights: dict[int, int] = {}
    for alone in parts:
        for column, held in enumerate(alone.slot):
            if held is not None:
                before = slot[column]
                slot[column] = held if before is None else (min(before[0], held[0]), max(before[1], held[1]))
                heights[column] = heights.get(column, 0) + alone.lines
    return Alone(slot, max(heights.values()), any(alone.is_fixed for alone in parts))
