"""Every system call of reading a library and keeping its catalogue may fail; nothing is lost."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library.catalogue import Catalogue, load
from reader.library.library import Library, Scan
from reader.model import ArticleInfo
from reader.model.errors import LibraryError, NotFound, ReaderError
from tests.faults.injection import ERRORS, calls_of, faults

NAMES = {number: errno.errorcode[number] for number in ERRORS}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    for name in ("w/a.txt", "w/b.md", "v/c.txt", "d.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"A vote\n\nThe council met for {name}.")
        os.utime(path, (1e9, 1e9))
    return root


@pytest.mark.parametrize("code", ERRORS, ids=NAMES.__getitem__)
def test_whichever_call_of_a_scan_fails_the_rest_is_read(root: Path, code: int) -> None:
    library = Library(root)
    whole = library.scan()
    for number in range(calls_of(library.scan)):
        with faults(number, code):
            scan = _scan_or_words(library)
        if scan is None:
            continue
        missing = len(whole.infos) - len(scan.infos)
        assert missing <= 2
        assert len(scan.problems) == (1 if missing else len(scan.problems))
        assert all(problem.reason and problem.remedy for problem in scan.problems)
        after = library.scan(scan.catalogue)
        assert (after.infos, after.problems) == (whole.infos, ())


@pytest.mark.parametrize("code", ERRORS, ids=NAMES.__getitem__)
def test_whichever_call_of_saving_fails_a_whole_catalogue_stands(
    root: Path, tmp_path: Path, code: int
) -> None:
    path = tmp_path / "index" / "catalogue"
    path.parent.mkdir()
    new = Library(root).scan().catalogue
    old = Catalogue(dict(list(new.entries.items())[:2]))
    for number in range(calls_of(lambda: new.save(path, b"k"))):
        old.save(path, b"k")
        with faults(number, code), pytest.raises(LibraryError, match=r"cannot be written: .*; make room"):
            new.save(path, b"k")
        assert load(path, b"k") in (old, new)
        new.save(path, b"k")
        assert load(path, b"k") == new
        assert [file.name for file in path.parent.iterdir()] == ["catalogue"]


@pytest.mark.parametrize("code", ERRORS, ids=NAMES.__getitem__)
def test_whichever_call_of_loading_fails_files_are_only_read_anew(
    root: Path, tmp_path: Path, code: int
) -> None:
    path = tmp_path / "catalogue"
    library = Library(root)
    whole = library.scan()
    whole.catalogue.save(path)
    for number in range(calls_of(lambda: load(path))):
        with faults(number, code):
            loaded = load(path)
        assert loaded == Catalogue()
        assert library.scan(loaded).infos == whole.infos


@pytest.mark.parametrize("code", ERRORS, ids=NAMES.__getitem__)
def test_whichever_call_of_reading_an_article_fails_it_says_so(root: Path, code: int) -> None:
    library = Library(root)
    library.scan()
    for number in range(calls_of(lambda: library.read("w/a"))):
        with faults(number, code), pytest.raises(ReaderError, match=r"w/a.txt cannot be read: .*; "):
            library.read("w/a")
    assert library.read("w/a").headline == "A vote"


def _scan_or_words(library: Library) -> Scan | None:
    try:
        return library.scan()
    except LibraryError as error:
        return None if "articles folder" in str(error) else pytest.fail(str(error))


@pytest.fixture
def few_descriptors() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) - 1, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_without_a_free_descriptor_the_library_says_so(root: Path, few_descriptors: None) -> None:
    with pytest.raises(LibraryError, match="too many files are open"):
        Library(root).scan()


def test_a_library_that_vanishes_while_it_is_open_says_so(root: Path) -> None:
    library = Library(root)
    library.scan()
    root.rename(root.with_name("moved"))
    with pytest.raises(LibraryError, match="there is no articles folder"):
        library.scan()
    with pytest.raises(NotFound, match="gone since the last scan"):
        library.read("w/a")


def test_files_that_change_under_the_scan_are_read_whole_or_noticed_next(root: Path) -> None:
    library = Library(root)
    first = library.scan()
    (root / "w/a.txt").write_text("A longer vote\n\nThe council met again and again.")
    second = library.scan(first.catalogue)
    assert isinstance(second.infos[2], ArticleInfo)
    assert second.changed == ("w/a",)


@pytest.mark.parametrize("size", [0, 1, 10, 100])
def test_a_file_cut_short_by_another_program_is_read_as_it_is(root: Path, size: int) -> None:
    library = Library(root)
    library.scan()
    os.truncate(root / "w/a.txt", size)
    scan = library.scan()
    assert len(scan.infos) + len(scan.problems) == 4
