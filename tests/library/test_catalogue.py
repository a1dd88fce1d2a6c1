"""A catalogue comes back as it was saved, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from reader.library.catalogue import Catalogue, Entry, load
from reader.model import ArticleInfo, Problem
from reader.model.errors import LibraryError

INFO = ArticleInfo("w/a", "Wire", "A “vote”", "2025-08-15", "w/a.txt", 12, "ab" * 16, 3)
CATALOGUE = Catalogue(
    {
        "w/a.txt": Entry((10**18, 5, 7), INFO),
        "w/caf\udce9.txt": Entry(
            (-1, 5, 8),
            ArticleInfo("w/caf\ufffd", "Wire", None, None, "w/caf\ufffd.txt", 1, "cd" * 16),
        ),
        "z.txt": Entry((1, 0, 9), Problem("z.txt", "is empty", "put text into it or delete it")),
    }
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.jsonl"
    CATALOGUE.save(path, b"key")
    return path


def test_what_is_saved_comes_back(saved: Path) -> None:
    assert load(saved, b"key") == CATALOGUE


def test_another_key_does_not_open_it(saved: Path) -> None:
    assert load(saved, b"other") == Catalogue()


def test_no_catalogue_is_an_empty_one(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == Catalogue()


def test_every_changed_byte_makes_it_useless(saved: Path) -> None:
    whole = saved.read_bytes()
    accepted = []
    for position in range(len(whole)):
        saved.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        if load(saved, b"key") != Catalogue():
            accepted.append(position)
    assert accepted == []


@pytest.mark.parametrize("share", [0, 0.3, 0.7, 0.99])
def test_a_torn_catalogue_is_useless(saved: Path, share: float) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[: int(len(whole) * share)])
    assert load(saved, b"key") == Catalogue()


def test_lines_behind_the_end_make_it_useless(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes() + b"[]\n")
    assert load(saved, b"key") == Catalogue()


@pytest.mark.parametrize(
    "row",
    [
        "[]",
        "null",
        '["a.txt",1,2,3,"\\u001b","w","h",null,"p",1,"d",0]',
        '["a.txt",1,2,3,4,5]',
        "[" * 3000,
        '"x"',
        '["a.txt",true,2,3,"r","m"]',
        "{}",
        "1" * 9000,
    ],
)
def test_a_strange_row_makes_it_useless_and_raises_nothing(saved: Path, row: str) -> None:
    first, *rest = saved.read_bytes().splitlines(keepends=True)
    saved.write_bytes(b"".join([first, row.encode() + b"\n", *rest]))
    assert load(saved, b"key") == Catalogue()


def test_a_full_disk_leaves_the_old_catalogue(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LibraryError, match="the disk is full; make room"):
        Catalogue().save(saved, b"key")
    monkeypatch.undo()
    assert load(saved, b"key") == CATALOGUE
    assert os.listdir(saved.parent) == [saved.name]
