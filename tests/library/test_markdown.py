"""Marks of Markdown go, the words of the source stay."""

from __future__ import annotations

import pytest

from reader.library.formats.markdown import inline, readable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a **bold** and *soft* word", "a bold and soft word"),
        ("__bold__ _soft_ ~~gone~~", "bold soft gone"),
        ("***both***", "both"),
        ("snake_case_name and 2*3*4", "snake_case_name and 234"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("a > b and <br> inside", "a > b and <br> inside"),
        ("e" + "\u0301" * 6 + "*a*" + "x**" + "\u0301" * 6 + "**", "e" + "\u0301" * 6 + "ax" + "\u0301" * 6),
        ("a [link](https://x.org/a_(b)) here", "a link here"),
        ("[ref][1] and [sic]", "ref and [sic]"),
        ("![A ferry](f.png) at sea", "A ferry at sea"),
        ("<https://x.org>", "https://x.org"),
        ("`code` stays", "code stays"),
        (r"\*not soft\* \# \_", "*not soft* # _"),
        ("“I *lose* parking…”", "“I lose parking…”"),
        ("end<br/>", "end"),
        ("**unclosed and *odd", "**unclosed and *odd"),
    ],
)
def test_inline_marks(written: str, read: str) -> None:
    assert inline(written) == read


def test_headings_of_both_styles_are_known() -> None:
    text = readable("# *Top* line #\n\ntext\n\nUnder\n=====\n\n## Second {#id}\ntext\n\nAlso\n---\n")
    assert [text.text[s:].partition("\n")[0] for s in sorted(text.known.headings)] == [
        "Top line",
        "Under",
        "Second",
        "Also",
    ]
    assert [text.text[s:].partition("\n")[0] for s in text.top] == ["Top line", "Under"]


def test_code_is_left_alone() -> None:
    assert readable("```\n# not a *heading*\n```").text.strip() == "# not a *heading*"


def test_rules_and_quoting_marks_go() -> None:
    assert readable("> said so\n>> twice\n\n---\n* * *").text.split() == ["said", "so", "twice"]


def test_list_items_begin_paragraphs() -> None:
    text = readable("Points:\n- one\n- two")
    assert [text.text[s:].partition("\n")[0] for s in sorted(text.known.parts)] == ["- one", "- two"]


def test_a_lone_picture_is_a_caption() -> None:
    text = readable("text\n![The ferry](f.png)\nmore")
    assert [text.text[s:].partition("\n")[0] for s in text.known.captions] == ["The ferry"]


@pytest.mark.parametrize(
    "unit",
    ["*", "*a", "**a ", "[", "[a](", "![", "`", "_a ", "# \n", "# " + " " * 99, "<", "\\*", "{#", "> ", "\n"],
)
def test_long_hostile_markdown_is_linear(unit: str) -> None:
    assert isinstance(readable(unit * (200_000 // len(unit))).text, str)


def test_a_greater_than_sign_inside_a_line_stays() -> None:
    assert readable("5 > 3 and <br> too").text == "5 > 3 and <br> too"


def test_marks_between_combining_characters_go_without_joining_them() -> None:
    assert readable("e" + "\u0301" * 8 + "\\*" + "\u0301" * 8).text.count("\u0301") == 16
    assert readable("e" + "\u0301" * 8 + "<https://x.org/>" + "\u0301" * 8).text.count("\u0301") == 16
    assert readable("# e" + "\u0301" * 8 + "[" + "\u0301" * 8 + "](x)").text.count("\u0301") == 8
