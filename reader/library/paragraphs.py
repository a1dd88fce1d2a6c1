"""A body into paragraphs, and what each is: heading, body, boilerplate or caption. Pure and linear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.library.boilerplate import is_boilerplate, is_caption
from reader.model import Paragraph, ParagraphKind, Span

MAX_PARAGRAPHS = 20_000
"""Paragraphs of one article; the text behind them is cut."""
MAX_PARAGRAPH_LENGTH = 20_000
"""Characters of one paragraph; the rest of it is cut."""

HEADING_LENGTH = 120
"""Characters of the longest line that can be a heading or headline without saying so."""
HEADING_WORDS = 16
"""Words, likewise."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_INSIDE = re.compile(r"[a-zà-ÿ\d”’\")][.!?][”’\")]*\s+[“‘\"(]?[^\W\da-z_]")
_SENTENCE_ENDS = frozenset('.!?…”’")')
_CLOSING = " ”’\"'»)]"
_INITIALS_AT_END = re.compile(r"(?:\b[A-Z]\.){2,}[”’\")]*$")
_WORD = re.compile(r"\w[\w’']*")
_QUESTION = re.compile(
    r"(?:who|whose|what|when|where|why|how|which|can|could|will|would|should|may|is|are|was|were|do|does|did"
    r"|has|have|had)(?:[’']s)?\b",
    re.I,
)
_QUESTION_WORDS = 10
_NUMBER = re.compile(r"^\(?\d{1,3}[.)]\s+")
_LIST_MARK = re.compile(r"[-*+•·–—▪◦‣>|]\s")


@dataclass(frozen=True, slots=True)
class Divided:
    """A body and its paragraphs, within the caps."""

    body: str
    """Without what was cut."""
    paragraphs: tuple[Paragraph, ...]
    """Sorted, disjoint, inside `body`."""
    cut: int
    """Characters that are not in `body`."""


@dataclass(frozen=True, slots=True)
class KnownLines:
    """Starts of lines of a text whose format says what they are."""

    headings: frozenset[int] = frozenset()
    """Headings."""
    captions: frozenset[int] = frozenset()
    """Descriptions of pictures."""
    parts: frozenset[int] = frozenset()
    """Begin a paragraph whatever stands before: list items, lines behind a heading."""


PLAIN = KnownLines()
"""A text whose format says nothing."""


def divide(text: str, known: KnownLines = PLAIN) -> Divided:
    """Divide a cleaned text.

    Blank lines part paragraphs and single newlines join; a text without a blank line has one
    paragraph a line, and so has a paragraph over the cap.
    """
    spans = _spans(text, known.headings | known.captions | known.parts)
    kinds = _kinds(text, spans[:MAX_PARAGRAPHS], known)
    body, kept, cut = _within_caps(text, spans)
    return Divided(body, tuple(map(Paragraph, kept, kinds)), cut)


def reads_like_headline(line: str) -> bool:
    """Whether a line alone on top of a text can be its headline: short, no full stop, no list, no label."""
    return _is_short_title(line, may_ask=True) and not is_boilerplate(line) and not is_caption(line)


def _spans(text: str, parts: frozenset[int]) -> list[Span]:
    joins = _joins(text)
    spans: list[Span] = []
    block: list[Span] = []
    start = 0
    for line in text.split("\n"):
        right = line.rstrip()
        if block and (not right or not joins or start in parts):
            spans += _joined(text, block)
            block = []
        if right:
            block.append(Span(start + len(line) - len(line.lstrip()), start + len(right)))
        start += len(line) + 1
    spans += _joined(text, block)
    return spans


def _joins(text: str) -> bool:
    """Whether a single newline joins two lines."""
    inner = text.strip()
    if _BLANK_LINE.search(inner):
        return True
    if not text.lstrip(" ").startswith("\n"):
        return False
    # Only a header or headline was parted by a blank line: the lines below are paragraphs, or one that was
    # wrapped by hand. Wrapped lines rarely end with a sentence.
    lines = inner.split("\n")[:-1]
    return 2 * sum(line.rstrip()[-1:] in _SENTENCE_ENDS for line in lines) < len(lines)


