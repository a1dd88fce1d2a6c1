"""How long work will take that reports its steps: one estimate and one wording for app and command line."""

from __future__ import annotations

_PATIENCE_S = 1.0
"""Nothing is estimated from less."""


class Pace:
    """Follows one task after the other as their reports come in."""

    def __init__(self) -> None:
        self._task = ""
        self._began_s = 0.0
        self._first = 0

    def left(self, task: str, done: int, total: int, now_s: float) -> str:
        """`, about 2 min 5 s left`; empty while too little is known.

        Steps that were done when a task was first reported do not count: they may be of an earlier run.
        `now_s` is a monotonic clock's.
        """
        if task != self._task or done < self._first:
            self._task, self._began_s, self._first = task, now_s, done
        elapsed_s, made = now_s - self._began_s, done - self._first
        if elapsed_s < _PATIENCE_S or made <= 0 or done >= total:
            return ""
        return f", about {_wording(int(elapsed_s / made * (total - done)) + 1)} left"


def _wording(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3_600:
        return f"{seconds // 60} min {seconds % 60} s"
    return f"{seconds // 3_600} h {seconds % 3_600 // 60} min"
