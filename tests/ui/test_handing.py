"""What leaves the app: to programs, to files, to the clipboard or what stands in for it."""

from __future__ import annotations

import base64
import stat
import sys
from pathlib import Path

import pytest

from reader.ui.clipboard import LIMIT, obstacle, put_aside, sequence
from reader.ui.piping import Program, ProgramError, from_variable, program, run_captured
from reader.ui.preferences import Preferences
from tests.ui.conftest import Opened

PATH = {"PATH": "/usr/bin:/bin"}
UPPER = (sys.executable, "-c", "import sys; print(sys.stdin.read().upper())")


def test_a_command_is_read_as_a_shell_would_read_words() -> None:
    assert program("sort -t ' ' -k 2", PATH) == Program(("sort", "-t", " ", "-k", "2"), False)


def test_a_pager_gets_the_terminal_and_so_does_what_asks_for_it() -> None:
    assert program("!sort", PATH).needs_terminal
    assert Program(("less",), True).needs_terminal


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "name a program"),
        ("sort 'x", "close the quotation mark"),
        ("sort | wc", "no shell is used"),
        ("no-such-program-anywhere", "no program on this machine's PATH"),
    ],
)
def test_what_cannot_be_run_is_said_in_words(line: str, said: str) -> None:
    with pytest.raises(ProgramError, match=said.replace("'", ".")):
        program(line, PATH)


def test_the_editor_is_the_variables_program_with_its_options() -> None:
    assert from_variable(("VISUAL", "EDITOR"), ("vi",), {**PATH, "EDITOR": "sort -r"}).arguments == (
        "sort",
        "-r",
    )


def test_no_editor_at_all_is_said() -> None:
    with pytest.raises(ProgramError, match=r"Set \$EDITOR"):
        from_variable(("VISUAL", "EDITOR"), (), PATH)


def test_program_reads_the_text_and_its_output_is_cleaned() -> None:
    ran = run_captured(Program((sys.executable, "-c", "print(input() + chr(27) + '[2J')"), False), "fog\n")
    assert ran.output == "fog␛[2J\n"
    assert ran.said == ""


def test_failure_is_said_with_its_code() -> None:
    ran = run_captured(Program((sys.executable, "-c", "raise SystemExit(3)"), False), "fog")
    assert ran.said.endswith("ended with code 3")


def test_a_program_that_reads_nothing_does_no_harm() -> None:
    assert run_captured(Program((sys.executable, "-c", "print(1)"), False), "fog" * 500_000).output == "1\n"


def test_a_program_that_never_stops_printing_is_stopped() -> None:
    ran = run_captured(Program((sys.executable, "-c", "while True: print('x' * 1000)"), False), "")
    assert "printed more than" in ran.said


def test_a_program_that_never_ends_is_stopped() -> None:
    ran = run_captured(Program((sys.executable, "-c", "import time; time.sleep(600)"), False), "", 0.2)
    assert "was stopped after" in ran.said


async def test_the_article_is_piped_and_what_came_out_is_shown(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "vertical_line", *"wc -w", "enter")
        assert "Run wc -w" in r.text
        assert "This article as plain text" in r.text
        await r.press("j", "j", "j", "enter")
        assert "1 line" in r.text
        await r.press("escape")
        assert r.app.screen is r.app.browse


async def test_the_marked_are_piped_as_lines(room: Opened) -> None:
    async with room() as r:
        await r.press("x", "x", "vertical_line", *"cat", "enter")
        assert "2 marked articles as lines" in r.text
        await r.press("enter")
        assert "northern-wire/ferries    2025-03-04    Northern Wire" in r.text


async def test_the_whole_list_is_piped(room: Opened) -> None:
    async with room() as r:
        await r.press(
            "slash", *"fog", "enter", "vertical_line", *"wc -l", "enter", "j", "j", "j", "j", "enter"
        )
        assert "3" in r.text.splitlines()[-20:][0] or " 3" in r.text


async def test_an_unknown_program_is_said_on_the_screen(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "vertical_line", *"nosuchprogram", "enter")
        assert "nosuchprogram is no program on this machine" in r.text


async def test_the_list_is_written_to_a_file(room: Opened, tmp_path: Path) -> None:
    target = tmp_path / "list.tsv"
    async with room() as r:
        await r.press("e", "j", "j", "j", "j", "enter")
        await r.press("ctrl+u", *str(target), "enter")
        assert len(target.read_text(encoding="utf-8").splitlines()) == 6


def test_osc_52_is_doubled_inside_tmux_and_cut_inside_screen() -> None:
    encoded = base64.b64encode(b"fog").decode()
    assert sequence("fog", {}) == f"\x1b]52;c;{encoded}\a"
    assert f"\x1bPtmux;\x1b\x1b]52;c;{encoded}\a\x1b\\" in sequence("fog", {"TMUX": "x"})
    parts = sequence("fog" * 1000, {"STY": "x"}).split("\x1b\\")
    assert max(len(part) for part in parts) < 768


@pytest.mark.parametrize(
    ("text", "environment", "why"),
    [
        ("x" * (LIMIT + 1), {}, "Too long"),
        ("x", {"TERM": "linux"}, "no clipboard"),
        ("x", {"TERM_PROGRAM": "Apple_Terminal"}, "Terminal.app"),
    ],
    ids=["too-long", "console", "terminal-app"],
)
def test_what_the_clipboard_cannot_take_is_known(text: str, environment: dict[str, str], why: str) -> None:
    assert why in (obstacle(text, environment) or "")


def test_an_ordinary_terminal_has_a_clipboard() -> None:
    assert obstacle("x", {"TERM": "xterm-256color"}) is None


def test_what_is_put_aside_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "copied.txt"
    put_aside(path, "old")
    put_aside(path, "fog")
    assert path.read_text(encoding="utf-8") == "fog"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_without_a_clipboard_the_text_is_written_and_shown(
    room: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    path = tmp_path / "copied.txt"
    async with room(preferences=Preferences(aside=path)) as r:
        await r.press("enter", "y")
        assert "no clipboard: written to" in r.text
        assert "Saga and Maren" in path.read_text(encoding="utf-8")


async def test_a_program_of_ones_own_takes_what_is_copied(room: Opened, tmp_path: Path) -> None:
    target = tmp_path / "taken"
    async with room(preferences=Preferences(copy_command=f"tee {target}")) as r:
        await r.press("enter", "y")
        assert "Copied by tee" in r.text
        assert "Saga and Maren" in target.read_text(encoding="utf-8")
