"""However the app ends, the terminal is as it was, and a crash is no success."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.terminal import Terminal

pytestmark = pytest.mark.timeout(240)

LEFT_SCREEN = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"
CURSOR_SHOWN = b"\x1b[?25h"

CRASHING = """
import sys
from reader.ui.app import ReaderApp
def broken(self, *arguments, **options):
    raise RuntimeError("\\x1b]0;owned\\x07 in an error")
ReaderApp.{method} = broken
from reader.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    for source in ("one", "two"):
        (folder / source).mkdir(parents=True)
        (folder / source / "a.txt").write_text(f"A vote in {source}\n\nThe council met on Monday.")
    return folder


def options(library: Path) -> list[str]:
    folder = library.parent
    return ["--articles", str(library), "--index", str(folder / "index"), "--state", str(folder / "state")]


@pytest.fixture
def app(library: Path) -> Iterator[Terminal]:
    """The app, with the headline on its screen."""
    with Terminal(["-m", "reader", *options(library)], library.parent / "home") as terminal:
        assert terminal.read_until(b"vote"), terminal.output[-2000:]
        terminal.read_quiet()
        yield terminal


def assert_restored(terminal: Terminal) -> None:
    for sequence in (LEFT_SCREEN, MOUSE_OFF, CURSOR_SHOWN):
        assert sequence in terminal.output, sequence
    assert terminal.output.rfind(LEFT_SCREEN) > terminal.output.rfind(b"\x1b[?1049h")
    assert terminal.output.rfind(MOUSE_OFF) > terminal.output.rfind(b"\x1b[?1000h")


def test_quitting_restores_the_terminal(app: Terminal) -> None:
    app.type(b"\x11")
    assert app.exit_code() == 0
    assert_restored(app)
    assert app.attributes == app.before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_restores_the_terminal_and_is_no_success(app: Terminal, number: signal.Signals) -> None:
    app.signal(number)
    assert app.exit_code() == 128 + number
    assert_restored(app)
    assert app.attributes == app.before


def test_ctrl_z_restores_the_terminal_and_fg_brings_the_app_back(app: Terminal) -> None:
    app.signal(signal.SIGTSTP)
    app.read_quiet()
    assert app.is_stopped()
    assert_restored(app)
    app.signal(signal.SIGCONT)
    app.read_quiet()
    assert app.output.rfind(b"\x1b[?1049h") > app.output.rfind(LEFT_SCREEN)
    app.type(b"\x11")
    assert app.exit_code() == 0


def test_a_crash_restores_the_terminal_says_so_cleanly_and_is_no_success(library: Path) -> None:
    program = ["-c", CRASHING.format(method="on_mount"), *options(library)]
    with Terminal(program, library.parent / "home") as terminal:
        assert terminal.exit_code() == 70, terminal.output[-3000:]
        assert b"\x1b]0;owned" not in terminal.output
        assert b"in an error" in terminal.output
        assert terminal.attributes == terminal.before
