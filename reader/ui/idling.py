"""What the app does while nobody does anything: it lets the engine put its index in order."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reader.model import CancelToken

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

LOOK_S = 5.0
"""How often the engine is asked whether something is due."""


class Idling:
    """Knows how long no key and no mouse was touched. Its methods are called in the app's loop."""

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self._touched = time.monotonic()
        self._token: CancelToken | None = None

    def touch(self) -> None:
        """Somebody is there: whatever runs is to end."""
        self._touched = time.monotonic()
        if self._token is not None:
            self._token.cancel()

    def look(self) -> None:
        """Begin in a worker what is due, if nothing runs yet."""
        engine = self._app.engine
        if self._token is not None or not engine.is_tidying_due(time.monotonic() - self._touched):
            return
        self._token = token = CancelToken()

        def work() -> None:
            try:
                engine.tidy(token)
            finally:
                self._token = None

        self._app.run_worker(work, name="tidying", group="tidying", thread=True)
