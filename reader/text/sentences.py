"""Sentences of a paragraph, by rules, as spans into the text they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from reader.model.article import Span

QUOTE_LIMIT: Final = 300
"""Code points. A longer quotation is split into its sentences even where the sentence around it goes on."""

# The space after a mark that may end a sentence, when something follows that may begin one.
_CANDIDATE: Final = re.compile(
    r"(?:(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]“]*)(?P<space>\s+)(?=[\"'“‘«(\[–—-]*[^\W_a-z])"
    r"|(?P<wide>[。！？]+[」』”’）]*)(?=\S))"
)
_BEFORE_WORD: Final = frozenset(" \t\n\r\u00a0([\"“‘'’”«–—-")
_QUOTE_MARKS: Final = frozenset("\"'”’“»")
_NEXT_WORD: Final = re.compile(r"[\"'“‘«(\[–—-]*([^\W\d_]+)")
_WORD_REACH = 24

# A full stop after one of these never ends a sentence ...
_HARD_TEXT: Final = """
    mr mrs ms dr prof gen sen rep reps sens gov lt col capt sgt cpl maj rev hon st vs no nos fig figs
    art jan feb mar apr jun jul aug sept sep oct nov dec approx est ave blvd rd pres adm cmdr supt det
    mt ft vol pp p ed cf viz e.g i.e ph.d insp messrs mssrs mme mlle fr br sec atty
"""
_HARD: Final = frozenset(_HARD_TEXT.split())
# ... after one of these it does if a usual first word of a sentence follows ...
_SOFT_TEXT: Final = """
    u.s u.k u.n e.u d.c a.m p.m inc ltd corp co jr sr etc al bros llc plc dept assn
"""
_SOFT: Final = frozenset(_SOFT_TEXT.split())
# ... and after one of these it does unless a name or a figure can go on (`Q3. Analysts`).
_STARTERS_TEXT: Final = """
    the a an in on at it he she they we i you but and or so if when while as after before that this
    these those there his her their its our my your for from with without according meanwhile however
    also both earlier later officials police reporters nobody no not none all some many most more
    another one two three what who why how where asked speaking despite although though since under
    during last next now then today yesterday such each every even still yet by to of because once until
    only just critics analysts
"""
_STARTERS: Final = frozenset(_STARTERS_TEXT.split())
# A quoted question or shout followed by one of these forms goes on: `“High stakes!” Trump had posted`.
_SAID: Final = re.compile(
    r"(?:[A-Z][\w'’.-]*\s+){1,4}(?:had\s+|has\s+)?(?:said|says|asked|asks|wrote|writes|posted|told|added|replied"
    r"|shouted|tweeted|cried|called|demanded|declared|exclaimed|yelled|answered|responded|wondered)\b"
)
# Names that end in a mark of their own.
_MARKED_NAMES: Final = frozenset({"e!", "yahoo!", "jeopardy!", "yum!", "oklahoma!", "joomla!", "hallelujah!"})


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Split one paragraph, `text[start:end]`, into sentences without the white space around them.

    Sorted, disjoint, together every character that is not white space; empty for white space alone. A
    quotation of up to `QUOTE_LIMIT` code points that the sentence goes on after ("…, she said") is not split.
    Linear.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    quotes = _Embedded(text, start, stop)
    first = start
    for match in _CANDIDATE.finditer(text, start, stop):
        if match["wide"]:
            close = after = match.end("wide")
        else:
            close, after = match.end("close"), match.end("space")
            if not _ends_sentence(text, first, match):
                continue
        if quotes.holds(match.start()):
            continue
        _add(found, text, first, close)
        first = after
    _add(found, text, first, stop)
    return tuple(found)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _ends_sentence(text: str, first: int, match: re.Match[str]) -> bool:
    mark, close, after = match["mark"], match["close"], match.end("space")
    at = match.start("mark")
    word = _last_word(text, max(first, at - _WORD_REACH), at)
    if mark != ".":
        if mark[-1] in "!?":
            if mark == "!" and not close and (word + mark).casefold() in _MARKED_NAMES:
                return False
            if close[:1] in _QUOTE_MARKS and _SAID.match(text, after):
                return False
        return bool(word or close) or not mark.startswith("..")
    if len(word) == 1 and word.isupper():
        # An initial, but `Vitamin B. The` ends a sentence.
        return word not in "AJI" and _next_word(text, after) in _STARTERS
    folded = word.casefold()
    if folded in _SOFT:
        return close[:1] in _QUOTE_MARKS or _next_word(text, after) in _STARTERS
    if folded in _HARD:
        return False
    if "." in word and word[1::2].strip(".") == "" and word[0::2].isalpha():
        return _next_word(text, after) in _STARTERS
    return True


def _last_word(text: str, first: int, last: int) -> str:
    at = last
    while at > first and text[at - 1] not in _BEFORE_WORD:
        at -= 1
    return text[at:last]


def _next_word(text: str, start: int) -> str:
    match = _NEXT_WORD.match(text, start)
    return match.group(1).casefold() if match else ""


class _Embedded:
    """The quotations of a paragraph that are part of the sentence around them."""

    _QUOTE = re.compile(
        rf"“([^“”]{{0,{QUOTE_LIMIT}}})”(\s*)(\S?)|(?<!\w)\"([^\"]{{1,{QUOTE_LIMIT}}})\"(\s*)(\S?)"
    )

    def __init__(self, text: str, start: int, end: int) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for match in self._QUOTE.finditer(text, start, end):
            inside, follower = (match[1], match[3]) if match[1] is not None else (match[4], match[6])
            goes_on = inside[-1:] in {",", "-", "—", "–"} or follower.islower() or follower in {",", ";"}
            if goes_on:
                self._starts.append(match.start())
                self._ends.append(match.end(1) if match[1] is not None else match.end(4))

    def holds(self, position: int) -> bool:
        """Whether a quotation that the sentence goes on after covers this place and more text behind it."""
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._ends[index] - 1
