"""What one chunk of folded text means: a word, a number, a name with an apostrophe, a compound, a run of Han.

A chunk is a run of letters and digits with single marks inside it (`o'donoghue`, `u.s`, `at&t`, `1,234.5`,
`f-22`, `cease-fire`, `c++`). Most chunks are plain words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from reader.search.stemmer import stem

_FREQUENT = "a an and are as at be by for from has in is it its of on or that the this to was were will with"
STOP_WORDS = frozenset(_FREQUENT.split())
"""So frequent that they part nothing; they keep their positions."""

MAX_TOKEN = 64
"""Longer words are cut here; nobody types them."""

_MAX_COMPOUND = 5

_CJK = (
    "\u3005\u3006\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs of Indic and Semitic scripts are letters to a reader, but not to `\w`.
_MARKS = "".join(chr(code) for code in range(0x0483, 0x1AB0) if unicodedata.category(chr(code))[0] == "M")

CHUNKS_ASCII = re.compile(r"[a-z0-9_]++(?:[-'.,&][a-z0-9_]++)*+(?:\+\+|#)?+")
"""Chunks of folded ASCII text."""
CHUNKS_ANY = re.compile(rf"[\w{_MARKS}]++(?:[-'.,&][\w{_MARKS}]++)*+(?:\+\+|#)?+")
"""Chunks of any folded text; on ASCII the same as `CHUNKS_ASCII`."""

_HAS_CJK = re.compile(f"[{_CJK}]")
_ATOMS = re.compile(
    rf"(?P<cjk>[{_CJK}]+)"
    rf"|(?P<initials>[^\W\d_{_CJK}](?:\.[^\W\d_{_CJK}])+(?![^\W_]))"
    rf"|(?P<joint>[^\W_{_CJK}]{{1,3}}(?:&[^\W_{_CJK}]{{1,3}})+(?![^\W_]))"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?[^\W_{_CJK}]*|\d+(?:\.\d+)+[^\W_{_CJK}]*)"
    rf"|(?P<plus>[^\W_{_CJK}]+\+\+|[^\W\d_{_CJK}]#)"
    rf"|(?P<word>(?:[{_MARKS}]|[^\W_{_CJK}])+(?:'(?:[{_MARKS}]|[^\W_{_CJK}])+)*)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One term inside a chunk."""

    offset: int
    """Position, counted from the chunk's first."""
    term: bytes
    """Stem; empty for a stop word."""
    start: int
    """First character in the chunk."""
    end: int
    """One past the last."""
    surface: str
    """Folded, unstemmed."""
    is_whole: bool = False
    """A compound written as one word; its parts are pieces of their own."""
    one_place: bool = False
    """A whole whose parts stand in its own place (`f-22`), rather than one after the other."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A chunk that is not one plain word."""

    pieces: tuple[Piece, ...]
    """By offset; parts before their whole. May be empty."""
    used: int
    """Positions taken."""


def is_cacheable(chunk: str) -> bool:
    """Whether a chunk is likely to come again; long ones and runs of Han are not."""
    return len(chunk) <= MAX_TOKEN and (chunk.isascii() or _HAS_CJK.search(chunk) is None)


def analyse_chunk(chunk: str) -> bytes | Pieces | None:
    """The stem of a plain word, `None` for a stop word, else the pieces of the chunk."""
    if chunk in STOP_WORDS:
        return None
    if len(chunk) <= MAX_TOKEN and chunk.isalnum() and (chunk.isascii() or _HAS_CJK.search(chunk) is None):
        return _stemmed(chunk)
    pieces: list[Piece] = []
    used = 0
    for group in _groups(chunk):
        used += _add_group(group, used, pieces)
    if len(pieces) == 1 and pieces[0].surface == chunk and pieces[0].term:
        return pieces[0].term
    return Pieces(tuple(pieces), used)


@dataclass(frozen=True, slots=True)
class _Atom:
    surface: str
    start: int
    end: int
    kind: str


def _groups(chunk: str) -> Iterator[list[_Atom]]:
    """Atoms, those joined by hyphens together."""
    group: list[_Atom] = []
    for atom in _atoms(chunk):
        if group and (chunk[group[-1].end : atom.start] != "-" or "cjk" in (atom.kind, group[-1].kind)):
            yield group
            group = []
        group.append(atom)
    if group:
        yield group


def _atoms(chunk: str) -> Iterator[_Atom]:
    for match in _ATOMS.finditer(chunk):
        kind = str(match.lastgroup)
        if kind == "cjk":
            yield from _bigrams(match[0], match.start())
        elif surface := _surface(match[0], kind):
            yield _Atom(surface[:MAX_TOKEN], match.start(), match.end(), kind)


def _bigrams(run: str, start: int) -> Iterator[_Atom]:
    for i in range(max(1, len(run) - 1)):
        pair = run[i : i + 2]
        yield _Atom(pair, start + i, start + i + len(pair), "cjk")


def _surface(text: str, kind: str) -> str:
    if kind == "initials":
        return text.replace(".", "")
    if kind == "number":
        return text.replace(",", "")
    if kind == "word":
        return text.removesuffix("'s").replace("'", "")
    return text


def _add_group(group: list[_Atom], position: int, pieces: list[Piece]) -> int:
    """Add one compound, or single atom, at a position; how many positions it takes."""
    if _is_code(group):
        for atom in group:
            pieces.append(Piece(position, _term(atom), atom.start, atom.end, atom.surface))
        pieces.append(_whole(group, position, one_place=True))
        return 1
    for offset, atom in enumerate(group):
        pieces.append(Piece(position + offset, _term(atom), atom.start, atom.end, atom.surface))
        if offset == 0 and _is_compound(group):
            pieces.append(_whole(group, position, one_place=False))
    return len(group)


def _is_code(group: list[_Atom]) -> bool:
    """`f-22`, `covid-19`, `737-max`: a short word and a number that together name one thing."""
    if len(group) != 2:
        return False
    first, second = group[0].surface, group[1].surface
    if first.isdigit() and second.isalpha():
        first, second = second, first
    return first.isalpha() and len(first) <= 5 and second[0].isdigit()


def _is_compound(group: list[_Atom]) -> bool:
    return 2 <= len(group) <= _MAX_COMPOUND and not all(atom.surface[0].isdigit() for atom in group)


def _whole(group: list[_Atom], position: int, *, one_place: bool) -> Piece:
    joined = "".join(atom.surface for atom in group)[:MAX_TOKEN]
    return Piece(position, _stemmed(joined), group[0].start, group[-1].end, joined, True, one_place)


def _term(atom: _Atom) -> bytes:
    return b"" if atom.surface in STOP_WORDS else _stemmed(atom.surface)


def _stemmed(surface: str) -> bytes:
    return (stem(surface) if surface.isascii() and surface.isalpha() else surface).encode()
