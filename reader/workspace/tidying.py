"""Merging the index while nobody waits for anything: many small parts become one, deleted articles go.

It runs in a process of its own where that is allowed, never waits for the lock of the index, and ends at once
when a search or an update of this window, or an update of another one, wants to run. Whenever it ends, the
index is as it was or merged: the seal is written last.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.config import Settings
from reader.model import CancelToken
from reader.model.errors import Cancelled, IndexUnusable
from reader.workspace.child import tidy_in_child

if TYPE_CHECKING:
    from reader.search.whoosh.backend import WhooshBackend

IDLE_S = 20.0
"""So long without a key counts as idle."""
PAUSE_S = 120.0
"""So long after a merge that did not come to its end none is begun."""


class Tidier:
    """Decides when the index is merged, merges it, and stops for anybody. Safe between threads."""

    def __init__(
        self,
        settings: Settings,
        backend: Callable[[], WhooshBackend | None],
        *,
        may_fork: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`backend` gives the open index, or `None` while there is none."""
        self._settings = settings
        self._backend = backend
        self._may_fork = may_fork
        self._clock = clock
        self._running = threading.Lock()
        self._token: CancelToken | None = None
        self._not_before = 0.0

    def is_due(self, idle_s: float) -> bool:
        """Whether to merge now, nothing having been asked for so many seconds; answers from memory."""
        backend = self._backend()
        if backend is None or idle_s < IDLE_S or self._running.locked():
            return False
        return backend.is_untidy() and self._clock() >= self._not_before

    def tidy(self, cancel: CancelToken | None = None) -> bool:
        """Slow. Merge the index if that is worth it; whether it was done.

        Not done is also what somebody stopped, and what another window's writing kept from being begun.
        """
        backend = self._backend()
        if backend is None or not self._running.acquire(blocking=False):
            return False
        self._token = token = cancel or CancelToken()
        try:
            # Nobody asked for it, so nobody is told when it fails either; what was there is still there.
            with suppress(Cancelled, IndexUnusable, OSError):
                if not backend.is_untidy():
                    return False
                if not self._may_fork:
                    return backend.merge(cancel=token, patient=False) is not None
                tidy_in_child(self._settings, token)
                if backend.refresh() and not backend.is_untidy():
                    return True
            self._not_before = self._clock() + PAUSE_S
            return False
        finally:
            self._token = None
            self._running.release()

    def stop(self, *, wait: bool = False) -> None:
        """Let whoever asks go first: end a merge that runs, and with `wait` be sure that it has ended."""
        token = self._token
        if token is not None:
            token.cancel()
        if wait:
            with self._running:
                pass


def merge(settings: Settings) -> None:
    """The child's side: merge once, unless somebody else writes or comes to write meanwhile."""
    from reader.search.whoosh.backend import WhooshBackend

    backend = WhooshBackend.open(settings.index, settings.articles, settings.state / "index.key")
    try:
        with suppress(Cancelled):
            backend.merge(patient=False)
    finally:
        backend.close()
