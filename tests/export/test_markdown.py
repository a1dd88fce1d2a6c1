"""Markdown: outside text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from reader.export.markdown import article_markdown, comparison_markdown, escaped
from reader.export.selection import ONLY, Only
from reader.model import Span
from tests.conftest import make_article
from tests.export.conftest import Compared
from tests.export.golden import matches

GOLDEN = Path(__file__).parent / "golden"


def test_a_comparison_as_markdown(bridge: Compared) -> None:
    assert matches(GOLDEN / "comparison.md", comparison_markdown(bridge.found))


@pytest.mark.parametrize("only", ONLY)
def test_a_part_of_a_comparison_has_a_section(bridge: Compared, only: Only) -> None:
    assert "\n## " in comparison_markdown(bridge.found, only)


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no item",
        "1. no number",
        "1) no number",
        "*no* _emphasis_ **here**",
        "`no code`",
        "[no](javascript:alert(1))",
        "<script>alert(1)</script>",
        "![no](picture.png)",
        "> no quote",
        "~~~ no fence",
        "&lt;no entity&gt;",
        "no\\break",
        "+ no item",
        "=====",
        "a | b",
    ],
)
def test_markdown_in_an_article_is_shown_as_it_stands(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(escaped(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


def test_an_article_as_markdown() -> None:
    article = make_article("Tides *today*", "High water at six.\n\nLow at noon.")
    assert article_markdown(article, highlights=(Span(5, 10),)) == (
        "# Tides \\*today\\*\n\n*Test Herald · date unknown*\n\nHigh **water** at six.\n\nLow at noon.\n"
    )
