"""A query as what to look for in a text: terms, shapes of words, phrases, and letters that give them away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from reader.model.query import All, AnyOf, Fuzzy, Phrase, Prefix, Query, Terms, Wildcard
from reader.search.analysis import Alternatives, is_stop_word, phrase_terms, pieces_of, surface, word_terms
from reader.search.variants import recogniser


@dataclass(frozen=True, slots=True)
class WantedPhrase:
    """Terms at given distances from each other."""

    places: tuple[tuple[int, Alternatives], ...]
    """As `analysis.phrase_terms` gives them."""
    slop: int
    """How many places the words may be off."""
    part: int
    """Which part of the query it is."""


@dataclass(frozen=True, slots=True)
class WantedPiece:
    """One wanted term inside a chunk."""

    term: bytes
    """As indexed."""
    offset: int
    """Position, counted from the chunk's first."""
    start: int
    """First character in the chunk."""
    end: int
    """One past the last."""
    part: int
    """Which part of the query it answers; -1 for a word that only a phrase wants."""


Decision = tuple[int, tuple[WantedPiece, ...]]
"""Positions a chunk takes, and what is wanted in it."""

_MAX_DECISIONS = 50_000


@dataclass(slots=True)
class Wanted:
    """All that one query looks for in bodies."""

    terms: dict[bytes, int] = field(default_factory=dict)
    """Term -> part of the query."""
    shapes: list[tuple[Callable[[str], bool], int]] = field(default_factory=list)
    """Tests of a folded word -> part of the query."""
    phrases: list[WantedPhrase] = field(default_factory=list)
    """In the order typed."""
    phrase_terms: set[bytes] = field(default_factory=set)
    """Terms of all phrases."""
    parts: int = 0
    """How many parts the query has; 0 when there is nothing to look for."""
    literals: set[str] | None = field(default_factory=set)
    """Beginnings of which every wanted word that is no compound has one; `None` when there are none such."""
    _decisions: dict[str, Decision] = field(default_factory=dict)
    _joints: frozenset[str] | None = None

    @property
    def joints(self) -> frozenset[str]:
        """What a folded text holds wherever a wanted word is put together: `cease-fire`, `u.s`, `1,234`."""
        if self._joints is None:
            literals = self.literals or set()
            initials = {f"{literal[0]}.{literal[1]}" for literal in literals if len(literal) > 1}
            has_numbers = any(literal[0].isdigit() for literal in literals)
            self._joints = frozenset(("-", "'", *initials, *((",",) if has_numbers else ())))
        return self._joints

    def decide(self, chunk: str) -> Decision:
        """What is wanted in a folded chunk; each distinct chunk is judged once."""
        decision = self._decisions.get(chunk)
        if decision is None:
            if len(self._decisions) >= _MAX_DECISIONS:
                self._decisions.clear()
            decision = self._decisions[chunk] = self._judged(chunk)
        return decision

    def part_of(self, term: bytes, word: str) -> int:
        """Which part of the query a token answers; -1 if none."""
        if not term:
            return -1
        part = self.terms.get(term, -1)
        if part < 0:
            part = next((number for fits, number in self.shapes if fits(word)), -1)
        return part

    def _judged(self, chunk: str) -> Decision:
        pieces, used = pieces_of(chunk)
        kept: list[WantedPiece] = []
        for piece in pieces:
            part = self.part_of(piece.term, piece.surface)
            if part >= 0 or piece.term in self.phrase_terms:
                kept.append(WantedPiece(piece.term, piece.offset, piece.start, piece.end, part))
        return used, tuple(kept)

    def give_away(self, beginnings: Iterable[str]) -> None:
        """Note beginnings of wanted words; an empty one means that any word may be wanted."""
        if self.literals is None:
            return
        self.literals.update(beginnings)
        if "" in self.literals:
            self.literals = None


@lru_cache(maxsize=64)
def wanted(query: Query, matched: frozenset[str] | None = None) -> Wanted:
    """What a query looks for in bodies. `matched` limits the other spellings of names."""
    result = Wanted()
    _collect(query, result, matched)
    return result


def _collect(query: Query, result: Wanted, matched: frozenset[str] | None) -> None:
    if isinstance(query, All | AnyOf):
        for part in query.parts:
            _collect(part, result, matched)
    elif isinstance(query, Terms | Phrase | Prefix | Wildcard | Fuzzy) and query.field == "text":
        if isinstance(query, Terms):
            _collect_words(query.words, result, matched)
        elif isinstance(query, Phrase):
            _collect_phrase(query, result)
        else:
            _collect_shape(query, result)


def _collect_words(words: Iterable[str], result: Wanted, matched: frozenset[str] | None) -> None:
    for word in words:
        if is_stop_word(word):
            continue
        for alternatives in word_terms(word):
            for term in alternatives:
                result.terms.setdefault(term, result.parts)
                result.give_away(_beginnings(term))
        if (other_spellings := recogniser(word)) is not None:
            fits, beginnings = other_spellings
            if matched is None:
                result.shapes.append((fits, result.parts))
                result.give_away(beginnings)
            elif spelled := frozenset(filter(fits, matched)):
                result.shapes.append((spelled.__contains__, result.parts))
                result.give_away(spelled)
        result.parts += 1


def _collect_phrase(query: Phrase, result: Wanted) -> None:
    places = phrase_terms(query.words)
    terms = {term for _, alternatives in places for term in alternatives}
    if len(places) == 1 and not any(b" " in term for term in terms):
        for term in terms:
            result.terms.setdefault(term, result.parts)
    else:
        result.phrases.append(WantedPhrase(places, query.slop, result.parts))
        result.phrase_terms.update(terms)
    for term in terms:
        result.give_away(_beginnings(term))
    result.parts += 1


def _collect_shape(query: Prefix | Wildcard | Fuzzy, result: Wanted) -> None:
    result.shapes.append((_shape(query), result.parts))
    result.parts += 1
    if isinstance(query, Prefix):
        result.give_away((surface(query.word),))
    elif isinstance(query, Wildcard):
        result.give_away((re.split(r"[*?]", surface(query.pattern), maxsplit=1)[0],))
    else:
        result.give_away(("",))


def _beginnings(term: bytes) -> tuple[str, ...]:
    """Beginnings of which every word of this stem has one.

    The Snowball stemmer changes the last letter at most, but for dying, lying, tying and sky.
    """
    stem = term.decode()
    if len(stem) > 3:
        return (stem[:-1],)
    return (stem[:2], stem[0] + "y") if stem.endswith("ie") else (stem[:2],)


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
