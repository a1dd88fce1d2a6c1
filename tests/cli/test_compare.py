"""`compare`: the document and the choice of what is printed. How it looks is tested in `tests/export`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import BRIDGE_ECHO, BRIDGE_TIMES, Cli

PAIR = (BRIDGE_ECHO, BRIDGE_TIMES)
KEYS = [
    "schema",
    "kind",
    "articles",
    "links",
    "quotes",
    "figures",
    "names",
    "claims",
    "shares",
    "headlines",
    "only",
    "boilerplate",
]


def document(cli: Cli, *words: str) -> dict[str, object]:
    printed = cli("compare", *words)
    assert (printed.code, printed.err) == (0, "")
    loaded = json.loads(printed.out)
    assert isinstance(loaded, dict)
    return loaded


def test_the_document_has_its_keys_in_order(cli: Cli) -> None:
    assert list(document(cli, *PAIR, "--json")) == KEYS


def test_json_is_short_for_its_format(cli: Cli) -> None:
    assert document(cli, *PAIR, "--json") == document(cli, *PAIR, "--format", "json")


def test_every_place_slices_to_its_text(cli: Cli) -> None:
    found = document(cli, *PAIR, "--json")
    bodies = [json.loads(cli("show", name, "--json").out)["body"] for name in PAIR]
    places = list(_places(found))
    assert places
    assert [bodies[p["article"]][p["start"] : p["end"]] for p in places] == [p["text"] for p in places]


def _places(value: object) -> list[dict[str, int]]:
    if isinstance(value, dict):
        own = [value] if {"article", "start", "end", "text"} <= value.keys() else []
        return own + [place for part in value.values() for place in _places(part)]
    return [place for part in value for place in _places(part)] if isinstance(value, list) else []


def test_articles_stand_in_the_order_asked_for(cli: Cli) -> None:
    articles = document(cli, BRIDGE_TIMES, BRIDGE_ECHO, "--json")["articles"]
    assert isinstance(articles, list)
    assert [article["id"] for article in articles] == [BRIDGE_TIMES, BRIDGE_ECHO]


def test_the_shared_quote_is_found(cli: Cli) -> None:
    quotes = document(cli, *PAIR, "--json", "--only", "quotes")["quotes"]
    assert isinstance(quotes, list)
    assert len(quotes) == 1


def test_a_story_is_compared(cli: Cli) -> None:
    assert document(cli, "--story", BRIDGE_TIMES, "--json") == document(cli, *PAIR, "--json")


def test_text_stands_side_by_side(cli: Cli) -> None:
    heads = cli("compare", *PAIR, "--width", "80").out.splitlines()[3]
    assert heads == "Coast Echo" + " " * 31 + "Hill Times"


@pytest.mark.parametrize(("form", "start"), [("md", "# Bridge over"), ("html", "<!doctype html>")])
def test_reports(cli: Cli, form: str, start: str) -> None:
    assert cli("compare", *PAIR, "--format", form).out.startswith(start)


@pytest.mark.parametrize("only", ["differences", "shared", "quotes", "figures", "names", "only"])
@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_a_part_in_every_format(cli: Cli, only: str, form: str) -> None:
    printed = cli("compare", *PAIR, "--only", only, "--format", form)
    assert (printed.code, printed.err) == (0, "")


@pytest.mark.parametrize(
    "words", [[], [BRIDGE_ECHO], [BRIDGE_ECHO, BRIDGE_ECHO], [BRIDGE_ECHO, "--story", "x"]]
)
def test_too_few_articles_are_wrong_use(cli: Cli, words: list[str]) -> None:
    printed = cli("compare", *words)
    assert (printed.code, printed.out) == (2, "")


def test_for_one_article_its_story_is_proposed(cli: Cli) -> None:
    assert f"reader compare --story {BRIDGE_ECHO}" in cli("compare", BRIDGE_ECHO).err


def test_an_unknown_article_is_not_found(cli: Cli) -> None:
    assert cli("compare", BRIDGE_ECHO, "no/such").code == 1


def test_an_unknown_story_is_not_found(cli: Cli) -> None:
    assert cli("compare", "--story", "no/such").code == 1


def test_the_same_articles_give_the_same_bytes(cli: Cli) -> None:
    assert cli("compare", *PAIR, "--json").out == cli("compare", *PAIR, "--json").out
