"""Dates and times in running text: calendar dates, weekdays, years, spans of the calendar, times of day.

Reads the lexemes of one paragraph from a given place. What can be told without knowing the day of publication
is given as a (partial) ISO 8601 date; "yesterday" is found but has no value.
"""

from __future__ import annotations

from typing import Final

from reader.compare.dates_clock import clock, is_glued, spoken
from reader.compare.dates_years import (
    ORDINAL_WORDS,
    ORDINALS,
    century,
    iso,
    short_decade,
    slashed,
    year,
    year_at,
)
from reader.compare.figures_lexemes import FigureMention, Lexemes
from reader.compare.numbers_plain import WORD_VALUES
from reader.compare.numbers_units import DAYS, MEASURES, is_plural
from reader.model.article import Span

_MONTHS: Final = str.split(
    "january february march april may june july august september october november december"
)
_MONTH: Final[dict[str, int]] = {name: number for number, name in enumerate(_MONTHS, 1)}
_SHORT_MONTH: Final[dict[str, int]] = {
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1) if name != "may"},
    "sept": 9,
}
_WEEKDAY: Final[dict[str, int]] = {
    name: number
    for number, name in enumerate(str.split("monday tuesday wednesday thursday friday saturday sunday"), 1)
}
_DAY_PARTS: Final = frozenset(str.split("morning afternoon evening night lunchtime"))
_RELATIVE: Final = frozenset(str.split("today yesterday tomorrow tonight overnight"))
_PERIODS: Final = frozenset(
    str.split("week month year decade century quarter weekend night morning afternoon evening semester")
)
_SEASONS: Final = frozenset(str.split("spring summer autumn fall winter"))
_NEAR: Final = frozenset(str.split("last next this past coming previous following"))
_PART: Final = frozenset(str.split("early late mid earlier later"))
_DECADES: Final = frozenset(
    str.split("twenties thirties forties fifties sixties seventies eighties nineties")
)
_COUNTS: Final = frozenset([*WORD_VALUES, "few", "several", "couple", "of", "many", "dozen"])
AGO: Final = frozenset(["ago", "earlier", "later", "advance", "before"])
"""Words that end a date reckoned from another."""
_HOLIDAYS: Final = frozenset(str.split("christmas easter thanksgiving halloween ramadan hanukkah"))
_HOLIDAY_DAYS: Final = frozenset(
    str.split("labor memorial independence election inauguration veterans boxing earth valentine")
)
_BEFORE_MONTH: Final = frozenset(
    str.split(
        "in of last next this early late mid since until till by from through during every before after to "
        "and"
    )
)
_HOURS: Final = str.split("one two three four five six seven eight nine ten eleven twelve twenty")
_CLOCK: Final = frozenset(["noon", "midday", "midnight"])
STARTS: Final = (
    frozenset([*_MONTH, *_SHORT_MONTH, *_WEEKDAY])
    | _RELATIVE
    | _NEAR
    | _PART
    | _SEASONS
    | _DECADES
    | AGO
    | _HOLIDAYS
    | _HOLIDAY_DAYS
    | _CLOCK
    | {"century", "weekend", "new", "centuries", "half", "quarter", *_HOURS}
) - {"second"}
"""Words with which (or, for `ago`, with whose last word) a date may be found."""


CAPITAL_STARTS: Final = frozenset([*_MONTH, *_SHORT_MONTH, *_WEEKDAY, *_HOLIDAYS, *_HOLIDAY_DAYS, "new"])
"""Those of them that begin a date only when they are written with a capital."""


