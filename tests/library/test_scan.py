"""Only regular article files inside the library are found and opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from reader.library import problems, scan
from reader.library.scan import NotReadable, read_bytes, walk
from reader.model import CancelToken
from reader.model.errors import Cancelled, LibraryError


def write(path: Path, text: str = "Words here.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def found_paths(root: Path) -> list[str]:
    return [file.path for file in walk(root).files]


def test_articles_are_found_in_order_of_path(tmp_path: Path) -> None:
    for name in ("b/z.txt", "a/y.md", "b/a.markdown", "c.TXT", "a/b/c/d.txt"):
        write(tmp_path / name)
    assert found_paths(tmp_path) == ["a/b/c/d.txt", "a/y.md", "b/a.markdown", "b/z.txt", "c.TXT"]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README",
        "readme.txt",
        ".hidden.txt",
        ".git/a.txt",
        "a.html",
        "a.txt.bak",
        "a",
        "README-x.txt",
    ],
)
def test_other_files_are_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    found = walk(tmp_path)
    assert (found.files, found.problems) == ((), ())


def test_links_are_problems_and_never_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside/secret.txt")
    library = tmp_path / "library"
    write(library / "in.txt")
    (library / "out.txt").symlink_to(secret)
    (library / "loop").symlink_to(".")
    (library / "self.txt").symlink_to("self.txt")
    (library / "zero.txt").symlink_to("/dev/zero")
    (library / "dangling.md").symlink_to("/nonexistent/x")
    (library / "folder").symlink_to(secret.parent)
    (library / "image.png").symlink_to(secret)
    found = walk(library)
    assert [file.path for file in found.files] == ["in.txt"]
    assert [p.path for p in found.problems] == [
        "dangling.md",
        "folder",
        "loop",
        "out.txt",
        "self.txt",
        "zero.txt",
    ]
    assert {p.reason for p in found.problems} == {"is a link; links are not followed"}


def test_pipes_and_sockets_are_problems(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        found = walk(tmp_path)
    assert found.files == ()
    assert [p.path for p in found.problems] == ["pipe.txt", "socket.txt"]


def test_a_name_that_is_no_utf8_is_found_and_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_bytes(b"x")
    assert read_bytes(tmp_path, walk(tmp_path).files[0].path) == b"x"


def test_too_deep_folders_are_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_DEPTH", 2)
    write(tmp_path / "a/b/c/d.txt")
    write(tmp_path / "a/b/in.txt")
    found = walk(tmp_path)
    assert [file.path for file in found.files] == ["a/b/in.txt"]
    assert "too many folders deep" in found.problems[0].reason


def test_a_file_swapped_for_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(NotReadable, match="not a regular file"):
        read_bytes(tmp_path, "a.txt")


def test_a_file_swapped_for_a_link_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="symbolic"):
        read_bytes(tmp_path, "a.txt")


def test_a_folder_swapped_for_a_link_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "outside/a.txt")
    (tmp_path / "library").mkdir()
    (tmp_path / "library/w").symlink_to(tmp_path / "outside")
    with pytest.raises(OSError, match=r"symbolic|directory"):
        read_bytes(tmp_path / "library", "w/a.txt")


@pytest.mark.parametrize("path", ["../secret.txt", "w/../../secret.txt", "..", "", "/etc/passwd"])
def test_paths_that_leave_the_library_are_not_read(tmp_path: Path, path: str) -> None:
    write(tmp_path / "secret.txt")
    write(tmp_path / "library/w/a.txt")
    with pytest.raises(OSError, match=r"No such file"):
        read_bytes(tmp_path / "library", path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_FILE_BYTES", 10)
    write(tmp_path / "a.txt", "x" * 11)
    with pytest.raises(NotReadable, match="limit is"):
        read_bytes(tmp_path, "a.txt")


def test_a_file_that_grows_while_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", "x")
    monkeypatch.setattr(os, "read", lambda _descriptor, size: b"x" * size)
    with pytest.raises(NotReadable, match="limit is"):
        read_bytes(tmp_path, "a.txt")


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    write(tmp_path / "w/a.txt")
    (tmp_path / "w/l.txt").symlink_to("a.txt")
    before = len(os.listdir("/proc/self/fd"))
    walk(tmp_path)
    read_bytes(tmp_path, "w/a.txt")
    with pytest.raises(OSError, match="symbolic"):
        read_bytes(tmp_path, "w/l.txt")
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="create it, or name another with --articles"):
        walk(tmp_path / "no\x1bne")


def test_a_file_as_library_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is a file"):
        walk(write(tmp_path / "a.txt"))


def test_a_library_reached_through_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "real/w/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert found_paths(tmp_path / "link") == ["w/a.txt"]


def test_the_walk_can_be_stopped(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        walk(tmp_path, token)


def test_a_file_of_this_moment_has_no_settled_fingerprint(tmp_path: Path) -> None:
    write(tmp_path / "new.txt")
    old = write(tmp_path / "old.txt")
    os.utime(old, (1_000_000_000, 1_000_000_000))
    assert [f.fingerprint[0] for f in walk(tmp_path).files] == [-1, 10**18]
