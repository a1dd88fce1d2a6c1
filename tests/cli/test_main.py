"""Which command is meant, what errors look like, and what the process around them does."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader import __version__
from reader.cli import main
from reader.cli.main import run
from reader.cli.parsers import COMMANDS
from tests.cli.conftest import BRIDGE_ECHO, Cli

ROOT = Path(__file__).resolve().parents[2]


def default_signals() -> None:
    """A person's shell ignores none of them; whatever runs the tests may."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def started(words: list[str], **more: object) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
    pipes["preexec_fn"] = default_signals
    return subprocess.Popen([sys.executable, "-m", "reader", *words], env=environment, **pipes)  # type: ignore[call-overload, no-any-return]


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"reader {__version__}\n"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"\n  {name} " in listed for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"usage: reader {name}" in capsys.readouterr().out


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serach", "ferry"]) == 2
    assert "did you mean search?" in capsys.readouterr().err


def test_an_unknown_option_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--jsno"]) == 2
    assert "did you mean --json?" in capsys.readouterr().err


def test_options_are_not_abbreviated(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--js"]) == 2
    assert "there is no option --js" in capsys.readouterr().err


def test_a_wrong_value_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "ferry", "-n", "0"]) == 2
    assert "at least 1" in capsys.readouterr().err


def test_without_a_terminal_the_app_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "reader search" in capsys.readouterr().err


def test_the_app_is_told_to_leave_colour_out(monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    said: list[str | None] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "")

    def opened(*_: object, **__: object) -> int:
        said.append(os.environ.get("NO_COLOR"))
        return 0

    monkeypatch.setattr("reader.ui.app.run_later", opened)
    assert run([*options, "--color", "never"]) == 0
    assert said == ["1"]


def test_a_configuration_file_that_is_not_there(cli: Cli, folder: Path) -> None:
    printed = cli("list", "--config", str(folder / "none.toml"))
    assert (printed.code, printed.out) == (2, "")
    assert "none.toml" in printed.err


def test_an_interrupt_is_told_and_has_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_run", interrupted)
    assert run(["list"]) == 130
    assert capsys.readouterr().err == "reader: interrupted\n"


def test_a_reader_of_the_pipe_that_leaves_is_no_error(options: list[str], folder: Path) -> None:
    for number in range(3000):
        (folder / "articles" / f"{number:04}.txt").write_text(f"Article {number} says nothing much.\n")
    process = started([*options, "list"])
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert (process.wait(60), process.stderr.read()) == (0, b"")


@pytest.mark.parametrize(
    ("sent", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=str,
)
def test_a_signal_ends_a_command_in_order(options: list[str], folder: Path, sent: int, code: int) -> None:
    for number in range(3000):
        (folder / "articles" / f"{number:04}.txt").write_text(f"Article {number} says nothing much.\n" * 20)
    process = started([*options, "index"])
    deadline = time.monotonic() + 60
    while not (folder / "index").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err


def test_a_crash_has_its_code_and_no_control_characters(tmp_path: Path) -> None:
    script = (
        "import sys; from reader.cli import main\n"
        "def broken(words): raise RuntimeError('\\x1b]0;title\\x07')\n"
        "main._run = broken\nsys.exit(main.run(['list']))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert finished.returncode == 70
    assert b"RuntimeError" in finished.stderr
    assert b"\x1b" not in finished.stderr


def on_terminal(words: list[str], **environment: str) -> str:
    """What a command shows on a terminal of 80 columns."""
    plain = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "PAGER")
    }
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "reader", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**plain, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "80", **environment},
    )
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:
        pass  # Linux answers so once the other side is closed.
    process.wait(60)
    os.close(master)
    return shown.decode()


def test_a_hit_on_a_terminal_has_its_snippet(options: list[str]) -> None:
    shown = on_terminal([*options, "search", "sandwiches"], NO_COLOR="1", PAGER="cat")
    assert "never sold so many sandwiches" in shown
    assert "\x1b[" not in shown


def test_a_hit_on_a_terminal_is_coloured(options: list[str]) -> None:
    assert "\x1b[1;7msandwiches\x1b[0m" in on_terminal([*options, "search", "sandwiches"])


def test_an_id_is_never_cut_on_a_terminal(options: list[str], folder: Path) -> None:
    name = "a-very-long-name-for-a-single-article-about-a-bridge-that-stays-shut-until-friday"
    (folder / "articles" / f"{name}.txt").write_text("Title: Long\n\nText.\n")
    assert name in on_terminal([*options, "list"])


def test_show_goes_through_the_pager(options: list[str], tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED\ncat\n")
    pager.chmod(0o755)
    shown = on_terminal([*options, "show", BRIDGE_ECHO], PAGER=str(pager))
    assert "PAGED" in shown
    assert "Bridge over the Lune" in shown


def test_a_pager_that_is_not_there_is_done_without(options: list[str]) -> None:
    assert "Bridge over the Lune" in on_terminal([*options, "show", BRIDGE_ECHO], PAGER="/no/such/pager")


def test_an_unquoted_pager_is_no_crash(options: list[str]) -> None:
    assert "Bridge over the Lune" in on_terminal([*options, "show", BRIDGE_ECHO], PAGER="less '")
