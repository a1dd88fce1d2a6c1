"""The words and numbers of a paragraph, and what a figure found among them is.

Lexing is apart from `text.tokens`: figures need to know what stands between two words, and whether digits and
letters touch.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reader.model.article import Span
from reader.model.comparison import FigureKind, FigureValue


@dataclass(frozen=True, slots=True)
class Lexemes:
    """The words and numbers of one paragraph."""

    body: str
    """The whole text the offsets count in."""
    low: list[str]
    """Each word in lower case."""
    start: list[int]
    """Where each begins."""
    end: list[int]
    """One past where each ends."""

    def gap(self, at: int) -> str:
        """The text between a lexeme and the one before it; empty at and beyond either end."""
        return self.body[self.end[at - 1] : self.start[at]] if 0 < at < len(self.low) else ""

    def word(self, at: int) -> str:
        """The lexeme at a place in lower case; empty beyond either end."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def spaced(self, at: int) -> bool:
        """Whether only one space (or a no-break space) parts a lexeme from the one before it."""
        return 0 < at < len(self.low) and self.gap(at) in (" ", "\u00a0", "\u202f", "\n")


_LEXEME: Final = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


def lexemes(body: str, span: Span) -> Lexemes:
    """Cut a paragraph into words and numbers. Linear."""
    low: list[str] = []
    start: list[int] = []
    end: list[int] = []
    for match in _LEXEME.finditer(body, span.start, span.end):
        low.append(match.group().lower())
        start.append(match.start())
        end.append(match.end())
    return Lexemes(body, low, start, end)


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
    """`least` after "at least", `most` after "up to", `change` after "by", else empty."""
    compound: bool = False
    """Whether it only describes another noun: the "two-year" of "a two-year delay"."""
