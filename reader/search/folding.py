"""Folding a whole text for search, with a way back to the original offsets.

Character by character it is `text.fold`; characters that only mean something together (a letter and its
combining marks) are folded together. Most texts fold to plain ASCII of the same length, at almost no cost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.text.fold import fold

_CLUSTER = re.compile(
    # A mark belongs to the letter before it; Hangul jamo and half-width voicing marks compose as well.
    r"[^\x00-\x1f]?[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f]+"
    r"|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?"
)


class _CharacterTable(dict[int, str]):
    """Code point -> its folded form; filled on a miss."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = fold(chr(code))
        return folded


_table = _CharacterTable()
# Unlike a hyphen, a long dash parts two words.
_table.update(dict.fromkeys((0x2014, 0x2015, 0x2E3A, 0x2E3B), " "))
# A word must not grow out of two others: these keep their place.
_table.update(dict.fromkeys((0x2026, 0x00A0), " "))


def folded_text(text: str) -> str:
    """The folded form of a whole text. Linear; a translate for most texts, `lower` for plain ASCII."""
    if text.isascii():
        return text.lower()
    if _CLUSTER.search(text) is None:
        return text.translate(_table)
    return "".join(piece for piece, _, _ in _pieces(text))


def folded_with_offsets(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The same, and for each folded character where its original begins and ends (one past)."""
    if text.isascii():
        return text.lower(), range(len(text)), range(1, len(text) + 1)
    if _CLUSTER.search(text) is None:
        folded = text.translate(_table)
        if len(folded) == len(text) and "" not in map(_table.__getitem__, set(map(ord, text))):
            return folded, range(len(text)), range(1, len(text) + 1)
    starts: list[int] = []
    ends: list[int] = []
    pieces: list[str] = []
    for piece, start, end in _pieces(text):
        pieces.append(piece)
        if len(piece) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
    return "".join(pieces), starts, ends


def _pieces(text: str) -> list[tuple[str, int, int]]:
    """Folded pieces with the original stretch each came from: clusters whole, all else one by one."""
    pieces: list[tuple[str, int, int]] = []
    done = 0
    for cluster in _CLUSTER.finditer(text):
        _add_characters(text, done, cluster.start(), pieces)
        pieces.append((fold(cluster[0]), cluster.start(), cluster.end()))
        done = cluster.end()
    _add_characters(text, done, len(text), pieces)
    return pieces


_PLAIN_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")


def _add_characters(text: str, start: int, end: int, pieces: list[tuple[str, int, int]]) -> None:
    for run in _PLAIN_RUN.finditer(text, start, end):
        folded = run[0].lower() if run[0].isascii() else _table[ord(run[0])]
        pieces.append((folded, run.start(), run.end()))
