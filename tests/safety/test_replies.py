"""Articles that ask, before a terminal that answers: no question gets through, so nothing is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.safety.terminal import Terminal
from tests.safety.test_wall_two import QUERIES

pytestmark = pytest.mark.timeout(300)

KEYS = (
    b"\r",
    b"\x1b",
    b"j",
    b"\r",
    b"i",
    b"i",
    b"\x1b",
    b"x",
    b"j",
    b"x",
    b"c",
    b"n",
    b"w",
    b"\x1b",
    b"\x1b",
    b"?",
    b"\x1b",
)
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


def asked_while_reading(folder: Path) -> list[bytes]:
    """What the terminal was asked while the app went over its screens."""
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
        return sorted(terminal.asked)


def test_questions_of_articles_are_never_asked(tmp_path: Path) -> None:
    plain = asked_while_reading(library(tmp_path / "plain", "quietly"))
    hostile = asked_while_reading(library(tmp_path / "hostile", " ".join(QUERIES)))
    assert hostile == plain


def test_the_terminal_of_this_test_does_answer(tmp_path: Path) -> None:
    program = (
        "import sys; sys.stdout.write('\\x1b]10;?\\x1b\\\\'); sys.stdout.flush();"
        " print(repr(sys.stdin.readline()))"
    )
    with Terminal(["-c", program], tmp_path, answers=True) as terminal:
        terminal.read_quiet()
        terminal.type(b"\n")
        assert terminal.read_until(b"rgb:dddd", 5)
        assert terminal.asked == [b"\x1b]10;?\x1b\\"]
