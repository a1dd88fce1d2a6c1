"""Wall one: the one door through which text from outside enters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

CleanText = NewType("CleanText", str)
"""Text that has been through `clean` or `clean_line`."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and how many hidden characters were removed or replaced in it."""

    text: CleanText
    """Safe to show and to measure; its code points are what spans count."""
    hidden: int
    """0 for an ordinary text."""


def clean(text: str) -> Cleaned:
    """Make text from outside safe (stub; being written)."""
    return Cleaned(CleanText(text), 0)


def clean_line(text: str, limit: int = 500) -> CleanText:
    """Clean a one-line field: white space runs become one space, at most `limit` characters (stub)."""
    return CleanText(" ".join(text.split())[:limit])
