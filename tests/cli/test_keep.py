"""`tag`, `note`, `restore`, `export`."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import BRIDGE_ECHO, BRIDGE_TIMES, GOLDEN, Cli
from tests.export.golden import matches

BEES = "hill-times/bees"


def test_a_tag_is_added_to_what_a_query_finds(cli: Cli) -> None:
    assert cli("tag", "+later", "--", "bridge").code == 0
    assert sorted(cli("search", "tag:later", "-0").out.strip("\0").split("\0")) == [BRIDGE_ECHO, BRIDGE_TIMES]


def test_a_tag_is_added_to_an_id(cli: Cli) -> None:
    cli("tag", "+later", BEES)
    assert cli("search", "--tag", "later", "-0").out == f"{BEES}\0"


def test_a_tag_is_taken_away(cli: Cli) -> None:
    cli("tag", "+later", BEES)
    assert cli("tag", "-later", "+seen", BEES).code == 0
    assert cli("tag").out == "1\tseen\n"


def test_a_query_after_two_dashes_may_leave_articles_out(cli: Cli) -> None:
    cli("tag", "+dry", "--", "-bridge", "alder")
    assert cli("search", "--tag", "dry", "-0").out == f"{BEES}\0"


def test_a_dry_run_changes_nothing(cli: Cli) -> None:
    printed = cli("tag", "+later", "--dry-run", BEES)
    assert (printed.code, printed.out) == (0, f"{BEES}\n")
    assert cli("tag").code == 1


def test_a_tag_for_nothing_found(cli: Cli) -> None:
    assert cli("tag", "+later", "--", "zeppelin").code == 1


@pytest.mark.parametrize("words", [["+later"], ["bridge"], ["+later", "--"]])
def test_a_tag_without_name_or_query_is_wrong_use(cli: Cli, words: list[str]) -> None:
    assert cli("tag", *words).code == 2


def test_a_note_is_added_on_words_and_printed_with_its_citation(cli: Cli) -> None:
    assert cli("note", BRIDGE_ECHO, "--on", "until Friday", "--text", "Hill Times: *Saturday*").code == 0
    assert matches(GOLDEN / "notes.md", cli("note").out)


def test_a_note_as_json(cli: Cli) -> None:
    cli("note", f"{BRIDGE_ECHO}:0-10", "--text", "first")
    document = json.loads(cli("note", BRIDGE_ECHO, "--json").out)
    note = document["notes"][0]
    assert (document["schema"], document["kind"]) == (1, "notes")
    assert note == {
        "id": note["id"],
        "text": "first",
        "places": [{"id": BRIDGE_ECHO, "start": 0, "end": 10, "text": "The bridge"}],
        "found": True,
    }


def test_a_note_whose_words_are_gone_is_kept_and_says_so(cli: Cli, folder: Path) -> None:
    cli("note", f"{BRIDGE_ECHO}:0-10", "--text", "first")
    file = folder / "articles" / f"{BRIDGE_ECHO}.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("The bridge", "A bridge"), encoding="utf-8")
    assert json.loads(cli("note", "--json").out)["notes"][0]["found"] is False
    assert "has changed since" in cli("note").out


def test_a_note_is_removed(cli: Cli) -> None:
    cli("note", f"{BRIDGE_ECHO}:0-10", "--highlight")
    note = json.loads(cli("note", "--json").out)["notes"][0]["id"]
    assert cli("note", "--remove", note).code == 0
    assert cli("note").code == 1


def test_a_note_on_words_that_are_not_there_is_wrong_use(cli: Cli) -> None:
    assert cli("note", BRIDGE_ECHO, "--on", "no such words", "--text", "x").code == 2


def test_what_is_kept_goes_out_and_comes_back(cli: Cli, folder: Path) -> None:
    cli("tag", "+later", BEES)
    cli("note", f"{BRIDGE_ECHO}:0-10", "--text", "first")
    assert cli("export", "--kept", "-o", "kept.json").code == 0
    elsewhere = ("--state", str(folder / "elsewhere"))
    assert cli("restore", "kept.json", *elsewhere).code == 0
    assert cli("tag", *elsewhere).out == "1\tlater\n"
    assert "first" in cli("note", *elsewhere).out


@pytest.mark.parametrize("form", ["md", "html", "json", "jsonl", "csv"])
def test_articles_are_exported(cli: Cli, form: str) -> None:
    assert matches(GOLDEN / f"export.{form}", cli("export", BEES, BRIDGE_TIMES, "--format", form).out)


def test_the_format_follows_the_name_of_the_file(cli: Cli, folder: Path) -> None:
    assert cli("export", "-o", "all.csv").code == 0
    with (folder / "all.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [BRIDGE_TIMES, BRIDGE_ECHO, BEES]


def test_a_file_that_exists_is_not_written_over(cli: Cli, folder: Path) -> None:
    (folder / "all.md").write_text("mine")
    assert cli("export", "-o", "all.md").code == 2
    assert (folder / "all.md").read_text() == "mine"


def test_force_writes_over_a_file(cli: Cli, folder: Path) -> None:
    (folder / "all.md").write_text("mine")
    assert cli("export", "-o", "all.md", "--force").code == 0
    assert (folder / "all.md").read_text(encoding="utf-8").startswith("# Lune bridge")


def test_nothing_is_written_into_the_library(cli: Cli, folder: Path) -> None:
    before = sorted(folder.joinpath("articles").rglob("*"))
    assert cli("export", "-o", "articles/hill-times/new.md").code == 2
    assert cli("export", "-o", "articles/hill-times/bees.txt", "--force").code == 2
    assert sorted(folder.joinpath("articles").rglob("*")) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error_in_words(cli: Cli, folder: Path) -> None:
    locked = folder / "locked"
    locked.mkdir(mode=0o500)
    assert cli("export", "-o", "locked/all.md").code == 3


def test_a_folder_that_is_not_there_is_an_error_in_words(cli: Cli) -> None:
    printed = cli("export", "-o", "no/such/folder/all.md")
    assert printed.code == 3
    assert "cannot be written" in printed.err


def test_notes_are_not_a_table(cli: Cli) -> None:
    assert cli("export", "--notes", "--format", "csv").code == 2


def test_a_formula_in_a_headline_is_no_formula_in_a_table(cli: Cli, folder: Path) -> None:
    (folder / "articles" / "sum.txt").write_text("Title: =1+1\n\nText.\n")
    assert "'=1+1" in cli("export", "sum", "--format", "csv").out
