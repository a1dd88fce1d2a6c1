"""Times of day: `3:30 p.m. ET`, `03:17 GMT`, `8 o’clock`, `5-7 p.m.`, `0800 GMT`."""

from __future__ import annotations

import re
from typing import Final

from reader.compare.figures_lexemes import FigureMention, Lexemes
from reader.compare.numbers_plain import WORD_VALUES
from reader.model.article import Span

_HEDGES: Final = frozenset(str.split("about around before after roughly almost nearly approximately past"))
_HALF: Final = re.compile(r"\s?(?:([ap])\.\s?m\b\.?|([ap])m\b)", re.I)
_ZONE: Final = re.compile(
    r"\s\(?(ET|EST|EDT|CT|CST|CDT|MT|MST|MDT|PT|PST|PDT|AKDT|AKST|GMT|UTC|BST|CET|CEST|EET|EEST|MSK|IST|JST|AEST"
    r"|local time|Eastern(?: [Tt]ime)?|Pacific(?: [Tt]ime)?|Central(?: [Tt]ime)?|Moscow time)\b"
)
_TIME_JOINT: Final = re.compile(r"\s?[-–—]\s?|\sto\s")


def clock(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """The time of day that begins with the digits at a lexeme, and the place of the lexeme behind it."""
    body, low, end = words.body, words.low[at], words.end[at]
    hour_text, _, minute_text = low.replace(".", ":").partition(":")
    if (
        len(low) > 5
        or not hour_text.isdecimal()
        or len(hour_text) > 2
        or not (minute_text or "0").isdecimal()
    ):
        return _military(words, at)
    hour, minute = int(hour_text), int(minute_text or "0")
    if hour > 24 or minute > 59 or (minute_text and len(minute_text) != 2) or is_glued(words, at):
        return None
    half = _HALF.match(body, end)
    clock_word = words.word(at + 1) in ("o’clock", "o'clock") and words.spaced(at + 1)
    if half is None and not clock_word and ":" not in low:
        return _range(words, at, hour, minute)
    if half is None and "." in low:
        return None
    if clock_word:
        end = words.end[at + 1]
    if half:
        if hour > 12:
            return None
        end = half.end()
        letter = (half.group(1) or half.group(2)).lower()
        hour = hour % 12 + (12 if letter == "p" else 0)
    if hour == 24:
        hour = 0
    return _mention(words, at, end, f"{hour:02d}:{minute:02d}")


_MINUTES: Final = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20}


def spoken(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`half past five`, `quarter to six`, `ten past four`, `shortly before eight`; of which half is open."""
    low, joint = words.low[at], words.word(at + 1)
    minutes, hour = _MINUTES.get(low, 0), WORD_VALUES.get(words.word(at + 2), 0)
    # "Ten to twelve" is a range far more often than a time.
    if minutes and (joint == "past" or (joint == "to" and low == "quarter")) and 1 <= hour <= 12:
        total = 60 * hour + (minutes if joint == "past" else -minutes)
        value = f"{total // 60 % 12 or 12:02d}:{total % 60:02d}"
        return _open(words, at, at + 2, value)
    hour = WORD_VALUES.get(low, 0)
    is_time = words.word(at - 1) in ("before", "after", "past") and words.word(at - 2) in ("shortly", "just")
    if is_time and 1 <= hour <= 12 and not words.spaced(at + 1):
        return _open(words, at, at, f"{hour:02d}:00")
    return None


def _open(words: Lexemes, at: int, last: int, value: str) -> tuple[FigureMention, int]:
    hedged = words.word(at - 1) in _HEDGES
    return FigureMention(
        Span(words.start[at], words.end[last]), "time", value, None, hedged, "spoken"
    ), last + 1


def _mention(words: Lexemes, at: int, end: int, value: str) -> tuple[FigureMention, int]:
    zone = _ZONE.match(words.body, end)
    unit = None
    if zone:
        # A zone in brackets of its own: the span may not end inside the bracket.
        if "(" in zone.group():
            unit = zone.group(1)
        else:
            end, unit = zone.end(), zone.group(1)
    after = at + 1
    while after < len(words.low) and words.start[after] < end:
        after += 1
    hedged = words.word(at - 1) in _HEDGES
    return FigureMention(Span(words.start[at], end), "time", value, unit, hedged), after


def _range(words: Lexemes, at: int, hour: int, minute: int) -> tuple[FigureMention, int] | None:
    """`5-7 p.m.`, `5 to 7 p.m.`: the first hour has the half of the day of the second."""
    joint = _TIME_JOINT.match(words.body, words.end[at])
    if not joint or not 1 <= hour <= 12:
        return None
    place = at + 2 if "to" in joint.group() else at + 1
    if place >= len(words.low) or words.start[place] != joint.end() or not words.low[place][0].isdigit():
        return None
    half = _HALF.match(words.body, words.end[place])
    if not half or clock(words, place) is None:
        return None
    letter = (half.group(1) or half.group(2)).lower()
    hour = hour % 12 + (12 if letter == "p" else 0)
    return _mention(words, at, words.end[at], f"{hour:02d}:{minute:02d}")


def _military(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    low = words.low[at]
    if len(low) != 4 or not low.isdecimal() or int(low[:2]) > 24 or int(low[2:]) > 59:
        return None
    if words.word(at + 1) not in ("gmt", "utc", "bst", "hours", "hrs") or not words.spaced(at + 1):
        return None
    end = words.end[at + 1] if words.low[at + 1] in ("hours", "hrs") else words.end[at]
    return _mention(words, at, end, f"{low[:2]}:{low[2:]}")


def is_glued(words: Lexemes, at: int) -> bool:
    """Whether digits are part of a code, an amount of money or a compound."""
    before = words.body[words.start[at] - 1] if words.start[at] else " "
    return before.isalnum() or before in "$€£#@_/" or (before in "-" and words.word(at - 1).isalpha())
