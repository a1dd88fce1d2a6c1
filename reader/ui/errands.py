"""Changes that wait for the disk: done one after the other in a thread, none left out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from textual.app import App

from reader.model.errors import ReaderError
from reader.model.refusals import in_words

Errand = tuple[Callable[[], Any], Callable[[Any], None]]


class Errands:
    """A queue of jobs. `work` runs in the thread, `done` with its answer in the app's loop."""

    def __init__(self, app: App[Any], failed: Callable[[str], None]) -> None:
        self._app = app
        self._failed = failed
        self._waiting: deque[Errand] = deque()
        self._busy = False

    def run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Queue a job; called in the app's loop."""
        self._waiting.append((work, done))
        if not self._busy:
            self._start()

    def _start(self) -> None:
        work, done = self._waiting.popleft()
        self._busy = True

        def job() -> None:
            try:
                answer = work()
            except (ReaderError, OSError) as error:
                self._app.call_later(self._finish, self._failed, in_words(error))
            else:
                self._app.call_later(self._finish, done, answer)

        self._app.run_worker(job, name="errand", group="errand", thread=True)

    def _finish(self, done: Callable[[Any], None], answer: Any) -> None:
        self._busy = False
        if self._waiting:
            self._start()
        done(answer)
