"""Dates as headers write them, to one form. What is ambiguous or impossible is no date."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "UT": 0}
_AHEAD = dt.timedelta(days=2)

_TIME = (
    r"(?:[T,\s]\s*(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|UT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([A-Za-z ]{1,40}\)|\s+[A-Z]{2,5})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(f"{_WEEKDAY}{form}{_TIME}$", re.I)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH}[\s-](?P<year>\d{{4}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})",
    )
)
_SLASHED = re.compile(rf"(?P<first>\d{{1,2}})/(?P<second_number>\d{{1,2}})/(?P<year>\d{{4}}){_TIME}$", re.I)


def normalise(text: str, now: dt.datetime) -> str | None:
    """`YYYY-MM-DD`, or ISO 8601 with offset when both a time and its zone are given; else `None`.

    A time without a zone is left out: where it was is not known. A day and month that could be
    swapped (`3/4/2025`) are no date. Only 1970 to two days after `now` (with zone) is valid.
    """
    text = " ".join(text.split())[:80]
    for form in _FORMS:
        match = form.match(text)
        if match:
            return _checked(match, _month(match["month"]), int(match["day"]), now)
    match = _SLASHED.match(text)
    if match:
        first, second = int(match["first"]), int(match["second_number"])
        if first > 12:
            return _checked(match, second, first, now)
        if second > 12 or first == second:
            return _checked(match, first, second, now)
    return None


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS.get(text.casefold(), 0)


def _checked(match: re.Match[str], month: int, day: int, now: dt.datetime) -> str | None:
    try:
        date = dt.date(int(match["year"]), month, day)
        moment = _moment(match, date)
    except (ValueError, OverflowError):
        return None
    if moment is None:
        return date.isoformat() if dt.date(1970, 1, 1) <= date <= (now + _AHEAD).date() else None
    if moment.timestamp() < 0 or moment > now + _AHEAD:
        return None
    return moment.isoformat()


def _moment(match: re.Match[str], date: dt.date) -> dt.datetime | None:
    if match["hour"] is None or match["zone"] is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    moment = dt.time(hour, int(match["minute"]), min(int(match["second"] or 0), 59))
    return dt.datetime.combine(date, moment, _zone(match["zone"].upper()))


def _zone(text: str) -> dt.timezone:
    if text in _ZONES:
        return dt.UTC
    digits = text[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    if int(digits[2:] or 0) > 59 or minutes > 14 * 60:
        raise ValueError("no such offset")
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))
