"""Which passages of two or more columns stand beside each other: the strongest links that do not cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.model import Article, ParagraphKind, Span

MAX_JOINED = 3
"""Passages of one column that may share a row because all are linked with the same passage."""
JOIN_SHARE = 0.75
"""A passage joins a row only by a link that has this part of the weight of either end's best."""

Edge = tuple[int, int, int, int]
"""Column, unit, later column, unit."""
Slot = list[tuple[int, int] | None]
"""For each column the first and last unit that stand here, or nothing."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest part of a column that is moved as a whole: a passage and the space after it."""

    span: Span
    """In the body; the units of an article cover its paragraphs without gap or overlap."""
    kind: ParagraphKind
    """Of its paragraph."""
    paragraph: int
    """Index into the article's paragraphs."""
    begins: bool
    """Whether the paragraph begins here."""


def units(article: Article, passages: Sequence[Span]) -> tuple[Unit, ...]:
    """Cut the body paragraphs of an article where passages begin and end."""
    cuts = sorted({passage.start for passage in passages} | {passage.end for passage in passages})
    found: list[Unit] = []
    for index, paragraph in enumerate(article.paragraphs):
        start, end = paragraph.span.start, paragraph.span.end
        if paragraph.kind == "body":
            for cut in cuts[bisect_right(cuts, start) : bisect_right(cuts, end - 1)]:
                cut = _after_space(article.body, cut, end)
                if start < cut < end:
                    found.append(Unit(Span(start, cut), paragraph.kind, index, start == paragraph.span.start))
                    start = cut
        found.append(Unit(Span(start, end), paragraph.kind, index, start == paragraph.span.start))
    return tuple(found)


def _after_space(body: str, place: int, end: int) -> int:
    while place < end and body[place].isspace():
        place += 1
    return place


def align(sizes: Sequence[int], weights: Mapping[Edge, float]) -> list[Slot]:
    """Set columns of so many units beside each other, each unit once and in order.

    The first two columns share a slot where the chain of links with the greatest sum of weights says so;
    every further column is set beside what stands there already, in the same way. O(n log n) a column.
    """
    slots: list[Slot] = [[(unit, unit), *[None] * (len(sizes) - 1)] for unit in range(sizes[0])]
    for column in range(1, len(sizes)):
        place_of = {
            (earlier, held[0]): place
            for place, slot in enumerate(slots)
            for earlier, held in enumerate(slot)
            if held is not None
        }
        pairs: dict[tuple[int, int], float] = {}
        for (first, unit, second, other), weight in weights.items():
            if second == column:
                key = (place_of[first, unit], other)
                pairs[key] = pairs.get(key, 0.0) + weight
        slots = _merged(slots, _chain(pairs), column, sizes)
    _join_neighbours(slots, weights)
    return [slot for slot in slots if any(held is not None for held in slot)]


def _chain(pairs: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best-scoring strictly increasing subsequence of pairs, in order.

    A maximum over prefixes of the second member, kept in a Fenwick tree (Fenwick 1994).
    """
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    size = max((second for _, second in ordered), default=0) + 2
    best: list[tuple[float, int]] = [(0.0, -1)] * size
    before: list[int] = []
    for number, pair in enumerate(ordered):
        score, previous, place = 0.0, -1, pair[1]
        while place > 0:
            if best[place][0] > score:
                score, previous = best[place]
            place -= place & -place
        before.append(previous)
        score += pairs[pair]
        place = pair[1] + 1
        while place < size:
            if score > best[place][0]:
                best[place] = (score, number)
            place += place & -place
    number, place = -1, size - 1
    score = 0.0
    while place > 0:
        if best[place][0] > score:
            score, number = best[place]
        place -= place & -place
    chain: list[tuple[int, int]] = []
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


def _merged(
    slots: list[Slot], chain: Sequence[tuple[int, int]], column: int, sizes: Sequence[int]
) -> list[Slot]:
    """Set a column's units into the slots of its chain, and the others between them in slots of their own."""
    merged: list[Slot] = []
    next_slot = next_unit = 0
    for place, unit in [*chain, (len(slots), sizes[column])]:
        merged.extend(slots[next_slot:place])
        for alone in range(next_unit, unit):
            merged.append([(alone, alone) if at == column else None for at in range(len(sizes))])
        if place < len(slots):
            slots[place][column] = (unit, unit)
            merged.append(slots[place])
        next_slot, next_unit = place + 1, unit + 1
    return merged


def _join_neighbours(slots: list[Slot], weights: Mapping[Edge, float]) -> None:
    """Let a passage join the row it is linked with, when it is the next of its column there and alone."""
    where = {
        (column, held[0]): slot for slot in slots for column, held in enumerate(slot) if held is not None
    }
    best: dict[tuple[int, int], float] = {}
    for edge, weight in weights.items():
        for end in (edge[:2], edge[2:]):
            best[end] = max(best.get(end, 0.0), weight)
    for edge in sorted(weights, key=lambda edge: (-weights[edge], edge)):
        first, second = edge[:2], edge[2:]
        if weights[edge] < JOIN_SHARE * max(best[first], best[second]):
            continue
        for anchor, other in ((first, second), (second, first)):
            slot, alone = where[anchor], where[other]
            column, unit = other
            held = slot[column]
            if slot is alone or held is None or sum(part is not None for part in alone) != 1:
                continue
            low, high = min(held[0], unit), max(held[1], unit)
            if high - low == held[1] - held[0] + 1 <= MAX_JOINED - 1 and alone[column] == (unit, unit):
                slot[column] = (low, high)
                alone[column] = None
                where[column, unit] = slot
                break
