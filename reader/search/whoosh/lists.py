"""Posting lists in memory, with the forms that make plain Python fast: bit sets, classes, dense maps.

A *bit set* is one big integer, bit `d` for document `d`: intersections and unions of 100,000 documents take a
microsecond. A posting's *class* is its saturated weight in 255 steps against the segment's own average
length; it bounds the score from above whatever the average of the snapshot is. A *dense map* has one byte
per document of the segment, its class or 0, so that the scores of all documents are added as big integers
(`topk.py`).
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from operator import add
from typing import Any

from whoosh.util.numeric import byte_to_length

K1 = 1.2
B = 0.75
LENGTHS = tuple(int(byte_to_length(code)) for code in range(256))
"""Whoosh's length codes, decoded."""

STEP = 8_192
"""Elements handled in one call that cannot be interrupted."""

CACHE_BYTES = 48 * 1024 * 1024


def length_norms(average: float) -> list[float]:
    """BM25's `k1 * (1 - b + b * length / average)` for every length code."""
    return [K1 * (1 - B + B * length / average) for length in LENGTHS]


class Classes:
    """Turns weights and length codes of one segment into classes."""

    def __init__(self, average: float) -> None:
        self.norms = length_norms(average)
        self._rows: dict[float, bytes] = {}

    def of(self, weights: Sequence[float], codes: bytes) -> bytes:
        """The class of each posting, 1 to 255."""
        rows = self._rows
        for weight in set(weights):
            if weight not in rows:
                rows[weight] = bytes(self._class(weight, norm) for norm in self.norms)
        return bytes([rows[weight][code] for weight, code in zip(weights, codes, strict=True)])

    @staticmethod
    def _class(weight: float, norm: float) -> int:
        # Rounded up, and never 0, which stands for "not in the list".
        return max(1, min(255, -int(-255 * weight / (weight + norm) // 1)))

    def bounds(self, norms: Sequence[float]) -> list[float]:
        """For each class the highest `tf * (k1 + 1) / (tf + norm)` that it allows under other norms."""
        ratio = max(own / other for own, other in zip(self.norms, norms, strict=True))
        bounds = [0.0]
        for number in range(1, 255):
            odds = ratio * number / (255 - number)
            bounds.append((K1 + 1) * odds / (1 + odds) * (1 + 1e-9))
        bounds.append(K1 + 1)
        return bounds


class PostingList:
    """Documents of one segment with weights: of one term, or of several terms or a phrase taken as one."""

    def __init__(
        self,
        ids: array[int],
        weights: Sequence[float],
        codes: bytes,
        doc_count: int,
        classes: Classes,
    ) -> None:
        self.ids = ids
        """Ascending."""
        self.weights = weights
        """One for each document."""
        self.codes = codes
        """Length codes, one for each document."""
        self.n = len(ids)
        self._doc_count = doc_count
        self.class_table = classes
        """What made the classes."""

    @cached_property
    def bits(self) -> int:
        """The documents as a bit set."""
        return bit_set(self.ids, self._doc_count)

    @cached_property
    def classes(self) -> bytes:
        """The class of each posting."""
        return self.class_table.of(self.weights, self.codes)

    @cached_property
    def highest_class(self) -> int:
        """Of all postings; the list is not empty."""
        return max(self.classes)

    @cached_property
    def dense(self) -> bytes:
        """The class of each document of the segment, 0 for those not in the list."""
        dense = bytearray(self._doc_count)
        scatter(dense, self.ids, self.classes)
        return bytes(dense)

    @cached_property
    def dense_weights(self) -> bytes | None:
        """The weight of each document of the segment, 0 for those not in the list; only for whole weights."""
        if not isinstance(self.weights, bytes):
            return None
        dense = bytearray(self._doc_count)
        scatter(dense, self.ids, self.weights)
        return bytes(dense)

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each document stands in the list."""
        return dict(zip(self.ids, range(self.n), strict=True))

    @property
    def is_dense(self) -> bool:
        """Whether dense maps are worth their room."""
        return self.n * 40 > self._doc_count

    @property
    def cost(self) -> int:
        """Bytes it may come to take in memory."""
        own = 2 * self._doc_count if self.is_dense else 90 * self.n
        return 400 + 14 * self.n + self._doc_count // 8 + own

    def index(self, doc: int) -> int:
        """Where a document stands in the list, or -1."""
        at = bisect_left(self.ids, doc)
        return at if at < self.n and self.ids[at] == doc else -1


def scatter(target: bytearray, docs: Sequence[int], values: bytes) -> None:
    """Put each value at its document's place.

    In steps: one call for a hundred thousand would hold the interpreter's lock for many milliseconds, and the
    UI thread would be late.
    """
    for start in range(0, len(docs), STEP):
        end = start + STEP
        deque(map(target.__setitem__, docs[start:end], values[start:end]), maxlen=0)


def gathered(kind: str, values: Sequence[int], places: Sequence[int]) -> array[int]:
    """The values at these places as an array; in steps, like `scatter`."""
    found = array(kind)
    for start in range(0, len(places), STEP):
        found.extend(array(kind, map(values.__getitem__, places[start : start + STEP])))
    return found


def bit_set(docs: Sequence[int], doc_count: int) -> int:
    """A big integer with one bit for each of these documents."""
    if len(docs) * 24 < doc_count:
        few = bytearray(doc_count // 8 + 1)
        for doc in docs:
            few[doc >> 3] |= 1 << (doc & 7)
        return int.from_bytes(few, "little")
    digits = bytearray(b"0") * doc_count
    scatter(digits, docs, b"1" * len(docs))
    digits.reverse()
    return int(digits, 2)


_NOT_ZERO = bytes((0, *[1] * 255))
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def members(bits: int, doc_count: int) -> list[int]:
    """The documents of a bit set, ascending."""
    raw = bits.to_bytes(doc_count // 8 + 1, "little")
    if bits.bit_count() * 16 > doc_count:
        places: Iterable[int] = compress(range(len(raw)), raw)
    else:
        places = ones(raw.translate(_NOT_ZERO))
    return [8 * at + bit for at in places for bit in _BITS[raw[at]]]


def ones(flags: bytes) -> Iterable[int]:
    """Where the bytes of value 1 among zeros stand, ascending; without a step in Python for each."""
    zeros = accumulate(map(len, flags.split(b"\1")[:-1]))
    return map(add, zeros, count())


class ListCache:
    """Least recently used first out, by estimated bytes. Safe between threads."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit = limit_bytes
        self._size = 0
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any], cost: Callable[[Any], int]) -> Any:
        """The value of a key, made at most about once."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
                return entry[0]
        value = make()
        size = cost(value)
        with self._lock:
            if key not in self._entries:
                self._entries[key] = (value, size)
                self._size += size
            while self._size > self._limit and len(self._entries) > 1:
                self._size -= self._entries.popitem(last=False)[1][1]
        return value

    def forget(self, owners: Iterable[str]) -> None:
        """Drop everything of some segments; keys are tuples that begin with the segment's name."""
        gone = set(owners)
        with self._lock:
            for key in [key for key in self._entries if isinstance(key, tuple) and key[0] in gone]:
                self._size -= self._entries.pop(key)[1]
