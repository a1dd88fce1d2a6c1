"""Words with letters wrong, found without comparing them all.

A word within `k` edits of another has at least one of `k + 1` pieces of it unharmed, shifted by no more
places than letters are missing or too many. The words of a segment are kept by length and, within a length,
letter by letter: all first letters, all second letters, and so on. Whether a piece stands at a place is then
a few operations on whole columns, and only the words that are left are compared. Between two pieces one
letter is left out, so that two neighbours that changed places harm one piece at most.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reader.search.whoosh.lists import ones

_STEP = 4_096
"""Words compared in one call that cannot be interrupted."""


class Near(NamedTuple):
    """A word like the one asked for."""

    place: int
    """As given to `WordsByLength`."""
    word: str
    edits: int


class WordsByLength:
    """Some words, ready to be asked which are like another. Immutable."""

    def __init__(self, words: Iterable[bytes]) -> None:
        """`words` are UTF-8; their order gives them their places."""
        by_length: dict[int, list[bytes]] = {}
        self._places: dict[int, array[int]] = {}
        self._others: list[tuple[int, str]] = []
        """Words with letters beyond ASCII; they are all compared."""
        for index, word in enumerate(words):
            if not word.isascii():
                self._others.append((index, word.decode()))
                continue
            known = by_length.get(len(word))
            if known is None:
                known = by_length[len(word)] = []
                self._places[len(word)] = array("I")
            known.append(word)
            self._places[len(word)].append(index)
        self._rows = {length: b"".join(rows) for length, rows in by_length.items()}
        self._columns = {
            length: tuple(rows[at::length] for at in range(length)) for length, rows in self._rows.items()
        }

    def near(self, word: str, max_edits: int) -> Iterator[Near]:
        """The words within so many edits; a swap of neighbours is one. In no order."""
        if word.isascii():
            asked = word.encode()
            for length in range(max(1, len(asked) - max_edits), len(asked) + max_edits + 1):
                if length in self._rows:
                    yield from self._of_length(asked, length, max_edits)
        else:
            for length in range(max(1, len(word) - max_edits), len(word) + max_edits + 1):
                if length in self._rows:
                    rows = range(len(self._places[length]))
                    yield from self._compared(word, length, rows, max_edits)
        others = self._others
        for start in range(0, len(others), _STEP):
            part = others[start : start + _STEP]
            for text, edits, at in _compare(word, [text for _, text in part], max_edits):
                yield Near(part[at][0], text, edits)

    def _of_length(self, asked: bytes, length: int, max_edits: int) -> Iterator[Near]:
        columns = self._columns[length]
        found = 0
        for start, end, shift in placements(len(asked), length, max_edits):
            if start + shift < 0 or end + shift > length:
                continue
            has = -1
            for at in range(start, end):
                flags = columns[at + shift].translate(_is(asked[at]))
                has &= int.from_bytes(flags, sys.byteorder)
                if not has:
                    break
            if has < 0:
                # A piece without letters parts nothing: all words of this length are compared.
                yield from self._compared(asked.decode(), length, range(len(columns[0])), max_edits)
                return
            found |= has
        if found:
            rows = list(ones(found.to_bytes(len(columns[0]), sys.byteorder)))
            yield from self._compared(asked.decode(), length, rows, max_edits)

    def _compared(self, word: str, length: int, rows: Sequence[int], max_edits: int) -> Iterator[Near]:
        """Those of some words of one length that are near enough."""
        text, places = self._rows[length], self._places[length]
        for start in range(0, len(rows), _STEP):
            part = rows[start : start + _STEP]
            words = [text[row * length : (row + 1) * length].decode() for row in part]
            for found, edits, at in _compare(word, words, max_edits):
                yield Near(places[part[at]], found, edits)


@lru_cache(maxsize=256)
def placements(asked: int, length: int, max_edits: int) -> tuple[tuple[int, int, int], ...]:
    """Pieces of a word of `asked` letters, and by how much each may be shifted in a word of `length` letters.

    Start, end and shift of each; a word within the edits has at least one of the pieces at that place.
    """
    letters = asked - max_edits
    outer = letters // (max_edits + 1)
    if outer < 1:
        return ((0, 0, 0),)
    first, last = (0, outer), (asked - outer, asked)
    longer = length - asked
    if max_edits == 1:
        return (0, asked - outer - 1, 0), (*last, longer)
    middle = (outer + 1, asked - outer - 1)
    shifts = [shift for shift in range(-2, 3) if abs(shift) + abs(longer - shift) <= max_edits]
    return (*first, 0), (*last, longer), *((*middle, shift) for shift in shifts)


@lru_cache(maxsize=256)
def _is(letter: int) -> bytes:
    """A table that turns one letter into 1 and all others into 0."""
    return bytes(int(other == letter) for other in range(256))


def _compare(word: str, words: Sequence[str], max_edits: int) -> Iterator[tuple[str, int, int]]:
    scored = process.extract(word, words, scorer=OSA.distance, score_cutoff=max_edits, limit=None)
    return ((text, int(edits), at) for text, edits, at in scored)
