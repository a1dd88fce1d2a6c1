"""The bytes of one file to an article: decode, clean, header, headline, paragraphs. Never raises, no I/O."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from reader.library import problems
from reader.library.dates import normalise
from reader.library.decode import decode
from reader.library.formats.markdown import readable
from reader.library.header import Header, read_header
from reader.library.paragraphs import PLAIN, KnownLines, divide, reads_like_headline
from reader.model import UNKNOWN_SOURCE, Article, Problem
from reader.text.clean import CleanText, clean, clean_line

PARSER_VERSION = 1
"""Raise it when the same file would give another article: catalogues of older versions are not used."""

MAX_TEXT_LENGTH = 1_000_000
"""Characters of decoded text that are read; the rest is cut and counted."""
MARKDOWN_SUFFIXES = (".md", ".markdown")
"""Files whose marks are Markdown; compared without case."""

_SOURCE_LENGTH = 80
_AUTHOR_LENGTH = 200
_ADDRESS_LENGTH = 2_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_WORDLESS = re.compile(r"[\W_]*")
_TOP_BLOCKS = 3


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
    header = read_header(cleaned.text)
    found = _headline(_readable(cleaned.text[header.end :], path), header)
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
        cut=divided.cut + max(0, len(decoded) - MAX_TEXT_LENGTH),
    )


def digest(data: bytes) -> str:
    """The digest of a raw file that `Article.digest` holds."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def plain_id(path: str) -> str:
    """The id of a path below the library unless another file has it: cleaned, without suffix."""
    folder, slash, name = path.rpartition("/")
    return problems.shown_path(f"{folder}{slash}{name.rpartition('.')[0] or name}")


def _readable(text: str, path: str) -> _Text:
    if not path.casefold().endswith(MARKDOWN_SUFFIXES):
        return _Text(text, PLAIN, None)
    plain = readable(text)
    for start in plain.top:
        if (
            len(re.findall(r"\S[^\n]*(?:\n[^\S\n]*\n|$)", plain.text[max(0, start - 2_000) : start]))
            < _TOP_BLOCKS
        ):
            return _without_line(_Text(plain.text, plain.known, None), start)
    return _Text(plain.text, plain.known, None)


def _headline(found: _Text, header: Header) -> _Text:
    """Choose the headline: the header's, the Markdown title, or a first line that reads like one."""
    title = _line(header.get("title"))
    first, _, rest = found.text.lstrip("\n ").partition("\n")
    start = len(found.text) - len(found.text.lstrip("\n "))
    first_line = clean_line(first)
    if title:
        repeats = first_line.casefold() == title.casefold() and not found.headline
        text = _without_line(found, start) if repeats else found
        return _Text(text.text, text.known, title)
    if found.headline:
        return found
    is_alone = not rest.partition("\n")[0].strip() and bool(rest.strip())
    if is_alone and (start in found.known.headings or reads_like_headline(first.strip())):
        return _without_line(found, start)
    return found


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
