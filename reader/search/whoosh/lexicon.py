"""The folded, unstemmed words of the library with their counts, for prefixes, wildcards, edits and spelling.

Kept per segment in one flat file, sorted by UTF-8, and bisected in place; a snapshot asks all its segments
and adds up. Counts are exact when written and count deleted articles until their segment is merged.
"""

from __future__ import annotations

import heapq
import struct
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from reader.model.errors import IndexUnusable
from reader.search.analysis import stem_of
from reader.search.whoosh.edits import WordsByLength

EXTENSION = ".lex"
_MAGIC = b"RL1\0"
_HEAD = struct.Struct("=4sIIII")
_REMEMBERED = 64


class Word(NamedTuple):
    """One entry: a surface form, how many articles have it, and the term it is indexed under."""

    surface: str
    articles: int
    term: bytes


def lexicon_bytes(words: Iterable[Word]) -> bytes:
    """The file of one segment. Words in any order, each surface once."""
    entries = sorted((word.surface.encode(), word.articles, word.term) for word in words)
    terms = sorted({term for _, _, term in entries})
    number_of = {term: number for number, term in enumerate(terms)}
    surfaces, surface_offsets = _blob([surface for surface, _, _ in entries])
    term_blob, term_offsets = _blob(terms)
    counts = array("I", [count for _, count, _ in entries])
    numbers = array("I", [number_of[term] for _, _, term in entries])
    head = _HEAD.pack(_MAGIC, len(entries), len(terms), len(surfaces), len(term_blob))
    sections = (surface_offsets.tobytes(), counts.tobytes(), numbers.tobytes(), term_offsets.tobytes())
    return b"".join((head, *sections, surfaces, term_blob))


def words_of(counts: Mapping[str, int]) -> Iterator[Word]:
    """Entries for counted surface forms; those without a term of their own are left out."""
    for surface, count in counts.items():
        term = stem_of(surface)
        if term:
            yield Word(surface, count, term)


def _blob(texts: Sequence[bytes]) -> tuple[bytes, array[int]]:
    offsets = array("I", (0,))
    position = 0
    for text in texts:
        position += len(text)
        offsets.append(position)
    return b"".join(texts), offsets


