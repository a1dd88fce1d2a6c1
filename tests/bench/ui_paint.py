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
from pathlib import Path

BARE = (
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Bare(App):\n"
    "    def compose(self):\n"
    "        yield Static('READY')\n"
    "Bare().run()\n"
)
LIMIT_S = 60.0


def first_frame_s(argv: Sequence[str], marker: bytes, size: tuple[int, int] = (120, 40)) -> float:
    """Seconds until the output holds the marker; the process is then ended."""
    columns, rows = size
    started = time.perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        # As installed: with bytecode, which the first run writes.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
        os.execv(argv[0], list(argv))
    ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([master], [], [], LIMIT_S)
            if not ready:
                raise TimeoutError(f"no {marker!r} within {LIMIT_S} s")
            seen += os.read(master, 65536)
        return time.perf_counter() - started
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(master)


def paint(articles: Path, index: Path, state: Path, runs: int) -> tuple[float, float]:
    """Median seconds of the bare app and of ours, interleaved."""
    bare = [sys.executable, "-c", BARE]
    ours = [
        sys.executable,
        "-m",
        "reader",
        "--articles",
        str(articles),
        "--index",
        str(index),
        "--state",
        str(state),
    ]
    times: tuple[list[float], list[float]] = ([], [])
    first_frame_s(bare, b"READY"), first_frame_s(ours, b"Palette")
    for _ in range(runs):
        times[0].append(first_frame_s(bare, b"READY"))
        times[1].append(first_frame_s(ours, b"Palette"))
    return statistics.median(times[0]), statistics.median(times[1])
