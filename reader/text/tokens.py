"""Words and numbers of a text, folded for matching, with the offsets they stand at.

Search and comparison both stand on this: what counts as one word must not depend on who asks. Nothing here
shows text to anybody.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.text.fold import fold
from reader.text.stop_words import STOP_WORDS

__all__ = ["STOP_WORDS", "Token", "stem", "tokens"]


class Token(NamedTuple):
    """One word or number."""

    text: str
    """Folded; never empty."""
    start: int
    """First code point in the original text."""
    end: int
    """One past the last."""


# Scripts written without spaces: every character is a token of its own.
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Signs that belong to the letter before them but are not letters to `re`: combining marks, vowel signs of
# Indic and South-East Asian scripts (without the danda), joiners, soft hyphen.
_MARKS: Final = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962\u0963\u0980-\u0983\u09bc-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200d\u2060\ufeff"
)
_TOKEN: Final = re.compile(
    r"\w+(?:(?:['’](?=[^\W_])"  # don't
    r"|(?<=\d)[.,:](?=\d)"  # 1,200  3.5  11:30
    r"|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)"  # U.S.  a.m.
    rf"|[{_MARKS}]+)\w*)*"
)
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CACHE_SIZE = 50_000
_folded: dict[str, str] = {}


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens that begin and end inside `text[start:end]`, in order, disjoint.

    A token is a number with its separators (`1,200`), letters with full stops (`U.S`, folded `us`), a word
    with its apostrophes (`don't`), or one character of a script without spaces. Hyphens part words. Linear.
    """
    found: list[Token] = []
    add = found.append
    known = _folded.get
    # Three times as fast as calling the named tuple's own constructor.
    make = Token._make
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        folded = known(word)
        if folded is None:
            if not word.isascii() and _UNSPACED.search(word):
                found.extend(_single_characters(word, match.start()))
                continue
            folded = _fold_token(word)
        if folded:
            add(make((folded, match.start(), match.end())))
    return found


def _fold_token(word: str) -> str:
    folded = fold(word).strip("_")
    if _DOTTED.fullmatch(folded):
        folded = folded.replace(".", "")
    if len(word) <= 30:
        if len(_folded) >= _CACHE_SIZE:
            _folded.clear()
        _folded[word] = folded
    return folded


def _single_characters(word: str, start: int) -> list[Token]:
    found: list[Token] = []
    at = 0
    for match in _UNSPACED.finditer(word):
        for first, last in ((at, match.start()), match.span()):
            folded = _fold_token(word[first:last]) if first < last else ""
            if folded:
                found.append(Token(folded, start + first, start + last))
        at = match.end()
    folded = _fold_token(word[at:]) if at < len(word) else ""
    if folded:
        found.append(Token(folded, start + at, start + len(word)))
    return found


_VOWELS: Final = frozenset("aeiouy")
_DOUBLED: Final = frozenset("bdgmnprt")
_INFLECTIONS: Final = ("ingly", "edly", "ing", "ed", "ly")
_DERIVATIONS: Final = ("ment", "ian", "ion", "er", "or", "al", "an")
_LONG: Final = 8
"""Letters from which a word may lose an ending that makes one part of speech of another."""


def stem(word: str) -> str:
    """A folded word without its English endings; at least three characters stay.

    Light on purpose: it joins `guarantee` with `guarantees`, `stop` with `stopping` and `agree` with
    `agreement`, and leaves short words as they are. Words of other languages hardly change.
    """
    if len(word) < 4:
        return word
    if word.endswith("'s"):
        word = word[:-2]
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-2]
    if word[-1] == "s" and len(word) > 3 and word[-2] not in "siu":
        word = word[:-1]
    word = _without_inflection(word)
    if word[-1] == "y" and len(word) > 3 and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    bare = word.rstrip("e")
    if len(bare) >= 3:
        word = bare
    if len(word) >= _LONG:
        for ending in _DERIVATIONS:
            if word.endswith(ending):
                return word[: -len(ending)].rstrip("e")
    return word


def _without_inflection(word: str) -> str:
    for ending in _INFLECTIONS:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) < 3 or _VOWELS.isdisjoint(rest):
                return word
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] in _DOUBLED and len(rest) > 3 else rest
    return word
