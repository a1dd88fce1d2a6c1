"""`list`, `sources`, `stories`, `show`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import BRIDGE_ECHO, BRIDGE_TIMES, GOLDEN, Cli
from tests.export.golden import matches


def test_list_prints_a_line_an_article(cli: Cli) -> None:
    printed = cli("list")
    assert (printed.code, printed.err) == (0, "")
    assert matches(GOLDEN / "list.txt", printed.out)


def test_list_as_json(cli: Cli) -> None:
    assert matches(GOLDEN / "list.json", cli("list", "--json").out)


def test_list_of_one_source(cli: Cli) -> None:
    assert cli("list", "--source", "Coast Echo").out.split("\t")[0] == BRIDGE_ECHO


def test_list_names_what_could_not_be_read_and_is_done(cli: Cli, folder: Path) -> None:
    (folder / "articles" / "empty.txt").write_bytes(b"")
    printed = cli("list")
    assert printed.code == 0
    assert printed.err.startswith("empty.txt: ")


def test_list_of_an_empty_library_found_nothing(cli: Cli, folder: Path) -> None:
    empty = folder / "nothing"
    empty.mkdir()
    assert cli("list", "--articles", str(empty)).code == 1


def test_a_library_that_is_not_there_is_an_error_with_a_way_out(cli: Cli, folder: Path) -> None:
    printed = cli("list", "--articles", str(folder / "missing"))
    assert (printed.code, printed.out) == (3, "")
    assert "missing" in printed.err


def test_sources_are_counted(cli: Cli) -> None:
    assert cli("sources").out == "1\tCoast Echo\n1\tHill Times\n1\thill-times\n"


def test_sources_as_json(cli: Cli) -> None:
    assert json.loads(cli("sources", "--json").out) == {
        "schema": 1,
        "kind": "sources",
        "sources": [
            {"source": "Coast Echo", "articles": 1},
            {"source": "Hill Times", "articles": 1},
            {"source": "hill-times", "articles": 1},
        ],
    }


def test_stories_join_the_sources(cli: Cli) -> None:
    document = json.loads(cli("stories", "--json", "--min-sources", "2").out)
    assert [(story["id"], story["articles"]) for story in document["stories"]] == [
        (BRIDGE_ECHO, [BRIDGE_ECHO, BRIDGE_TIMES])
    ]


def test_no_story_with_so_many_sources(cli: Cli) -> None:
    assert cli("stories", "--min-sources", "9").code == 1


def test_show_prints_an_article(cli: Cli) -> None:
    assert matches(GOLDEN / "show.txt", cli("show", BRIDGE_ECHO, "--width", "60").out)


@pytest.mark.parametrize("form", ["json", "md", "html"])
def test_show_in_a_format(cli: Cli, form: str) -> None:
    assert matches(GOLDEN / f"show.{form}", cli("show", BRIDGE_TIMES, "--format", form).out)


@pytest.mark.parametrize(
    "name", ["articles/hill-times/bees.txt", "hill-times/bees.txt", "./articles/hill-times/bees.txt"]
)
def test_show_takes_a_path_inside_the_library(cli: Cli, name: str) -> None:
    assert cli("show", name).out.startswith("The bees of Alder Ford\n")


def test_show_marks_what_a_query_matches(cli: Cli) -> None:
    printed = cli("show", BRIDGE_ECHO, "--highlight", "bearings", "--color", "always")
    assert "\x1b[1;7mbearings\x1b[0m" in printed.out


def test_show_of_an_unknown_id_names_the_nearest(cli: Cli) -> None:
    printed = cli("show", "hill-times/2026-04-02-brigde")
    assert (printed.code, printed.out) == (1, "")
    assert f"did you mean {BRIDGE_TIMES}?" in printed.err


def test_show_of_two_articles_parts_them_by_a_line(cli: Cli) -> None:
    assert "\n\nLune bridge closed: what we know\n" in cli("show", BRIDGE_ECHO, BRIDGE_TIMES).out


def test_the_spans_of_a_shown_article_slice_its_body(cli: Cli) -> None:
    document = json.loads(cli("show", BRIDGE_ECHO, "--json").out)
    texts = [document["body"][part["start"] : part["end"]] for part in document["paragraphs"]]
    assert texts[2] == "READ ALSO: What the bridge costs"
    assert document["paragraphs"][2]["kind"] == "boilerplate"
