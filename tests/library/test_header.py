"""Headers are recognised where they are meant, and nowhere else."""

from __future__ import annotations

import pytest

from reader.library.header import read_header


def fields(text: str) -> dict[str, str]:
    return dict(read_header(text).fields)


def test_key_lines_end_at_a_blank_line() -> None:
    text = "Title: Talks: what next?\nsource: Wire\nX-Other: 1\n\nBody: yes."
    header = read_header(text)
    assert header.fields == {"title": "Talks: what next?", "source": "Wire"}
    assert text[header.end :].strip() == "Body: yes."


def test_key_lines_may_touch_the_text() -> None:
    text = "Title: A\nDate: 2025-08-15\nThe first line of the text.\nThe second."
    header = read_header(text)
    assert text[header.end :].startswith("The first line")


@pytest.mark.parametrize(
    "text",
    [
        "Police: man arrested\n\nText.",
        "Source: AP said so.\nMore text.",
        "READ ALSO: x\n\nText",
        "Plain\n\nTitle: no",
        "",
        "\n\n",
        ":",
        "Title\n\nx",
        "----\ntitle: x\n----\n",
    ],
)
def test_ordinary_text_has_no_header(text: str) -> None:
    assert read_header(text).end == 0


def test_front_matter_knows_quotes_lists_and_comments() -> None:
    text = (
        '---\n# note\ntitle: "Say \\"no\\""\nauthors:\n  - Ann Lee\n  - Bo Ek\n'
        "lang: en # tongue\ntags: [a, b]\n---\nBody"
    )
    assert fields(text) == {"title": 'Say "no"', "author": "Ann Lee, Bo Ek", "lang": "en"}


def test_front_matter_with_nested_keys_is_still_read() -> None:
    assert fields("---\nimage:\n  alt: x\n? odd\ntitle: It’s on\n---\n") == {"title": "It’s on"}


def test_single_quotes_are_unquoted_once() -> None:
    assert fields("---\ntitle: 'It''s a ''win'''\n---\n") == {"title": "It's a 'win'"}


def test_headline_of_two_quotations_keeps_its_marks() -> None:
    assert fields('---\ntitle: "Yes" and "no"\n---\n') == {"title": '"Yes" and "no"'}


def test_toml_front_matter() -> None:
    text = '+++\ntitle = "A"\ndate = 2025-08-15T10:00:00Z\nauthors = ["X", "Y"]\n+++\nBody'
    assert fields(text) == {"title": "A", "date": "2025-08-15T10:00:00+00:00", "author": "X, Y"}


@pytest.mark.parametrize(
    "block", ["x = " + "[" * 5_000, "title = 'ok'\nx = 1" + "0" * 9_000, 'title = "ok"\nbroken']
)
def test_hostile_toml_is_read_by_lines(block: str) -> None:
    assert fields(f"+++\n{block}\n+++\n").get("title", "ok") == "ok"


def test_two_rules_are_no_front_matter() -> None:
    assert read_header("---\nA sentence between rules.\n---\nText").end == 0


def test_the_first_of_two_equal_keys_holds() -> None:
    assert fields("Title: one\nHeadline: two\n\n") == {"title": "one"}
