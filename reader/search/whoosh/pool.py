"""Postings on their way into a segment: grouped by term as they come, never one object per posting.

Stands in for Whoosh's `PostingPool`. Above a bound the pool is written to a temporary file as a sorted
*run* and emptied; at the end the runs and the rest are merged. Document numbers ascend from run to run, so
lists are joined, not sorted, and the segment's bytes are the same whatever the bound.
"""

from __future__ import annotations

import heapq
import struct
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from whoosh.util.numeric import length_to_byte

from reader.model import CancelToken
from reader.search.whoosh.blocks import SMALL, Block, encode_positions

SPILL_BYTES = 96 * 1024 * 1024
_NEW_TERM_BYTES = 420
_CANCEL_STEP = 512
_LONG = 16
_RECORD = struct.Struct("=HHBII")


@dataclass(frozen=True, slots=True)
class Prepared:
    """One field of one article, ready for the pool."""

    positions: dict[bytes, list[int]]
    """Stem -> positions, ascending."""
    weights: dict[bytes, int]
    """Weight of the stems whose weight is not their number of positions."""
    length: int
    """Number of tokens, each counted once."""


class TermPostings(NamedTuple):
    """One term's postings in a segment."""

    field: str
    term: bytes
    ids: array[int]
    weights: bytes | bytearray | array[float]
    offsets: array[int]
    values: bytes | bytearray


Entry = list[Any]
"""Ids, weights, offsets and values of a term, kept bare for speed; see `TermPostings` for their types."""


class GroupPool:
    """Collects postings; `iter_postings` gives them back by field and term."""

    def __init__(
        self, folder: Path, spill_bytes: int = SPILL_BYTES, cancel: CancelToken | None = None
    ) -> None:
        self._folder = folder
        self._cancel = cancel
        self._spill_bytes = spill_bytes
        self._fields: dict[str, dict[bytes, Entry]] = {}
        self._codes: dict[str, bytearray] = {}
        self._size = 0
        self._runs: list[Path] = []
        self._older: list[Iterable[TermPostings]] = []
        self.frequencies: dict[tuple[str, bytes], int] = {}
        """How many documents each term of the new segment has; kept only where older ones are joined."""

    def add(self, item: tuple[str, bytes, int, float, Prepared]) -> None:
        """Take one field of one article, as `BlendText.index` gave it to Whoosh's writer."""
        field, _, doc, _, prepared = item
        terms = self._fields.setdefault(field, {})
        self._add_code(field, doc, length_to_byte(prepared.length))
        known_before = len(terms)
        value_bytes = 0
        find, weight_of = terms.get, prepared.weights.get
        for term, places in prepared.positions.items():
            count = len(places)
            entry = find(term)
            if entry is None:
                terms[term] = _first(doc, weight_of(term, count), encode_positions(places))
                continue
            ids, weights, offsets, values = entry
            ids.append(doc)
            values += (
                SMALL[place] if count == 1 and (place := places[0]) < 65_536 else encode_positions(places)
            )
            offsets.append(len(values))
            try:
                weights.append(weight_of(term, count))
            except ValueError:
                # Only a byte array refuses 256 and more.
                entry[1] = array("f", [*weights, weight_of(term, count)])
            value_bytes += count
        self._size += (
            14 * len(prepared.positions) + 2 * value_bytes + _NEW_TERM_BYTES * (len(terms) - known_before)
        )
        if self._size > self._spill_bytes:
            self._spill()

    def add_segment(self, lists: Iterable[TermPostings]) -> None:
        """Join the lists of an older segment at the end of ours, term by term as they are written out.

        They come by field, then term, under new document numbers above all so far; nothing is added to the
        pool itself afterwards. Of such a segment no more than one list is in memory at a time.
        """
        self._older.append(lists)

    def add_length(self, field: str, doc: int, code: int) -> None:
        """Take the length code of a document whose lists come with an older segment."""
        self._add_code(field, doc, code)

    def length_codes(self, field: str) -> bytes:
        """Per document number the length of this field as Whoosh's one-byte code."""
        return bytes(self._codes[field])

    def iter_postings(self) -> Iterator[TermPostings]:
        """All postings by field, then term. Empties the pool. Raises `Cancelled` once the token is set."""
        is_joined = bool(self._runs or self._older)
        for number, postings in enumerate(self._merged() if is_joined else self._sorted()):
            if self._cancel is not None and number % _CANCEL_STEP == 0:
                self._cancel.check()
            if self._older:
                self.frequencies[postings.field, postings.term] = len(postings.ids)
            yield postings
        self._fields = {}

    def _merged(self) -> Iterator[TermPostings]:
        """The runs, the rest and older segments as one, lists of the same term joined."""
        sources = (*map(_read_run, self._runs), self._sorted(), *self._older)
        merged = heapq.merge(*sources, key=_place)
        for (field, term), parts in groupby(merged, key=_place):
            first, *rest = parts
            if not rest:
                yield first
                continue
            entry: Entry = [array("I", first.ids), _weights(first.weights), array("I", first.offsets)]
            entry.append(bytearray(first.values))
            for part in rest:
                _join(entry, part.ids, part.weights, part.offsets, part.values)
            yield TermPostings(field, term, *entry)

    def save(self) -> None:
        """Whoosh's pools can be saved; this one lives as long as its writer."""

    def cleanup(self) -> None:
        """Let go of everything, temporary files included."""
        self._fields = {}
        self._older = []
        for run in self._runs:
            run.unlink(missing_ok=True)
        self._runs = []

    def _add_code(self, field: str, doc: int, code: int) -> None:
        codes = self._codes.setdefault(field, bytearray())
        if len(codes) <= doc:
            codes.extend(bytes(doc + 1 - len(codes)))
        codes[doc] = code

    def _sorted(self) -> Iterator[TermPostings]:
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                yield TermPostings(field, term, *terms[term])

    def _spill(self) -> None:
        run = self._folder / f"run-{len(self._runs):04}"
        with run.open("wb") as file:
            for postings in self._sorted():
                _write_record(file, postings)
        self._runs.append(run)
        self._fields = {field: {} for field in self._fields}
        self._size = 0


