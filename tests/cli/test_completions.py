"""Completions and the man page come from the parsers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli.completions import Shell, script
from reader.cli.manual import page
from reader.cli.parsers import COMMANDS, command_parser, options
from tests.export.golden import matches

MAN_PAGE = Path(__file__).resolve().parents[2] / "docs" / "reader.1"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_the_script(shell: Shell) -> None:
    made = script(shell)
    flags = {
        flag
        for command in COMMANDS.values()
        for one in options(command_parser(command))
        for flag in one.names
    }
    longs = {flag[2:] for flag in flags if flag.startswith("--")}
    assert {name for name in (*COMMANDS, *longs) if name not in made} == set()


def completed(*words: str) -> list[str]:
    """What bash offers for the last word."""
    line = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _reader; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    finished = subprocess.run(
        ["bash", "-c", script("bash") + ask], capture_output=True, text=True, check=True, timeout=30
    )
    assert finished.stderr == ""
    return finished.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("reader", "sea"), ["search"]),
        (("reader", "search", "--so"), ["--source", "--sort"]),
        (("reader", "search", "--sort", "d"), ["date"]),
        (("reader", "compare", "--only", "q"), ["quotes"]),
        (("reader", "--color", "al"), ["always"]),
        (("reader", "completions", "z"), ["zsh"]),
        (("reader", "--color", "never", "li"), ["list"]),
    ],
)
def test_bash_completes(words: tuple[str, ...], offered: list[str]) -> None:
    assert completed(*words) == offered


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_itself_reads_its_script(shell: Shell, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / "script"
    file.write_text(script(shell), encoding="utf-8")
    subprocess.run([shell, "-n", str(file)], check=True, timeout=30)


def test_the_man_page_is_that_of_this_version() -> None:
    assert matches(MAN_PAGE, page())


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_man_page_has_no_warnings() -> None:
    finished = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z"],
        input=page(),
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert finished.stderr == ""
