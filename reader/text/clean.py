"""Wall one: the one door through which text from outside enters.

Controls become visible marks, invisible characters are removed and counted. Nothing here parses an
escape sequence: a filter that does has holes where the terminal and it disagree. No normalisation
form is applied, so that quotes stay the characters of their source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NewType

CleanText = NewType("CleanText", str)
"""Text that has been through `clean` or `clean_line`."""

MAX_MARKS = 8
"""Combining marks, joiners and variation selectors kept in a row; more only smear over other lines."""

LINE_LIMIT = 500
"""Characters kept of a one-line field (headline, source, file name)."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and how many hidden characters were removed or replaced in it."""

    text: CleanText
    """Safe to show and to measure; its code points are what spans count."""
    hidden: int
    """0 for an ordinary text; line ends and tabs do not count."""


# Only what certainly stays as it is: anything else takes the slow path, which decides exactly.
_SUSPECT = re.compile(
    "[^\n -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u200a\u2010-\u2027\u202f-\u205f"
    "\u20a0-\u20cf\u2100-\u2cee\u2e00-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7ff]"
)

_INVISIBLE = "\xad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff"
_LAST_OF_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNPRINTABLE = (
    "\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    "\U000e0000-\U000e007f" + _LAST_OF_PLANES
)
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f"

_TO_REMOVE = re.compile(f"[{_INVISIBLE}]")
_TO_REPLACE = re.compile(f"[{_UNPRINTABLE}]")
_TO_SHOW = re.compile(f"[{_CONTROLS}]")
_SPACES = (("\t", "    "), ("\x85", " "), ("\u2028", "\n"), ("\u2029", "\n\n"))
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in b"\t\n"} | {0x7F: 0x2421}

# Marks are never word characters, so a run of them lies inside such a stretch.
_MAYBE_MARKS = re.compile(rf"[^\w\s!-~]{{{MAX_MARKS + 1},}}")
_JOINERS = "\u200c\u200d"


def clean(text: str) -> Cleaned:
    """Replace what could steer a terminal or hide from a reader.

    Total, idempotent, linear; at most four times as long as `text`. CRLF, CR and U+2028 become LF,
    U+2029 two, NEL a space, a tab four spaces. Other C0 controls and DEL become their Control
    Pictures; C1, bidi controls, tags, surrogates and noncharacters U+FFFD. An ordinary text is only
    searched once and returned as it is.
    """
    if not _SUSPECT.search(text):
        return Cleaned(CleanText(text), 0)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = _TO_REMOVE.sub("", text)
    hidden = len(text) - len(visible)
    text, replaced = _TO_REPLACE.subn("\ufffd", visible)
    for control, space in _SPACES:
        text = text.replace(control, space)
    shown = len(_TO_SHOW.findall(text))
    if shown:
        text = text.translate(_PICTURES)
    thinned = _MAYBE_MARKS.sub(_thin_marks, text)
    return Cleaned(CleanText(thinned), hidden + replaced + shown + len(text) - len(thinned))


def clean_line(text: str, limit: int = LINE_LIMIT) -> CleanText:
    """Clean a one-line field: each run of white space becomes one space.

    Idempotent; never longer than `limit` (at least 1) characters, the last of which is an ellipsis
    when something was cut. May be empty.
    """
    line = " ".join(clean(text).text.split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return CleanText(line)


def _thin_marks(match: re.Match[str]) -> str:
    kept = []
    in_a_row = 0
    for character in match[0]:
        if character in _JOINERS or unicodedata.category(character)[0] == "M":
            in_a_row += 1
            if in_a_row > MAX_MARKS:
                continue
        else:
            in_a_row = 0
        kept.append(character)
    return "".join(kept)
