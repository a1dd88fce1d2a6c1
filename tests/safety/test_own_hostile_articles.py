"""Articles made to do harm, of our own making: through every command and over the app's screen."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reader.cli.main import run
from tests.safety.hostile_articles import Item, write
from tests.safety.terminal import Terminal

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\U000e0000-\U000e007f]"
)
SEQUENCE = re.compile(
    rb"\x1b\[([<-?]?)[0-?]*([ -/]*)([@-~])|\x1b\](\d*)[^\x07\x1b]*(?:\x07|\x1b\\)?"
    rb"|\x1b([P_^X])[^\x1b]*(?:\x1b\\)?|\x1b([ -/]*[0-~])|\x1b"
)
COMMANDS: Sequence[Sequence[str]] = (
    *(
        ("list",),
        ("list", "--json"),
        ("sources",),
        ("stories",),
        ("doctor",),
        ("index",),
        ("index", "--check"),
    ),
    *(("search", "Ansel", "-n", "999"), ("search", "Ansel", "--json"), ("search", "Ansel", "--jsonl")),
    ("search", "Ansel", "--format", r"{id}\t{headline}\t{source}\t{path}\t{snippet}"),
    *(("trace", "ferries collided off Port Ansel"), ("tag", "+seen", "--", "Ansel"), ("tag",), ("note",)),
    *(("export", "Ansel", "--format", form) for form in ("md", "html", "json", "jsonl", "csv")),
    *(("export", "--kept"), ("export", "--notes")),
)
FEW = frozenset({"name", "header", "encoding", "fs", "link"})
KEYS = (b"\r", b"\x1b", b"j")

Run = Callable[..., str]


@pytest.fixture
def run_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the library of this test; what it printed."""

    def run_it(*words: str) -> str:
        capsys.readouterr()
        options = [f"--{name}={tmp_path / name}" for name in ("articles", "index", "state")]
        code = run([*options, *words])
        out, err = capsys.readouterr()
        # Not every article has the word that a note is put on.
        assert code in (0, 1, 3, 5) or "does not have the words" in err, (words, err)
        return out + err

    return run_it


def faults_in(text: str) -> list[str]:
    found = [ascii(text[max(0, m.start() - 20) : m.end() + 20]) for m in RAW.finditer(text)]
    return found + [word for word in ("OKSECRET", "root:x:0", "Traceback (most") if word in text]


def ids(run_on: Run) -> list[str]:
    return [line.split("\t")[0] for line in run_on("list").splitlines() if line.count("\t") >= 3]


def check_commands(written: list[Item], run_on: Run, folder: Path, shown: int) -> None:
    before = {p.name for p in folder.iterdir()} | {"index", "state"}
    for words in COMMANDS:
        assert faults_in(run_on(*words)) == [], words
    page = run_on("export", "Ansel", "--format", "html").casefold()
    assert "<script" not in page
    assert not re.search(r"(?:href|src)\s*=\s*[\"']?\s*(?:javascript|data|vbscript|file)", page)
    chance = random.Random(3)
    readable = [item for item in written if item.word and not item.path.startswith("name")]
    for item in chance.sample(readable, min(shown, len(readable))):
        path = str(folder / "articles" / item.path)
        for words in (("show", path), ("show", path, "--format", "md"), ("show", path, "--format", "json")):
            told = run_on(*words)
            assert faults_in(told) == [], (item.path, words)
            assert item.word in told, (item.path, words)
    known = ids(run_on)
    assert known
    for _ in range(shown // 4):
        pair = chance.sample(known, 2)
        form = chance.choice(("text", "json", "md", "html"))
        assert faults_in(run_on("compare", *pair, "--format", form)) == [], pair
        assert faults_in(run_on("note", "--text", "\x1b[2J \u202e [b]", "--on", "e", "--", pair[0])) == []
    assert faults_in(run_on("note") + run_on("export", "--notes") + run_on("export", "--kept")) == []
    assert {p.name for p in folder.iterdir()} <= before


@pytest.mark.quick
def test_no_command_lets_some_of_our_own_articles_through(run_on: Run, tmp_path: Path) -> None:
    check_commands(write(tmp_path / "articles", FEW), run_on, tmp_path, 20)


@pytest.mark.full
@pytest.mark.timeout(1_800)
def test_no_command_lets_any_of_our_own_articles_through(run_on: Run, tmp_path: Path) -> None:
    written = write(tmp_path / "articles")
    assert len(written) > 700
    check_commands(written, run_on, tmp_path, 1_000)


def kinds(output: bytes) -> set[str]:
    """Kinds of escape sequences, and what is raw beside them."""
    found = set()
    for m in SEQUENCE.finditer(output):
        private, between, last, command, string, short = (part or b"" for part in m.groups())
        found.add(b" ".join((private + between + last, command, string, short)).decode("latin-1"))
    rest = SEQUENCE.sub(b"", output).decode("utf-8", "replace")
    return found | {ascii(c) for c in RAW.findall(rest) if c not in "\b\x1b"}


def seen(folder: Path, count: int, size: tuple[int, int]) -> bytes:
    """All that the app writes while so many articles are opened, one after the other."""
    options = [f"--{name}={folder / name}" for name in ("articles", "index", "state")]
    with Terminal(["-m", "reader", *options], folder / "home", size=size) as terminal:
        assert terminal.read_until(b"Ansel", 120)
        terminal.read_quiet(1)
        for _ in range(count):
            for key in KEYS:
                terminal.type(key)
                terminal.read_quiet(0.06, 5)
        terminal.type(b"\x11")
        assert terminal.exit_code(60) == 0, bytes(terminal.output[-2_000:])
        return bytes(terminal.output)


def good(folder: Path) -> None:
    for number in range(6):
        path = folder / "articles" / f"paper-{number}" / "a.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"Ferries collide off Ansel {number}\n\nTwo ferries collided off Port Ansel. é “x”")


def check_screen(folder: Path, kinds_of_articles: frozenset[str] | None, count: int) -> None:
    good(folder / "plain")
    good(folder / "hostile")
    write(folder / "hostile" / "articles", kinds_of_articles)
    output = seen(folder / "hostile", count, (80, 24))
    assert kinds(output) - kinds(seen(folder / "plain", 8, (80, 24))) == set()
    assert b"OKSECRET" not in output


@pytest.mark.quick
def test_the_app_lets_nothing_of_some_of_our_own_articles_through(tmp_path: Path) -> None:
    check_screen(tmp_path, frozenset({"name", "header"}), 25)


@pytest.mark.full
@pytest.mark.timeout(1_800)
def test_the_app_lets_nothing_of_our_own_articles_through(tmp_path: Path) -> None:
    check_screen(tmp_path, None, 700)
