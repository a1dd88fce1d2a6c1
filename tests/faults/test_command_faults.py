"""Every system call of every command may fail: it is said in words, nothing is lost, the next run works."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.cli.command import PARTIAL
from reader.cli.main import run
from reader.ui.exporting import write_new
from tests.faults.injection import ERRORS, faults

WORDS = "It was “foggy”, said the mate of the ferry, and 14 people were hurt near Port Ansel on Tuesday."
COMMANDS: dict[str, Sequence[str]] = {
    "list": ("list",),
    "sources": ("sources",),
    "stories": ("stories",),
    "search": ("search", "ferry", "--json"),
    "trace": ("trace", "said the mate of the ferry"),
    "show": ("show", "one/a"),
    "compare": ("compare", "one/a", "two/a"),
    "tag": ("tag", "+seen", "one/a"),
    "tags": ("tag",),
    "note": ("note", "one/a", "--on", "the mate", "--text", "who?"),
    "notes": ("note",),
    "export": ("export", "ferry", "-o", "{out}/new.md"),
    "export-over": ("export", "ferry", "--format", "html", "-o", "{out}/old.md", "--force"),
    "export-kept": ("export", "--kept", "-o", "{out}/new.json"),
    "restore": ("restore", "{out}/kept.json"),
    "index": ("index",),
    "rebuild": ("index", "--rebuild"),
    "check": ("index", "--check"),
    "config": ("config",),
    "doctor": ("doctor",),
}
THOROUGH = {"index", "tag", "note", "export-over", "export-kept", "restore", "config"}
"""Commands whose calls meet all four errors in the full run; the others meet one each in turn."""


class Place:
    """A library with index, state, settings and a folder for exports, and a copy of it all to begin from."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder / "place"
        self.out = self.folder / "out"
        self._sound = folder / "sound"
        self._capsys = capsys
        for source in ("one", "two"):
            path = self.folder / "articles" / source / "a.txt"
            path.parent.mkdir(parents=True)
            path.write_text(f"Ferries collide, says {source}\n\n{WORDS}\n")
        self.out.mkdir()
        (self.folder / "config.toml").write_text("[reading]\nwidth = 70\n")
        (self.out / "old.md").write_text("old")
        for words in (
            ("tag", "+old", "two/a"),
            ("export", "--kept", "-o", "{out}/kept.json"),
            ("tag", "-old", "+mine", "two/a"),
            ("note", "two/a", "--on", "foggy", "--text", "was it?"),
            ("index",),
        ):
            assert self.run(words)[0] == 0
        shutil.copytree(self.folder, self._sound)

    def begin(self) -> None:
        """As it was at first."""
        shutil.rmtree(self.folder)
        shutil.copytree(self._sound, self.folder)

    def run(self, words: Sequence[str]) -> tuple[int, str, str]:
        """Exit code, standard output and errors."""
        options = [f"--{name}={self.folder / name}" for name in ("articles", "index", "state")]
        given = [word.replace("{out}", str(self.out)) for word in words]
        code = run([*options, f"--config={self.folder / 'config.toml'}", *given])
        out, err = self._capsys.readouterr()
        return code, out, err

    def kept(self) -> list[object]:
        """Marks, notes and searches, but for ids and times."""
        code, out, _ = self.run(("export", "--kept"))
        assert code == 0
        told = json.loads(out)
        tags = {name: [each["id"] for each in ids] for name, ids in told["tags"].items()}
        return [tags, sorted((each["text"], str(each["places"])) for each in told["notes"])]

    def exports(self) -> dict[str, bytes]:
        """Every file in the folder for exports."""
        return {path.name: path.read_bytes() for path in self.out.iterdir()}

    def articles(self) -> list[bytes]:
        """What the articles hold."""
        return [path.read_bytes() for path in sorted((self.folder / "articles").rglob("*.txt"))]


def check(place: Place, name: str, number: int, error: int) -> None:
    """One command with one failing call, and the same command once more."""
    words = COMMANDS[name]
    place.begin()
    kept, exports, articles = place.kept(), place.exports(), place.articles()
    wanted = place.run(words)
    kept_after, exports_after = place.kept(), place.exports()

    place.begin()
    with faults(number, error):
        code, out, err = place.run(words)
    where = f"{name}: call {number}, error {error}: {code}\n{out}\n{err}"
    assert code in (0, 1, 2, 3, 5), where
    assert "Errno" not in out + err, where
    assert "Traceback" not in out + err, where
    assert code == 0 or (out + err).strip(), where
    assert place.articles() == articles, where
    # An article that could not be read is missing from an export that says so.
    assert place.exports() in (exports, exports_after) or is_said_to_be_partial(code, err), where
    assert place.kept() in (kept, kept_after), where
    if place.exports() == exports:
        again = place.run(words)
        assert again[0] == wanted[0], f"{where}\n{again}"
        assert place.exports() == exports_after, where
    assert place.kept()[0] == kept_after[0], where


def is_said_to_be_partial(code: int, err: str) -> bool:
    """Whether a command has told that a file is missing from what it did, and which."""
    named = re.search(r"(one|two)/(a\.txt)? cannot be read: [^\n]+; the answer is without it", err)
    return code == PARTIAL and named is not None


def calls(place: Place, name: str) -> int:
    place.begin()
    with faults() as counter:
        place.run(COMMANDS[name])
    return len(counter.calls)


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    return Place(tmp_path, capsys)


@pytest.mark.quick
@pytest.mark.parametrize("name", COMMANDS)
def test_a_failing_call_here_and_there_is_said_and_loses_nothing(place: Place, name: str) -> None:
    chance = random.Random(name)
    for number in chance.sample(range(calls(place, name)), 4):
        check(place, name, number, chance.choice(ERRORS))


@pytest.mark.full
@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_failing_call_is_said_and_loses_nothing(place: Place, name: str) -> None:
    count = calls(place, name)
    assert count > 30
    for number in range(count):
        for error in ERRORS if name in THOROUGH else (ERRORS[number % len(ERRORS)],):
            check(place, name, number, error)


@pytest.mark.parametrize("error", ERRORS)
def test_an_export_from_the_app_is_whole_or_not_there(tmp_path: Path, error: int) -> None:
    target = tmp_path / "article.md"
    with faults() as counter:
        assert write_new(str(target), "words") == f"Wrote {target}"
    for number in range(len(counter.calls)):
        target.unlink(missing_ok=True)
        with faults(number, error):
            said = write_new(str(target), "words")
        assert said.startswith(f"{target} "), said
        assert "Errno" not in said
        assert not target.exists()
        assert write_new(str(target), "words") == f"Wrote {target}"


@pytest.mark.parametrize("name", ["~nobody-of-that-name/x", "a\0b", "x" * 300, "", "/proc/x", "a\x1b[2J/b"])
def test_a_name_that_no_file_can_have_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not write_new(name, "words").startswith("Wrote")
    assert list(tmp_path.iterdir()) == []
