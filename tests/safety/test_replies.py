"""Articles that ask, before a terminal that answers: no question gets through, so nothing is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.safety.terminal import Terminal
from tests.safety.test_wall_two import QUERIES

pytestmark = pytest.mark.timeout(300)

ESC = b"\x1b[27u"
"""Escape without doubt: the bare byte and the next key, read together by a busy app,
would be one unknown sequence, which Textual 8.2 gives to the app as `^` and so on."""
KEYS = [
    *(b"\r", b" ", b"n", b"i", b"i", b"f", ESC, b"o", ESC, b"\x0f", ESC, b"w", ESC, b"t"),
    *(ESC, b"a", ESC, ESC, ESC, b"/", b"f", b"\r", ESC, ESC, b"x", b"j", b"x", b"c"),
    *(b"n", b"w", b"d", b"F", b"M", b"j", b"M", b"q", ESC, b"T", ESC, b"e", ESC, b"\x10", b"o"),
    *(ESC, b"?", ESC),
]
"""Over the lists, the article, its drawer, every sheet, search, comparison, matrix, palette and help."""
STORY = "Two ferries collided off Port Ansel on Tuesday, and 14 people were hurt, the harbour master said."


def library(folder: Path, asks: str) -> Path:
    """Two articles about one event that carry `asks` wherever text can stand."""
    for source in ("one", "two"):
        path = folder / "articles" / source / "ferries.txt"
        path.parent.mkdir(parents=True)
        path.write_text(
            f"Title: Ferries collide {asks}\nAuthor: A {asks}\n\n{STORY} {asks}\n\nIt was {asks} foggy."
        )
    return folder


def asked_while_reading(folder: Path) -> tuple[list[bytes], str]:
    """What the terminal was asked while the app went over its screens, and what is kept afterwards."""
    options = [
        "--articles",
        str(folder / "articles"),
        "--index",
        str(folder / "index"),
        "--state",
        str(folder / "state"),
    ]
    with Terminal(["-m", "reader", *options], folder / "home", size=(120, 40), answers=True) as terminal:
        assert terminal.read_until(b"Ferries")
        terminal.read_quiet()
        for key in KEYS:
            terminal.type(key)
            terminal.read_quiet(0.25)
        terminal.type(b"\x11")
        assert terminal.exit_code() == 0
        asked = sorted(terminal.asked)
    exported = subprocess.run(
        [sys.executable, "-m", "reader", *options, "export", "--kept"],
        cwd=ROOT,
        env={"PATH": os.defpath, "HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    kept = json.loads(exported.stdout)
    changed = {part: kept[part] for part in ("starred", "tags", "notes", "stories", "searches")}
    return asked, json.dumps(changed)


@pytest.fixture(scope="module")
def unasked(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], str]:
    """The same over articles that ask nothing."""
    return asked_while_reading(library(tmp_path_factory.mktemp("plain"), "quietly"))


@pytest.mark.quick
def test_questions_of_articles_are_never_asked(tmp_path: Path, unasked: tuple[list[bytes], str]) -> None:
    assert asked_while_reading(library(tmp_path, " ".join(QUERIES))) == unasked


@pytest.mark.full
@pytest.mark.parametrize("query", QUERIES, ids=ascii)
def test_this_question_of_an_article_is_never_asked(
    tmp_path: Path, query: str, unasked: tuple[list[bytes], str]
) -> None:
    assert asked_while_reading(library(tmp_path, query)) == unasked


@pytest.mark.parametrize("query", QUERIES, ids=ascii)
def test_the_terminal_of_this_test_does_answer(tmp_path: Path, query: str) -> None:
    program = (
        f"import sys; sys.stdout.write({query!r}); sys.stdout.flush(); print(repr(sys.stdin.readline()))"
    )
    with Terminal(["-c", program], tmp_path, answers=True) as terminal:
        terminal.read_quiet()
        terminal.type(b"\n")
        assert terminal.read_until(b"rgb:dddd", 5)
        assert terminal.asked == [query.encode()]
