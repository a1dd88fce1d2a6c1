"""Run a parser of a risky format in a child process that can be killed and cannot take much.

The child is a fresh interpreter: a fork would carry the locks of our threads with it. It limits
itself before it imports the parser, can put no byte into a file, and answers with JSON, because what comes
out of a parser that read hostile bytes is as foreign as the bytes. Only the standard library.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reader.model.cancel import CancelToken
from reader.model.errors import ReaderError

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What a parser may return."""

_START = (
    "import sys; sys.path[:0] = sys.argv[1].split('\\n');"
    " from reader.sandbox import _child; _child(sys.argv[2:])"
)
_CHUNK = 1 << 16
_TICK_S = 0.05
_GRACE_S = 1
_FILES = 16


class ParsingFailed(ReaderError):
    """A parser was stopped, crashed, or refused its input; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one parse may cost. The defaults keep the promise of 2 seconds and 200 MB an article."""

    cpu_s: int = 2
    """Seconds of processor time."""
    wall_s: float = 6.0
    """Seconds from start to answer, with those the machine spends elsewhere."""
    memory_bytes: int = 200_000_000
    """Address space beyond that of the bare interpreter."""
    output_bytes: int = 16_000_000
    """Bytes of the answer as JSON."""


DEFAULT_LIMITS = Limits()
"""Used where none are given."""


def run(
    parser: Callable[[bytes], Json],
    data: bytes,
    *,
    limits: Limits = DEFAULT_LIMITS,
    cancel: CancelToken | None = None,
) -> Json:
    """The answer of `parser(data)`, computed in a child process (about 50 ms to start).

    `parser` is a function at the top of a module; it must not rely on anything the calling program
    has set up. Raises `ParsingFailed` when it raises, crashes or passes a limit, and `Cancelled`.
    No process is left behind.
    """
    child = subprocess.Popen(
        _command(parser, limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": os.defpath},
        start_new_session=True,
    )
    try:
        answer = _exchange(child, data, limits, cancel)
        status = child.wait(timeout=_GRACE_S)
    except subprocess.TimeoutExpired:
        raise ParsingFailed(_too_long(limits)) from None
    finally:
        _end(child)
    return _read_answer(answer, status, limits)


def _command(parser: Callable[[bytes], Json], limits: Limits) -> list[str]:
    name = parser.__qualname__
    if not name.isidentifier():
        raise ValueError(f"{name} is not a function at the top of a module")
    folders = {_folder_of(__name__), _folder_of(parser.__module__)}
    numbers = map(str, (limits.cpu_s, limits.wall_s, limits.memory_bytes))
    start = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, "\n".join(sorted(folders))]
    return [*start, parser.__module__, name, *numbers]


def _folder_of(module: str) -> str:
    """The folder from which the module's top package is imported."""
    file = sys.modules[module.partition(".")[0]].__file__
    if file is None:
        raise ValueError(f"{module} is not a module in a file")
    path = Path(file).resolve()
    return str(path.parent.parent if path.name == "__init__.py" else path.parent)


def _exchange(
    child: subprocess.Popen[bytes], data: bytes, limits: Limits, cancel: CancelToken | None
) -> bytearray:
    """Write `data`, read the answer; neither can block the other, and both end in time."""
    assert child.stdin is not None
    assert child.stdout is not None
    deadline = time.monotonic() + limits.wall_s
    answer = bytearray()
    rest = memoryview(data)
    with selectors.DefaultSelector() as waiting, child.stdin as to_child, child.stdout as from_child:
        os.set_blocking(to_child.fileno(), False)
        waiting.register(to_child, selectors.EVENT_WRITE)
        waiting.register(from_child, selectors.EVENT_READ)
        while True:
            if cancel is not None:
                cancel.check()
            if time.monotonic() > deadline:
                raise ParsingFailed(_too_long(limits))
            for key, _ in waiting.select(_TICK_S):
                if key.fileobj is to_child:
                    rest = _feed(to_child.fileno(), rest)
                    if not rest:
                        waiting.unregister(to_child)
                        to_child.close()
                    continue
                chunk = os.read(from_child.fileno(), _CHUNK)
                if not chunk:
                    return answer
                answer += chunk
                if len(answer) > limits.output_bytes:
                    raise ParsingFailed(
                        f"holds more than {limits.output_bytes // 1_000_000} MB of text; split it"
                    )


