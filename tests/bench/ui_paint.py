"""Time from process start to the first frame in a pty, beside a bare Textual app in the same run."""

from __future__ import annotations

import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
from collections.abc import Sequence
from fcntl import ioctl

from tests.bench.ui_library import Place

BARE = (
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Bare(App):\n"
    "    def compose(self):\n"
    "        yield Static('READY')\n"
    "Bare().run()\n"
)
MARKER = b"Palette"
"""The last word of our bottom line: what stands above it has been drawn."""
LIMIT_S = 60.0


def started(argv: Sequence[str], size: tuple[int, int] = (120, 40)) -> tuple[int, int]:
    """Start a program in a pty of that size; its process id and our end."""
    columns, rows = size
    pid, master = pty.fork()
    if pid == 0:
        # As installed: with bytecode, which the first run writes.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
        os.execv(argv[0], list(argv))
    ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    return pid, master


def first_frame_s(argv: Sequence[str], marker: bytes) -> float:
    """Seconds until the output holds the marker; the process is then ended."""
    began = time.perf_counter()
    pid, master = started(argv)
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([master], [], [], LIMIT_S)
            if not ready:
                raise TimeoutError(f"no {marker!r} within {LIMIT_S} s")
            seen += os.read(master, 65536)
        return time.perf_counter() - began
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(master)


def paint(places: Sequence[Place], runs: int) -> list[float]:
    """Median seconds of the bare app and then of ours on each library, interleaved."""
    commands = [([sys.executable, "-c", BARE], b"READY"), *((command(place), MARKER) for place in places)]
    times: list[list[float]] = [[] for _ in commands]
    for run in range(runs + 1):
        for took, (argv, marker) in zip(times, commands, strict=True):
            seconds = first_frame_s(argv, marker)
            if run:
                took.append(seconds)
    return [statistics.median(took) for took in times]


def command(place: Place) -> list[str]:
    """Starts the app on a library."""
    return [sys.executable, "-m", "reader", *place.options]
