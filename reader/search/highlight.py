"""Where in a body a query matches, to the character. Works on the text alone; no index is asked.

The terms come from the same analysis as the index, so what was found by a stem, another spelling, a phrase, a
prefix, a shape or an edit is also what is marked. Words that the query excludes are never marked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from reader.model.article import Span
from reader.model.query import Query
from reader.search.analysis import tokens_with_offsets
from reader.search.chunks import CHUNKS_ANY, CHUNKS_ASCII
from reader.search.folding import folded_with_offsets
from reader.search.wanted import Wanted, WantedPhrase, wanted

_CHUNK_LETTERS = frozenset("-'.,&_")


class Mark(NamedTuple):
    """One place that matches."""

    start: int
    """First code point in the body."""
    end: int
    """One past the last."""
    part: int
    """Which word or phrase of the query it is, in the order typed."""


class _Place(NamedTuple):
    position: int
    start: int
    end: int


_Folded = tuple[str, Sequence[int], Sequence[int]]


def highlights(query: Query, body: str, matched: Collection[str] | None = None) -> tuple[Span, ...]:
    """Every place in a body that a query matches; sorted, disjoint.

    `matched` are the words a hit was found by, if known: other spellings of a name are then marked only when
    they are among them. Linear; about 0.2 s for a million characters.
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
    looked_for = wanted(query, None if matched is None else frozenset(matched))
    if not looked_for.parts:
        return []
    if any(b" " in term for term in looked_for.phrase_terms):
        # Only a phrase of stop words needs the pairs of them, which chunks do not show one by one.
        return _marks_of_tokens(body, looked_for)
    folded = folded_with_offsets(body)
    if looked_for.literals is None:
        return _marks_of_all_chunks(folded, looked_for)
    return _marks_of_likely_chunks(folded, looked_for)


def _marks_of_tokens(body: str, looked_for: Wanted) -> list[Mark]:
    found: list[Mark] = []
    places: dict[bytes, list[_Place]] = {term: [] for term in looked_for.phrase_terms}
    for token in tokens_with_offsets(body):
        part = -1 if " " in token.surface else looked_for.part_of(token.term, token.surface)
        if part >= 0:
            found.append(Mark(token.start, token.end, part))
        if token.term in places:
            places[token.term].append(_Place(token.position, token.start, token.end))
    return _with_phrases(found, places, looked_for.phrases)


def _marks_of_all_chunks(folded: _Folded, looked_for: Wanted) -> list[Mark]:
    text, starts, ends = folded
    found: list[Mark] = []
    places: dict[bytes, list[_Place]] = {term: [] for term in looked_for.phrase_terms}
    decide = looked_for.decide
    position = 0
    for match in _chunks(text).finditer(text):
        used, pieces = decide(match[0])
        for piece in pieces:
            at = match.start()
            start, end = starts[at + piece.start], ends[at + piece.end - 1]
            if piece.part >= 0:
                found.append(Mark(start, end, piece.part))
            if piece.term in places:
                places[piece.term].append(_Place(position + piece.offset, start, end))
        position += used
    return _with_phrases(found, places, looked_for.phrases)


def _marks_of_likely_chunks(folded: _Folded, looked_for: Wanted) -> list[Mark]:
    """The same when letters give wanted words away: most of the text is only skimmed."""
    text, starts, ends = folded
    found: list[Mark] = []
    phrase_terms: set[bytes] = set()
    for at, chunk in _likely_chunks(text, looked_for):
        for piece in looked_for.decide(chunk)[1]:
            if piece.part >= 0:
                found.append(Mark(starts[at + piece.start], ends[at + piece.end - 1], piece.part))
            phrase_terms.add(piece.term)
    for phrase in looked_for.phrases:
        if all(phrase_terms.intersection(alternatives) for _, alternatives in phrase.places):
            # All its words are here, so the positions are worth counting.
            return _marks_of_all_chunks(folded, looked_for)
    return sorted(found)


def _likely_chunks(text: str, looked_for: Wanted) -> Iterator[tuple[int, str]]:
    """Chunks, with their offsets, that begin as a wanted word does or may be put together to one."""
    likely: set[int] = set()
    find = text.find
    for mark in looked_for.joints:
        at = find(mark)
        while at >= 0:
            after = text[at + 1 : at + 3]
            # A dash and the end of a quotation join nothing, and the 's is no part of any word.
            is_joint = len(mark) > 1 or after[:1].isalnum()
            if is_joint and not (mark == "'" and after[0] == "s" and not after[1:].isalnum()):
                likely.add(at)
            at = find(mark, at + 1)
    for literal in looked_for.literals or ():
        is_han = literal > "\u3000"
        at = find(literal)
        while at >= 0:
            before = text[at - 1] if at else " "
            # Inside a word nothing begins, except where Han characters meet others.
            if is_han or not before.isalnum() or before > "\u3000":
                likely.add(at)
            at = find(literal, at + 1)
    pattern = _chunks(text)
    done = 0
    for at in sorted(likely):
        if at < done:
            continue
        start = at
        while start > done and (text[start - 1].isalnum() or text[start - 1] in _CHUNK_LETTERS):
            start -= 1
        for match in pattern.finditer(text, start):
            yield match.start(), match[0]
            done = match.end()
            if done > at:
                break


def _chunks(text: str) -> re.Pattern[str]:
    return CHUNKS_ASCII if text.isascii() else CHUNKS_ANY


def _with_phrases(
    found: list[Mark], places: dict[bytes, list[_Place]], phrases: Sequence[WantedPhrase]
) -> list[Mark]:
    for phrase in phrases:
        found.extend(_phrase_marks(phrase, places))
    return sorted(found)


def _phrase_marks(phrase: WantedPhrase, places: dict[bytes, list[_Place]]) -> Iterator[Mark]:
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
