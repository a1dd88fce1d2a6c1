"""Slow work for a screen that asks faster than it can be answered: the newest question wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from textual.dom import DOMNode
from textual.widget import Widget
from textual.worker import WorkerState

from reader.model import CancelToken
from reader.model.errors import Cancelled, ReaderError
from reader.model.refusals import in_words

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class LatestWins(Generic[Question, Answer]):
    """Runs one job at a time in a thread; a newer question replaces the waiting one.

    No timer delays the first question. A running job is asked to stop when a newer question comes, but
    never twice in a row without an answer in between: fast typing must not starve the list of results.

    `work` runs in the thread and touches no widget; `done` and `failed` run in the app's loop.
    """

    def __init__(
        self,
        owner: Widget,
        work: Callable[[Question, CancelToken], Answer],
        done: Callable[[Question, Answer], None],
        failed: Callable[[Question, Exception], None],
        name: str,
    ) -> None:
        self._owner = owner
        self._work = work
        self._done = done
        self._failed = failed
        self._name = name
        self._waiting: Question | None = None
        self._token: CancelToken | None = None
        self._may_cancel = True
        self._stale = False

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._token is not None

    def submit(self, question: Question) -> None:
        """Ask; called in the app's loop."""
        self._stale = False
        if self._token is None:
            self._start(question)
            return
        self._waiting = question
        if self._may_cancel:
            self._may_cancel = False
            self._token.cancel()

    def drop(self) -> None:
        """Forget what waits and ignore what runs: nobody wants the answer any more."""
        self._waiting = None
        self._stale = True
        if self._token is not None:
            self._token.cancel()

    def _start(self, question: Question) -> None:
        self._token = token = CancelToken()

        def job() -> None:
            answer: Answer | None = None
            error: Exception | None = None
            try:
                answer = self._work(question, token)
            except Exception as caught:  # noqa: BLE001  a thread's error must reach the app's loop whole
                error = caught
            # `call_later` posts a message, which is the one thing a thread may do to a widget.
            self._owner.call_later(self._settle, question, answer, error)

        self._owner.run_worker(job, name=self._name, group=self._name, thread=True, exit_on_error=False)

    def _settle(self, question: Question, answer: Any, error: Exception | None) -> None:
        self._token = None
        waiting, self._waiting = self._waiting, None
        stale = self._stale
        if waiting is not None:
            self._start(waiting)
        if isinstance(error, Cancelled) or stale:
            return
        if isinstance(error, ReaderError | OSError):
            self._may_cancel = True
            self._failed(question, ReaderError(in_words(error)))
        elif error is not None:
            raise error
        else:
            self._may_cancel = True
            self._done(question, answer)


def is_idle(node: DOMNode) -> bool:
    """Whether no worker of the node's app runs; for tests and for quitting."""
    running = (WorkerState.PENDING, WorkerState.RUNNING)
    return not any(worker.state in running for worker in node.app.workers)
