"""Dates as people write them in a query: `2025-08`, `15 August 2025`, `last week`, `3 days ago`, `a..b`.

A date stands for a stretch of whole days, both ends included. Weeks begin on Monday. Never raises.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

Days = tuple[dt.date, dt.date]
"""First and last day, both included."""

_MONTHS = {
    name[:length].lower(): number
    for number, name in enumerate(calendar.month_name)
    if name
    for length in (3, 4, len(name))
}
_WEEKDAYS = {
    name[:length].lower(): number
    for number, name in enumerate(calendar.day_name)
    for length in (3, len(name))
}
_UNITS = {"d": "day", "day": "day", "w": "week", "week": "week", "m": "month", "month": "month"} | {
    "y": "year",
    "year": "year",
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def days(text: str, today: dt.date) -> Days | None:
    """The days one date names, or `None` when it is not understood."""
    words = re.sub(r"[\s_,]+", " ", text.strip().strip("\"“”„«»'").lower()).strip()
    try:
        for read in _READERS:
            if (found := read(words, today)) is not None:
                return found
    except (ValueError, OverflowError):
        # A day that no calendar has (2025-02-30), or one beyond the year 9999.
        return None
    return None


def date_range(text: str, today: dt.date) -> tuple[dt.date | None, dt.date | None] | None:
    """The days of `date:`: one date, or two with `..` between them of which one may be missing.

    The first day is after the last when the two were written the wrong way round.
    """
    if ".." not in text:
        return days(text, today)
    low_text, high_text = (part.strip(" .") for part in text.split("..", 1))
    low = days(low_text, today) if low_text else None
    high = days(high_text, today) if high_text else None
    if (low_text and low is None) or (high_text and high is None) or low is high:
        return None
    if low and high and low[0] > high[1]:
        return low[1], high[0]
    return low[0] if low else None, high[1] if high else None


def _iso(text: str, _today: dt.date) -> Days | None:
    match = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", text)
    if match is None:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if day:
        return _one(dt.date(year, int(month), int(day)))
    return _month(year, int(month)) if month else (dt.date(year, 1, 1), dt.date(year, 12, 31))


def _named_month(text: str, today: dt.date) -> Days | None:
    """`august`, `aug 2025`, `15 august 2025`, `august 15 2025`, `15th august`."""
    match = re.fullmatch(
        r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)? )?(?P<m>[a-z]+)\.?"
        r"(?: (?P<d2>\d{1,2})(?:st|nd|rd|th)?)?(?: (?P<y>\d{4}))?",
        text,
    )
    if match is None or match["m"] not in _MONTHS or (match["d1"] and match["d2"]):
        return None
    month = _MONTHS[match["m"]]
    day = match["d1"] or match["d2"]
    if match["y"]:
        year = int(match["y"])
    else:
        # Without a year, the latest one that is not in the future.
        year = today.year if dt.date(today.year, month, int(day or 1)) <= today else today.year - 1
    return _one(dt.date(year, month, int(day))) if day else _month(year, month)


def _near(text: str, today: dt.date) -> Days | None:
    """`today`, `yesterday`, `monday`, `last friday`."""
    if text in ("today", "now"):
        return _one(today)
    if text == "yesterday":
        return _one(today - dt.timedelta(days=1))
    name = text.removeprefix("last ").removeprefix("on ")
    if name not in _WEEKDAYS:
        return None
    back = (today.weekday() - _WEEKDAYS[name]) % 7
    return _one(today - dt.timedelta(days=back or (7 if text.startswith("last ") else 0)))


def _this_or_last(text: str, today: dt.date) -> Days | None:
    """`this week`, `last month`, `previous year`: whole calendar units; this one ends today."""
    match = re.fullmatch(r"(this|last|previous|past) (week|month|year)", text)
    if match is None:
        return None
    first = _first_day(match[2], today)
    if match[1] == "this":
        return first, today
    last = first - dt.timedelta(days=1)
    return _first_day(match[2], last), last


def _ago(text: str, today: dt.date) -> Days | None:
    """`3 days ago`, `a week ago`: that one day, or the whole month or year it fell in."""
    match = re.fullmatch(r"(\d{1,4}|[a-z]+) (day|week|month|year)s? ago", text)
    if match is None or (count := _count(match[1])) is None:
        return None
    then = _back(today, count, match[2])
    if match[2] == "month":
        return _month(then.year, then.month)
    if match[2] == "year":
        return dt.date(then.year, 1, 1), dt.date(then.year, 12, 31)
    return _one(then)


def _last_few(text: str, today: dt.date) -> Days | None:
    """`last 7 days`, `past 2 weeks`, `7d`, `2w`: up to and including today."""
    match = re.fullmatch(
        r"(?:(?:last|past) (\d{1,4}|[a-z]+) (day|week|month|year)s?|(\d{1,4})([dwmy]))", text
    )
    if match is None or (count := _count(match[1] or match[3])) is None:
        return None
    return _back(today, count, _UNITS[match[2] or match[4]]), today


_READERS: tuple[Callable[[str, dt.date], Days | None], ...] = (
    _iso,
    _near,
    _this_or_last,
    _ago,
    _last_few,
    _named_month,
)


def _one(day: dt.date) -> Days:
    return day, day


def _month(year: int, month: int) -> Days:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _first_day(unit: str, day: dt.date) -> dt.date:
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _back(day: dt.date, count: int, unit: str) -> dt.date:
    if unit in ("day", "week"):
        return day - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
