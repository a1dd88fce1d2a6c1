"""`index`."""

from __future__ import annotations

from pathlib import Path

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
