"""Stopping work that nobody waits for any more."""

from __future__ import annotations

from reader.model.errors import Cancelled


class CancelToken:
    """A flag that one thread sets and another reads between steps. Setting it is final."""

    __slots__ = ("_set",)

    def __init__(self) -> None:
        self._set = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._set = True

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._set

    def check(self) -> None:
        """Raise `Cancelled` once somebody asked to stop."""
        if self._set:
            raise Cancelled("stopped before it was done; nothing was changed")