def read(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """The date or time that begins at a lexeme, and the place of the lexeme behind it."""
    low = words.low[at]
    if low[0].isdigit():
        return clock(words, at) or _from_digits(words, at)
    if low in _CLOCK:
        value = "00:00" if low == "midnight" else "12:00"
        return FigureMention(Span(words.start[at], words.end[at]), "time", value, None, False), at + 1
    if low in WORD_VALUES or low in ("half", "quarter"):
        return spoken(words, at)
    return _from_word(words, at)


def ago(words: Lexemes, at: int, previous: FigureMention | None) -> FigureMention | None:
    """`two weeks ago`, `a year later`, `four months in advance`: the date that ends with the lexeme at `at`.

    `previous` is the amount just read; the date takes its place when they overlap.
    """
    unit_at = at - 1
    if words.low[at] == "advance":
        if words.word(at - 1) != "in":
            return None
        unit_at = at - 2
    unit = words.word(unit_at)
    if words.low[at] == "before":
        return _day_before(words, at)
    if MEASURES.get(unit) not in (
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "century",
    ):
        return None
    if previous is not None and previous.span.end == words.end[unit_at]:
        start = previous.span.start
    elif words.word(unit_at - 1) in ("a", "an", "many", "some"):
        start = words.start[unit_at - 1]
    elif is_plural(unit) and words.low[at] == "ago":
        start = words.start[unit_at]
    else:
        return None
    return FigureMention(Span(start, words.end[at]), "date", None, None, True)


def _day_before(words: Lexemes, at: int) -> FigureMention | None:
    """`the year before`, `the night before`, with nothing after it that it would be before."""
    is_unit = words.word(at - 1) in ("day", "week", "month", "year", "night", "evening")
    ends = words.body[words.end[at] : words.end[at] + 1] in ("", ",", ".", ";", ")", "”", '"')
    if not is_unit or words.word(at - 2) != "the" or not ends:
        return None
    return FigureMention(Span(words.start[at - 2], words.end[at]), "date", None, None, True)


def _from_digits(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    low = words.low[at]
    if is_glued(words, at) and words.word(at - 1) not in ("mid", "pre", "post", "early", "late"):
        return None
    if "/" in low:
        return slashed(words, at)
    if not low.isdecimal() or len(low) not in (1, 2, 4):
        return None
    if len(low) == 4:
        return iso(words, at) or year(words, at)
    return _day_first(words, at) or century(words, at) or short_decade(words, at)


def _day_first(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`1 September 2025`, `the 4th of July`, `14-16 July`, `13 and 14 May`."""
    day, place = int(words.low[at]), at + 1
    if not 1 <= day <= 31:
        return None
    if words.word(place) in ORDINALS and words.start[place] == words.end[at]:
        place += 1
    if (words.word(place) == "of" and words.spaced(place)) or (
        words.word(place).isdecimal() and words.gap(place) in ("-", "–") and len(words.low[place]) <= 2
    ):
        place += 1
    month = _month_at(words, place)
    if not month or not words.spaced(place):
        return None
    end, after, year = words.end[place], place + 1, year_at(words, place + 1)
    if year:
        end, after = words.end[place + 1], place + 2
    value = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
    return FigureMention(Span(words.start[at], end), "date", value, None, False), after


def _month_at(words: Lexemes, at: int) -> int:
    low = words.word(at)
    number = _MONTH.get(low) or _SHORT_MONTH.get(low) or 0
    return number if number and words.body[words.start[at]].isupper() else 0


def _from_word(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """A date that begins with a word: prefixes ("early last"), then what they belong to."""
    core = at
    while (
        words.word(core) in _PART | _NEAR and core - at < 3 and (core == at or words.gap(core) in (" ", "-"))
    ):
        core += 1
    if core > at and core < len(words.low) and words.gap(core) not in (" ", "-", "\u00a0"):
        return None
    prefixes = words.low[at:core]
    if words.word(core) == "on" and prefixes and words.word(core + 1) in _WEEKDAY:
        core += 1
    if (
        words.word(core) == "in"
        and prefixes
        and (words.word(core + 1) in _MONTH or _is_four(words.word(core + 1)))
    ):
        core += 1
    if core >= len(words.low):
        return None
    found = _core(words, core, prefixes) or _stretch(words, core, prefixes)
    if found is None:
        return None
    mention, after = found
    span = Span(min(words.start[at], mention.span.start), mention.span.end)
    value = None if any(prefix in _NEAR for prefix in prefixes) and mention.value is None else mention.value
    return FigureMention(span, mention.kind, value, mention.unit, mention.approximate), after


def _is_four(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()


def _core(words: Lexemes, at: int, prefixes: list[str]) -> tuple[FigureMention, int] | None:
    low = words.low[at]
    is_near = any(prefix in _NEAR for prefix in prefixes)
    if low in _WEEKDAY:
        return _weekday(words, at)
    if low in _MONTH or low in _SHORT_MONTH:
        return _month_first(words, at, bool(prefixes))
    if low in _RELATIVE:
        return _parted(words, at, None)
    if low in _PERIODS:
        is_named = low == "weekend" and words.word(at - 1) == "the"
        if not (is_near or is_named) or (
            prefixes and prefixes[-1] in ("past", "following") and low == "quarter"
        ):
            return None
        return FigureMention(Span(words.start[at], words.end[at]), "date", None, None, True), at + 1
    if low in _SEASONS:
        return _season(words, at, is_near or bool(prefixes))
    if low in _DECADES:
        if words.word(at - 1 - len(prefixes)) not in ("the", "swinging", "roaring", "his", "her", "their"):
            return None
        return FigureMention(Span(words.start[at], words.end[at]), "date", None, None, True), at + 1
    if low[0].isdigit() and prefixes and len(low) == 4 and low.isdecimal():
        return year(words, at)
    if low.isdecimal() and prefixes:
        return century(words, at) or short_decade(words, at)
    if low == "century" and words.word(at - 1) in ORDINAL_WORDS and words.gap(at) in (" ", "-"):
        return century(words, at - 1)
    return _holiday(words, at)


def _stretch(words: Lexemes, at: int, prefixes: list[str]) -> tuple[FigureMention, int] | None:
    """The units of `past few days`, `next two weeks`, `last years`."""
    if not prefixes or prefixes[-1] not in ("last", "next", "past", "coming", "previous", "following"):
        return None
    place = at
    while place - at < 2 and (words.word(place) in _COUNTS or words.word(place).isdecimal()):
        place += 1
    unit = words.word(place)
    if unit not in MEASURES or MEASURES[unit] not in DAYS or not is_plural(unit) or not words.spaced(place):
        return None
    return FigureMention(Span(words.start[at], words.end[place]), "date", None, None, True), place + 1


def _parted(words: Lexemes, at: int, value: str | None) -> tuple[FigureMention, int]:
    """A day with the part of it that follows: `Friday night`."""
    end, after = words.end[at], at + 1
    if words.word(after) in _DAY_PARTS and words.spaced(after):
        end, after = words.end[after], after + 1
    return FigureMention(Span(words.start[at], end), "date", value, None, value is None), after


def _weekday(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`Friday`, `Friday night`, `Friday, July 21, 2017`, `Friday 21 July`."""
    if not words.body[words.start[at]].isupper():
        return None
    place = at + 1
    if place < len(words.low) and words.gap(place) in (", ", " ", "\u00a0"):
        dated = None
        if _month_at(words, place):
            dated = _month_first(words, place, False)
        elif words.low[place].isdecimal() and len(words.low[place]) <= 2:
            dated = _day_first(words, place)
        if dated is not None and isinstance(dated[0].value, str) and dated[0].value.count("-") >= 2:
            mention, after = dated
            return FigureMention(
                Span(words.start[at], mention.span.end), "date", mention.value, None, False
            ), after
    return _parted(words, at, f"-W-{_WEEKDAY[words.low[at]]}")


def _month_first(words: Lexemes, at: int, prefixed: bool) -> tuple[FigureMention, int] | None:
    """`September 1`, `Sept. 1, 2025`, `July 14-16`, `March 2016`, `in May`."""
    low, month = words.low[at], _month_at(words, at)
    if not month:
        return None
    day = _day_after(words, at + 1)
    if day:
        place = at + 2
        if words.word(place) in ORDINALS and words.start[place] == words.end[place - 1]:
            place += 1
        if words.word(place).isdecimal() and words.gap(place) in ("-", "–") and len(words.low[place]) <= 2:
            place += 1
        year = year_at(words, place)
        value = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
        place += bool(year)
        return FigureMention(Span(words.start[at], words.end[place - 1]), "date", value, None, False), place
    year = year_at(words, at + 1)
    if not year and words.word(at + 1) == "of":
        year = year_at(words, at + 2) if words.spaced(at + 2) else ""
        if year:
            span = Span(words.start[at], words.end[at + 2])
            return FigureMention(span, "date", f"{year}-{month:02d}", None, False), at + 3
    if year:
        return FigureMention(
            Span(words.start[at], words.end[at + 1]), "date", f"{year}-{month:02d}", None, False
        ), at + 2
    if low in _SHORT_MONTH or not (prefixed or _is_month_name(words, at)):
        return None
    return FigureMention(Span(words.start[at], words.end[at]), "date", f"--{month:02d}", None, False), at + 1


def _is_month_name(words: Lexemes, at: int) -> bool:
    """Whether a capitalised "May" or "June" is the month, not the verb or a person."""
    before = words.word(at - 1) if words.spaced(at) else ""
    if before in _BEFORE_MONTH:
        return True
    if words.low[at] in ("may", "march"):
        return False
    follows = at + 1 < len(words.low) and words.spaced(at + 1) and words.body[words.start[at + 1]].isupper()
    return not (follows and words.low[at] in ("april", "june", "august"))


def _day_after(words: Lexemes, at: int) -> int:
    low = words.word(at)
    if not low.isdecimal() or len(low) > 2 or not 1 <= int(low) <= 31:
        return 0
    if words.gap(at).strip(" \u00a0\n") not in ("", "."):
        return 0
    # "in May 20 people": a day is not followed by what it would count.
    following = words.word(at + 1)
    counted = words.spaced(at + 1) and (is_plural(following) or following in ("percent", "per", "million"))
    return 0 if counted else int(low)


def _season(words: Lexemes, at: int, prefixed: bool) -> tuple[FigureMention, int] | None:
    year = year_at(words, at + 1) if words.spaced(at + 1) else ""
    if year:
        return FigureMention(Span(words.start[at], words.end[at + 1]), "date", year, None, True), at + 2
    if words.word(at + 1) == "of" and words.spaced(at + 2) and (year := year_at(words, at + 2)):
        return FigureMention(Span(words.start[at], words.end[at + 2]), "date", year, None, True), at + 3
    before, two_before = words.word(at - 1), words.word(at - 2)
    named = before == "the" and two_before in (
        "in",
        "from",
        "until",
        "by",
        "during",
        "since",
        "for",
        "before",
    )
    follows = words.spaced(at + 1) and words.word(at + 1) not in (
        "and",
        "or",
        "when",
        "but",
        "of",
        "in",
        "to",
        "for",
    )
    if not prefixed and (not named or follows):
        return None
    return FigureMention(Span(words.start[at], words.end[at]), "date", None, None, True), at + 1


def _holiday(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    low = words.low[at]
    following = words.word(at + 1)
    # "Johnnie Christmas", "Carnegie Hall Easter": the second of two capitalised words is a name's.
    in_name = words.spaced(at) and words.body[words.start[at - 1]].isupper() and words.start[at - 1] > 0
    if not words.body[words.start[at]].isupper() or (in_name and words.word(at - 1) not in _BEFORE_MONTH):
        return None
    if low in _HOLIDAYS:
        is_day = following in ("day", "eve", "sunday", "monday", "morning") and words.spaced(at + 1)
        last = at + 1 if is_day else at
    elif low in _HOLIDAY_DAYS and following == "day":
        last = at + 1
    elif (
        low == "new"
        and following == "year"
        and words.body[words.end[at + 1] : words.end[at + 1] + 2]
        in (
            "'s",
            "’s",
        )
    ):
        last = at + 2 if words.word(at + 2) in ("day", "eve") else at + 1
    else:
        return None
    return FigureMention(Span(words.start[at], words.end[last]), "date", None, None, False), last + 1
