"""Copies of the state: one a day, three kept, each with its digest in its name, and the way back.

A copy counts only when its digest fits and its content checks; a damaged state file is renamed, never
deleted. Whatever fails in here leaves every older copy as it was.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from reader.state.connecting import SIDE_FILES

KEPT = 3
"""Backups kept; older ones are deleted after a new one is whole on disk."""

_NAME = re.compile(r"state-(\d{4}-\d\d-\d\dT\d{6})-([0-9a-f]{32})\.db")
_PARTIAL = "unfinished.db"


def folder_for(path: Path) -> Path:
    """Where the backups of a state file are."""
    return path.with_name("backups")


def backups(folder: Path) -> tuple[Path, ...]:
    """Newest first; empty when there is no folder. Says nothing about whether they are whole."""
    if not folder.is_dir():
        return ()
    names = [entry.name for entry in os.scandir(folder)]
    return tuple(folder / name for name in sorted(names, reverse=True) if _NAME.fullmatch(name))


def moment(backup: Path) -> dt.datetime:
    """When a backup was made, in UTC."""
    match = _NAME.fullmatch(backup.name)
    assert match is not None
    return dt.datetime.strptime(match[1], "%Y-%m-%dT%H%M%S").replace(tzinfo=dt.UTC)


def due(folder: Path, now: dt.datetime) -> bool:
    """Whether there is no backup of today yet."""
    held = backups(folder)
    return not held or moment(held[0]).date() != now.astimezone(dt.UTC).date()


def back_up(connection: sqlite3.Connection, folder: Path, now: dt.datetime) -> Path:
    """Write a copy, sync it, then give it its name; afterwards delete all but the newest three.

    Raises `OSError` or `sqlite3.Error`; the older backups are then untouched.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    partial = folder / _PARTIAL
    partial.unlink(missing_ok=True)
    try:
        # VACUUM INTO fills an empty file, and this one is already private.
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        connection.execute("VACUUM INTO ?", (str(partial),))
        _sync(partial)
        named = folder / f"state-{now.astimezone(dt.UTC):%Y-%m-%dT%H%M%S}-{_digest(partial)}.db"
        os.replace(partial, named)
    except BaseException:
        _remove_quietly(partial)
        raise
    _sync(folder)
    for old in backups(folder)[KEPT:]:
        old.unlink(missing_ok=True)
    return named


def is_whole(backup: Path) -> bool:
    """Whether a backup's bytes are those that were written."""
    match = _NAME.fullmatch(backup.name)
    return match is not None and _digest(backup) == match[2]


def restore(path: Path, usable: Callable[[Path], bool], today: dt.date) -> tuple[Path | None, Path | None]:
    """Put the newest good backup in the place of a damaged or missing state file.

    Args:
        path: The state file; it is moved aside with the files SQLite keeps beside it.
        usable: Whether the content of a copy checks; it is given a copy, not the backup.
        today: For the name of the file moved aside.

    Returns:
        The name the damaged file has now, and the backup now in its place; `None` for what there was not.

    Raises `OSError`; the damaged file is then either still in its place or complete under its new name.
    """
    staged = path.with_name(path.name + ".restoring")
    chosen = None
    try:
        for backup in backups(folder_for(path)):
            if is_whole(backup):
                _stage(backup, staged)
                if usable(staged):
                    chosen = backup
                    break
        moved = _move_aside(path, today)
        if chosen is not None:
            os.replace(staged, path)
    finally:
        _remove_quietly(staged)
    _sync(path.parent)
    return moved, chosen


def _stage(backup: Path, staged: Path) -> None:
    staged.unlink(missing_ok=True)
    with open(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        with open(backup, "rb") as source:
            shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def _move_aside(path: Path, today: dt.date) -> Path | None:
    """The file first: without it the others mean nothing, and they must not meet its successor."""
    number = 1
    bad = path.with_name(f"{path.name}.bad-{today}")
    while any(bad.with_name(bad.name + ending).exists() for ending in ("", *SIDE_FILES)):
        number += 1
        bad = path.with_name(f"{path.name}.bad-{today}-{number}")
    moved = None
    for ending in ("", *SIDE_FILES):
        # Not asked for first: an error of the asking would read as "there is none".
        with contextlib.suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + ending), bad.with_name(bad.name + ending))
            moved = bad
    return moved


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_quietly(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The error that led here matters more, and the next backup removes the rest.
        return