def _place(postings: TermPostings) -> tuple[str, bytes]:
    return postings[0], postings[1]


def _first(doc: int, weight: int, value: bytes) -> Entry:
    weights = bytearray((weight,)) if weight < 256 else array("f", (weight,))
    return [array("I", (doc,)), weights, array("I", (0, len(value))), bytearray(value)]


def renumbered(
    field: str, term: bytes, block: Block, first: int, numbers: Sequence[int] | None
) -> TermPostings | None:
    """A list of an older segment under its new document numbers; `None` where nothing of it is left.

    `first` is added to every number. With `numbers`, the new number for each old one and -1 for documents
    that are gone, `first` is not looked at.
    """
    if numbers is None:
        ids = _raised(block.ids, first)
        return TermPostings(field, term, ids, block.weights, block.offsets, block.values)
    moved = array("i", map(numbers.__getitem__, block.ids))
    if min(moved) >= 0:
        return TermPostings(field, term, array("I", moved), block.weights, block.offsets, block.values)
    kept = [at for at, doc in enumerate(moved) if doc >= 0]
    if not kept:
        return None
    pieces = [block.value(at) for at in kept]
    offsets = array("I", (0, *accumulate(map(len, pieces))))
    left = array("I", map(moved.__getitem__, kept))
    return TermPostings(field, term, left, _picked(block.weights, kept), offsets, b"".join(pieces))


def _raised(numbers: array[int], by: int) -> array[int]:
    """The same amount added to each number: one addition of big integers, as no lane ever overflows."""
    if not by or len(numbers) < _LONG:
        return array("I", [number + by for number in numbers])
    whole = int.from_bytes(numbers.tobytes(), sys.byteorder)
    added = int.from_bytes(array("I", (by,)).tobytes() * len(numbers), sys.byteorder)
    return array("I", (whole + added).to_bytes(4 * len(numbers), sys.byteorder))


def _weights(weights: bytes | bytearray | array[float]) -> bytearray | array[float]:
    return array("f", weights) if isinstance(weights, array) else bytearray(weights)


def _picked(weights: bytes | array[float], kept: Sequence[int]) -> bytearray | array[float]:
    picked = map(weights.__getitem__, kept)
    if not isinstance(weights, array):
        return bytearray(picked)  # type: ignore[arg-type]  # bytes give ints
    floats = array("f", picked)
    # A list is of bytes whenever it can be, so that its form does not depend on what was deleted.
    small = all(weight < 256 and weight == int(weight) for weight in floats)
    return bytearray(map(int, floats)) if small else floats


def _join(
    entry: Entry,
    ids: array[int],
    weights: bytes | bytearray | array[float],
    offsets: array[int],
    values: bytes | bytearray,
) -> None:
    """Append one list to another whose document numbers are all smaller."""
    entry[0].extend(ids)
    if isinstance(entry[1], array) or isinstance(weights, array):
        joined = entry[1] if isinstance(entry[1], array) else array("f", list(entry[1]))
        joined.extend(array("f", list(weights)))
        entry[1] = joined
    else:
        entry[1] += weights
    entry[2].extend(_raised(offsets[1:], len(entry[3])))
    entry[3] += values


def _write_record(file: BinaryIO, postings: TermPostings) -> None:
    field = postings.field.encode()
    floats = isinstance(postings.weights, array)
    head = _RECORD.pack(len(field), len(postings.term), int(floats), len(postings.ids), len(postings.values))
    weights = postings.weights.tobytes() if isinstance(postings.weights, array) else postings.weights
    file.write(
        b"".join(
            (
                head,
                field,
                postings.term,
                postings.ids.tobytes(),
                weights,
                postings.offsets.tobytes(),
                postings.values,
            )
        )
    )


def _read_run(path: Path) -> Iterator[TermPostings]:
    with path.open("rb", buffering=256 * 1024) as file:
        while head := file.read(_RECORD.size):
            field_size, term_size, floats, n, value_size = _RECORD.unpack(head)
            field = file.read(field_size).decode()
            term = file.read(term_size)
            ids = array("I", file.read(4 * n))
            weights = array("f", file.read(4 * n)) if floats else bytearray(file.read(n))
            offsets = array("I", file.read(4 * (n + 1)))
            yield TermPostings(field, term, ids, weights, offsets, file.read(value_size))
