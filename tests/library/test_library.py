"""A library is scanned, scanned again for what is new, and read; it is never written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.library import library as module
from reader.library.catalogue import Catalogue, load
from reader.library.library import Library, Scan
from reader.library.scan import read_bytes
from reader.model import CancelToken, Problem
from reader.model.errors import Cancelled, LibraryError, NotFound

Write = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "articles"


@pytest.fixture
def write(root: Path) -> Write:
    def write_article(name: str, text: str = "A vote\n\nThe council met.", age: int = 1_000) -> Path:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        stamp = path.stat().st_mtime - age
        os.utime(path, (stamp, stamp))
        return path

    return write_article


def changes(scan: Scan) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    return scan.added, scan.changed, scan.removed, scan.read


def test_first_scan_adds_everything(root: Path, write: Write) -> None:
    write("w/b.txt")
    write("w/a.txt", "Title: Other\nSource: Wire\n\nText.")
    scan = Library(root).scan()
    assert [(i.id, i.source, i.headline) for i in scan.infos] == [
        ("w/a", "Wire", "Other"),
        ("w/b", "w", "A vote"),
    ]
    assert changes(scan) == (("w/a", "w/b"), (), (), 2)


def test_second_scan_reads_only_what_changed(root: Path, write: Write) -> None:
    write("w/same.txt")
    write("w/changed.txt")
    gone = write("w/gone.txt")
    library = Library(root)
    first = library.scan()
    write("w/changed.txt", "A new vote\n\nThe council met again.")
    write("w/new.txt")
    gone.unlink()
    second = library.scan(first.catalogue)
    assert changes(second) == (("w/new",), ("w/changed",), ("w/gone",), 2)


def test_touched_file_is_read_but_not_changed(root: Path, write: Write) -> None:
    write("w/a.txt")
    library = Library(root)
    first = library.scan()
    write("w/a.txt", age=500)
    assert changes(library.scan(first.catalogue)) == ((), (), (), 1)


def test_a_file_written_again_within_its_time_stamp_is_noticed(root: Path, write: Write) -> None:
    write("w/a.txt", "aaaa bbbb", age=0)
    library = Library(root)
    first = library.scan()
    status = (root / "w/a.txt").stat()
    (root / "w/a.txt").write_text("cccc dddd")
    os.utime(root / "w/a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert library.scan(first.catalogue).changed == ("w/a",)


def test_a_saved_catalogue_serves_the_next_start(root: Path, write: Write, tmp_path: Path) -> None:
    write("w/a.txt")
    first = Library(root).scan()
    first.catalogue.save(tmp_path / "catalogue")
    again = Library(root).scan(load(tmp_path / "catalogue"))
    assert (again.infos, again.read) == (first.infos, 0)


def test_a_bad_file_hides_no_other_and_is_tried_again(root: Path, write: Write) -> None:
    write("w/a.txt")
    write("w/empty.txt", "")
    (write("w/binary.txt")).write_bytes(b"\x7fELF" + bytes(99))
    os.utime(root / "w/binary.txt", (1e9, 1e9))
    library = Library(root)
    scan = library.scan()
    assert [p.path for p in scan.problems] == ["w/binary.txt", "w/empty.txt"]
    assert [i.id for i in scan.infos] == ["w/a"]
    second = library.scan(scan.catalogue)
    assert (second.problems, second.read) == (scan.problems, 2)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_a_problem(root: Path, write: Write) -> None:
    write("w/a.txt").chmod(0)
    assert "permission denied" in Library(root).scan().problems[0].reason


@pytest.mark.parametrize("code", [13, 5, 24, 12])
def test_an_error_of_the_system_is_a_problem_with_remedy(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    write("w/a.txt")
    write("w/b.txt")

    def failing(folder: Path, path: str) -> bytes:
        if path == "w/a.txt":
            raise OSError(code, os.strerror(code))
        return read_bytes(folder, path)

    monkeypatch.setattr(module, "read_bytes", failing)
    scan = Library(root).scan()
    assert [i.id for i in scan.infos] == ["w/b"]
    assert scan.problems[0].reason.startswith("cannot be read: ")
    assert scan.problems[0].remedy


def test_a_file_that_could_not_be_read_is_tried_again(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("w/a.txt")

    def failing(_root: Path, _path: str) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(module, "read_bytes", failing)
    first = Library(root).scan()
    monkeypatch.undo()
    second = Library(root).scan(first.catalogue)
    assert (second.added, second.problems) == (("w/a",), ())


def test_the_later_of_two_equal_ids_keeps_its_suffix(root: Path, write: Write) -> None:
    write("w/a.md")
    write("w/a.txt")
    write("w/x\x1b.txt")
    write("w/x␛.txt")
    assert [(i.id, i.path) for i in Library(root).scan().infos] == [
        ("w/a", "w/a.md"),
        ("w/a.txt", "w/a.txt"),
        ("w/x␛", "w/x␛.txt"),
        ("w/x␛.txt", "w/x␛.txt"),
    ]


def test_an_id_that_becomes_free_is_given_back(root: Path, write: Write) -> None:
    first = write("w/a.md", "A vote\n\nOne.")
    write("w/a.txt", "A vote\n\nTwo.")
    library = Library(root)
    scan = library.scan()
    first.unlink()
    again = library.scan(scan.catalogue)
    assert changes(again) == ((), ("w/a",), ("w/a.txt",), 0)
    assert library.read("w/a").body == "Two."


def test_read_gives_the_whole_article(root: Path, write: Write) -> None:
    write("w/a.txt")
    library = Library(root)
    info = library.scan().infos[0]
    article = library.read("w/a")
    assert (article.info, article.body) == (info, "The council met.")


def test_read_of_an_unknown_id_says_so(root: Path, write: Write) -> None:
    write("w/a.txt")
    with pytest.raises(NotFound, match="no article has the id w/b␛"):
        Library(root).read("w/b\x1b")


def test_read_of_a_file_that_is_gone_says_so(root: Path, write: Write) -> None:
    path = write("w/a.txt")
    library = Library(root)
    library.scan()
    path.unlink()
    with pytest.raises(NotFound, match="gone since the last scan"):
        library.read("w/a")


def test_read_of_a_file_that_became_binary_says_so(root: Path, write: Write) -> None:
    path = write("w/a.txt")
    library = Library(root)
    library.scan()
    path.write_bytes(b"\x7fELF")
    with pytest.raises(LibraryError, match="binary data"):
        library.read("w/a")


def test_iterating_passes_over_what_fails(root: Path, write: Write) -> None:
    write("w/a.txt")
    write("w/b.txt")
    write("w/c.txt")
    library = Library(root)
    library.scan()
    (root / "w/a.txt").write_bytes(b"")
    (root / "w/b.txt").unlink()
    failed: list[Problem] = []
    articles = library.iter_articles(["w/a", "w/b", "w/none", "w/c"], failed.append)
    assert [a.id for a in articles] == ["w/c"]
    assert [p.path for p in failed] == ["w/a.txt"]


def test_scan_reports_and_can_be_stopped(root: Path, write: Write) -> None:
    write("w/a.txt")
    steps: list[tuple[str, int, int]] = []
    token = CancelToken()
    Library(root).scan(None, lambda *step: steps.append(step), token)
    assert steps == [("reading articles", 0, 1), ("reading articles", 1, 1)]
    token.cancel()
    with pytest.raises(Cancelled):
        Library(root).scan(Catalogue(), cancel=token)


@pytest.mark.parametrize(
    "form", ["w/a b", "w/a b.txt", "./w/a b.txt", "{root}/w/a b.txt", "{root}/w/../w/a b", "{link}/w/a b.txt"]
)
def test_ids_and_paths_inside_are_resolved(
    root: Path, write: Write, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("w/a b.txt")
    (root.parent / "link").symlink_to(root)
    monkeypatch.chdir(root.parent)
    assert Library(root).resolve(form.format(root=root, link=root.parent / "link")) == "w/a b"


def test_a_path_from_the_working_folder_is_resolved(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("w/a.txt")
    monkeypatch.chdir(root / "w")
    assert Library(root).resolve("a.txt") == "w/a"


def test_the_system_name_and_the_shown_name_are_resolved(root: Path, write: Write) -> None:
    write("w/x\x1b]0;y\x07.txt")
    library = Library(root)
    assert library.resolve(f"{root}/w/x\x1b]0;y\x07.txt") == "w/x␛]0;y␇"
    assert library.resolve("w/x␛]0;y␇.txt") == "w/x␛]0;y␇"


@pytest.mark.parametrize(
    "form",
    ["/etc/passwd", "../outside.txt", "{root}/../outside.txt", "w/link.txt", "w/none", "", ".", "a\0b", "~"],
)
def test_whatever_lies_outside_is_not_resolved(root: Path, write: Write, form: str) -> None:
    write("w/a.txt")
    write("../outside.txt")
    (root / "w/link.txt").symlink_to(root / "../outside.txt")
    assert Library(root).resolve(form.format(root=root)) is None


def test_nothing_in_the_library_is_written(root: Path, write: Write) -> None:
    write("w/a.txt")
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ctime_ns) for p in root.rglob("*")}
    library = Library(root)
    library.scan(library.scan().catalogue)
    library.read("w/a")
    assert {p: (p.stat().st_mtime_ns, p.stat().st_ctime_ns) for p in root.rglob("*")} == before