class SegmentLexicon:
    """The words of one segment. Immutable."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEAD.size:
            raise IndexUnusable("a word list of the index is cut short")
        magic, count, term_count, surface_bytes, term_bytes = _HEAD.unpack_from(data)
        size = _HEAD.size + 4 * (3 * count + 1 + term_count + 1) + surface_bytes + term_bytes
        if magic != _MAGIC or len(data) != size:
            raise IndexUnusable("a word list of the index is damaged")
        self.size: int = count
        arrays: list[array[int]] = []
        start = _HEAD.size
        for length in (count + 1, count, count, term_count + 1):
            arrays.append(array("I", data[start : start + 4 * length]))
            start += 4 * length
        self._offsets, self.counts, self._numbers, self._term_offsets = arrays
        self._surfaces = data[start : start + surface_bytes]
        self._terms = data[start + surface_bytes :]

    def surface(self, index: int) -> bytes:
        """The word at this index, in UTF-8."""
        return self._surfaces[self._offsets[index] : self._offsets[index + 1]]

    def term(self, index: int) -> bytes:
        """The term the word at this index is indexed under."""
        number = self._numbers[index]
        return self._terms[self._term_offsets[number] : self._term_offsets[number + 1]]

    def word(self, index: int) -> Word:
        """The entry at this index."""
        return Word(self.surface(index).decode(), self.counts[index], self.term(index))

    def range(self, prefix: bytes) -> range:
        """Indexes of the words that begin so."""
        everything = range(self.size)
        low = bisect_left(everything, prefix, key=self.surface)
        # No UTF-8 text holds 0xFF.
        return range(low, bisect_left(everything, prefix + b"\xff", low, key=self.surface))

    def containing(self, fragment: bytes) -> Iterator[int]:
        """Indexes of the words that hold these bytes, ascending."""
        blob, offsets, at, last = self._surfaces, self._offsets, -1, -1
        while (at := blob.find(fragment, at + 1)) >= 0:
            index = bisect_left(offsets, at + 1) - 1
            if index != last and at + len(fragment) <= offsets[index + 1]:
                last = index
                yield index

    @cached_property
    def by_length(self) -> WordsByLength:
        """For words with errors in them; made when somebody first asks for such."""
        return WordsByLength(map(self.surface, range(self.size)))

    def __iter__(self) -> Iterator[Word]:
        return map(self.word, range(self.size))


class LexiconView:
    """The words of a snapshot: all its segments together."""

    def __init__(self, segments: Sequence[SegmentLexicon]) -> None:
        self._segments = segments
        self._known: dict[tuple[str, int], tuple[list[Word], bool]] = {}

    def count(self, word: str) -> int:
        """About how many articles have this folded word."""
        encoded = word.encode("utf-8", "replace")
        total = 0
        for lexicon in self._segments:
            place = bisect_left(range(lexicon.size), encoded, key=lexicon.surface)
            if place < lexicon.size and lexicon.surface(place) == encoded:
                total += lexicon.counts[place]
        return total

    def completions(self, prefix: str, limit: int = 40) -> tuple[tuple[str, int], ...]:
        """The most frequent folded words that begin so, with their counts; then by word."""
        return tuple((word.surface, word.articles) for word in self.completed(prefix, limit)[0])

    def completed(self, prefix: str, limit: int) -> tuple[list[Word], bool]:
        """The most frequent entries that begin so, and whether there are more."""
        known = self._known.get((prefix, limit))
        if known is None:
            encoded = prefix.encode("utf-8", "replace")
            known = self._best(((lexicon, lexicon.range(encoded)) for lexicon in self._segments), limit)
            self._remember((prefix, limit), known)
        return known

    def shaped(self, pattern: str, limit: int) -> tuple[list[Word], bool]:
        """The most frequent entries of a shape with `*` and `?`, and whether there are more."""
        known = self._known.get((pattern, -limit))
        if known is not None:
            return known
        pieces = [piece for part in pattern.split("*") for piece in part.split("?")]
        longest = max(pieces, key=len).encode("utf-8", "replace")
        start = pieces[0].encode("utf-8", "replace")
        found: list[tuple[SegmentLexicon, Sequence[int]]] = []
        for lexicon in self._segments:
            places: Iterable[int]
            if start:
                places = lexicon.range(start)
            elif longest:
                places = lexicon.containing(longest)
            else:
                places = range(lexicon.size)
            found.append((lexicon, [at for at in places if has_shape(lexicon.surface(at).decode(), pattern)]))
        best = self._best(found, limit)
        self._remember((pattern, -limit), best)
        return best

    def near(self, word: str, max_edits: int, limit: int = 40) -> tuple[tuple[str, int], ...]:
        """Folded words within so many edits, nearest first, then most frequent."""
        return tuple((entry.surface, entry.articles) for _, entry in self.edited(word, max_edits, limit))

    def edited(self, word: str, max_edits: int, limit: int) -> list[tuple[int, Word]]:
        """Entries within so many edits (a swap of neighbours is one), with their distance, nearest first."""
        counts: Counter[tuple[int, str, bytes]] = Counter()
        for lexicon in self._segments:
            for near in lexicon.by_length.near(word, max_edits):
                counts[near.edits, near.word, lexicon.term(near.place)] += lexicon.counts[near.place]
        ranked = sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))[:limit]
        return [(edits, Word(surface, count, term)) for (edits, surface, term), count in ranked]

    def _remember(self, asked: tuple[str, int], found: tuple[list[Word], bool]) -> None:
        """A word is asked for again with every key, page and order."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[asked] = found

    def _best(
        self, places: Iterable[tuple[SegmentLexicon, Sequence[int]]], limit: int
    ) -> tuple[list[Word], bool]:
        """The most frequent of some entries, segment by segment cut to enough candidates."""
        counts: Counter[tuple[str, bytes]] = Counter()
        cut = False
        several = len(self._segments) > 1
        for lexicon, indexes in places:
            kept: Iterable[int] = indexes
            # With several segments a word may be frequent only in sum, hence the wider net.
            room = limit * 4 if several else limit
            if len(indexes) > room:
                cut = True
                kept = heapq.nlargest(room, indexes, key=lexicon.counts.__getitem__)
            for index in kept:
                word = lexicon.word(index)
                counts[word.surface, word.term] += word.articles
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        best = [Word(surface, count, term) for (surface, term), count in ranked[:limit]]
        return best, cut or len(ranked) > limit


def has_shape(word: str, pattern: str) -> bool:
    """Whether a word has the shape of a pattern: `*` any run, `?` any one character.

    Linear in practice and at worst the product of both lengths: only the last star is ever tried again.
    """
    at = in_pattern = 0
    star = retry = -1
    while at < len(word):
        if in_pattern < len(pattern) and pattern[in_pattern] == "*":
            star, retry = in_pattern, at
            in_pattern += 1
        elif in_pattern < len(pattern) and pattern[in_pattern] in ("?", word[at]):
            at += 1
            in_pattern += 1
        elif star >= 0:
            retry += 1
            at, in_pattern = retry, star + 1
        else:
            return False
    return all(character == "*" for character in pattern[in_pattern:])
