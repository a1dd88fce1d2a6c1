"""Amounts in running text: with currency, percent or noun, as ranges, and vague ("several hours").

Reads the lexemes of one paragraph from a given place. A number never includes the bracket around it; codes
("B-2", "G7", "Airbus A320") and pairs of persons ("one-on-one") are no numbers.
"""

from __future__ import annotations

import re
from typing import Final

from reader.compare.figures_lexemes import FigureMention, Lexemes
from reader.compare.numbers_plain import SCALES, WORD_VALUES, Amount, plain, scale_of, tidy
from reader.compare.numbers_units import (
    BREAKS,
    CURRENCY_CODES,
    CURRENCY_NOUNS,
    CURRENCY_SIGNS,
    MEASURES,
    is_plural,
    singular,
)
from reader.model.article import Span
from reader.model.comparison import FigureKind, FigureValue

_VAGUE: Final = frozenset(
    str.split("several dozens hundreds thousands millions billions scores few couple handful")
)
_FRACTIONS: Final = {
    "half": 0.5,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 0.25,
    "quarters": 0.25,
    "fifth": 0.2,
}
_FRACTIONS_MORE: Final = {"fifths": 0.2, "tenth": 0.1, "tenths": 0.1, "halves": 0.5}
STARTS: Final = frozenset(
    [*WORD_VALUES, *SCALES, *_VAGUE, *_FRACTIONS, *CURRENCY_CODES, "dozen", "month", "week", "year", "hour"]
) - {"bn", "mn", "mln", "tn", "thirds", "quarters"}
"""Words with which an amount may begin; one that begins with a digit always may."""

_CODE_WORDS: Final = frozenset(
    str.split("""
    airbus boeing flight article section title chapter route highway interstate room studio apollo windows
    iphone galaxy act phase type mark model level class grade group order resolution amendment proposition
    prop bill no number nos channel formula area psalm bowl covid page figure table step track unit day
    week game round season episode volume issue version world gate platform line bus ward district
    precinct pier terminal runway rule chelsea fox abc nbc cbs catch agenda union local lot plan
    """)
)
_POINTING: Final = frozenset(str.split("the these those both other last first next past"))
"""Before a small number: it points at what was counted elsewhere."""
_APPROXIMATE: Final = frozenset(
    str.split("about around roughly nearly almost some approximately estimated circa barely just")
)
_LEAST: Final = frozenset(["over", "exceeding", "above"])
_MOST: Final = frozenset(["under", "below"])
_SIGN: Final = re.compile(r"(?:US|A|C|AU|CA|NZ|HK|S|R)?[$€£¥₹₽₴]\s?$")
_PERCENT: Final = re.compile(r"\s?%|[ \u00a0-]?(?:per ?cent|pct)\b|[ -]percentage[ -]points?\b")
_RANGE: Final = re.compile(r"\s?[-–—‑]\s?|[ ]to[ ]|[ ]or[ ]|[ ]and[ ]")
_AGE: Final = re.compile(r"-years?-olds?\b|[ -]years? old\b", re.I)


def read(words: Lexemes, at: int, previous: FigureMention | None) -> tuple[FigureMention, int] | None:
    """The amount that begins at a lexeme and the place of the lexeme behind it; `None` when none does.

    `previous` is the mention before it in the paragraph: "three of them" has its unit.
    """
    low = words.low[at]
    if low in ("month", "week", "year", "hour"):
        return _lone_unit(words, at)
    if low in _VAGUE:
        return _vague(words, at)
    if low in CURRENCY_CODES and not words.body[words.start[at]].isupper():
        return None
    if low in CURRENCY_CODES:
        return _amount(words, at + 1, previous, CURRENCY_CODES[low]) if words.spaced(at + 1) else None
    if low in _FRACTIONS and (fraction := _fraction(words, at)):
        return fraction
    return _amount(words, at, previous, None)


def _amount(
    words: Lexemes, at: int, previous: FigureMention | None, currency: str | None
) -> tuple[FigureMention, int] | None:
    body, start = words.body, words.start[at]
    if currency is not None:
        start = words.start[at - 1]
    sign = _SIGN.search(body, max(0, start - 4), start)
    if sign:
        start = sign.start()
        currency = CURRENCY_SIGNS[sign.group().strip()]
    if _is_no_amount(words, at, start):
        return None
    amount = plain(words, at, currency is not None)
    if amount is None:
        return None
    high = _high(words, amount, at, currency is not None)
    value: FigureValue = tidy(amount.value)
    last = amount
    if high is not None:
        if high.scaled and not amount.scaled:
            amount.value *= scale_of(words, high)
        low, top = tidy(amount.value), tidy(high.value)
        value, last = (low, top), high
    return _with_unit(words, at, start, value, last, currency, previous)


