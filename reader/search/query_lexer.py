"""The words, marks and fields of a typed query, each with its place. Understands nothing, rejects nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

OPENING_QUOTES = '"“”„‟«»″＂'
"""Any of these opens a quoted text and any closes it: people mix them."""

_QUOTED = re.compile(rf"[{OPENING_QUOTES}]([^{OPENING_QUOTES}]*)(?:[{OPENING_QUOTES}]|$)")
_SLOP = re.compile(r"~(\d{0,3})")
_FIELD = re.compile(r"([A-Za-z]{2,16}):")
_RANGE_VALUE = re.compile(rf"(?:[{OPENING_QUOTES}][^{OPENING_QUOTES}]*(?:[{OPENING_QUOTES}]|$)|[^\s()])+")
_WORD = re.compile(rf"[^\s(){OPENING_QUOTES}]+")
_SPACE = re.compile(r"\s+")
_AROUND = ".,;:!?'’‘`…<>[]{}|/\\^%$&@"

TokenKind = Literal["word", "phrase", "field", "open", "close", "and", "or", "not", "must", "exact"]

_OPERATORS: dict[str, TokenKind] = {
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "&&": "and",
    "||": "or",
    "|": "or",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query."""

    kind: TokenKind
    """`not`, `must` and `exact` are signs that belong to the token after them."""
    text: str
    """A word without punctuation around it, the inside of quotes, a field's name in lower case, or as is."""
    position: int
    """Code point in the query where it begins."""
    end: int
    """One past its last code point."""
    is_closed: bool = True
    """False for a quoted text whose closing mark is missing."""
    slop: int | None = None
    """Of a phrase: the number after `~`; -1 for a tilde alone."""
    value: str | None = None
    """Of a field that takes dates: what stands after the colon, quotes included."""


def tokens(text: str, fields: frozenset[str], range_fields: frozenset[str]) -> Iterator[Token]:
    """Cut a query; every non-space character is part of some token or of none that matters.

    `fields` are the names that mean something before a colon; all others are ordinary words.
    Linear in the length of the text.
    """
    at = 0
    after_space = True
    while at < len(text):
        if space := _SPACE.match(text, at):
            at, after_space = space.end(), True
            continue
        token = _token(text, at, after_space, fields, range_fields)
        if token.kind != "word" or token.text:
            yield token
        # A sign, a field's name or a parenthesis is followed at once by what it belongs to.
        after_space = token.kind in ("open", "not", "must", "exact", "field")
        at = token.end


def _token(
    text: str, at: int, after_space: bool, fields: frozenset[str], range_fields: frozenset[str]
) -> Token:
    character = text[at]
    if character in "()":
        return Token("open" if character == "(" else "close", character, at, at + 1)
    if character in OPENING_QUOTES:
        return _quoted(text, at)
    if after_space and at + 1 < len(text) and not text[at + 1].isspace():
        if character in "-−–":
            return Token("not", character, at, at + 1)
        if character in "+=":
            return Token("must" if character == "+" else "exact", character, at, at + 1)
        if (field := _FIELD.match(text, at)) and field[1].lower() in fields:
            return _field(text, field, range_fields)
    word = _WORD.match(text, at)
    assert word is not None
    if word[0] in _OPERATORS:
        return Token(_OPERATORS[word[0]], word[0], at, word.end())
    return _trimmed(word[0], at, word.end())


def _quoted(text: str, at: int) -> Token:
    match = _QUOTED.match(text, at)
    assert match is not None
    end = match.end()
    is_closed = end - at >= 2 and text[end - 1] in OPENING_QUOTES
    slop = None
    if is_closed and (tilde := _SLOP.match(text, end)):
        slop, end = int(tilde[1] or -1), tilde.end()
    return Token("phrase", match[1], at, end, is_closed, slop)


def _field(text: str, match: re.Match[str], range_fields: frozenset[str]) -> Token:
    name = match[1].lower()
    if name in range_fields and (value := _RANGE_VALUE.match(text, match.end())):
        return Token("field", name, match.start(), value.end(), value=value[0])
    return Token("field", name, match.start(), match.end())


def _trimmed(word: str, at: int, end: int) -> Token:
    """A word without the punctuation around it; a question mark in it may still be a wildcard."""
    start = len(word) - len(word.lstrip(_AROUND.replace("?", "")))
    kept = word.strip(_AROUND.replace("?", ""))
    if "*" not in kept:
        kept = kept.rstrip(_AROUND)
    return Token("word", kept, at + start, end)
