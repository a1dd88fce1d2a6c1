"""Why a file cannot be read, in words: reason and remedy for each case. Never raises."""

from __future__ import annotations

import errno

from reader.model import Problem
from reader.model.refusals import reason
from reader.text.clean import clean_line

MAX_FILE_BYTES = 8_000_000
"""Larger files are refused before they are read."""
PATH_LIMIT = 1_000
"""Characters shown of a path."""

_OS_REASONS = {
    errno.EACCES: ("permission denied", "give yourself the right to read it (chmod u+r)"),
    errno.EPERM: ("permission denied", "give yourself the right to read it (chmod u+r)"),
    errno.ELOOP: ("it is a link", "put a copy of the file into the library; links are not followed"),
    errno.EMFILE: ("too many files are open", "close other programs or raise `ulimit -n`, then refresh"),
    errno.ENFILE: ("too many files are open", "close other programs, then refresh"),
    errno.EIO: ("the disk reported an error", "check the disk; restore the file from a copy"),
    errno.ENAMETOOLONG: ("its path is too long", "move it nearer to the library folder"),
    errno.ENOMEM: ("out of memory", "close other programs, then refresh"),
}


def shown_path(path: str) -> str:
    """A path below the library, cleaned for people."""
    # Nearly every path needs no cleaning, and there is one for every article.
    if path.isascii() and path.isprintable() and " " not in path and len(path) <= PATH_LIMIT:
        return path
    return clean_line(path, PATH_LIMIT)


_REFUSED = "cannot be read: "


def is_refusal(problem: Problem) -> bool:
    """Whether the system refused, so that the same file may be an article at another time."""
    return problem.reason.startswith(_REFUSED)


def from_os_error(path: str, error: OSError) -> Problem:
    """A problem for what the system said."""
    words = _OS_REASONS.get(error.errno or 0)
    if words is None:
        words = (clean_line(reason(error), 200), "check the file and its disk, then refresh")
    return Problem(shown_path(path), f"{_REFUSED}{words[0]}", words[1])


def link(path: str) -> Problem:
    """A symbolic link where an article could be."""
    return Problem(
        shown_path(path),
        "is a link; links are not followed",
        "put a copy of the file into the library",
    )


def not_regular(path: str) -> Problem:
    """A pipe, device or socket that is named like an article."""
    return Problem(
        shown_path(path),
        "is not a regular file but a pipe, a socket or a device",
        "remove it from the library or rename it",
    )


def too_large(path: str, size: int) -> Problem:
    """A file over the limit; never read."""
    return Problem(
        shown_path(path),
        f"is {size / 1e6:.0f} MB; the limit is {MAX_FILE_BYTES // 1_000_000} MB",
        "split it into several files",
    )


def binary(path: str) -> Problem:
    """A file that holds something other than text."""
    return Problem(
        shown_path(path),
        "holds binary data, not text",
        "convert it to plain text, or rename it if it is no article",
    )


def empty(path: str) -> Problem:
    """A file without a word in it."""
    return Problem(shown_path(path), "is empty", "put text into it or delete it")


def too_deep(path: str) -> Problem:
    """A folder below too many others."""
    return Problem(shown_path(path), "lies too many folders deep", "move it nearer to the library folder")
