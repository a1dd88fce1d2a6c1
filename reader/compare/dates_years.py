"""Dates that begin with digits alone: years, decades, centuries, ISO dates and dates with slashes."""

from __future__ import annotations

from typing import Final

from reader.compare.figures_lexemes import FigureMention, Lexemes
from reader.compare.numbers_units import MEASURES, is_plural
from reader.model.article import Span

_YEAR_FROM, _YEAR_TO = 1900, 2100
ORDINALS: Final = frozenset(["st", "nd", "rd", "th"])
"""What may stand right after the digits of a day."""
ORDINAL_WORDS: Final[dict[str, int]] = {
    word: number
    for number, word in enumerate(
        str.split(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
}
"""Number of each."""
_BEFORE_YEAR: Final = frozenset(
    str.split("""
    in since by from until till of during between to and before after through throughout circa late early
    mid around for year the than or
    """)
)


def slashed(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`08/15/2025`, `2015/16`, with the place of the lexeme behind it."""
    parts = words.low[at].split("/")
    span = Span(words.start[at], words.end[at])
    if len(parts) == 3 and all(map(str.isdecimal, parts)) and len(parts[2]) in (2, 4):
        one, two, number = map(int, parts)
        number += 2000 if number < 100 else 0
        if 12 < one <= 31 and two <= 12:
            one, two = two, one
        elif not (one <= 12 and 12 < two <= 31):
            # Which of the two is the month cannot be told.
            plausible = one <= 12 and two <= 12
            return (FigureMention(span, "date", str(number), None, False), at + 1) if plausible else None
        return FigureMention(span, "date", f"{number}-{one:02d}-{two:02d}", None, False), at + 1
    if len(parts) == 2 and len(parts[0]) == 4 and len(parts[1]) == 2 and _is_year(int(parts[0])):
        return FigureMention(span, "date", parts[0], None, False), at + 1
    return None


def _is_year(number: int) -> bool:
    return _YEAR_FROM <= number < _YEAR_TO


def iso(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`2025-08-15`, with the place of the lexeme behind it."""
    if at + 2 >= len(words.low) or words.gap(at + 1) != "-" or words.gap(at + 2) != "-":
        return None
    year, month, day = words.low[at : at + 3]
    if not (len(month) == len(day) == 2 and month.isdecimal() and day.isdecimal()):
        return None
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return FigureMention(
        Span(words.start[at], words.end[at + 2]), "date", f"{year}-{month}-{day}", None, False
    ), at + 3


_DATING: Final = frozenset(str.split("in since by until till during from before after"))


def year(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """A bare four-digit year, a decade (`1960s`), or the first year of a range."""
    number, end = int(words.low[at]), words.end[at]
    before = words.word(at - 1) if words.gap(at).strip() in ("", "(", "-", "–", "/") else ""
    following = words.word(at + 1)
    glued = at + 1 < len(words.low) and words.start[at + 1] == end
    if (
        following == "s"
        and (glued or words.gap(at + 1) in ("'", "’"))
        and number % 10 == 0
        and number >= 1000
    ):
        span = Span(words.start[at], words.end[at + 1])
        return FigureMention(span, "date", f"{number // 10}X", None, True), at + 2
    if glued or words.body[end : end + 1] == "%":
        return None
    is_old = 1000 <= number < _YEAR_FROM and before in _DATING | {"of"}
    if not _is_year(number) and not is_old:
        return None
    if following in MEASURES and words.spaced(at + 1):
        return None
    if words.spaced(at + 1) and is_plural(following) and before not in _BEFORE_YEAR:
        return None
    if words.spaced(at + 1) and following in (
        "people",
        "men",
        "women",
        "percent",
        "per",
        "million",
        "troops",
    ):
        return None
    return FigureMention(Span(words.start[at], end), "date", str(number), None, False), at + 1


def year_at(words: Lexemes, at: int) -> str:
    """The year at a place, if it belongs to the date before it."""
    low = words.word(at)
    if len(low) != 4 or not low.isdecimal() or not 1000 <= int(low) < _YEAR_TO:
        return ""
    return low if words.gap(at).strip(" \u00a0\n") in ("", ",", ".") else ""


def century(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`20th century`, `19th- and 20th-century` (each its own)."""
    low = words.low[at]
    place = at + 1
    number = int(low) if low.isdecimal() else ORDINAL_WORDS.get(low, 0)
    if low.isdecimal():
        if words.word(place) not in ORDINALS or words.start[place] != words.end[at]:
            return None
        place += 1
    if words.word(place) not in ("century", "centuries") or words.gap(place) not in (" ", "-", "\u00a0"):
        return None
    span = Span(words.start[at], words.end[place])
    return FigureMention(span, "date", f"{number - 1}XX", None, True), place + 1


def short_decade(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`the '60s`, `the ’90s`."""
    start = words.start[at]
    if words.word(at + 1) != "s" or words.start[at + 1] != words.end[at] or len(words.low[at]) != 2:
        return None
    if int(words.low[at]) % 10 or start == 0 or words.body[start - 1] not in "'’‘":
        return None
    return FigureMention(
        Span(start - 1, words.end[at + 1]), "date", f"19{words.low[at][0]}X", None, True
    ), at + 2
