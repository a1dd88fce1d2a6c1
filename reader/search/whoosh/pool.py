"""Postings on their way into a segment: grouped by term as they come, never one object per posting.

Stands in for Whoosh's `PostingPool`. Above a bound the pool is written to a temporary file as a sorted
*run* and emptied; at the end the runs and the rest are merged. Document numbers ascend from run to run, so
lists are joined, not sorted, and the segment's bytes are the same whatever the bound.
"""

from __future__ import annotations

import heapq
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from whoosh.util.numeric import length_to_byte

from reader.model import CancelToken
from reader.search.whoosh.blocks import SMALL, Block, encode_positions

SPILL_BYTES = 96 * 1024 * 1024
_NEW_TERM_BYTES = 420
_CANCEL_STEP = 512
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
    weights: bytearray | array[float]
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

    def add_list(
        self, field: str, term: bytes, block: Block, ids: array[int], kept: Sequence[int] | None
    ) -> None:
        """Append a posting list of an older segment under new document numbers.

        `ids` are the new numbers, ascending and above all so far; `kept` the indexes of the postings that
        stay, or `None` for all of them.
        """
        if kept is None:
            weights: bytearray | array[float] = _weights(block.weights)
            offsets, values = block.offsets, block.values
        else:
            weights = _weights(block.weights, kept)
            pieces = [block.value(index) for index in kept]
            offsets = array("I", (0,))
            for piece in pieces:
                offsets.append(offsets[-1] + len(piece))
            values = b"".join(pieces)
        terms = self._fields.setdefault(field, {})
        codes = block.codes if kept is None else bytes(map(block.codes.__getitem__, kept))
        self._add_codes(field, ids, codes)
        entry = terms.get(term)
        if entry is None:
            terms[term] = [array("I", ids), weights, array("I", offsets), bytearray(values)]
            self._size += _NEW_TERM_BYTES
        else:
            _join(entry, ids, weights, offsets, values)
        self._size += 10 * len(ids) + len(values)
        if self._size > self._spill_bytes:
            self._spill()

    def length_codes(self, field: str) -> bytes:
        """Per document number the length of this field as Whoosh's one-byte code."""
        return bytes(self._codes[field])

    def frequencies(self, field: str, terms: set[bytes]) -> dict[bytes, int]:
        """How many documents each of these terms has so far, spilled runs included."""
        counts = dict.fromkeys(terms, 0)
        for run in self._runs:
            for postings in _read_run(run):
                if postings.field == field and postings.term in counts:
                    counts[postings.term] += len(postings.ids)
        known = self._fields.get(field, {})
        for term in terms:
            if term in known:
                counts[term] += len(known[term][0])
        return counts

    def iter_postings(self) -> Iterator[TermPostings]:
        """All postings by field, then term. Empties the pool. Raises `Cancelled` once the token is set."""
        for number, postings in enumerate(self._merged() if self._runs else self._sorted()):
            if self._cancel is not None and number % _CANCEL_STEP == 0:
                self._cancel.check()
            yield postings
        self._fields = {}

    def _merged(self) -> Iterator[TermPostings]:
        """The runs and the rest as one, lists of the same term joined."""
        sources: list[Iterable[TermPostings]] = [_read_run(run) for run in self._runs]
        merged = heapq.merge(*sources, self._sorted(), key=lambda part: part[:2])
        for (field, term), parts in groupby(merged, key=lambda part: part[:2]):
            first, *rest = parts
            entry: Entry = [first.ids, first.weights, first.offsets, bytearray(first.values)]
            for part in rest:
                _join(entry, part.ids, part.weights, part.offsets, part.values)
            yield TermPostings(field, term, *entry)

    def save(self) -> None:
        """Whoosh's pools can be saved; this one lives as long as its writer."""

    def cleanup(self) -> None:
        """Let go of everything, temporary files included."""
        self._fields = {}
        for run in self._runs:
            run.unlink(missing_ok=True)
        self._runs = []

    def _add_code(self, field: str, doc: int, code: int) -> None:
        codes = self._codes.setdefault(field, bytearray())
        if len(codes) <= doc:
            codes.extend(bytes(doc + 1 - len(codes)))
        codes[doc] = code

    def _add_codes(self, field: str, ids: array[int], code_list: bytes) -> None:
        codes = self._codes.setdefault(field, bytearray())
        if ids and len(codes) <= ids[-1]:
            codes.extend(bytes(ids[-1] + 1 - len(codes)))
        for doc, code in zip(ids, code_list, strict=True):
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


def _first(doc: int, weight: int, value: bytes) -> Entry:
    weights = bytearray((weight,)) if weight < 256 else array("f", (weight,))
    return [array("I", (doc,)), weights, array("I", (0, len(value))), bytearray(value)]


def _weights(weights: bytes | array[float], kept: Sequence[int] | None = None) -> bytearray | array[float]:
    if kept is None:
        return array("f", weights) if isinstance(weights, array) else bytearray(weights)
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
    shift = len(entry[3])
    entry[2].extend(array("I", [offset + shift for offset in offsets[1:]]))
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
