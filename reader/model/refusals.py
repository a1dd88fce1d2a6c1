"""What the operating system refused, in words: what happened, to what, and what to do about it."""

from __future__ import annotations

import errno

_KNOWN = {
    errno.ENOENT: ("it is not there", "look whether it was moved or deleted"),
    errno.EACCES: ("permission denied", "look whose file it is, and who may use its folder"),
    errno.EPERM: ("permission denied", "look whose file it is, and who may use its folder"),
    errno.EROFS: ("the disk may only be read", "choose another place"),
    errno.ENOSPC: ("the disk is full", "make room and try again"),
    errno.EDQUOT: ("your share of the disk is full", "make room and try again"),
    errno.EMFILE: ("too many files are open", "close some windows, or raise `ulimit -n`, and try again"),
    errno.ENFILE: ("too many files are open", "close some programs and try again"),
    errno.EIO: ("the disk reported an error", "check the disk"),
    errno.ENOMEM: ("memory ran out", "close other programs and try again"),
    errno.ELOOP: ("it is a link that leads in a circle", "name another place"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.ENOTDIR: ("one of its folders is a file", "name another place"),
    errno.EISDIR: ("it is a folder", "name a file"),
    errno.EAGAIN: ("the system has no process left for it", "close other programs and try again"),
}
_LIMIT = 1_000


def reason(error: OSError) -> str:
    """What happened, as a clause: "the disk is full"."""
    known = _KNOWN.get(error.errno or 0)
    if known is not None:
        return known[0]
    text = error.strerror or type(error).__name__
    return text[:1].lower() + text[1:]


def remedy(error: OSError) -> str:
    """What to do about it, as a clause."""
    return _KNOWN.get(error.errno or 0, ("", "try again"))[1]


def in_words(error: Exception) -> str:
    """The error for a person: of the system's with file, reason and remedy, any other as it is."""
    if not isinstance(error, OSError):
        return str(error)
    name = error.filename
    if isinstance(name, bytes):
        name = name.decode("utf-8", "surrogateescape")
    what = " ".join(name.split())[:_LIMIT] if isinstance(name, str) and name else "a file"
    return f"{what} cannot be used: {reason(error)}; {remedy(error)}"
