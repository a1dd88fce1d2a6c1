"""`index`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_index_says_what_it_holds(cli: Cli) -> None:
    printed = cli("index")
    assert (printed.code, printed.out) == (0, "3 articles, 2 stories; the index is up to date\n")


def test_index_can_be_made_anew(cli: Cli) -> None:
    cli("index")
    assert cli("index", "--rebuild").code == 0


def test_a_sound_index_passes_the_check(cli: Cli) -> None:
    cli("index")
    assert cli("index", "--check").code == 0


def test_a_changed_byte_is_mended_on_the_way_in(cli: Cli, folder: Path) -> None:
    cli("index")
    segment = max(
        (file for file in (folder / "index").rglob("MAIN_*") if file.is_file()),
        key=lambda file: file.stat().st_size,
    )
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(bytes(data))
    assert cli("search", "sandwiches").code == 0


def test_the_default_settings_are_printed(cli: Cli) -> None:
    assert "# width = 72" in cli("config", "--default").out


def test_the_places_are_printed(cli: Cli, folder: Path) -> None:
    assert f"articles\t{folder}/articles\n" in cli("config", "--path").out


def test_one_setting_is_printed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_READING__WIDTH", "66")
    assert cli("config", "reading.width").out == "66\n"


def test_an_unknown_setting_names_the_nearest(cli: Cli) -> None:
    printed = cli("config", "reading.widht")
    assert printed.code == 2
    assert "did you mean reading.width?" in printed.err


def test_the_doctor_finds_nothing(cli: Cli) -> None:
    printed = cli("doctor")
    assert (printed.code, {line.split("\t")[0] for line in printed.out.splitlines()}) == (0, {"ok"})


def test_the_doctor_names_what_cannot_be_read(cli: Cli, folder: Path) -> None:
    (folder / "articles" / "empty.txt").write_bytes(b"")
    printed = cli("doctor")
    assert printed.code == 3
    assert "bad\tlibrary: empty.txt" in printed.out


def test_the_doctor_names_a_missing_library(cli: Cli, folder: Path) -> None:
    printed = cli("doctor", "--articles", str(folder / "missing"))
    assert printed.code == 3
    assert "missing" in printed.out
