"""Query trees built and rebuilt: words side by side, words in a field, words without any language."""

from __future__ import annotations

from collections.abc import Iterable

from reader.model.query import All, AnyOf, Field, Fuzzy, Not, Phrase, Prefix, Query, Terms, Wildcard
from reader.search.analysis import is_stop_word
from reader.search.variants import recogniser

NOTHING = AnyOf(())
"""Matches no article."""


def plain(text: str) -> Query:
    """A text searched for its words alone: no operators, no fields; a repeated word counts each time."""
    words = tuple(word for word in text.split() if any(map(str.isalnum, word)))
    if all(map(is_stop_word, words)):
        return Phrase(words) if len(words) > 1 else NOTHING
    return Terms(words)


def merged_words(queries: Iterable[Query]) -> list[Query]:
    """Neighbouring plain words as one `Terms`."""
    merged: list[Query] = []
    for query in queries:
        if isinstance(query, Terms) and merged and isinstance(merged[-1], Terms):
            merged[-1] = Terms(merged[-1].words + query.words)
        else:
            merged.append(query)
    return merged


def as_spelled(query: Query) -> Query:
    """The same query without other spellings of names: a quoted word stands for itself only."""
    if isinstance(query, AnyOf) and any(isinstance(part, Prefix) for part in query.parts):
        # A word still being typed, beside what it begins, has no other spellings.
        return query
    if isinstance(query, All | AnyOf):
        return type(query)(tuple(as_spelled(part) for part in query.parts))
    if isinstance(query, Not):
        return Not(as_spelled(query.part))
    if isinstance(query, Terms):
        named = [recogniser(word) is not None and not is_stop_word(word) for word in query.words]
        words: list[Query] = [
            Phrase((word,), 0, query.field) if is_name else Terms((word,), query.field)
            for word, is_name in zip(query.words, named, strict=True)
        ]
        if len(words) == 1:
            return words[0]
        return AnyOf(tuple(words)) if any(named) else query
    return query


def in_field(query: Query, field: Field) -> Query:
    """The words of a group looked for in one field: `headline:(a OR b)`."""
    if isinstance(query, All | AnyOf):
        return type(query)(tuple(in_field(part, field) for part in query.parts))
    if isinstance(query, Not):
        return Not(in_field(query.part, field))
    if isinstance(query, Terms):
        return Terms(query.words, field)
    if isinstance(query, Phrase):
        return Phrase(query.words, query.slop, field)
    if isinstance(query, Prefix):
        return Prefix(query.word, field)
    if isinstance(query, Wildcard):
        return Wildcard(query.pattern, field)
    if isinstance(query, Fuzzy):
        return Fuzzy(query.word, query.max_edits, field)
    return query
