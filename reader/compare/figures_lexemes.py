"""The words and numbers of a paragraph, and what a figure found among them is.

Lexing is apart from `text.tokens`: figures need to know what stands between two words, and whether digits and
letters touch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from reader.model.article import Span
from reader.model.comparison import FigureKind, FigureValue


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The words and numbers of one paragraph."""

    body: str
    """The whole text the offsets count in."""
    low: list[str]
    """Each word in lower case, without a possessive."""
    start: list[int]
    """Where each begins."""
    end: list[int]
    """One past where each ends."""
    triggers: list[int]
    """Numbers of the lexemes at which a figure may begin, in order."""

    def gap(self, at: int) -> str:
        """The text between a lexeme and the one before it; empty at and beyond either end."""
        return self.body[self.end[at - 1] : self.start[at]] if 0 < at < len(self.low) else ""

    def word(self, at: int) -> str:
        """The lexeme at a place in lower case; empty beyond either end."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def spaced(self, at: int) -> bool:
        """Whether only one space (or a no-break space) parts a lexeme from the one before it."""
        return 0 < at < len(self.low) and self.gap(at) in (" ", "\u00a0", "\u202f", "\n")


_LEXEME: Final = re.compile(r"(\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?)")


def lexemes(body: str, span: Span, wanted: frozenset[str]) -> Lexemes | None:
    """Cut a paragraph into words and numbers; `None` when it has neither a number nor a wanted word. Linear.

    `wanted` are words as they may be written, so that "May" can be told from "may".
    """
    # Splitting at a group keeps gaps and lexemes in turn; their lengths add up to the offsets. A loop over
    # match objects takes twice the time.
    parts = _LEXEME.split(body[span.start : span.end])
    words = parts[1::2]
    # Letters come after ASCII digits, so a lexeme below ":" begins with a digit.
    triggers = [at for at, word in enumerate(words) if word in wanted or word < ":"]
    if not triggers:
        return None
    borders = list(accumulate(map(len, parts), initial=span.start))
    low = [word.lower() for word in words]
    start, end = borders[1::2], borders[2::2]
    for mark in ("'s", "’s"):
        if body.find(mark, span.start, span.end) >= 0:
            for at, word in enumerate(low):
                if word.endswith(mark):
                    low[at], end[at] = word[:-2], end[at] - 2
    return Lexemes(body, low, start, end, triggers)


@dataclass(frozen=True, slots=True)
class FigureMention:
    """One figure where a body has it."""

    span: Span
    """With its unit, without brackets."""
    kind: FigureKind
    """What it measures."""
    value: FigureValue
    """Normalised; `None` for a vague amount or a day that only the date of publication would tell."""
    unit: str | None
    """A singular noun, a currency, `%`, a time zone, or `None`."""
    approximate: bool
    """Whether the article rounds it ("about", "nearly", "a dozen") or names no exact amount."""
    bound: str = ""
    """`least` after "at least", `most` after "up to", `change` after "by", `spoken` for a time in words."""
    compound: bool = False
    """Whether it only describes another noun: the "two-year" of "a two-year delay"."""
