"""The promises of docs/safety.md, each with a test of its name, kept by the program as a user runs it."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reader.state.store import Store
from tests.conftest import ROOT
from tests.safety.terminal import Terminal
from tests.safety.test_replies import KEYS
from tests.safety.test_wall_two import PAYLOADS, QUERIES
from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine

pytestmark = pytest.mark.timeout(600)

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\U000e0000-\U000e007f]")
STORY = "Two ferries collided off Port Ansel on Tuesday, and 14 people were hurt, the harbour master said."
COMMANDS: Sequence[Sequence[str]] = (
    *(("list",), ("list", "--json"), ("sources",), ("stories",), ("doctor",), ("index", "--check")),
    *(("search", "ferries"), ("search", "ferries", "--json"), ("trace", "ferries collided off Port Ansel")),
    *(("show", "one/good"), ("show", "one/hostile", "--format", "json"), ("show", "one/no\x1b[2Jsuch")),
    *(("compare", "one/good", "two/good"), ("compare", "one/hostile", "two/hostile", "--format", "json")),
    ("show", "one/hostile", "--format", "md"),
)

WATCHED = """
import os, sys
seen = []
REACHING = ("socket.", "urllib.", "webbrowser.", "http.client", "ftplib.", "smtplib.", "subprocess.")
STARTING = ("os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile", "pty.spawn")
CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink")
def watch(event, arguments):
    if event.startswith(REACHING + STARTING):
        named = " " + str(arguments[0]) if event == "subprocess.Popen" else ""
        seen.append("reaches " + event + named)
    elif (event in CHANGING or event == "sqlite3.connect") and not isinstance(arguments[0], int):
        # What is changed by its descriptor was seen when it was opened.
        seen.append("writes " + str(arguments[0]).removeprefix("file://"))
    elif event == "open" and isinstance(arguments[0], str):
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            seen.append("writes " + path)
sys.addaudithook(watch)
from reader.cli.main import run
run(sys.argv[1:])
print(*seen, sep="\\n", file=sys.stderr)
"""
"""Runs a command and tells what it reached for and where it wrote."""


class Place:
    """A library with its own index, state and home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self.index = folder / "index"
        self.state = folder / "state"

    def write(self, path: str, content: str | bytes) -> Path:
        """Put an article file into the library."""
        target = self.articles / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(
            content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        )
        return target

    @property
    def options(self) -> list[str]:
        """Options that keep everything in this place."""
        return ["--articles", str(self.articles), "--index", str(self.index), "--state", str(self.state)]

    def start(self, *words: str, program: Sequence[str] = ("-m", "reader")) -> subprocess.Popen[str]:
        """A command of the program, running."""
        return subprocess.Popen(
            [sys.executable, *program, *self.options, *words],
            cwd=self.folder,
            env={
                "PATH": os.defpath,
                "HOME": str(self.folder / "home"),
                "PYTHONPATH": str(ROOT),
                "LANG": "C.UTF-8",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of a command."""
        process = self.start(*words)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def found(self, query: str = "ferries") -> list[tuple[str, float]]:
        """Ids and scores that a search gives."""
        code, out, err = self.run("search", query, "--json")
        assert code == 0, err
        return [(hit["id"], hit["score"]) for hit in json.loads(out)["hits"]]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Two outlets that tell one story, and one hostile article of each."""
    made = Place(tmp_path)
    made.write("one/good.txt", f"Ferries collide in fog\n\n{STORY}\n\nNobody was killed.\n")
    made.write("two/good.txt", f"Fog: ferries collide\n\n{STORY}\n\nDivers went down at noon.\n")
    bad = " ".join([*PAYLOADS, *QUERIES]).replace("\n", " ")
    for source in ("one", "two"):
        head = f"Title: Ferries {bad}\nAuthor: {bad}\nUrl: javascript:{bad}\n\n"
        made.write(f"{source}/hostile.txt", f"{head}{STORY} {bad}\n")
    made.write("one/a\x1b]0;x\x07\u202etxt.txt", f"Named badly\n\n{STORY}")
    return made


def raw_in(text: str) -> list[str]:
    return [ascii(text[max(0, m.start() - 20) : m.end() + 20]) for m in RAW.finditer(text)]


def test_promise_terminal(place: Place) -> None:
    for words in COMMANDS:
        code, out, err = place.run(*words)
        assert raw_in(out + err) == [], words
        assert code in (0, 1), (words, err)


async def test_promise_terminal_in_the_app(place: Place, room: Opened) -> None:
    from reader.library.library import Library

    library = Library(place.articles)
    articles = list(library.iter_articles(info.id for info in library.scan().infos))
    async with room(FakeEngine(articles)) as r:
        for key in ("", "enter", "escape", "down", "enter", "i"):
            await r.press(*filter(None, [key]))
            assert raw_in(r.text) == []


def test_promise_asks_first(place: Place) -> None:
    place.run("index")
    allowed = (str(place.index), str(place.state), str(place.folder / "home"), "/dev/null")
    for words in COMMANDS:
        process = place.start(*words, program=("-c", WATCHED))
        _, err = process.communicate(timeout=120)
        seen = [line for line in err.splitlines() if line.startswith(("reaches ", "writes "))]
        assert [line for line in seen if not line.removeprefix("writes ").startswith(allowed)] == [], words


def seen_in_the_app(place: Place, keys: Sequence[bytes]) -> list[str]:
    """What the app reached for and where it wrote, but for its own places, while it was sent the keys."""
    told = place.folder / "told.txt"
    program = f"{WATCHED}\nopen({str(told)!r}, 'w').write(chr(10).join(seen))"
    with Terminal(["-c", program, *place.options], place.folder / "home", size=(120, 40)) as terminal:
        assert terminal.read_until(b"Ferries", 90)
        terminal.read_quiet(0.5)
        for key in (*keys, b"\x11"):
            terminal.read_quiet(0.2)
            terminal.type(key)
        assert terminal.exit_code() == 0
    allowed = (str(place.index), str(place.state), str(place.folder / "home"), str(told), "/dev/")
    return [
        line
        for line in told.read_text().splitlines()
        if not line.removeprefix("writes ").startswith(allowed)
        # asyncio wakes its own loop through a pair of sockets that lead nowhere.
        and line != "reaches socket.__new__"
        and "__pycache__" not in line
    ]


def test_promise_asks_first_in_the_app(place: Place) -> None:
    assert seen_in_the_app(place, KEYS) == []


def test_promise_asks_first_but_does_what_a_key_asks_for(place: Place) -> None:
    """A program that was typed, and the file an export was asked for, are all that is added."""
    target = place.folder / "out.md"
    keys = [b"\r", b"|", b"cat", b"\r", b"\r", b"\x1b", b"e", b"\r", b"\x15", str(target).encode(), b"\r"]
    seen = seen_in_the_app(place, keys)
    assert {line.split()[-1] for line in seen if line.startswith("writes ")} <= {str(target)}
    assert [line for line in seen if line.startswith("reaches ")] == ["reaches subprocess.Popen cat"]
    assert target.exists()


def test_promise_asks_first_for_all_but_the_process_of_the_index(place: Place) -> None:
    for number in range(300):
        place.write(f"many/{number}.txt", f"Ferries {number}\n\n{STORY} {number}")
    assert seen_in_the_app(place, [b"j", b"j"]) == [f"reaches subprocess.Popen {sys.executable}"]


STARRING = """
import sys
from pathlib import Path
from reader.state.store import Store
with Store.open(Path(sys.argv[1]), "library") as store:
    for number in range(int(sys.argv[2]), 10_000):
        store.marks.star([f"w/{number}"], True)
        print(number, flush=True)
"""


def starring(path: Path, first: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STARRING, str(path), str(first)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_promise_saved(tmp_path: Path) -> None:
    path = tmp_path / "state" / "state.db"
    said = 0
    for wanted in (1, 3, 7, 12):
        process = starring(path, said)
        assert process.stdout is not None
        for _ in range(wanted):
            said = int(process.stdout.readline()) + 1
        process.send_signal(signal.SIGKILL)
        said = max([said, *(int(line) + 1 for line in process.stdout.read().split() if line.isdigit())])
        process.wait()
    with Store.open(path, "library") as store:
        assert {f"w/{number}" for number in range(said)} <= store.marks.all().starred


def damage_nothing(_index: Path) -> None:
    return


def damage_by_deleting(index: Path) -> None:
    shutil.rmtree(index)


def damage_by_truncating(index: Path) -> None:
    for path in index.rglob("MAIN*"):
        os.truncate(path, path.stat().st_size // 2)


def damage_by_strangers_files(index: Path) -> None:
    for path in [p for p in index.rglob("*") if p.is_file()]:
        path.write_bytes(b"cos\nsystem\n(S'touch pwned'\ntR.")


def damage_by_flipping(index: Path) -> None:
    chooser = random.Random(4)
    for path in [p for p in index.rglob("*") if p.is_file() and p.stat().st_size]:
        data = bytearray(path.read_bytes())
        data[chooser.randrange(len(data))] ^= 1 << chooser.randrange(8)
        path.write_bytes(data)


DAMAGES = [
    damage_by_deleting,
    damage_by_truncating,
    damage_by_strangers_files,
    damage_by_flipping,
    damage_nothing,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__.removeprefix("damage_"))
def test_promise_index(place: Place, damage: Callable[[Path], None]) -> None:
    before = place.found()
    assert len(before) == 5
    damage(place.index)
    assert place.found() == before
    assert not (place.folder / "pwned").exists()


def test_promise_verified(place: Place) -> None:
    before = place.found()
    files = sorted(p for p in place.index.rglob("*") if p.is_file() and p.stat().st_size)
    for number in range(6):
        chooser = random.Random(number)
        path = chooser.choice(files)
        if path.exists():
            data = bytearray(path.read_bytes())
            data[chooser.randrange(len(data))] ^= 1 << chooser.randrange(8)
            path.write_bytes(data)
        assert place.found() == before, path


def test_promise_quarantine(place: Place) -> None:
    place.write("bad/binary.txt", b"\x7fELF" + bytes(500))
    place.write("bad/empty.txt", b"")
    place.write("bad/large.txt", b"word " * 1_700_000)
    os.mkfifo(place.articles / "bad" / "pipe.txt")
    (place.articles / "bad" / "link.txt").symlink_to("/etc/passwd")
    (place.articles / "bad" / "loop").symlink_to(".")
    (place.articles / "bad" / "dangling.md").symlink_to("/nonexistent")
    code, out, err = place.run("list", "--json")
    listed = json.loads(out)
    assert code == 0
    assert len(listed["articles"]) == 5
    assert [problem["path"] for problem in listed["problems"]] == [
        *("bad/binary.txt", "bad/dangling.md", "bad/empty.txt", "bad/large.txt", "bad/link.txt", "bad/loop"),
        "bad/pipe.txt",
    ]
    assert all(problem["reason"] and problem["remedy"] for problem in listed["problems"])
    assert "Traceback" not in out + err
    assert "root:x:0" not in place.run("search", "root")[1]


def test_promise_articles(place: Place) -> None:
    def looks() -> dict[str, tuple[bytes, int, int]]:
        paths = [p for p in place.articles.rglob("*") if p.is_file()]
        return {str(p): (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode) for p in paths}

    before = looks()
    for words in (
        *COMMANDS,
        ("tag", "+seen", "one/good"),
        ("export", "-o", str(place.folder / "out.md"), "ferries"),
    ):
        place.run(*words)
    assert looks() == before
    shown = json.loads(place.run("show", "one/good", "--format", "json")[1])
    assert STORY in shown["body"]
    assert "␛]10;?␛" in json.loads(place.run("show", "one/hostile", "--format", "json")[1])["body"]


def test_promise_articles_counts_hidden_characters(place: Place) -> None:
    from reader.library.library import Library
    from reader.ui.naming import facts

    place.write("one/hidden.txt", "A vote\n\nThe cou\u200bncil m\u202eet\x1b.")
    info = next(info for info in Library(place.articles).scan().infos if info.id == "one/hidden")
    assert "3 hidden characters" in facts(info)


def test_promise_two_windows(place: Place) -> None:
    both = [place.start("search", "ferries", "--json") for _ in range(3)]
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0, 0], answers
    assert [len(json.loads(out)["hits"]) for out, _ in answers] == [5, 5, 5]
    marking = [place.start("tag", f"+{tag}", "one/good") for tag in ("a", "b", "c")]
    said = [process.communicate(timeout=120) for process in marking]
    assert [process.returncode for process in marking] == [0, 0, 0], said
    assert {"a", "b", "c"} <= set(re.findall(r"\w+", place.run("tag")[1]))
    for path in [place.articles, *place.articles.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert place.run("list")[0] == 0


@pytest.mark.parametrize(
    "text",
    ["word " * 1_500_000, "[a](" * 1_900_000, "x\n" * 3_900_000, "\u0301" * 3_000_000, "\x1b[" * 3_000_000],
    ids=["words", "brackets", "lines", "marks", "escapes"],
)
def test_promise_bounded(place: Place, text: str) -> None:
    place.run("show", "one/good")
    base = cost(place, "show", "one/good")
    place.write("one/huge.md", f"# Ferries\n\nA word.\n\n{text}"[:7_900_000])
    seconds, megabytes, out = cost(place, "show", "one/huge")
    assert seconds - base[0] < 4
    assert megabytes - base[1] < 200
    assert "more characters" in out


def cost(place: Place, *words: str) -> tuple[float, float, str]:
    """Seconds of processor time, peak megabytes, and what was printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured = (
        "import resource, sys; from reader.cli.main import run; run(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    process = place.start(*words, program=("-c", measured))
    out, err = process.communicate(timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, int(err.split()[-1]) / 1024, out


PROMISE = re.compile(r"^\| (P\d) \|.*\| `(test_promise_\w+)` \|$", re.M)


def test_no_promise_loses_its_test() -> None:
    promised = PROMISE.findall((ROOT / "docs" / "safety.md").read_text(encoding="utf-8"))
    assert [number for number, _ in promised] == [f"P{number}" for number in range(1, 10)]
    kept = set(
        re.findall(r"^(?:async )?def (test_promise_\w+)\(", Path(__file__).read_text(encoding="utf-8"), re.M)
    )
    assert [name for _, name in promised if name not in kept] == []


def test_the_readme_leads_to_the_promises() -> None:
    assert "docs/safety.md" in (ROOT / "README.md").read_text(encoding="utf-8")
