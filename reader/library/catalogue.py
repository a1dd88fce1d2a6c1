"""What was known of a library when it was last scanned, so that unchanged files need not be read again.

A file of JSON lines, read and checked line by line (so that other threads can run) and never trusted:
a digest ends it, text is checked to be clean, and whatever is wrong only means that files are read anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType

from reader.library.parse import PARSER_VERSION
from reader.library.problems import shown_path
from reader.library.scan import Fingerprint
from reader.model import ArticleInfo, CancelToken, Problem
from reader.model.errors import LibraryError
from reader.model.refusals import reason
from reader.text.clean import clean, clean_line

CATALOGUE_VERSION = 1
"""Of the file's form."""

_MAX_LINE = 20_000
_DECODER = json.JSONDecoder()
_SHAPES = {
    (str, int, int, int, str, str),
    *(
        (str, int, int, int, str, str, headline, published, str, int, str, int)
        for headline in (str, NoneType)
        for published in (str, NoneType)
    ),
}
"""Types of the values of a row, for a problem and for an article."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: how it looked and what was in it."""

    fingerprint: Fingerprint
    """Of the file when it was read."""
    content: ArticleInfo | Problem
    """The head of its article, or why it has none."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every article file of a library by its path below it, as the system names it."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    """May be empty."""

    def save(self, path: Path, key: bytes = b"", cancel: CancelToken | None = None) -> None:
        """Write the catalogue in place of the one at `path`; at any moment one of the two is whole.

        `key` (at most 64 bytes) makes the digest one that only its owner can make. Raises
        `LibraryError` when the disk is full or read-only; the old file then stands.
        """
        temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
        is_moved = False
        try:
            self._write(temporary, key, cancel)
            os.replace(temporary, path)
            is_moved = True
            _sync_folder(path.parent)
        except OSError as error:
            raise LibraryError(
                f"the catalogue {clean_line(str(path))} cannot be written:"
                f" {reason(error)}; make room or use --index DIR"
            ) from error
        finally:
            if not is_moved:
                _remove(temporary)

    def _write(self, temporary: Path, key: bytes, cancel: CancelToken | None) -> None:
        seal = hashlib.blake2b(key=key, digest_size=16)
        with open(temporary, "wb") as file:
            for line in self._lines():
                if cancel is not None:
                    cancel.check()
                seal.update(line)
                file.write(line)
            file.write(_encoded({"digest": seal.hexdigest()}))
            file.flush()
            os.fsync(file.fileno())

    def _lines(self) -> Iterator[bytes]:
        yield _encoded({"kind": "catalogue", "version": CATALOGUE_VERSION, "parser": PARSER_VERSION})
        for path, entry in self.entries.items():
            row: list[object] = [path, *entry.fingerprint]
            content = entry.content
            if isinstance(content, Problem):
                row += [content.reason, content.remedy]
            else:
                row += [content.id, content.source, content.headline, content.published, content.path]
                row += [content.words, content.digest, content.hidden]
            yield _encoded(row)


def load(path: Path, key: bytes = b"", cancel: CancelToken | None = None) -> Catalogue:
    """The catalogue at `path`; an empty one when there is none that can be used. Raises only `Cancelled`."""
    seal = hashlib.blake2b(key=key, digest_size=16)
    entries: dict[str, Entry] = {}
    try:
        with open(path, "rb") as file:
            if not _is_ours(first := file.readline(_MAX_LINE)):
                return Catalogue()
            seal.update(first)
            for line in iter(lambda: file.readline(_MAX_LINE), b""):
                if cancel is not None:
                    cancel.check()
                row = _DECODER.decode(line.decode("ascii"))
                if isinstance(row, dict):
                    is_whole = row.get("digest") == seal.hexdigest() and not file.read(1)
                    return Catalogue(entries) if is_whole else Catalogue()
                seal.update(line)
                _add(entries, row)
    except (OSError, ValueError, RecursionError):
        return Catalogue()
    return Catalogue()


def _encoded(value: object) -> bytes:
    # ASCII, because a path may hold lone surrogates for bytes that are no UTF-8.
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def _is_ours(line: bytes) -> bool:
    expected = {"kind": "catalogue", "version": CATALOGUE_VERSION, "parser": PARSER_VERSION}
    return bool(json.loads(line or b"null") == expected)


def _add(entries: dict[str, Entry], row: object) -> None:
    if not isinstance(row, list) or tuple(map(type, row)) not in _SHAPES:
        raise ValueError("not a row of a catalogue")
    path, changed_ns, size, inode, *rest = row
    # One look at all texts of a row: each look costs more than the text.
    text = " ".join([value for value in rest if type(value) is str])
    if "\n" in text or clean(text).text != text:
        raise ValueError("not clean texts")
    if len(rest) == 2:
        content: ArticleInfo | Problem = Problem(shown_path(path), rest[0], rest[1])
    else:
        article_id, source, headline, published, shown, words, digest, hidden = rest
        # Nearly every path needed no cleaning: then both are one string in memory.
        path = shown if path == shown else path
        day = published and sys.intern(published)
        content = ArticleInfo(article_id, sys.intern(source), headline, day, shown, words, digest, hidden)
    entries[path] = Entry((changed_ns, size, inode), content)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The error that matters is the one of writing; a left-over file is replaced by the next save.
        return
