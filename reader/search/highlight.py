"""Where in a body a query matches, to the character. Works on the text alone; no index is asked.

The terms come from the same analysis as the index, so what was found by a stem, another spelling, a phrase, a
prefix, a shape or an edit is also what is marked. Words that the query excludes are never marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from reader.model.article import Span
from reader.model.query import All, AnyOf, Fuzzy, Phrase, Prefix, Query, Terms, Wildcard
from reader.search.analysis import (
    Alternatives,
    is_stop_word,
    phrase_terms,
    pieces_of,
    surface,
    tokens_with_offsets,
    word_terms,
)
from reader.search.chunks import CHUNKS_ANY, CHUNKS_ASCII
from reader.search.folding import folded_with_offsets
from reader.search.variants import recogniser


class Mark(NamedTuple):
    """One place that matches."""

    start: int
    """First code point in the body."""
    end: int
    """One past the last."""
    part: int
    """Which word or phrase of the query it is, in the order typed."""


@dataclass(frozen=True, slots=True)
class _WantedPhrase:
    places: tuple[tuple[int, Alternatives], ...]
    slop: int
    part: int


@dataclass(slots=True)
class _Wanted:
    """A query as what to look for in a text."""

    terms: dict[bytes, int] = field(default_factory=dict)
    shapes: list[tuple[Callable[[str], bool], int]] = field(default_factory=list)
    phrases: list[_WantedPhrase] = field(default_factory=list)
    phrase_terms: set[bytes] = field(default_factory=set)
    parts: int = 0


class _Place(NamedTuple):
    position: int
    start: int
    end: int


def highlights(query: Query, body: str, matched: Collection[str] | None = None) -> tuple[Span, ...]:
    """Every place in a body that a query matches; sorted, disjoint.

    `matched` are the words a hit was found by, if known: other spellings of a name are then marked only when
    they are among them. Linear; about 0.1 s for a million characters.
    """
    spans: list[Span] = []
    for start, end, _ in marks(query, body, matched):
        if spans and start < spans[-1].end:
            if end > spans[-1].end:
                spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def marks(query: Query, body: str, matched: Collection[str] | None = None) -> list[Mark]:
    """The same with the part of the query each place belongs to; sorted, may overlap."""
    wanted = _wanted(query, None if matched is None else frozenset(matched))
    if not wanted.parts:
        return []
    found: list[Mark] = []
    places: dict[bytes, list[_Place]] = {term: [] for term in wanted.phrase_terms}
    # Only a phrase of stop words needs the pairs of them, which single chunks do not show.
    pairs = any(b" " in term for term in wanted.phrase_terms)
    for term, position, start, end, part in _every_token(body, wanted) if pairs else _hits(body, wanted):
        if part >= 0:
            found.append(Mark(start, end, part))
        if term in places:
            places[term].append(_Place(position, start, end))
    for phrase in wanted.phrases:
        found.extend(_phrase_marks(phrase, places))
    found.sort()
    return found


_Hit = tuple[bytes, int, int, int, int]


def _hits(body: str, wanted: _Wanted) -> Iterator[_Hit]:
    """Term, position, start, end and part of the query (-1: only as a word of a phrase) of wanted tokens."""
    folded, starts, ends = folded_with_offsets(body)
    decided: dict[str, tuple[int, tuple[tuple[bytes, int, int, int, int], ...]]] = {}
    position = 0
    for match in (CHUNKS_ASCII if folded.isascii() else CHUNKS_ANY).finditer(folded):
        chunk = match[0]
        decision = decided.get(chunk)
        if decision is None:
            decision = decided[chunk] = _decide(chunk, wanted)
        used, pieces = decision
        if pieces:
            at = match.start()
            for term, offset, start, end, part in pieces:
                yield term, position + offset, starts[at + start], ends[at + end - 1], part
        position += used


def _decide(chunk: str, wanted: _Wanted) -> tuple[int, tuple[tuple[bytes, int, int, int, int], ...]]:
    pieces, used = pieces_of(chunk)
    kept = []
    for piece in pieces:
        part = _part_of(piece.term, piece.surface, wanted)
        if part >= 0 or piece.term in wanted.phrase_terms:
            kept.append((piece.term, piece.offset, piece.start, piece.end, part))
    return used, tuple(kept)


def _every_token(body: str, wanted: _Wanted) -> Iterator[_Hit]:
    for token in tokens_with_offsets(body):
        part = -1 if " " in token.surface else _part_of(token.term, token.surface, wanted)
        yield token.term, token.position, token.start, token.end, part


def _part_of(term: bytes, word: str, wanted: _Wanted) -> int:
    """Which word of the query a token answers; -1 if none."""
    if not term:
        return -1
    part = wanted.terms.get(term, -1)
    if part < 0:
        part = next((number for fits, number in wanted.shapes if fits(word)), -1)
    return part


@lru_cache(maxsize=64)
def _wanted(query: Query, matched: frozenset[str] | None) -> _Wanted:
    wanted = _Wanted()
    _collect(query, wanted, matched)
    return wanted


def _collect(query: Query, wanted: _Wanted, matched: frozenset[str] | None) -> None:
    if isinstance(query, All | AnyOf):
        for part in query.parts:
            _collect(part, wanted, matched)
    elif isinstance(query, Terms | Phrase | Prefix | Wildcard | Fuzzy) and query.field == "text":
        if isinstance(query, Terms):
            _collect_words(query.words, wanted, matched)
        elif isinstance(query, Phrase):
            _collect_phrase(query, wanted)
        else:
            wanted.shapes.append((_shape(query), wanted.parts))
            wanted.parts += 1


def _collect_words(words: Iterable[str], wanted: _Wanted, matched: frozenset[str] | None) -> None:
    for word in words:
        if is_stop_word(word):
            continue
        for alternatives in word_terms(word):
            for term in alternatives:
                wanted.terms.setdefault(term, wanted.parts)
        if (other_spelling := recogniser(word)) is not None:
            wanted.shapes.append((_among(other_spelling, matched), wanted.parts))
        wanted.parts += 1


def _collect_phrase(query: Phrase, wanted: _Wanted) -> None:
    places = phrase_terms(query.words)
    if len(places) == 1 and all(b" " not in term for term in places[0][1]):
        for term in places[0][1]:
            wanted.terms.setdefault(term, wanted.parts)
    else:
        wanted.phrases.append(_WantedPhrase(places, query.slop, wanted.parts))
        wanted.phrase_terms.update(term for _, alternatives in places for term in alternatives)
    wanted.parts += 1


def _among(fits: Callable[[str], bool], matched: frozenset[str] | None) -> Callable[[str], bool]:
    return fits if matched is None else lambda word: word in matched and fits(word)


def _shape(query: Prefix | Wildcard | Fuzzy) -> Callable[[str], bool]:
    if isinstance(query, Prefix):
        prefix = surface(query.word)
        return lambda word: word.startswith(prefix)
    if isinstance(query, Wildcard):
        pattern = _wildcard(surface(query.pattern))
        return lambda word: pattern.fullmatch(word) is not None
    typed, edits = surface(query.word), query.max_edits
    return lambda word: OSA.distance(typed, word, score_cutoff=edits) <= edits


def _wildcard(shape: str) -> re.Pattern[str]:
    """A shape as an expression that never tries a star twice: each takes as little as it can and keeps it."""
    first, *others = ("".join("." if c == "?" else re.escape(c) for c in part) for part in shape.split("*"))
    if not others:
        return re.compile(first)
    middle = "".join(f"(?>.*?{part})" for part in others[:-1])
    return re.compile(f"{first}{middle}.*{others[-1]}")


def _phrase_marks(phrase: _WantedPhrase, places: dict[bytes, list[_Place]]) -> Iterator[Mark]:
    columns: list[dict[int, _Place]] = []
    for offset, alternatives in phrase.places:
        column: dict[int, _Place] = {}
        for term in alternatives:
            for place in places[term]:
                column[place.position - offset] = place
        columns.append(column)
    if not columns or not all(columns):
        return
    if phrase.slop == 0:
        for start in sorted(set(columns[0]).intersection(*columns[1:])):
            yield Mark(columns[0][start].start, max(c[start].end for c in columns), phrase.part)
        return
    for window in _windows([sorted(column) for column in columns], phrase.slop):
        for column, position in zip(columns, window, strict=True):
            yield Mark(column[position].start, column[position].end, phrase.part)


def _windows(columns: list[list[int]], slop: int) -> Iterator[list[int]]:
    """Sets of positions, one of each column, at most `slop` apart; each position is used once."""
    at = [0] * len(columns)
    while all(index < len(column) for column, index in zip(columns, at, strict=True)):
        current = [column[index] for column, index in zip(columns, at, strict=True)]
        if max(current) - min(current) <= slop:
            yield current
            at = [index + 1 for index in at]
        else:
            at[current.index(min(current))] += 1