def _feed(descriptor: int, rest: memoryview) -> memoryview:
    """What is left of the input; nothing when the child has stopped reading."""
    try:
        return rest[os.write(descriptor, rest[:_CHUNK]) :]
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and whatever it started; nothing happens when all are gone."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        # Already gone; macOS answers with EPERM for a group of zombies.
        child.poll()
    child.wait()


def _read_answer(answer: bytearray, status: int, limits: Limits) -> Json:
    if status in (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL):
        raise ParsingFailed(_too_long(limits))
    if status:
        raise ParsingFailed("made its parser crash; it is damaged or hostile")
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.keys() not in ({"value"}, {"error"}):
        raise ParsingFailed("made its parser crash; it is damaged or hostile")
    if "value" in said:
        value: Json = said["value"]
        return value
    if said["error"] == "MemoryError":
        raise ParsingFailed(f"needs more than {limits.memory_bytes // 1_000_000} MB to be read; split it")
    # Only the kind of an error is passed on: its words may quote the input.
    kind = str(said["error"])
    raise ParsingFailed(
        f"cannot be parsed ({kind if kind.isidentifier() else 'error'}); it is damaged or hostile"
    )


def _too_long(limits: Limits) -> str:
    return f"takes longer than {limits.cpu_s} s to be read; split it"


def _child(arguments: list[str]) -> None:
    """The child's whole life: limit itself, parse what stdin holds, answer on stdout."""
    module, name, cpu_s, wall_s, memory_bytes = arguments
    answer_to = os.dup(1)
    # Whatever a parser prints must not mix with the answer.
    os.dup2(2, 1)

    def answer(said: dict[str, Json]) -> None:
        text = json.dumps(said).encode("ascii")
        with open(answer_to, "wb") as file:
            file.write(text)
        os._exit(0)

    # Not a broad `except`: what a parser raises ends the child like any bug would, and only its kind is told.
    sys.excepthook = lambda kind, _error, _traceback: answer({"error": kind.__name__})
    _limit(int(cpu_s), float(wall_s), int(memory_bytes))
    try:
        parser: Callable[[bytes], Json] = getattr(importlib.import_module(module), name)
        _at_most(resource.RLIMIT_NOFILE, _FILES)
        # Nor may it start another process; root may, whatever the limit, and is only killed with its group.
        _at_most(resource.RLIMIT_NPROC, 0)
        answer({"value": parser(sys.stdin.buffer.read())})
    except MemoryError:
        answer({"error": "MemoryError"})


def _limit(cpu_s: int, wall_s: float, memory_bytes: int) -> None:
    # Without a handler both signals end the process even inside C code that never returns.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, wall_s)
    _at_most(resource.RLIMIT_CPU, cpu_s, cpu_s + _GRACE_S)
    _at_most(resource.RLIMIT_FSIZE, 0)
    _at_most(resource.RLIMIT_CORE, 0)
    _at_most(resource.RLIMIT_AS, memory_bytes + _address_space())


def _address_space() -> int:
    """Bytes this process has mapped already; a guess where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 64_000_000


def _at_most(what: int, soft: int, hard: int | None = None) -> None:
    allowed = resource.getrlimit(what)[1]
    wanted = soft if hard is None else hard
    ceiling = wanted if allowed == resource.RLIM_INFINITY else min(wanted, allowed)
    try:
        resource.setrlimit(what, (min(soft, ceiling), ceiling))
    except (OSError, ValueError):
        # macOS refuses some limits on memory; time and files are limited all the same.
        return
