"""Makes the n-th call of the system fail: every call a piece of work makes, one after the other.

Only calls of one thread and of paths or descriptors under test are counted, so that the test runner's
own are let through.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest

ERRORS = (errno.ENOSPC, errno.EACCES, errno.EMFILE, errno.EIO)
"""Disk full, permission denied, too many files, broken disk."""

_FUNCTIONS = (
    *("open", "read", "write", "fsync", "fdatasync", "replace", "rename", "unlink", "mkdir"),
    *("scandir", "listdir", "stat", "lstat", "fstat", "chmod", "ftruncate"),
)
_METHODS = ("read", "readline", "write", "flush", "truncate", "seek")

Result = TypeVar("Result")


@dataclass
class Faults:
    """Counts calls, and fails the one whose turn it is."""

    fails_at: int | None = None
    """Number of the call that fails, from 0; `None` only counts."""
    code: int = errno.EIO
    """What the system says."""
    calls: list[str] = field(default_factory=list)
    """Names of the calls made, in order."""

    def called(self, name: str, about: object = None) -> None:
        """Note a call; raises, naming its file as the system does, when it is its turn to fail."""
        self.calls.append(name)
        if self.fails_at == len(self.calls) - 1:
            file = (os.fspath(about),) if isinstance(about, str | bytes | os.PathLike) else ()
            raise OSError(self.code, os.strerror(self.code), *file)


class _File:
    """An open file whose methods count."""

    def __init__(self, file: io.IOBase, faults: Faults) -> None:
        self._file = file
        self._faults = faults

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._file, name)
        if name not in _METHODS:
            return attribute

        def counted(*arguments: Any) -> Any:
            self._faults.called(name)
            return attribute(*arguments)

        return counted

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)


@contextmanager
def faults(fails_at: int | None = None, code: int = errno.EIO) -> Iterator[Faults]:
    """While open, system calls of this thread are counted, and one of them fails."""
    counter = Faults(fails_at, code)
    thread = threading.get_ident()
    with pytest.MonkeyPatch.context() as patch:
        for name in _FUNCTIONS:
            patch.setattr(os, name, _counted(name, getattr(os, name), counter, thread))
        real_open = builtins.open

        def open_counted(*arguments: Any, **options: Any) -> Any:
            if threading.get_ident() != thread:
                return real_open(*arguments, **options)
            counter.called("open", *arguments[:1])
            return _File(real_open(*arguments, **options), counter)

        patch.setattr(builtins, "open", open_counted)
        yield counter


def _counted(
    name: str, function: Callable[..., Result], counter: Faults, thread: int
) -> Callable[..., Result]:
    def counted(*arguments: Any, **options: Any) -> Result:
        if threading.get_ident() == thread:
            counter.called(name, *arguments[:1])
        return function(*arguments, **options)

    return counted


def calls_of(work: Callable[[], object]) -> int:
    """How many system calls the work makes when nothing fails."""
    with faults() as counter:
        work()
    return len(counter.calls)
