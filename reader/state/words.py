"""What went wrong with the state file, in words: what happened, to what, and what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from reader.model.errors import StateError
from reader.text.clean import clean_line

_DAMAGED = "the file is damaged", "start reader again: it restores the newest backup"
_READ_ONLY = (
    "it may not be written",
    "check who owns the file and its folder, and whether the disk is read-only",
)
_FULL = "the disk is full", "nothing was changed; free some space and try again"
_NO_FOLDER = "its folder is a file", "move that file away, or set another state folder"

_BY_CODE = {
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_BUSY: ("another window is writing to it", "nothing was changed; try again"),
    sqlite3.SQLITE_LOCKED: ("another window is writing to it", "nothing was changed; try again"),
    sqlite3.SQLITE_NOMEM: ("memory ran out", "close other programs and try again"),
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: ("the disk answered with an error", "nothing was changed; check the disk"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "check its folder, and how many files are open"),
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_TOOBIG: ("this is too much at once", "nothing was changed; do it in smaller parts"),
}
_BY_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.EMFILE: ("too many files are open", "close some windows and try again"),
    errno.ENFILE: ("too many files are open", "close some programs and try again"),
    errno.EIO: ("the disk answered with an error", "check the disk"),
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
}


def primary_code(error: sqlite3.Error) -> int | None:
    """SQLite's primary result code; `None` when the error came from Python's own module."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the file's content is broken, not that it is busy, full or closed."""
    code = primary_code(error)
    if code is None:
        # Python 3.11 reports text that is not UTF-8 without a code of SQLite.
        return isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_SCHEMA) or (
        code == sqlite3.SQLITE_ERROR
    )


def is_unwritable(error: sqlite3.Error | OSError) -> bool:
    """Whether the state may still be read where it cannot be written."""
    if isinstance(error, sqlite3.Error):
        return primary_code(error) in (
            sqlite3.SQLITE_PERM,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_FULL,
        )
    return error.errno in (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOTDIR,
        errno.EEXIST,
    )


def cause(error: sqlite3.Error | OSError) -> str:
    """What happened, as a clause."""
    return _explain(error)[0]


def in_words(error: sqlite3.Error | OSError, doing: str, path: Path) -> StateError:
    """The error for a person; `doing` is what was tried, as in "could not save the note"."""
    happened, remedy = _explain(error)
    return StateError(f"could not {doing}: {happened} ({path}); {remedy}")


def _explain(error: sqlite3.Error | OSError) -> tuple[str, str]:
    if isinstance(error, sqlite3.Error):
        known = _DAMAGED if is_damage(error) else _BY_CODE.get(primary_code(error) or 0)
    else:
        known = _BY_ERRNO.get(error.errno or 0)
    return known or (clean_line(str(error), 200), "nothing was changed; try again")
