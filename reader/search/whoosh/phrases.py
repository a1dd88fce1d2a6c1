"""Finding phrases and nearness in one segment, from the positions in its posting lists."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence

from reader.model import CancelToken
from reader.search.whoosh.blocks import Block, decode_positions

NEAR_PLACES = 8
"""Window of the proximity bonus (Tao, Zhai 2007, with the sum of inverse distances)."""

_STEP = 1024
_FEW_PLACES = 6


def phrase_frequencies(
    candidates: Sequence[int],
    places: Sequence[tuple[int, Sequence[Block]]],
    slop: int,
    below: Callable[[int], int] | None,
    cancel: CancelToken | None,
) -> tuple[array[int], list[int]]:
    """The documents that hold a phrase and how often.

    `candidates` are ascending and hold every place's terms; `places` give for each place of the phrase its
    blocks; `below` limits positions (headlines).
    """
    if slop == 0 and below is None and len(places) == 2 and all(len(blocks) == 1 for _, blocks in places):
        first, second = places[0][1][0], places[1][1][0]
        if first.is_even and second.is_even:
            return _pairs(candidates, first, second, places[1][0] - places[0][0], cancel)
    ids = array("I")
    counts: list[int] = []
    for number, doc in enumerate(candidates):
        if cancel is not None and number % _STEP == 0:
            cancel.check()
        limit = below(doc) if below is not None else None
        occurrences = _occurrences(doc, places, slop, limit)
        if occurrences:
            ids.append(doc)
            counts.append(occurrences)
    return ids, counts


def _pairs(
    candidates: Sequence[int], first: Block, second: Block, distance: int, cancel: CancelToken | None
) -> tuple[array[int], list[int]]:
    """Two single terms: positions compared straight out of the two flat arrays."""
    ids = array("I")
    counts: list[int] = []
    a_ids, b_ids = first.ids, second.ids
    a_offsets, b_offsets = first.offsets, second.offsets
    a_places, b_places = first.places, second.places
    a_at = b_at = 0
    for number, doc in enumerate(candidates):
        if cancel is not None and number % _STEP == 0:
            cancel.check()
        a_at = bisect_left(a_ids, doc, a_at)
        b_at = bisect_left(b_ids, doc, b_at)
        a_start, a_end = a_offsets[a_at] >> 1, a_offsets[a_at + 1] >> 1
        b_start, b_end = b_offsets[b_at] >> 1, b_offsets[b_at + 1] >> 1
        if a_end - a_start == 1 and b_end - b_start == 1:
            found = int(b_places[b_start] - a_places[a_start] == distance)
        else:
            wanted = {place + distance for place in a_places[a_start:a_end]}
            found = len(wanted.intersection(b_places[b_start:b_end]))
        if found:
            ids.append(doc)
            counts.append(found)
    return ids, counts


def positions_in(doc: int, blocks: Sequence[Block]) -> list[int]:
    """Where any of some terms stands in a document, ascending, each place once; empty if none does."""
    found: list[int] = []
    several = False
    for block in blocks:
        at = bisect_left(block.ids, doc)
        if at < block.n and block.ids[at] == doc:
            several = bool(found)
            found += decode_positions(block.value(at))
    return sorted(set(found)) if several else found


def _occurrences(
    doc: int, places: Sequence[tuple[int, Sequence[Block]]], slop: int, limit: int | None
) -> int:
    columns: list[list[int]] = []
    for place, blocks in places:
        at = positions_in(doc, blocks)
        if limit is not None:
            at = at[: bisect_left(at, limit)]
        if not at:
            return 0
        columns.append([position - place for position in at])
    if slop:
        return _sloppy(columns, slop)
    starts = set(columns[0])
    for column in columns[1:]:
        starts.intersection_update(column)
    return len(starts)


def _sloppy(columns: list[list[int]], slop: int) -> int:
    """Windows in which every word stands, words in any order, off by at most `slop` in sum of the extremes.

    Positions are shifted by their place in the phrase, so an exact phrase has all of them equal; the distance
    of the outermost two is how far the words are off. Each window uses the earliest positions it can.
    """
    at = [0] * len(columns)
    windows = 0
    while True:
        current = [column[index] for column, index in zip(columns, at, strict=True)]
        low, high = min(current), max(current)
        if high - low <= slop:
            windows += 1
            at = [index + 1 for index in at]
        else:
            at[current.index(low)] += 1
        if any(index == len(column) for column, index in zip(columns, at, strict=True)):
            return windows


def pair_nearness(docs: Sequence[int], first: Block, second: Block) -> list[float]:
    """The nearness of two single terms in each of some documents, straight out of the two flat arrays."""
    a_ids, b_ids = first.ids, second.ids
    a_offsets, b_offsets = first.offsets, second.offsets
    a_places, b_places = first.places, second.places
    found: list[float] = []
    for doc in docs:
        a_at, b_at = bisect_left(a_ids, doc), bisect_left(b_ids, doc)
        if a_at == first.n or b_at == second.n or a_ids[a_at] != doc or b_ids[b_at] != doc:
            found.append(0.0)
            continue
        a_start, a_end = a_offsets[a_at] >> 1, a_offsets[a_at + 1] >> 1
        b_start, b_end = b_offsets[b_at] >> 1, b_offsets[b_at + 1] >> 1
        total = 0.0
        if a_end - a_start == 1 == b_end - b_start:
            distance = abs(a_places[a_start] - b_places[b_start])
            if 0 < distance <= NEAR_PLACES:
                total = 1 / distance
        elif a_end - a_start <= _FEW_PLACES and b_end - b_start <= _FEW_PLACES:
            right = b_places[b_start:b_end].tolist()
            for place in a_places[a_start:a_end].tolist():
                for other in right:
                    if -NEAR_PLACES <= place - other <= NEAR_PLACES and place != other:
                        total += 1 / abs(place - other)
        else:
            total = nearness(a_places[a_start:a_end], b_places[b_start:b_end])
        found.append(total)
    return found


def nearness(left: Sequence[int], right: Sequence[int]) -> float:
    """Sum of 1 / distance over all pairs of positions at most eight apart."""
    if len(left) == len(right) == 1:
        distance = abs(left[0] - right[0])
        return 1 / distance if 0 < distance <= NEAR_PLACES else 0.0
    total = 0.0
    start = 0
    for place in left:
        while start < len(right) and right[start] < place - NEAR_PLACES:
            start += 1
        for other in right[start:]:
            if other > place + NEAR_PLACES:
                break
            if other != place:
                total += 1 / abs(other - place)
    return total
