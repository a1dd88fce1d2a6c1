"""Programs that are handed a text: read from what was typed, found on the PATH, run without a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO, NamedTuple

from reader.model.errors import ReaderError
from reader.text.clean import clean

MOST_OUTPUT = 400_000
"""Bytes kept of what a program prints; one that prints more is stopped."""
PATIENCE_S = 60.0
"""Seconds after which a program whose output is shown here is stopped."""
_INTERACTIVE = frozenset(
    {"less", "more", "most", "bat", "vi", "vim", "nvim", "view", "nano", "pico", "emacs", "micro", "hx"}
    | {"helix", "kak", "joe", "ne", "fzf", "sk", "w3m", "lynx", "mutt"}
)
_SHELL_WORDS = ("|", ">", ">>", "<", "&&", "||", ";", "&", "2>&1")


class ProgramError(ReaderError):
    """A program cannot be run as asked."""

    exit_code = 2


class Program(NamedTuple):
    """What will be run."""

    arguments: tuple[str, ...]
    """The program and what it is told; never empty."""
    needs_terminal: bool
    """Whether it takes the whole screen, as pagers and editors do."""

    @property
    def shown(self) -> str:
        """As it would be typed."""
        return shlex.join(self.arguments)


class Ran(NamedTuple):
    """What became of it."""

    output: str
    """What it printed, cleaned; empty when it had the terminal."""
    said: str
    """A sentence when there is something to say: a failure, a cut; else empty."""


def program(line: str, environment: Mapping[str, str]) -> Program:
    """The program a line names; `!` before it gives it the terminal. Raises `ProgramError`."""
    text = line.strip()
    wants_terminal = text.startswith("!")
    try:
        words = shlex.split(text.lstrip("!"))
    except ValueError as error:
        raise ProgramError(f"{text}: {str(error).lower()}; close the quotation mark") from error
    if not words:
        raise ProgramError("Nothing was run: name a program, such as wc -w or less")
    if extra := next((word for word in words if word in _SHELL_WORDS), None):
        raise ProgramError(
            f"{extra} means nothing here, as no shell is used: sh -c '…' runs a line of the shell"
        )
    words[0] = os.path.expanduser(words[0])
    if shutil.which(words[0], path=environment.get("PATH")) is None:
        raise ProgramError(f"{words[0]} is no program on this machine's PATH; nothing was run")
    return Program(tuple(words), wants_terminal or os.path.basename(words[0]) in _INTERACTIVE)


def from_variable(names: Sequence[str], fallbacks: Sequence[str], environment: Mapping[str, str]) -> Program:
    """What `$EDITOR` or the like names, else the first fallback there is. Raises `ProgramError`."""
    for name in names:
        if environment.get(name, "").strip():
            return program("!" + environment[name], environment)
    for fallback in fallbacks:
        if shutil.which(fallback, path=environment.get("PATH")) is not None:
            return Program((fallback,), True)
    raise ProgramError(f"Set ${names[-1]} to the program you want; none was found")


def run_captured(chosen: Program, text: str, patience_s: float = PATIENCE_S) -> Ran:
    """Slow. Hand a program the text and keep what it prints. Raises `ProgramError`.

    It has no terminal, and is stopped with all it started when it takes too long or prints too much.
    """
    try:
        process = subprocess.Popen(
            chosen.arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise _not_run(chosen, error) from error
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Event()

    def too_late() -> None:
        late.set()
        _stop(process)

    timer = threading.Timer(patience_s, too_late)
    feeder = threading.Thread(target=_feed, args=(process.stdin, text), daemon=True)
    timer.start()
    feeder.start()
    try:
        printed = process.stdout.read(MOST_OUTPUT + 1)
        if len(printed) > MOST_OUTPUT:
            _stop(process)
        code = process.wait()
    finally:
        timer.cancel()
        process.stdout.close()
    feeder.join(1)
    output = clean(printed[:MOST_OUTPUT].decode("utf-8", "replace")).text
    if late.is_set():
        return Ran(output, f"{chosen.arguments[0]} was stopped after {patience_s:.0f} seconds")
    if len(printed) > MOST_OUTPUT:
        return Ran(output, f"{chosen.arguments[0]} was stopped: it printed more than {MOST_OUTPUT:,} bytes")
    return Ran(output, _ending(chosen, code))


def run_in_terminal(chosen: Program, text: str | None) -> Ran:
    """Slow. Run a program that has the terminal, its input the text if there is one. Raises `ProgramError`.

    Called while the app is suspended. ctrl+c is the program's.
    """
    # A handler, unlike an ignored signal, is not inherited: the program itself is interrupted.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        process = subprocess.Popen(
            chosen.arguments,
            stdin=None if text is None else subprocess.PIPE,
        )
        if process.stdin is not None and text is not None:
            _feed(process.stdin, text)
        code = process.wait()
    except OSError as error:
        raise _not_run(chosen, error) from error
    finally:
        signal.signal(signal.SIGINT, before)
    return Ran("", _ending(chosen, code))


def _feed(pipe: IO[bytes], text: str) -> None:
    try:
        pipe.write(text.encode("utf-8", "replace"))
        pipe.close()
    except (BrokenPipeError, ValueError):
        return  # it has read as much as it wanted


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _ending(chosen: Program, code: int) -> str:
    if code == 0:
        return ""
    how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    return f"{chosen.arguments[0]} {how}"


def _not_run(chosen: Program, error: OSError) -> ProgramError:
    return ProgramError(f"{chosen.arguments[0]} could not be run ({error.strerror or error})")
