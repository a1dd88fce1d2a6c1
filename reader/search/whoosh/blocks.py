r"""One term's posting list as one flat block of bytes, written and read without a loop in Python.

    offset      bytes   content
    0; 4        4; 4    magic `RB1\0`; n = number of articles, u32
    8; 12       4; 4    weight form: 0 = u8 (all whole and below 256), 1 = f32; V = bytes of values, u32
    16          4n      document numbers, u32, strictly ascending
    16+4n       wn      weights, w = 1 or 4 by the weight form
    16+(4+w)n   n       length of the article as Whoosh's one-byte code
    16+(5+w)n   4(n+1)  value offsets, u32; first 0, last V
    20+(9+w)n   V       positions: even size = u16 each; odd size = one zero byte, then u32 each

Numbers are in native byte order, which the seal records. A block that does not add up raises
`IndexUnusable`.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from reader.model.errors import IndexUnusable

MAGIC = b"RB1\0"
HEAD = struct.Struct("=4sIII")
U8, F32 = 0, 1

_LOW_BYTE = 0 if sys.byteorder == "little" else 3
_PARITY = bytes(code & 1 for code in range(256))
SMALL = tuple(place.to_bytes(2, sys.byteorder) for place in range(65_536))
"""Each position up to 65,535 as the bytes of a value with no other."""


def encode_positions(places: Sequence[int]) -> bytes:
    """Positions, ascending, as the bytes of one value."""
    if places[-1] < 65_536:
        return SMALL[places[0]] if len(places) == 1 else array("H", places).tobytes()
    return b"\0" + array("I", places).tobytes()


def decode_positions(value: bytes) -> array[int]:
    """The positions of one value, ascending."""
    if len(value) & 1:
        return array("I", value[1:])
    return array("H", value)


def pack(
    ids: array[int],
    weights: bytes | bytearray | array[float],
    codes: bytes,
    offsets: array[int],
    values: bytes,
) -> bytes:
    """One block; `weights` is bytes for whole weights below 256, an array of floats else."""
    form = F32 if isinstance(weights, array) else U8
    head = HEAD.pack(MAGIC, len(ids), form, len(values))
    weight_bytes = weights.tobytes() if isinstance(weights, array) else weights
    return b"".join((head, ids.tobytes(), weight_bytes, codes, offsets.tobytes(), values))


class Block:
    """A posting list decoded section by section, each on first use. Immutable; safe between threads."""

    __slots__ = ("_data", "_form", "_ids", "_is_even", "_offsets", "_value_start", "codes", "n", "weights")

    def __init__(self, data: bytes) -> None:
        if len(data) < HEAD.size:
            raise IndexUnusable("a posting list of the index is cut short")
        magic, n, form, value_bytes = HEAD.unpack_from(data)
        width = 4 if form else 1
        if magic != MAGIC or form > F32 or len(data) != 20 + (9 + width) * n + value_bytes:
            raise IndexUnusable("a posting list of the index is damaged")
        self.n: int = n
        self._data = data
        self._is_even: bool | None = None
        self._form = form
        start = 16 + 4 * n
        self._ids: array[int] | None = None
        raw = data[start : start + width * n]
        self.weights: bytes | array[float] = array("f", raw) if form else raw
        start += width * n
        self.codes = data[start : start + n]
        self._offsets: array[int] | None = None
        self._value_start = start + n

    @property
    def size(self) -> int:
        """Bytes of the block, about what it takes in memory."""
        return len(self._data) + 10 * self.n

    @property
    def ids(self) -> array[int]:
        """Document numbers, ascending."""
        if self._ids is None:
            self._ids = array("I", self._data[16 : 16 + 4 * self.n])
        return self._ids

    @property
    def offsets(self) -> array[int]:
        """Where each value begins in `values`; one more than there are articles."""
        if self._offsets is None:
            start = self._value_start
            self._offsets = array("I", self._data[start : start + 4 * (self.n + 1)])
        return self._offsets

    @property
    def values(self) -> bytes:
        """All values, one after another."""
        return self._data[self._value_start + 4 * (self.n + 1) :]

    @property
    def is_even(self) -> bool:
        """Whether every value is of the u16 kind, so that all values are one array."""
        if self._is_even is None:
            self._is_even = self._all_even()
        return self._is_even

    def _all_even(self) -> bool:
        low = self._data[self._value_start + _LOW_BYTE : self._value_start + 4 * (self.n + 1) : 4]
        return 1 not in low.translate(_PARITY)

    @property
    def places(self) -> memoryview:
        """All positions one after another, where `is_even`; `offsets` halved say whose they are."""
        return memoryview(self._data)[self._value_start + 4 * (self.n + 1) :].cast("H")

    def has(self, doc: int) -> bool:
        """Whether a document is in the list."""
        ids = self.ids
        at = bisect_left(ids, doc)
        return at < self.n and ids[at] == doc

    def value(self, index: int) -> bytes:
        """The value of the posting at this index of the list."""
        offsets = self.offsets
        start = self._value_start + 4 * (self.n + 1)
        return self._data[start + offsets[index] : start + offsets[index + 1]]

    def check(self, doc_count: int) -> None:
        """Read everything once. Raises `IndexUnusable` unless the list is well formed."""
        ids, offsets = self.ids, self.offsets
        ascending = all(map(int.__lt__, ids, ids[1:])) and (not ids or ids[-1] < doc_count)
        sizes = all(map(int.__le__, offsets, offsets[1:])) and offsets[0] == 0
        if not (ascending and sizes and offsets[-1] == len(self.values)):
            raise IndexUnusable("a posting list of the index is out of order")