def _with_unit(
    words: Lexemes,
    at: int,
    start: int,
    value: FigureValue,
    last: Amount,
    currency: str | None,
    previous: FigureMention | None,
) -> tuple[FigureMention, int] | None:
    body, end, after = words.body, last.end, last.after
    approximate, bound = _hedge(words, at if currency is None or words.low[at][0].isdigit() else at - 1)
    approximate = approximate or last.approximate
    percent = _PERCENT.match(body, end)
    kind: FigureKind = "number"
    unit: str | None = None
    if percent:
        kind, end = "percent", percent.end()
        unit = "percentage point" if "point" in percent.group() else "%"
    elif currency is not None:
        kind, unit = "money", currency
    else:
        found = _unit(words, after, previous)
        if found is not None and value == 1 and found[0] not in MEASURES.values():
            # "One group appears": what follows is no plural noun.
            found = None
        if found is not None:
            unit, unit_end = found
            end = max(end, unit_end)
            # "Two pounds of flour" is a weight.
            if unit in CURRENCY_NOUNS and not (unit == "pound" and words.word(after + 1) == "of"):
                kind, unit = "money", CURRENCY_NOUNS[unit]
        elif _is_age(words, at, last):
            unit = "age"
        if unit is None and not _stands_alone(words, at, last, value):
            return None
    while after < len(words.low) and words.start[after] < end:
        after += 1
    compound = words.body[last.end : last.end + 1] in ("-", "‑") and unit != "age"
    return FigureMention(Span(start, end), kind, value, unit, approximate, bound, compound), after


def _is_age(words: Lexemes, at: int, last: Amount) -> bool:
    """Whether a number is the age in "Tomas Hale, 41, a carpenter" or "aged 41"."""
    body = words.body
    if words.word(at - 1) in ("aged", "age") and words.spaced(at):
        return True
    is_name = at > 0 and body[words.start[at - 1]].isupper()
    after = body[last.end : last.end + 1]
    plain = last.after == at + 1 and words.low[at].isdecimal() and len(words.low[at]) <= 3
    return plain and is_name and words.gap(at) == ", " and after in (",", ".", ";", "")


def _stands_alone(words: Lexemes, at: int, last: Amount, value: FigureValue) -> bool:
    """Whether a number without a unit is one at all."""
    low = words.low[at]
    if value == 1:
        return low[0].isdigit()
    if last.scaled or low[0].isdigit() or isinstance(value, tuple):
        return True
    return words.word(last.after) not in ("of", "on") and not words.gap(last.after).startswith("-")


def _is_no_amount(words: Lexemes, at: int, start: int) -> bool:
    body = words.body
    before = body[start - 1] if start else " "
    if before in "#@_/" or before.isalnum():
        return True
    if before in "-‑–" and start > 1 and body[start - 2].isalpha():
        word = words.word(at - 1)
        if word not in WORD_VALUES and word not in ("to", "or", "pre", "mid", "post"):
            return True
    if words.word(at - 1) in _CODE_WORDS and words.spaced(at) and words.low[at][0].isdigit():
        name = body[words.start[at - 1]]
        return name.isupper() or words.word(at - 1) in ("number", "page", "section", "article", "chapter")
    if words.low[at] in ("two", "three", "four", "five") and words.word(at - 1) in _POINTING:
        return True
    hyphens = ("-", "‑")
    return (words.gap(at) in hyphens and words.word(at - 1) == "on") or (
        words.gap(at + 1) in hyphens and words.word(at + 1) == "on"
    )


def _high(words: Lexemes, amount: Amount, at: int, is_money: bool) -> Amount | None:
    """The upper end of a range that begins with an amount."""
    if amount.after >= len(words.low):
        return None
    joint = _RANGE.match(words.body, amount.end)
    if not joint:
        return None
    mark = joint.group().strip()
    place = amount.after + 1 if mark in ("to", "or", "and") else amount.after
    before = words.word(at - 1)
    if (mark == "and" and before != "between") or (mark == "to" and before == "from"):
        return None
    if place >= len(words.low) or words.start[place] - amount.end > 8:
        return None
    if words.start[place] != joint.end() and not _SIGN.match(words.body, joint.end(), words.start[place]):
        return None
    if not (words.low[place][0].isdigit() or words.low[place] in WORD_VALUES):
        return None
    high = plain(words, place, is_money)
    if high is None:
        return None
    scale = scale_of(words, high) if high.scaled and not amount.scaled else 1
    return high if high.value > amount.value * (scale if high.value >= scale else 1) else None


def _hedge(words: Lexemes, at: int) -> tuple[bool, str]:
    """Whether the words before an amount round it, and which end of it they give."""
    one, two = words.word(at - 1), words.word(at - 2)
    if one in ("a", "an"):
        one, two = two, words.word(at - 3)
    if one == "least" or one in _LEAST or (one == "than" and two in ("more", "greater")):
        return False, "least"
    if one == "most" and two == "at":
        return False, "most"
    if one == "by":
        return False, "change"
    if one in _MOST or (one == "than" and two in ("less", "fewer")) or (one == "to" and two == "up"):
        return False, "most"
    if one == "as" and two in ("many", "much", "high"):
        return True, "most"
    return one in _APPROXIMATE or (one == "to" and two == "close"), ""