def _joined(text: str, lines: list[Span]) -> list[Span]:
    """The lines of one block as paragraphs: one, unless it is too long or has page furniture inside."""
    if len(lines) < 2:
        return lines
    if lines[-1].end - lines[0].start > MAX_PARAGRAPH_LENGTH:
        return lines
    groups: list[Span] = []
    was_furniture = may_part = True
    for line in lines:
        # In a hard-wrapped text a line in the middle of a sentence may begin like anything.
        is_furniture = may_part and line.end - line.start < 200 and is_boilerplate(line.slice(text))
        if is_furniture or was_furniture:
            groups.append(line)
        else:
            groups[-1] = Span(groups[-1].start, line.end)
        was_furniture = is_furniture
        may_part = is_furniture or text[line.end - 1] in _SENTENCE_ENDS
    return groups


def _within_caps(text: str, spans: list[Span]) -> tuple[str, list[Span], int]:
    if len(spans) <= MAX_PARAGRAPHS and all(s.end - s.start <= MAX_PARAGRAPH_LENGTH for s in spans):
        end = spans[-1].end if spans else 0
        start = spans[0].start if spans else 0
        # The white space around the whole is no part of the body.
        return text[start:end], [Span(s.start - start, s.end - start) for s in spans], 0
    pieces: list[str] = []
    kept: list[Span] = []
    length = cut = 0
    previous_end = spans[0].start
    for span in spans[:MAX_PARAGRAPHS]:
        gap = text[previous_end : span.start]
        piece = text[span.start : min(span.end, span.start + MAX_PARAGRAPH_LENGTH)].rstrip()
        start = length + len(gap)
        kept.append(Span(start, start + len(piece)))
        pieces += (gap, piece)
        length = start + len(piece)
        cut += span.end - span.start - len(piece)
        previous_end = span.end
    return "".join(pieces), kept, cut + spans[-1].end - previous_end


def _kinds(whole: str, spans: Sequence[Span], known: KnownLines) -> list[ParagraphKind]:
    kinds: list[ParagraphKind] = []
    for span in spans:
        text = span.slice(whole)
        if span.start in known.headings:
            kinds.append("heading")
        elif span.start in known.captions:
            kinds.append("caption")
        elif is_boilerplate(text):
            kinds.append("boilerplate")
        elif is_caption(text):
            kinds.append("caption")
        else:
            kinds.append("heading" if _is_short_title(text) else "body")
    _only_before_text(kinds, known.headings, spans)
    return kinds


def _only_before_text(kinds: list[ParagraphKind], headings: frozenset[int], spans: Sequence[Span]) -> None:
    """Take back headings that head nothing: over two in a row are a list, one at the end a signature."""
    run: list[int] = []
    for number, kind in enumerate([*kinds, "caption"]):
        if kind == "heading":
            run.append(number)
        elif kind != "boilerplate" or number == len(kinds):
            if len(run) > 2 or number == len(kinds):
                for index in run:
                    if spans[index].start not in headings:
                        kinds[index] = "body"
            run = []


def _is_short_title(text: str, *, may_ask: bool = False) -> bool:
    if not text or len(text) > HEADING_LENGTH or "\n" in text:
        return False
    first = next(filter(str.isalnum, text), " ")
    if not (first.isupper() or first.isdigit() or _is_caseless(first)):
        return False
    if _LIST_MARK.match(text) or len(text.split()) > HEADING_WORDS:
        return False
    end = text.rstrip(_CLOSING)[-1:]
    if end in ".…" and not _INITIALS_AT_END.search(text):
        return False
    if end in ",;:" or (end in "!?" and not (may_ask or _can_be_asked(text))):
        return False
    return _SENTENCE_INSIDE.search(_NUMBER.sub("", text)) is None


def _can_be_asked(text: str) -> bool:
    """Whether a line with a question or exclamation mark can be a title: capitalised, or a short question."""
    # A lone quotation is speech when its sentence ends inside the marks.
    if text[-1] in '”"»' and text[0] in '“"«':
        return False
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    if len(words) > 1 and all(word[0].isupper() or word[0].isdigit() for word in words):
        return True
    is_question = text.rstrip(_CLOSING).endswith("?") and _QUESTION.match(text.lstrip("“‘\"'0123456789.) "))
    return bool(is_question) and "," not in text and len(text.split()) <= _QUESTION_WORDS


def _is_caseless(character: str) -> bool:
    return character.isalpha() and character.lower() == character.upper()
