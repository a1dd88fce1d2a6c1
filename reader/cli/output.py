"""The one way out: everything the command line prints goes through `Output.echo`.

stdout is data, stderr is talk. Whatever a terminal might obey is replaced here a second time; styles travel
as noncharacters, which cleaned text never holds, and become escape sequences at the last moment.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from types import TracebackType
from typing import Literal, TextIO

from reader.model.progress import Pace

Color = Literal["auto", "always", "never"]
"""What `--color` takes."""

DEFAULT_WIDTH = 100
"""Cells where stdout is no terminal."""

_UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_STYLES: dict[str, str] = {
    "head": "1",
    "heading": "1",
    "dim": "2",
    "boilerplate": "2",
    "caption": "3",
    "evidence": "2",
    "hit": "1;7",
    "shared": "1",
    "quote": "36",
    "differs": "4;33",
    "figure": "34",
    "name": "35",
    "same": "32",
    "near": "32",
    "reworded": "36",
    "only": "",
    "crossed": "35",
}
"""Mark to the parameters of Select Graphic Rendition (ECMA-48); a glyph or a word always says it too."""
_NAMES = tuple(_STYLES)
_FIRST = 0xFDD0
_END = chr(0xFDEF)
_MARKERS = re.compile("[\ufdd0-\ufdef]")


def paint(text: str, names: tuple[str, ...]) -> str:
    """Mark text with its styles, for `Output.echo` to draw or to drop."""
    known = [name for name in names if _STYLES.get(name)]
    if not known or not text:
        return text
    return "".join(chr(_FIRST + _NAMES.index(name)) for name in known) + text + _END


def plain(text: str) -> str:
    """The text with whatever a terminal might obey replaced, on as many lines as it has."""
    return _unsafe().sub("\ufffd", text)


@cache
def _unsafe() -> re.Pattern[str]:
    # Compiling it takes longer than reading the arguments, and the app prints nothing.
    return re.compile(_UNSAFE)


class Output:
    """Where a command writes, and what that place can show."""

    def __init__(
        self, color: Color = "auto", *, environment: Mapping[str, str] | None = None, paged: bool = True
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self.is_terminal = _is_terminal(sys.stdout)
        self.has_color = _has_color(color, self.is_terminal, self._environment)
        self.paged = paged
        for stream in (sys.stdout, sys.stderr):
            # Text that the encoding cannot hold is no reason to stop half way.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    @property
    def width(self) -> int:
        """Cells of a line."""
        return shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if self.is_terminal else DEFAULT_WIDTH

    @property
    def ascii_only(self) -> bool:
        """Whether the glyphs must be ASCII."""
        return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"

    def echo(self, text: str = "", end: str = "\n") -> None:
        """Write to stdout."""
        sys.stdout.write(self._drawn(text) + end)

    def say(self, text: str) -> None:
        """Write a line for people to stderr."""
        say(text)

    def page(self, lines: Iterable[str]) -> None:
        """Write lines to stdout, through `$PAGER` where a person reads them on a terminal."""
        command = self._pager()
        if command is None:
            for line in lines:
                self.echo(line)
            return
        import subprocess

        environment = {"LESS": "FRX", "LV": "-c", **self._environment}
        sys.stdout.flush()
        try:
            pager = subprocess.Popen(
                command, stdin=subprocess.PIPE, encoding="utf-8", errors="replace", env=environment
            )
        except OSError:
            for line in lines:
                self.echo(line)
            return
        assert pager.stdin is not None
        # A pager that was left before the end is not an error.
        with suppress(BrokenPipeError), pager.stdin as stdin:
            stdin.writelines(f"{self._drawn(line)}\n" for line in lines)
        pager.wait()

    def _drawn(self, text: str) -> str:
        text = plain(text)
        if not self.has_color:
            return _MARKERS.sub("", text)
        return _MARKERS.sub(_sequence, text)

    def _pager(self) -> list[str] | None:
        import shlex

        if not (self.paged and self.is_terminal and _is_terminal(sys.stdin)):
            return None
        try:
            words = shlex.split(self._environment.get("PAGER", "less"))
        except ValueError:
            # A quotation mark without its other half.
            return None
        if not words or words == ["cat"] or shutil.which(words[0]) is None:
            return None
        return words


def say(text: str) -> None:
    """Write a line for people to stderr; silent when nobody reads it any more."""
    with suppress(BrokenPipeError):
        sys.stderr.write(_MARKERS.sub("", plain(text)) + "\n")


class Meter:
    """One line of progress on stderr, only on a terminal and only for what takes longer than a second.

    It is a `Report`: call it with what is done, how many steps are done and how many there are.
    """

    def __init__(self, patience_s: float = 1.0) -> None:
        self._shows = _is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        self._patience_s = patience_s
        self._began = time.monotonic()
        self._drawn = 0.0
        self._pace = Pace()
        self._used = 0

    def __call__(self, task: str, done: int, total: int) -> None:
        """Note where the work stands, and show it at most ten times a second."""
        now = time.monotonic()
        left = self._pace.left(task, done, total, now)
        if not self._shows or now - self._began < self._patience_s or now - self._drawn < 0.1:
            return
        self._drawn = now
        text = plain(f"{task} {done}" + (f" of {total}{left}" if total else ""))
        text = text[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write("\r" + text.ljust(self._used))
        sys.stderr.flush()
        self._used = len(text)

    def clear(self) -> None:
        """Take the line away again."""
        if self._used:
            sys.stderr.write("\r" + " " * self._used + "\r")
            sys.stderr.flush()
            self._used = 0


def cleaned_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show a crash without letting what it quotes reach the terminal, and exit with 70.

    Installed as `sys.excepthook`; the interpreter itself would exit with 1, which means "nothing found".
    """
    import traceback

    say("".join(traceback.format_exception(kind, error, trace)).rstrip())
    say("reader: this is a bug; please report it with the lines above")
    with suppress(OSError):
        sys.stdout.flush()
    sys.stderr.flush()
    os._exit(70)


def _sequence(match: re.Match[str]) -> str:
    if match[0] == _END:
        return "\x1b[0m"
    place = ord(match[0]) - _FIRST
    return f"\x1b[{_STYLES[_NAMES[place]]}m" if place < len(_NAMES) else ""


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:
        return False


def _has_color(color: Color, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    if color != "auto":
        return color == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"