def _unit(words: Lexemes, at: int, previous: FigureMention | None) -> tuple[str, int] | None:
    """The noun an amount counts, in the singular, and where it ends."""
    if at >= len(words.low):
        return None
    if words.gap(at) in ("-", "‑"):
        age = _AGE.match(words.body, words.end[at - 1])
        if age:
            return "age", age.end()
        word = words.low[at]
        return (
            (singular(word), words.end[at])
            if word.isalpha() and word not in BREAKS and len(word) > 2
            else None
        )
    if words.start[at] == words.end[at - 1]:
        return (MEASURES[words.low[at]], words.end[at]) if words.low[at] in MEASURES else None
    if words.word(at) == "of" and words.word(at + 1) in ("them", "whom", "those") and previous is not None:
        same_sentence = "." not in words.body[previous.span.end : words.start[at]]
        return (previous.unit, words.end[at - 1]) if same_sentence and previous.unit else None
    for place in range(at, min(at + 4, len(words.low))):
        word = words.low[place]
        if not (words.spaced(place) or (place > at and words.gap(place) == "-")) or word in BREAKS:
            return None
        if word in MEASURES and (place == at or is_plural(word)):
            return MEASURES[word], words.end[place]
        if is_plural(word):
            return singular(word), words.end[place]
    return None


def _vague(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`several hours`, `a few days`, `hundreds of thousands of people`."""
    low, start, place = words.low[at], words.start[at], at + 1
    if low in ("few", "couple", "handful"):
        if words.word(at - 1) != "a" or not words.spaced(at):
            return None
        start = words.start[at - 1]
    is_of = False
    while words.word(place) == "of" or (words.word(place) in _VAGUE and words.spaced(place)):
        is_of = words.word(place) == "of"
        place += 1
    if low in ("scores", "handful") and not is_of:
        return None
    if is_of and words.word(place) == "the":
        place += 1
    found = _unit(words, place, None)
    if found is None:
        return None
    unit, end = found
    while place < len(words.low) and words.start[place] < end:
        place += 1
    kind: FigureKind = "number"
    if unit in CURRENCY_NOUNS:
        kind, unit = "money", CURRENCY_NOUNS[unit]
    return FigureMention(Span(start, end), kind, None, unit, True), place


def _lone_unit(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`in a month`, `for an hour`: one of it, roughly."""
    before = words.word(at - 2)
    if words.word(at - 1) not in ("a", "an") or not words.spaced(at) or not words.spaced(at - 1):
        return None
    if before not in ("in", "within", "for", "after", "about", "nearly", "almost", "over", "than", "least"):
        return None
    if words.word(at + 1) in ("ago", "later", "earlier") or words.gap(at + 1).startswith(("-", "’", "'")):
        return None
    approximate, bound = _hedge(words, at)
    span = Span(words.start[at - 1], words.end[at])
    # "In a year" is as general as a compound: only a link sets it beside another span of time.
    return FigureMention(span, "number", 1, words.low[at], approximate or not bound, bound, True), at + 1


def _fraction(words: Lexemes, at: int) -> tuple[FigureMention, int] | None:
    """`half the cost`, `a third of voters`, `half a mile`."""
    low, start = words.low[at], words.start[at]
    before, following = words.word(at - 1), words.word(at + 1)
    if before in ("first", "second", "other", "better", "last", "next", "each", "past", "top", "this"):
        return None
    if words.gap(at + 1) == "-" and following in MEASURES:
        return FigureMention(
            Span(start, words.end[at + 1]), "number", 0.5, MEASURES[following], False
        ), at + 2
    if low == "half" and following in ("a", "an") and words.word(at + 2) in MEASURES:
        span = Span(start, words.end[at + 2])
        return FigureMention(span, "number", 0.5, MEASURES[words.word(at + 2)], False), at + 3
    if low == "half" and following in ("a", "dozen"):
        return None
    approximate, bound = _hedge(words, at)
    share = _FRACTIONS[low]
    if low != "half":
        if before not in ("a", "one") or following != "of":
            return None
        start = words.start[at - 1]
    elif following not in ("of", "the", "its", "their", "his", "her") and not _ends_clause(words, at):
        return None
    value = tidy(round(100 * share, 1))
    approximate = approximate or low != "half"
    return FigureMention(Span(start, words.end[at]), "percent", value, "%", approximate, bound), at + 1


def _ends_clause(words: Lexemes, at: int) -> bool:
    after = words.body[words.end[at] : words.end[at] + 1]
    return after in ("", ".", ",", ";", ")")
