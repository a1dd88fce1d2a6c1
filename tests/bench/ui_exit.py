"""CPU and wall time from ctrl+q to the end of the process, in a pty."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Sequence

from tests.bench.ui_paint import started

QUIT = b"\x11"


def exit_s(argv: Sequence[str], marker: bytes, wait_s: float) -> tuple[float, float]:
    """Wall and CPU seconds it takes to leave, `wait_s` after the marker was seen."""
    pid, master = started(argv)
    try:
        seen = b""
        while marker not in seen:
            seen += os.read(master, 65536)
        end = time.perf_counter() + wait_s
        while (left := end - time.perf_counter()) > 0:
            if select.select([master], [], [], left)[0]:
                os.read(master, 65536)
        worked, began = _cpu_s(pid), time.perf_counter()
        os.write(master, QUIT)
        while select.select([master], [], [], 30)[0]:
            try:
                if not os.read(master, 65536):
                    break
            except OSError:
                break
        _, _, used = os.wait4(pid, 0)
        pid = 0
        return time.perf_counter() - began, used.ru_utime + used.ru_stime - worked
    finally:
        if pid:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(master)


def _cpu_s(pid: int) -> float:
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
