"""A terminal for the tests: a pty in which the program runs, that notes every byte and answers queries."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tests.conftest import ROOT

QUERY = re.compile(
    rb"\x1b\](?:1[0-9]|4;\d+|52;\w*);\?(?:\x07|\x1b\\)|\x1b\[(?:21t|>?c|6n|\?6n|5n)|\x1bP[$+]q[^\x1b]*\x1b\\"
    rb"|\x05|\x1b_G[^\x1b]*a=q[^\x1b]*\x1b\\"
)
"""What makes a terminal send something as if it had been typed."""


LONGEST_QUERY = 4_096
"""Bytes of a query that may still be incomplete at the end of what was read."""


class Terminal:
    """A program in a pty; leaving the block ends it."""

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        *,
        size: tuple[int, int] = (100, 30),
        answers: bool = False,
    ) -> None:
        self.output = bytearray()
        self.asked: list[bytes] = []
        self._answers = answers
        self._looked_at = 0
        self._status: int | None = None
        environment = {
            "PATH": os.defpath,
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, [sys.executable, *arguments], environment)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = termios.tcgetattr(self._descriptor)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.kill(self.pid, signal.SIGCONT)
            self._status = os.waitpid(self.pid, 0)[1]
        os.close(self._descriptor)

    def type(self, keys: bytes) -> None:
        """Send key presses."""
        os.write(self._descriptor, keys)

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    @property
    def attributes(self) -> list[object]:
        """How the terminal is set now."""
        return termios.tcgetattr(self._descriptor)

    def read_until(self, words: bytes, within_s: float = 40) -> bool:
        """Read until the program has written the words; whether it has."""
        start = len(self.output)
        return self._read(lambda: words in self.output[max(0, start - len(words)) :], within_s)

    def read_quiet(self, quiet_s: float = 0.4, within_s: float = 20) -> None:
        """Read until nothing has come for a while."""
        last = [len(self.output), time.monotonic()]

        def is_quiet() -> bool:
            if len(self.output) != last[0]:
                last[:] = [len(self.output), time.monotonic()]
            return time.monotonic() - last[1] > quiet_s

        self._read(is_quiet, within_s)

    def exit_code(self, within_s: float = 40) -> int | None:
        """The exit code, negative for a signal; `None` when the program does not end."""
        self._read(self._has_ended, within_s)
        self._read(lambda: False, 0.2)
        return None if self._status is None else os.waitstatus_to_exitcode(self._status)

    def is_stopped(self, within_s: float = 20) -> bool:
        """Whether the program was put to sleep, as by ctrl+z."""

        def stopped() -> bool:
            state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]
            return state == "T"

        return self._read(stopped, within_s)

    def _has_ended(self) -> bool:
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is not None

    def _read(self, is_done: object, within_s: float) -> bool:
        assert callable(is_done)
        deadline = time.monotonic() + within_s
        while not is_done():
            if time.monotonic() > deadline:
                return False
            if not select.select([self._descriptor], [], [], 0.05)[0]:
                continue
            try:
                self.output += os.read(self._descriptor, 1 << 16)
            except OSError:
                # The other end is closed: the program is ending.
                time.sleep(0.02)
                continue
            self._answer()
        return True

    def _answer(self) -> None:
        for match in QUERY.finditer(self.output, self._looked_at):
            self.asked.append(match[0])
            self._looked_at = match.end()
            if self._answers:
                self.type(b"\x1b]10;rgb:dddd/dddd/dddd\x1b\\")
        # The whole of what a long run has written must not be searched again at every read.
        self._looked_at = max(self._looked_at, len(self.output) - LONGEST_QUERY)
