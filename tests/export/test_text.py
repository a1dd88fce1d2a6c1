"""Comparisons and articles as plain text."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from reader.export.selection import ONLY, Only
from reader.export.text import article_text, comparison_text
from reader.model.comparison import Claim
from tests.conftest import make_article
from tests.export.conftest import Compared
from tests.export.golden import matches
from tests.layout.comparisons import compared, link, place

GOLDEN = Path(__file__).parent / "golden"


def printed(bridge: Compared, width: int, only: Only | None = None, *, ascii_only: bool = False) -> str:
    lines = comparison_text(bridge.found, bridge.articles, width=width, only=only, ascii_only=ascii_only)
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_comparison_at_a_width(bridge: Compared, width: int) -> None:
    assert matches(GOLDEN / f"comparison-{width}.txt", printed(bridge, width))


@pytest.mark.parametrize("only", ONLY)
def test_a_part_of_a_comparison(bridge: Compared, only: Only) -> None:
    assert matches(GOLDEN / f"comparison-{only}.txt", printed(bridge, 80, only))


def test_without_utf8_the_glyphs_are_ascii(bridge: Compared) -> None:
    assert ' " ' in printed(bridge, 120, ascii_only=True)


@pytest.mark.parametrize("width", [20, 40, 79, 80, 99, 100, 160])
def test_no_line_is_wider_than_asked(bridge: Compared, width: int) -> None:
    assert max(cell_len(line) for line in printed(bridge, width).splitlines()) <= width


def test_more_than_four_articles_become_a_matrix() -> None:
    articles = tuple(
        make_article(
            None, f"The bridge is shut. Paper {number} says more.", source=f"Paper {number}", id=f"p/{number}"
        )
        for number in range(5)
    )
    shut = [place(articles, number, "The bridge is shut.") for number in range(5)]
    found = compared(
        articles,
        [place(articles, 4, "Paper 4 says more.")],
        links=tuple(link(shut[0], other, "verbatim") for other in shut[1:]),
        claims=(Claim(tuple(shut), 5),),
    )
    assert matches(GOLDEN / "matrix.txt", "".join(f"{line}\n" for line in comparison_text(found, articles)))


def test_an_article_has_headline_facts_and_body() -> None:
    article = make_article(
        "Tides", "High water at six in the morning.", published="2026-04-02T18:30:00+01:00"
    )
    assert list(article_text(article, 20)) == [
        "Tides",
        "Test Herald ·",
        "2026-04-02 18:30",
        "+01:00",
        "",
        "High water at six in",
        "the morning.",
    ]


def test_an_article_without_headline_or_date_says_so() -> None:
    article = make_article(None, "High water.")
    assert list(article_text(article, 40)) == ["Test Herald · date unknown", "", "High water."]


def test_an_empty_article_is_its_head() -> None:
    assert list(article_text(make_article("Tides", ""), 40)) == ["Tides", "Test Herald · date unknown"]
