"""The program in a real terminal against the hostile corpus: nothing of it reaches the terminal raw.

The driver that comes with the corpus judges the bytes: no escape sequence that a library of good
articles does not cause, no raw control, no traceback, no bad exit, no file written outside, no
browser opened, no good article hidden.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.data, pytest.mark.timeout(1_800)]

READER = f"{sys.executable} -m reader --articles {{lib}} --index {{lib}}-index"
LIST = f"{READER} list"
SEARCH = f"env PAGER=cat {READER} search {{word}}"
SHOW = f"env PAGER=cat {READER} show {{file}}"
COMPARE = f"env PAGER=cat {READER} compare {{file}} {{lib}}/good-0.txt {{lib}}/good-1.txt"
COMMANDS = (
    *("stories", "sources", "index", "index --check", "doctor", "list --json", "search {word} --json"),
    *("trace Anchorage summit", "tag +seen -- {word}", "tag", "export --kept", "export {word} --format html"),
    *("export --format json", "export --format jsonl", "export --format csv", "export --format md"),
)
"""Every command that prints text and takes the whole library; `search`, `show` and `compare` are apart."""

SETTINGS = (
    *("--subdir", ".", "--word", "Anchorage", "--ok-exit", "0,1,3,5", "--mem", "300"),
    *("--keys", "enter,escape,down", "--quit", "ctrl+q"),
    # Keys that come before the app has taken over the terminal are lost on a busy machine.
    *("--start", "6", "--limit", "120"),
)


def findings(eval_data: Path, folder: Path, arguments: Sequence[str]) -> str:
    """Run the driver on a copy of the corpus; its report when it found something, else nothing."""
    corpus = folder / "hostile"
    shutil.copytree(eval_data / "hostile", corpus, ignore=shutil.ignore_patterns("more"))
    for path in [corpus, *corpus.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o700)
    if not (corpus / "public/fs-fifo.txt").exists():
        os.mkfifo(corpus / "public/fs-fifo.txt")
    libraries = folder / "libraries"
    libraries.mkdir()
    done = subprocess.run(
        [sys.executable, str(corpus / "check_hostile.py"), "--tmp", str(libraries), *SETTINGS, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.quick
@pytest.mark.parametrize("only", ["escape-random", "name", "fs"])
def test_text_commands_let_nothing_through(eval_data: Path, tmp_path: Path, only: str) -> None:
    assert findings(eval_data, tmp_path, ["--only", only, "--cli", LIST, "--cli", SEARCH]) == ""


@pytest.mark.quick
def test_the_app_lets_nothing_of_a_hostile_name_through(eval_data: Path, tmp_path: Path) -> None:
    assert findings(eval_data, tmp_path, ["--only", "name", "--cli", LIST, "--tui", READER]) == ""


@pytest.mark.full
def test_no_text_command_lets_any_item_through(eval_data: Path, tmp_path: Path) -> None:
    # Only the list names every good article, which the driver looks for.
    templates = [LIST, SEARCH, *(f"{READER} {words}" for words in COMMANDS)]
    assert findings(eval_data, tmp_path, [word for each in templates for word in ("--cli", each)]) == ""


@pytest.mark.full
@pytest.mark.parametrize("form", ["", " --format json", " --format md"], ids=["text", "json", "md"])
@pytest.mark.parametrize("command", [SHOW, COMPARE], ids=["show", "compare"])
def test_nothing_of_an_item_comes_through(eval_data: Path, tmp_path: Path, command: str, form: str) -> None:
    assert findings(eval_data, tmp_path, ["--cli", LIST, "--cli", command + form]) == ""


@pytest.mark.full
@pytest.mark.parametrize("size", [("80", "24"), ("160", "50")], ids="x".join)
def test_the_app_lets_no_item_through(eval_data: Path, tmp_path: Path, size: tuple[str, str]) -> None:
    columns, rows = size
    assert (
        findings(eval_data, tmp_path, ["--cols", columns, "--rows", rows, "--cli", LIST, "--tui", READER])
        == ""
    )
