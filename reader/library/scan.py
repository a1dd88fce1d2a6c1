"""Finding and opening article files: regular files inside the library, by name and nothing else.

No link is followed, not even for a folder between the library and the file: each is opened from
the one above it. Nothing here writes, and a pipe or device can neither block nor be read.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.library import problems
from reader.model import CancelToken, Problem
from reader.model.errors import LibraryError
from reader.text.clean import clean_line

Fingerprint = tuple[int, int, int]
"""What must be the same for a file to count as unchanged: time of change in ns, size in bytes, inode.

A plain tuple, because there is one for every file. The time is `UNSETTLED` for a file so new that a
later change could leave all three equal.
"""
UNSETTLED = -1
"""Never equal to the time of a file."""

SUFFIXES = (".txt", ".md", ".markdown")
"""Of article files; compared without case."""
MAX_DEPTH = 40
"""Folders below the library."""

_SETTLED_NS = 2_000_000_000
_CHUNK = 1 << 20
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


@dataclass(frozen=True, slots=True)
class FoundFile:
    """An article file that the walk met."""

    path: str
    """Below the library, with `/`, as the system names it: uncleaned."""
    fingerprint: Fingerprint
    """When it was met."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a library folder."""

    files: tuple[FoundFile, ...]
    """Sorted by path."""
    problems: tuple[Problem, ...]
    """Links, pipes, folders that cannot be read; sorted by path."""


def walk(root: Path, cancel: CancelToken | None = None) -> Found:
    """All article files below `root`; one `stat` each, none is opened.

    `README*`, hidden files and folders, and other suffixes are passed over. Raises `LibraryError`
    when `root` itself cannot be listed.
    """
    newest = time.time_ns() - _SETTLED_NS
    files: list[FoundFile] = []
    bad: list[Problem] = []
    waiting = [("", 0)]
    while waiting:
        folder, depth = waiting.pop()
        if cancel is not None:
            cancel.check()
        if depth > MAX_DEPTH:
            bad.append(problems.too_deep(folder))
            continue
        try:
            for entry in _entries(root, folder):
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((path + "/", depth + 1))
                else:
                    _look_at(entry, path, newest, files, bad)
        except OSError as error:
            if not folder:
                raise _unusable(root, error) from error
            bad.append(problems.from_os_error(folder, error))
    files.sort(key=lambda file: file.path)
    bad.sort(key=lambda problem: problem.path)
    return Found(tuple(files), tuple(bad))


def read_bytes(root: Path, path: str) -> bytes:
    """The bytes of the file at `path` below `root`.

    Raises `OSError`, with the system's words, also for a link on the way; `NotReadable` for what is
    no regular file or too large, even when it grows while it is read.
    """
    descriptor = _open_below(root, path)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotReadable(problems.not_regular(path))
        if status.st_size > problems.MAX_FILE_BYTES:
            raise NotReadable(problems.too_large(path, status.st_size))
        data = bytearray()
        while chunk := os.read(descriptor, _CHUNK):
            data += chunk
            if len(data) > problems.MAX_FILE_BYTES:
                raise NotReadable(problems.too_large(path, len(data)))
        return bytes(data)
    finally:
        os.close(descriptor)


class NotReadable(LibraryError):
    """A file that is not read at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.path} {problem.reason}; {problem.remedy}")
        self.problem = problem


def is_settled(fingerprint: Fingerprint) -> bool:
    """Whether an equal fingerprint means an unchanged file."""
    return fingerprint[0] != UNSETTLED


def is_article_name(name: str) -> bool:
    """Whether a file of that name is an article."""
    lowered = name.casefold()
    if not lowered.endswith(SUFFIXES):
        return False
    return not (name.startswith((".", "README")) or lowered.rpartition(".")[0] == "readme")


def _entries(root: Path, folder: str) -> Iterator[os.DirEntry[str]]:
    descriptor = _open_folder(root, folder)
    try:
        with os.scandir(descriptor) as entries:
            yield from (entry for entry in entries if not entry.name.startswith("."))
    finally:
        os.close(descriptor)


def _look_at(
    entry: os.DirEntry[str], path: str, newest: int, files: list[FoundFile], bad: list[Problem]
) -> None:
    is_article = is_article_name(entry.name)
    if entry.is_symlink():
        # A name without suffix may be a linked folder of articles.
        if is_article or "." not in entry.name:
            bad.append(problems.link(path))
        return
    if not is_article:
        return
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError as error:
        bad.append(problems.from_os_error(path, error))
        return
    if not stat.S_ISREG(status.st_mode):
        bad.append(problems.not_regular(path))
        return
    changed_ns = status.st_mtime_ns if status.st_mtime_ns < newest else UNSETTLED
    files.append(FoundFile(path, (changed_ns, status.st_size, status.st_ino)))


def _open_folder(root: Path, folder: str) -> int:
    # The library folder itself may be reached through a link: its owner chose it.
    descriptor = os.open(root, _FOLDER_FLAGS & ~os.O_NOFOLLOW)
    for name in filter(None, folder.split("/")):
        above = descriptor
        try:
            descriptor = os.open(name, _FOLDER_FLAGS, dir_fd=above)
        finally:
            os.close(above)
    return descriptor


def _open_below(root: Path, path: str) -> int:
    folder, _, name = path.rpartition("/")
    if name in {"", ".", ".."} or ".." in folder.split("/"):
        raise FileNotFoundError(2, "No such file inside the library", path)
    above = _open_folder(root, folder)
    try:
        return os.open(name, _FILE_FLAGS, dir_fd=above)
    finally:
        os.close(above)


def _unusable(root: Path, error: OSError) -> LibraryError:
    name = clean_line(str(root), problems.PATH_LIMIT)
    if isinstance(error, FileNotFoundError):
        return LibraryError(
            f"there is no articles folder {name}; create it, or name another with --articles DIR"
        )
    if isinstance(error, NotADirectoryError):
        return LibraryError(f"{name} is a file; name the folder that holds the articles with --articles DIR")
    said = problems.from_os_error(str(root), error)
    return LibraryError(f"the articles folder {name} {said.reason}; {said.remedy}, or use --articles DIR")
