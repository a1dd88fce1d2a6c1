"""The bytes of one file to an article: decode, clean, header, headline, paragraphs. Never raises, no I/O."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from reader.library import problems
from reader.library.boilerplate import is_boilerplate
from reader.library.dates import normalise
from reader.library.decode import decode
from reader.library.formats.markdown import readable
from reader.library.header import read_header
from reader.library.paragraphs import PLAIN, KnownLines, divide, reads_like_headline
from reader.model import UNKNOWN_SOURCE, Article, Problem
from reader.text.clean import CleanText, clean, clean_line

PARSER_VERSION = 3
"""Raise it when the same file would give another article: catalogues of older versions are not used."""

MAX_TEXT_LENGTH = 1_000_000
"""Characters of decoded text that are read; the rest is cut and counted."""
MAX_LINES = 100_000
"""Lines of it, likewise: no text for people has more, and each costs something."""
MARKDOWN_SUFFIXES = (".md", ".markdown")
"""Files whose marks are Markdown; compared without case."""

_SOURCE_LENGTH = 80
_AUTHOR_LENGTH = 200
_ADDRESS_LENGTH = 2_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LINES_ABOVE = 3


@dataclass(frozen=True, slots=True)
class _Text:
    """A text on its way to a body."""

    text: str
    known: KnownLines
    headline: CleanText | None


def parse(
    data: bytes,
    path: str,
    folder_source: str | None,
    *,
    article_id: str | None = None,
    now: dt.datetime | None = None,
) -> Article | Problem:
    """Read the bytes of the file at `path` (below the library, as the system names it).

    A file that holds no text is a `Problem`; anything else becomes an article. `article_id` is
    given when another file has the plain id of this path; `now` decides which dates are in the
    future. Linear; below 200 ms for the largest text.
    """
    decoded = decode(data)
    if decoded is None:
        return problems.binary(path)
    cleaned = clean(decoded[:MAX_TEXT_LENGTH])
    if not any(map(str.isalnum, cleaned.text)):
        return problems.empty(path)
    text = _first_lines(cleaned.text)
    header = read_header(text)
    title = _line(header.get("title"))
    found = _readable(text[header.end :], path, wants_title=title is None)
    found = _first_line_as_headline(found) if title is None else _with_title(found, title)
    divided = divide(found.text, found.known)
    moment = now or dt.datetime.now(dt.UTC)
    return Article(
        id=article_id if article_id is not None else plain_id(path),
        source=_line(header.get("source"), _SOURCE_LENGTH) or _folder(folder_source),
        headline=found.headline,
        published=normalise(header.get("date") or "", moment),
        url=_line(header.get("url"), _ADDRESS_LENGTH),
        author=_line(header.get("author"), _AUTHOR_LENGTH),
        lang=_language(header.get("lang")),
        paragraphs=divided.paragraphs,
        body=divided.body,
        digest=digest(data),
        path=problems.shown_path(path),
        hidden=cleaned.hidden + clean(path).hidden,
        cut=divided.cut + len(cleaned.text) - len(text) + max(0, len(decoded) - MAX_TEXT_LENGTH),
    )


def digest(data: bytes) -> str:
    """The digest of a raw file that `Article.digest` holds."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def plain_id(path: str) -> str:
    """The id of a path below the library unless another file has it: cleaned, without suffix."""
    folder, slash, name = path.rpartition("/")
    return problems.shown_path(f"{folder}{slash}{name.rpartition('.')[0] or name}")


def _first_lines(text: str) -> str:
    if text.count("\n") < MAX_LINES:
        return text
    return "\n".join(text.split("\n", MAX_LINES)[:MAX_LINES])


def _readable(text: str, path: str, wants_title: bool) -> _Text:
    if not path.casefold().endswith(MARKDOWN_SUFFIXES):
        return _Text(text, PLAIN, None)
    plain = readable(text)
    found = _Text(plain.text, plain.known, None)
    if not wants_title or not plain.top:
        return found
    # A picture, a date or a byline may stand above the title.
    above = plain.text[: plain.top[0]].split("\n")
    return (
        _without_line(found, plain.top[0]) if sum(map(bool, map(str.strip, above))) <= _LINES_ABOVE else found
    )


def _with_title(found: _Text, title: CleanText) -> _Text:
    """The text under the header's title, without a first line that repeats it."""
    start, first, _ = _top_line(found.text)
    text = _without_line(found, start) if clean_line(first).casefold() == title.casefold() else found
    return _Text(text.text, text.known, title)


def _first_line_as_headline(found: _Text) -> _Text:
    """The text with its first line as headline, if that stands alone and reads like one."""
    if found.headline:
        return found
    start, first, rest = _top_line(found.text)
    if _stands_alone(rest) and (start in found.known.headings or reads_like_headline(first.strip())):
        return _without_line(found, start)
    return found


def _stands_alone(rest: str) -> bool:
    """Whether a blank line parts what follows from the line above, or only a byline or date lies between."""
    if not rest.strip():
        return False
    below = rest.split("\n", _LINES_ABOVE + 1)[: _LINES_ABOVE + 1]
    until = next((number for number, line in enumerate(below) if not line.strip()), None)
    return until is not None and all(map(is_boilerplate, below[:until]))


def _top_line(text: str) -> tuple[int, str, str]:
    """Where the first line with a word begins, that line, and what follows."""
    top = text.lstrip("\n ")
    first, _, rest = top.partition("\n")
    return len(text) - len(top), first, rest


def _without_line(found: _Text, start: int) -> _Text:
    """Take the line at `start` out of the text, as its headline."""
    end = found.text.find("\n", start)
    end = len(found.text) if end < 0 else end + 1
    taken = end - start

    def moved(starts: frozenset[int]) -> frozenset[int]:
        return frozenset(s - taken if s >= end else s for s in starts if s < start or s >= end)

    known = KnownLines(moved(found.known.headings), moved(found.known.captions), moved(found.known.parts))
    headline = clean_line(found.text[start:end]) or None
    return _Text(found.text[:start] + found.text[end:], known, headline)


def _line(text: str | None, limit: int = 500) -> CleanText | None:
    # Values are cleaned again: quoted in front matter they may spell a control character.
    return clean_line(text, limit) or None if text else None


def _folder(name: str | None) -> str:
    return (clean_line(name, _SOURCE_LENGTH) if name else "") or UNKNOWN_SOURCE


def _language(text: str | None) -> str | None:
    tag = (text or "").strip()
    return tag.replace("_", "-") if len(tag) < 36 and _LANGUAGE.fullmatch(tag) else None
