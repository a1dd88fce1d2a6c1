"""The open state file: one connection that writes and one that reads, each behind its own lock.

Any thread may call anything. Readers never wait for a change that is being written; a change waits for
the changes of other threads and windows, so the UI makes changes in worker threads. When the file was
replaced under us (another window restored a backup) it is opened again, and a change that went into the
old file is made once more in the new one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from reader.model.errors import StateError
from reader.state.opening import Opened, Opening
from reader.state.schema import version
from reader.state.undo import Sentences, Transaction, record
from reader.state.words import in_words, primary_code

ATTEMPTS = 3
"""How often a change is tried while other windows keep the file busy for 5 s each time."""

Clock = Callable[[], dt.datetime]
"""Tells the time, with its zone."""
Work = Callable[[Transaction], Sentences | None]
"""Makes a change; may be called again, from the start, in a new transaction."""
Answer = TypeVar("Answer")


class Database:
    """Transactions on one library of a state file."""

    def __init__(self, opening: Opening, clock: Clock) -> None:
        self.path = opening.path
        self._opening = opening
        self._clock = clock
        self._writing = threading.RLock()
        self._reading = threading.RLock()
        self._opened: Opened | None = opening.open(clock())
        self._reopened = 0

    @property
    def is_read_only(self) -> bool:
        """Whether changes are refused."""
        return self._opened is None or self._opened.writer is None

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user must be told, in order; grows when a file is restored while open."""
        return tuple(self._opened.notices) if self._opened else ()

    def generation(self, connection: sqlite3.Connection, library: int) -> int:
        """Changes with every recorded change of the library, and when the file was replaced."""
        row = connection.execute("SELECT generation FROM library WHERE id = ?", (library,)).fetchone()
        return (self._reopened << 40) + (row[0] if row else 0)

    @contextlib.contextmanager
    def reading(self, doing: str) -> Iterator[tuple[sqlite3.Connection, int]]:
        """A consistent view: the connection and the number of the library. Short: other readers wait."""
        self._follow()
        with self._reading:
            opened = self._held()
            try:
                opened.reader.execute("BEGIN")
                try:
                    yield opened.reader, opened.library
                finally:
                    with contextlib.suppress(sqlite3.Error):
                        opened.reader.execute("ROLLBACK")
            except sqlite3.Error as error:
                raise in_words(error, doing, self.path) from error

    def change(self, doing: str, work: Work) -> str | None:
        """Make a change that can be undone, as one step; the sentence of what it did.

        `None` when nothing changed. When this returns, the change is on disk.
        """

        def recorded(transaction: Transaction) -> str | None:
            sentences = work(transaction)
            if sentences is None or not transaction.changes:
                return None
            record(transaction, sentences)
            return sentences.did

        return self.write(doing, recorded)

    def write(self, doing: str, work: Callable[[Transaction], Answer]) -> Answer:
        """Run `work` in one IMMEDIATE transaction, without a step of its own on the undo stack.

        Raises `StateError`; then nothing was changed.
        """
        with self._writing:
            for attempt in range(1, ATTEMPTS + 1):
                self._follow()
                try:
                    answer = self._attempt(work)
                except sqlite3.Error as error:
                    if primary_code(error) == sqlite3.SQLITE_BUSY and attempt < ATTEMPTS:
                        continue
                    raise in_words(error, doing, self.path) from error
                if not self._was_replaced():
                    return answer
        raise StateError(f"could not {doing}: {self.path} is being replaced again and again; try once more")

    def close(self) -> None:
        """Close the file; every later call raises `StateError`."""
        with self._writing, self._reading:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _attempt(self, work: Callable[[Transaction], Answer]) -> Answer:
        opened = self._held()
        if opened.writer is None:
            raise StateError(f"nothing was changed: {opened.notices[-1]}")
        writer = opened.writer
        writer.execute("BEGIN IMMEDIATE")
        try:
            if version(writer) != opened.version:
                raise StateError(
                    f"nothing was changed: {self.path} now belongs to another version of reader; "
                    "start reader again"
                )
            now = self._clock().astimezone(dt.UTC)
            answer = work(Transaction(writer, opened.library, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
            writer.execute("COMMIT")
        except BaseException:
            if writer.in_transaction:
                with contextlib.suppress(sqlite3.Error):
                    writer.execute("ROLLBACK")
            raise
        return answer

    def _held(self) -> Opened:
        if self._opened is None:
            raise StateError(f"{self.path} is closed; open the library again")
        return self._opened

    def _was_replaced(self) -> bool:
        identity = self._opened.identity if self._opened else None
        if identity is None:
            return False
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            return True
        except OSError:
            # Not reachable now says nothing about another file; SQLite has the words for it.
            return False
        return (status.st_dev, status.st_ino) != identity

    def _follow(self) -> None:
        if not self._was_replaced():
            return
        with self._writing, self._reading:
            if not self._was_replaced():
                return
            old = self._held()
            fresh = self._opening.open(self._clock())
            old.close()
            fresh.notices[:0] = old.notices
            self._opened = fresh
            self._reopened += 1
