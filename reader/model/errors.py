"""Errors for people. Each message says what happened, to what, and what to do."""

from __future__ import annotations


class ReaderError(Exception):
    """Base of all errors that reach a person; `exit_code` is the command's."""

    exit_code = 3


class LibraryError(ReaderError):
    """The folder of articles cannot be used."""


class IndexUnusable(ReaderError):
    """The index cannot be used and could not be rebuilt."""


class QueryError(ReaderError):
    """An option of a search is not valid."""

    exit_code = 2

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class NotFound(ReaderError):
    """No article, story or source of that name."""

    exit_code = 1


class CompareError(ReaderError):
    """These articles cannot be compared."""

    exit_code = 2


class StateError(ReaderError):
    """Marks and notes cannot be read or saved."""


class ConfigError(ReaderError):
    """The configuration file or an option is wrong."""

    exit_code = 2


class Cancelled(ReaderError):
    """The user stopped it; nothing is half done."""

    exit_code = 130
