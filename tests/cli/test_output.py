"""The one way out."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.output import Meter, Output, paint, plain


def echoed(text: str, color: str, capsys: pytest.CaptureFixture[str], **environment: str) -> str:
    Output(color, environment=environment).echo(text)  # type: ignore[arg-type]  # parametrised
    return capsys.readouterr().out


@given(st.text())
def test_nothing_a_terminal_might_obey_is_left(text: str) -> None:
    assert not set(plain(text)) & {
        chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), 0x202E)
    }


def test_styles_become_escape_sequences(capsys: pytest.CaptureFixture[str]) -> None:
    assert echoed(paint("ferry", ("hit",)), "always", capsys) == "\x1b[1;7mferry\x1b[0m\n"


def test_without_colour_no_style_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert echoed(paint("ferry", ("hit", "shared")), "never", capsys) == "ferry\n"


def test_an_escape_sequence_in_a_text_is_shown_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    assert echoed(paint("\x1b[2J", ("hit",)), "always", capsys) == "\x1b[1;7m\ufffd[2J\x1b[0m\n"


def test_a_pipe_has_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    assert echoed(paint("ferry", ("hit",)), "auto", capsys, TERM="xterm") == "ferry\n"


def test_colour_can_be_forced_by_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b[" in echoed(paint("ferry", ("hit",)), "auto", capsys, FORCE_COLOR="1")


def test_no_color_wins_over_force_color(capsys: pytest.CaptureFixture[str]) -> None:
    assert echoed(paint("ferry", ("hit",)), "auto", capsys, NO_COLOR="1", FORCE_COLOR="1") == "ferry\n"


def test_an_unknown_mark_is_no_style() -> None:
    assert paint("ferry", ("whatever",)) == "ferry"


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_with_the_time_left_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    clock = iter((0.0, 1.0, 11.0))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    meter = Meter()
    meter("reading articles", 0, 100)
    terminal.truncate(0)
    terminal.seek(0)
    meter("reading articles", 50, 100)
    assert terminal.getvalue().rstrip() == "\rreading articles 50 of 100, about 11 s left"
    meter.clear()
    assert terminal.getvalue().endswith("\r")


def test_progress_of_a_short_task_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    Meter()("reading articles", 1, 2)
    assert terminal.getvalue() == ""


def test_progress_in_a_pipe_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    Meter(patience_s=0.0)("reading articles", 1, 2)
    assert capsys.readouterr().err == ""
