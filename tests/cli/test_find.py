"""`search` and `trace`."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from reader.library.scan import read_bytes
from tests.cli.conftest import BRIDGE_ECHO, BRIDGE_TIMES, Cli

BEES = "hill-times/bees"


def ids(printed: str) -> list[str]:
    return [line.split("\t")[0] for line in printed.splitlines()]


def test_search_prints_a_line_a_hit(cli: Cli) -> None:
    printed = cli("search", "sandwiches")
    assert printed.out == f"{BRIDGE_TIMES}\t2026-04-02\tHill Times\tLune bridge closed: what we know\n"
    assert printed.code == 0


def test_an_unknown_date_or_headline_is_an_empty_field(cli: Cli) -> None:
    assert cli("search", "beekeepers").out == f"{BEES}\t\thill-times\tThe bees of Alder Ford\n"


def test_search_that_finds_nothing(cli: Cli) -> None:
    printed = cli("search", "zeppelin")
    assert (printed.code, printed.out) == (1, "")
    assert "no article matches" in printed.err


def test_a_word_with_a_dash_leaves_articles_out(cli: Cli) -> None:
    assert ids(cli("search", "alder", "-bridge").out) == [BEES]


def test_a_query_may_begin_with_a_dash(cli: Cli) -> None:
    assert ids(cli("search", "-bridge", "alder").out) == [BEES]


def test_after_two_dashes_everything_is_the_query(cli: Cli) -> None:
    assert ids(cli("search", "--json", "--", "-bridge", "alder").out)[0] == "{"


def test_options_may_stand_between_the_words(cli: Cli) -> None:
    assert cli("search", "alder", "--count", "ford").out == "3\n"


def test_a_short_option_with_its_number(cli: Cli) -> None:
    assert len(cli("search", "-n1", "alder").out.splitlines()) == 1


def test_global_options_may_stand_after_the_command(cli: Cli) -> None:
    assert "\x1b[" not in cli("search", "alder", "--color", "never").out


def test_search_in_one_source(cli: Cli) -> None:
    assert ids(cli("search", "bridge", "--source", "Coast Echo").out) == [BRIDGE_ECHO]


def test_options_alone_are_a_question(cli: Cli) -> None:
    printed = cli("search", "--source", "Coast Echo")
    assert (printed.code, ids(printed.out), printed.err) == (0, [BRIDGE_ECHO], "")


def test_no_question_at_all_is_answered_with_everything_and_a_remark(cli: Cli) -> None:
    printed = cli("search")
    assert (printed.code, len(ids(printed.out))) == (0, 3)
    assert "nothing was asked for" in printed.err


def test_an_unknown_source_is_named_with_the_nearest(cli: Cli) -> None:
    printed = cli("search", "bridge", "--source", "Coast Ecco")
    assert printed.code == 1
    assert "there is no source Coast Ecco; did you mean Coast Echo?" in printed.err


def test_search_since_a_day(cli: Cli) -> None:
    assert cli("search", "bridge", "--since", "2026-04-03").code == 1


def test_search_until_a_day(cli: Cli) -> None:
    assert cli("search", "bridge", "--until", "2026-04", "--count").out == "2\n"


def test_a_day_that_is_none_is_wrong_use(cli: Cli) -> None:
    printed = cli("search", "bridge", "--since", "soonish")
    assert (printed.code, printed.out) == (2, "")
    assert "--since soonish" in printed.err


def test_a_page_of_hits(cli: Cli) -> None:
    whole = ids(cli("search", "alder", "--sort", "source").out)
    assert ids(cli("search", "alder", "--sort", "source", "-n", "1", "--offset", "1").out) == whole[1:2]


def test_search_as_json(cli: Cli) -> None:
    document = json.loads(cli("search", "sandwiches", "--json").out)
    hit = document["hits"][0]
    assert list(document)[:6] == ["schema", "kind", "query", "total", "hits", "took_ms"]
    assert (document["schema"], document["kind"], document["query"], document["total"]) == (
        1,
        "search",
        "sandwiches",
        1,
    )
    assert list(hit) == ["id", "source", "headline", "published", "score", "snippets"]
    assert (hit["id"], hit["published"]) == (BRIDGE_TIMES, "2026-04-02T18:30:00+01:00")
    snippet = hit["snippets"][0]
    assert [snippet["text"][start:end] for start, end in snippet["spans"]] == ["sandwiches"]


def test_search_as_json_lines(cli: Cli) -> None:
    lines = cli("search", "alder", "--jsonl").out.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {BRIDGE_ECHO, BRIDGE_TIMES, BEES}


def test_a_template_prints_its_fields(cli: Cli) -> None:
    assert cli("search", "beekeepers", "--format", r"{source}\t{words}\\{path}").out == (
        "hill-times\t18\\hill-times/bees.txt\n"
    )


def test_a_template_with_an_unknown_field_is_wrong_use(cli: Cli) -> None:
    printed = cli("search", "bees", "--format", "{headlin}")
    assert printed.code == 2
    assert "did you mean headline?" in printed.err


def test_a_nul_ends_each_id(cli: Cli) -> None:
    assert cli("search", "beekeepers", "-0").out == f"{BEES}\0"


def test_two_ways_to_print_are_wrong_use(cli: Cli) -> None:
    assert cli("search", "bees", "--json", "--count").code == 2


def test_trace_finds_the_same_claim(cli: Cli) -> None:
    printed = cli("trace", "The bridge over the Lune will stay shut until Friday", "--json")
    document = json.loads(printed.out)
    assert list(document) == ["schema", "kind", "query", "hits"]
    assert list(document["hits"][0]) == ["id", "source", "start", "end", "text", "level", "score"]
    assert document["hits"][0]["id"] == BRIDGE_ECHO


def test_trace_of_a_place_leaves_its_own_article_out(cli: Cli) -> None:
    document = json.loads(cli("trace", f"{BRIDGE_ECHO}:0-77", "--json").out)
    assert {hit["id"] for hit in document["hits"]} == {BRIDGE_TIMES}


def test_trace_hits_slice_to_their_text(cli: Cli) -> None:
    hit = json.loads(cli("trace", f"{BRIDGE_ECHO}:0-77", "--json").out)["hits"][0]
    body = json.loads(cli("show", hit["id"], "--json").out)["body"]
    assert body[hit["start"] : hit["end"]] == hit["text"]


def test_trace_of_what_stands_nowhere_else(cli: Cli) -> None:
    assert cli("trace", "an elephant crossed the alps").code == 1


def test_trace_of_a_place_beyond_the_text_is_wrong_use(cli: Cli) -> None:
    printed = cli("trace", f"{BRIDGE_ECHO}:5-99999")
    assert printed.code == 2
    assert "places 0-" in printed.err


@pytest.mark.parametrize("words", [["search", "--help"], ["trace", "--help"]])
def test_help_is_printed(cli: Cli, words: list[str]) -> None:
    printed = cli(*words)
    assert (printed.code, printed.err) == (0, "")
    assert "examples:" in printed.out


@pytest.mark.parametrize("words", [("search", "bridge"), ("export", "bridge")])
def test_an_answer_without_a_file_that_the_system_refuses_says_so(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    whole = cli(*words)
    assert (whole.code, whole.err) == (0, "")
    refused = f"{BRIDGE_ECHO}.txt"

    def failing(folder: Path, path: str) -> bytes:
        if path == refused:
            raise OSError(errno.EIO, "input/output error")
        return read_bytes(folder, path)

    monkeypatch.setattr("reader.library.library.read_bytes", failing)
    (Path.cwd() / "articles" / refused).touch()
    partial = cli(*words)
    assert partial.code == 5
    said = f"{refused} cannot be read: the disk reported an error; the answer is without it"
    assert partial.err == f"reader: {said}\n"
    assert BRIDGE_ECHO not in partial.out
    assert partial.out != whole.out
