"""Markdown to the text a person reads: marks of headings, emphasis, links and quoting go, words stay.

This is no renderer. Every rule works inside one line and every pattern stops at its own closing
character, so that the cost is linear and no nesting can be deep.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.library.paragraphs import KnownLines
from reader.text.clean import clean

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)$")
_CLOSING_MARKS = re.compile(r"(?:^|(?<=[ \t]))#+$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTING = re.compile(r"^ {0,3}(?:>[ ]?)+")
_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,3}[.)])\s")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]+\S+")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,200}\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]{0,200}\}$")
_EMPHASIS = (
    re.compile(r"(?<![\w*\\])\*\*\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*])\*\*\*(?![\w*])"),
    re.compile(r"(?<![*\\])\*\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*])\*\*(?!\*)"),
    re.compile(r"(?<![*\\])\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*])\*(?!\*)"),
    re.compile(r"(?<![\w_\\])__(?=[^\s_])([^\n_]{1,2000})(?<=[^\s_])__(?![\w_])"),
    re.compile(r"(?<![\w_\\])_(?=[^\s_])([^\n_]{1,2000})(?<=[^\s_])_(?![\w_])"),
    re.compile(r"(?<![\w~\\])~~(?=[^\s~])([^\n~]{1,2000})(?<=[^\s~])~~(?![\w~])"),
)
_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_BREAK = re.compile(r"<br ?/?>$", re.I)


@dataclass(frozen=True, slots=True)
class Readable:
    """Markdown without its marks."""

    text: str
    """With the newlines of the source."""
    known: KnownLines
    """What its marks said of the lines of `text`."""
    top: tuple[int, ...]
    """Starts of the level-1 headings in `text`."""


def readable(text: str) -> Readable:
    """Take the marks off a cleaned Markdown text. Linear; never raises."""
    builder = _Builder()
    in_code = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            in_code = not in_code
            builder.add("")
        elif in_code:
            builder.add(line)
        else:
            builder.add_markdown(line)
    return builder.done()


class _Builder:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._headings: set[int] = set()
        self._top: list[int] = []
        self._parts: set[int] = set()
        self._pictures: set[int] = set()
        self._last_start = 0

    def add(self, line: str) -> None:
        self._last_start = self._length
        self._lines.append(line)
        self._length += len(line) + 1

    def add_markdown(self, line: str) -> None:
        line = _QUOTING.sub("", line, count=1)
        heading = _HEADING.match(line)
        underline = _UNDERLINE.match(line)
        if heading:
            words = _CLOSING_MARKS.sub("", _ATTRIBUTES.sub("", heading[2].rstrip()))
            self._add_heading(inline(words), len(heading[1]))
        elif underline and self._can_be_underlined():
            self._mark_heading(1 if underline[1][0] == "=" else 2)
            self.add("")
        elif _RULE.match(line):
            self.add("")
        else:
            self._add_text(line)

    def _add_text(self, line: str) -> None:
        words = inline(line)
        if _ITEM.match(line) or _REFERENCE.match(line):
            self._parts.add(self._length)
        elif _IMAGE.fullmatch(line.strip()):
            words = words.strip()
            self._pictures.add(self._length)
        self.add(words)

    def _add_heading(self, words: str, level: int) -> None:
        self.add(words.strip())
        if words.strip():
            self._mark_heading(level)

    def _mark_heading(self, level: int) -> None:
        self._headings.add(self._last_start)
        if level == 1:
            self._top.append(self._last_start)

    def _can_be_underlined(self) -> bool:
        before = self._lines[-2] if len(self._lines) > 1 else ""
        return (
            bool(self._lines)
            and bool(self._lines[-1].strip())
            and not before.strip()
            and len(self._lines[-1]) < 300
        )

    def done(self) -> Readable:
        # A heading ends its paragraph as well as beginning one.
        behind: set[int] = set()
        position = 0
        for line in self._lines:
            end = position + len(line) + 1
            if position in self._headings or position in self._pictures:
                behind.add(end)
            position = end
        known = KnownLines(
            frozenset(self._headings), frozenset(self._pictures), frozenset(self._parts | behind)
        )
        return Readable("\n".join(self._lines), known, tuple(self._top))


def inline(line: str) -> str:
    """One line without the marks of emphasis, code, links and escapes; the words are the source's."""
    written = line
    line = _BREAK.sub("", line.rstrip())
    if "[" in line:
        line = _IMAGE.sub(r"\1", line)
        line = _LINK.sub(r"\1", line)
    if "<" in line:
        line = _AUTOLINK.sub(r"\1", line)
    if "`" in line:
        line = _CODE.sub(r"\1", line)
    if "*" in line or "_" in line or "~~" in line:
        for mark in _EMPHASIS:
            line = mark.sub(r"\1", line)
    if "\\" in line:
        line = _ESCAPE.sub(r"\1", line)
    # A mark that goes may have parted two runs of combining characters.
    return line if line == written else clean(line).text
