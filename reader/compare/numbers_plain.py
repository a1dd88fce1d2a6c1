"""One amount without its unit: digits with a scale, or number words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reader.compare.figures_lexemes import Lexemes
from reader.compare.numbers_units import MEASURES

_SMALL: Final = str.split(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
WORD_VALUES: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{
        word: 10 * value
        for value, word in enumerate(str.split("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
    },
}
SCALES: Final[dict[str, int]] = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "mn": 10**6,
    "mln": 10**6,
    "tn": 10**12,
}
_MONEY_SCALES: Final = {"m": 10**6, "k": 10**3, "b": 10**9, "t": 10**12}
_DOZEN: Final = 12
_DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ORDINALS: Final = frozenset(["st", "nd", "rd", "th"])


@dataclass(slots=True)
class Amount:
    """One amount and where it ends."""

    value: float
    """As a number."""
    after: int
    """The lexeme behind it."""
    end: int
    """One past its last code point."""
    scaled: bool = False
    """Whether a scale ("million") is in it."""
    approximate: bool = False
    """Whether it is round by its word ("a dozen")."""


def plain(words: Lexemes, at: int, is_money: bool) -> Amount | None:
    """Digits with a scale, or number words, from a place."""
    if at >= len(words.low):
        return None
    if words.low[at][0].isdigit():
        return _digits(words, at, is_money)
    return _spelled(words, at)


def _digits(words: Lexemes, at: int, is_money: bool) -> Amount | None:
    low, end = words.low[at], words.end[at]
    if "/" in low:
        top, _, bottom = low.partition("/")
        if not (top.isdecimal() and bottom in ("2", "3", "4", "5", "10") and int(top) < int(bottom)):
            return None
        return Amount(int(top) / int(bottom), at + 1, end)
    if len(low) > 24 or not _DIGITS.fullmatch(low):
        return None
    amount = Amount(float(low.replace(",", "")), at + 1, end)
    following = words.word(at + 1)
    glued = at + 1 < len(words.low) and words.start[at + 1] == end
    if glued and following in _ORDINALS:
        return None
    if glued and not (following in MEASURES or following in SCALES or following in _MONEY_SCALES):
        return None
    if glued and following == "k" and not is_money and words.body[end] == "K":
        return None
    hyphened = at + 1 < len(words.low) and words.gap(at + 1) == "-"
    scale = SCALES.get(following)
    if scale is None and glued and (is_money or following == "k"):
        scale = _MONEY_SCALES.get(following)
    if scale is not None and (glued or hyphened or words.spaced(at + 1)):
        amount.value *= scale
        amount.after, amount.end, amount.scaled = at + 2, words.end[at + 1], True
    elif following == "dozen" and words.spaced(at + 1):
        amount.value *= _DOZEN
        amount.after, amount.end = at + 2, words.end[at + 1]
    return amount


def _spelled(words: Lexemes, at: int) -> Amount | None:
    """`twenty-five thousand`, `a dozen`, `two hundred and ten`."""
    total = current = 0
    place = at
    scaled = False
    while place < len(words.low) and place - at < 12:
        word = words.low[place]
        if place > at and not (words.spaced(place) or words.gap(place) in ("-", "‑")):
            break
        if word in WORD_VALUES:
            if place > at and current % 10 and words.low[place - 1] != "hundred":
                break
            current += WORD_VALUES[word]
        elif word == "hundred":
            current = (current or 1) * 100
            scaled = True
        elif word in SCALES and len(word) > 3:
            total += (current or 1) * SCALES[word]
            current, scaled = 0, True
        elif word == "dozen":
            current = (current or 1) * _DOZEN
        elif not (
            word == "and" and words.word(place - 1) == "hundred" and words.word(place + 1) in WORD_VALUES
        ):
            break
        place += 1
    if place == at:
        return None
    first = words.low[at]
    amount = Amount(float(total + current), place, words.end[place - 1], scaled)
    if first in ("dozen", "hundred", "thousand", "million", "billion", "trillion"):
        amount.approximate = True
        if words.word(at - 1) not in ("a", "the", "half") or not words.spaced(at):
            return None
        if words.word(at - 1) == "half" or words.word(at - 2) == "half":
            amount.value /= 2
    return amount


def scale_of(words: Lexemes, amount: Amount) -> float:
    """What the scale at the end of an amount multiplies by; 1 without one."""
    return float(SCALES.get(words.low[amount.after - 1]) or _MONEY_SCALES.get(words.low[amount.after - 1], 1))


def tidy(value: float) -> int | float:
    """A whole number as an int."""
    return int(value) if value.is_integer() else round(value, 6)
