"""From text to the terms an index keeps, and back to the places in the text where they stand.

Indexing, queries and highlighting go through the same chunk table, so they can never disagree about what a
word is. A text is folded once, cut by one regular expression into chunks, and each distinct chunk is analysed
once per process. Nothing here knows of any index.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reader.search.chunks import (
    CHUNKS_ANY,
    CHUNKS_ASCII,
    STOP_WORDS,
    Piece,
    Pieces,
    analyse_chunk,
    is_cacheable,
)
from reader.search.folding import folded_text, folded_with_offsets

ANALYZER_VERSION: int = 1
"""Part of the index folder's name; goes up with every change of what a text's terms are."""

POSITION_GAP = 16
"""Positions left free between a headline and a body, so that no phrase spans both."""

_CACHE_SIZE = 300_000


class _Chunks(dict[str, "bytes | Pieces | None"]):
    """Folded chunk -> its stem, `None` for a stop word, or its pieces; a miss computes once."""

    def __missing__(self, chunk: str) -> bytes | Pieces | None:
        entry = analyse_chunk(chunk)
        if is_cacheable(chunk):
            if len(self) >= _CACHE_SIZE:
                self.clear()
            self[chunk] = entry
        return entry


_chunks = _Chunks()


@dataclass(frozen=True, slots=True)
class IndexTerms:
    """What an index keeps of one text."""

    positions: dict[bytes, list[int]]
    """Stem -> its positions, ascending. Runs of stop words appear as pairs such as `b"to be"`."""
    used: int
    """How many positions the text takes, stop words included; the next text begins at `base + used`."""
    surfaces: dict[str, int]
    """Folded unstemmed word -> how often; without stop words."""


class TextToken(NamedTuple):
    """One term of a text and the characters it was made from."""

    term: bytes
    """The stem; empty for a stop word."""
    position: int
    """As in `IndexTerms.positions` with base 0. Parts and whole of a compound may share one."""
    start: int
    """First code point in the original text."""
    end: int
    """One past the last."""
    surface: str
    """Folded, unstemmed."""


def index_terms(text: str, base: int = 0) -> IndexTerms:
    """The terms of a text with their positions from `base` on. Linear; about 10 MB/s on news text."""
    folded = folded_text(text)
    words = (CHUNKS_ASCII if folded.isascii() else CHUNKS_ANY).findall(folded)
    surfaces: dict[str, int] = Counter(words)
    for word in STOP_WORDS & surfaces.keys():
        del surfaces[word]
    positions: dict[bytes, list[int]] = {}
    find = positions.get
    position = base
    stop_before, stop_at = "", -2
    for word, entry in zip(words, map(_chunks.__getitem__, words), strict=True):
        # By far the most frequent case first; this loop is half the cost of indexing.
        if entry.__class__ is bytes:
            if (places := find(entry)) is None:
                positions[entry] = [position]
            else:
                places.append(position)
            position += 1
        elif entry is None:
            if stop_at == position - 1:
                _append(positions, f"{stop_before} {word}".encode(), stop_at)
            stop_before, stop_at = word, position
            position += 1
        else:
            position += _add_pieces(entry, word, position, positions, surfaces)  # type: ignore[arg-type]
            stop_at = -2
    return IndexTerms(positions, position - base, surfaces)


def _append(positions: dict[bytes, list[int]], term: bytes, position: int) -> None:
    """Add a place of a term once; a compound may name the same term twice in one place."""
    places = positions.setdefault(term, [])
    if not places or places[-1] < position:
        places.append(position)


def _add_pieces(
    pieces: Pieces, chunk: str, position: int, positions: dict[bytes, list[int]], surfaces: dict[str, int]
) -> int:
    """Enter the parts of a compound chunk; how many positions it takes."""
    surfaces.pop(chunk, None)
    for piece in pieces.pieces:
        if piece.term:
            _append(positions, piece.term, position + piece.offset)
            surfaces[piece.surface] = surfaces.get(piece.surface, 0) + 1
    return pieces.used


def tokens_with_offsets(text: str) -> Iterator[TextToken]:
    """Exactly the tokens of `index_terms`, stop words included, each with its place in the original text.

    In order of position; parts of a compound before the whole; a stop word pair before its second word.
    """
    folded, starts, ends = folded_with_offsets(text)
    position = 0
    stop_before: TextToken | None = None
    for match in (CHUNKS_ASCII if folded.isascii() else CHUNKS_ANY).finditer(folded):
        chunk, at = match[0], match.start()
        entry = _chunks[chunk]
        if isinstance(entry, bytes) or entry is None:
            start, end = starts[at], ends[match.end() - 1]
            token = TextToken(entry or b"", position, start, end, chunk)
            if entry is None and stop_before is not None:
                pair = f"{stop_before.surface} {chunk}"
                yield TextToken(pair.encode(), position - 1, stop_before.start, end, pair)
            stop_before = token if entry is None else None
            yield token
            position += 1
        else:
            stop_before = None
            for piece in entry.pieces:
                start, end = starts[at + piece.start], ends[at + piece.end - 1]
                yield TextToken(piece.term, position + piece.offset, start, end, piece.surface)
            position += entry.used


Alternatives = tuple[bytes, ...]
"""Terms any of which stands for one typed position; empty for a stop word."""


def word_terms(word: str) -> tuple[Alternatives, ...]:
    """What one typed word looks for, outside phrases: the places it names, each with its alternatives.

    `F-22` is one place (`f22`), `cease-fire` two (`ceas`, `fire`), each of which `ceasefir` satisfies as
    well. Stop words are left out, so the result is empty when the word holds nothing else.
    """
    found: list[Alternatives] = []
    for entry in _typed(word):
        if isinstance(entry, bytes):
            found.append((entry,))
        elif entry is not None:
            found.extend(_compound_terms(entry))
    return tuple(found)


def _compound_terms(pieces: Pieces) -> Iterator[Alternatives]:
    """Places of a compound; a whole over several places is an alternative in each."""
    wholes = [piece for piece in pieces.pieces if piece.is_whole]
    for piece in pieces.pieces:
        if piece.is_whole or not piece.term:
            continue
        whole = next((w for w in wholes if w.start <= piece.start and piece.end <= w.end), None)
        if whole is None:
            yield (piece.term,)
        elif not whole.one_place:
            yield (piece.term, whole.term)
    for whole in wholes:
        if whole.one_place:
            yield (whole.term,)


def phrase_terms(words: Sequence[str]) -> tuple[tuple[int, Alternatives], ...]:
    """What a phrase looks for: `(place, alternatives)` with places ascending from the first term's 0.

    Stop words only leave their place free; a phrase with fewer than two other words is looked for by the
    pairs of its stop words, which the index keeps for this. Empty when there is nothing to look for (no word,
    or one stop word).
    """
    text = " ".join(words)
    tokens = list(tokens_with_offsets(text))
    kept: dict[int, list[bytes]] = {}
    real = [token for token in tokens if token.term and " " not in token.surface]
    wholes = {(t.start, t.end): t.position for t in real if _is_one_place_whole(text[t.start : t.end])}
    if len({token.position for token in real}) < 2:
        real = [token for token in tokens if token.term]
    for token in real:
        inside = any(start <= token.start and token.end <= end for start, end in wholes)
        if not inside or (token.start, token.end) in wholes:
            kept.setdefault(token.position, []).append(token.term)
    if not kept:
        return ()
    first = min(kept)
    return tuple((place - first, tuple(dict.fromkeys(kept[place]))) for place in sorted(kept))


def _is_one_place_whole(word: str) -> bool:
    return any(
        entry is not None and not isinstance(entry, bytes) and any(p.one_place for p in entry.pieces)
        for entry in _typed(word)
    )


def pieces_of(chunk: str) -> tuple[tuple[Piece, ...], int]:
    """The terms of one folded chunk and how many positions it takes; stop words have an empty term."""
    entry = _chunks[chunk]
    if isinstance(entry, Pieces):
        return entry.pieces, entry.used
    return (Piece(0, entry or b"", 0, len(chunk), chunk),), 1


def is_stop_word(word: str) -> bool:
    """Whether nothing of the word but stop words is left."""
    return all(
        entry is None or (not isinstance(entry, bytes) and not any(piece.term for piece in entry.pieces))
        for entry in _typed(word)
    )


def stem_of(surface: str) -> bytes | None:
    """The stem of a folded word as it stands in `IndexTerms.surfaces`; `None` for stop words."""
    entry = _chunks[surface]
    if isinstance(entry, bytes):
        return entry
    if entry is None:
        return None
    return next((piece.term for piece in entry.pieces if piece.surface == surface and piece.term), None)


def surface(word: str) -> str:
    """The folded, unstemmed form of one typed word, as prefixes and wildcards are compared.

    Apostrophes and hyphens inside are dropped as the index drops them; `*` and `?` are kept.
    """
    return re.sub(r"['\"\-]", "", folded_text(word).strip())


def _typed(word: str) -> Iterator[bytes | Pieces | None]:
    folded = folded_text(word)
    for chunk in (CHUNKS_ASCII if folded.isascii() else CHUNKS_ANY).findall(folded):
        yield _chunks[chunk]
