"""However the app ends, the terminal is as it was, and a crash is no success."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.terminal import Terminal

pytestmark = pytest.mark.timeout(240)

LEFT_SCREEN = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"
CURSOR_SHOWN = b"\x1b[?25h"
PASTE_PLAIN = b"\x1b[?2004l"

CRASHING = """
import sys
from {module} import {owner}
def broken(self, *arguments, **options):
    raise RuntimeError("\\x1b]0;owned\\x07 in an error")
{owner}.{method} = broken
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
    """Every mode that was turned on was turned off after the last time, and the cursor is back."""
    for off, on in (
        (LEFT_SCREEN, b"\x1b[?1049h"),
        (MOUSE_OFF, b"\x1b[?1000h"),
        (b"\x1b[?1003l", b"\x1b[?1003h"),
        (b"\x1b[?1006l", b"\x1b[?1006h"),
        (PASTE_PLAIN, b"\x1b[?2004h"),
        (CURSOR_SHOWN, b"\x1b[?25l"),
    ):
        assert off in terminal.output, off
        assert terminal.output.rfind(off) > terminal.output.rfind(on), off


def processes_of(home: Path) -> list[str]:
    """Processes whose home folder this is."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"HOME={home}\0".encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
    return found


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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_while_the_index_is_built_ends_all_of_it(library: Path, number: signal.Signals) -> None:
    # So many that a process of its own builds the index.
    for each in range(1_500):
        (library / "one" / f"{each}.txt").write_text(
            f"Vote {each}\n\nThe council met on Monday, {each} of them."
        )
    home = library.parent / "home"
    with Terminal(["-m", "reader", *options(library)], home) as terminal:
        assert terminal.read_until(b"\x1b[?1049h")
        deadline = time.monotonic() + 60
        while len(processes_of(home)) < 2 and time.monotonic() < deadline:
            terminal.read_quiet(0.05, 0.1)
        assert len(processes_of(home)) == 2
        terminal.signal(number)
        assert terminal.exit_code() == 128 + number
        assert_restored(terminal)
        assert terminal.attributes == terminal.before
        deadline = time.monotonic() + 30
        while processes_of(home) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert processes_of(home) == []


CRASHES = {
    "at the start": ("reader.ui.app", "ReaderApp", "on_mount", b""),
    "in a handler": ("reader.ui.app", "ReaderApp", "action_switch_theme", b"\x14"),
    "in the disk's thread": ("reader.workspace.keeping", "Keeping", "star", b"s"),
    "while drawing": ("reader.ui.widgets.line_view", "LineView", "render_line", b""),
    "while opening": ("reader.workspace.workspace", "Workspace", "open", b""),
}


@pytest.mark.parametrize("where", CRASHES)
def test_a_crash_restores_the_terminal_says_so_cleanly_and_is_no_success(library: Path, where: str) -> None:
    module, owner, method, key = CRASHES[where]
    program = ["-c", CRASHING.format(module=module, owner=owner, method=method), *options(library)]
    with Terminal(program, library.parent / "home") as terminal:
        if key:
            assert terminal.read_until(b"vote"), terminal.output[-2000:]
            terminal.read_quiet()
            terminal.type(key)
        assert terminal.exit_code() == 70, terminal.output[-3000:]
        assert_restored(terminal)
        assert b"\x1b]0;owned" not in terminal.output
        assert b"in an error" in terminal.output
        assert terminal.attributes == terminal.before
