"""HTML: one file, no script, nothing fetched, outside text escaped."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from reader.export.html import article_html, comparison_html
from reader.export.selection import ONLY, Only
from reader.model import Span
from tests.conftest import make_article
from tests.export.conftest import Compared
from tests.export.golden import matches

GOLDEN = Path(__file__).parent / "golden"
VOID = {"meta", "br"}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "div", "span", "mark"),
    *("table", "thead", "tbody", "tr", "br", "th", "td", "ul", "ol", "li"),
}


class Checked(HTMLParser):
    """Collects tags and attributes, and the text of the body; fails on tags that do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_comparison_as_html(bridge: Compared) -> None:
    assert matches(GOLDEN / "comparison.html", comparison_html(bridge.found, bridge.articles))


@pytest.mark.parametrize("only", [None, *ONLY])
def test_a_page_is_well_formed_and_runs_nothing(bridge: Compared, only: Only | None) -> None:
    page = Checked(comparison_html(bridge.found, bridge.articles, only))
    assert page.tags <= TAGS
    assert not {name for name in page.attributes if name.startswith("on") or name in ("src", "href")}


def test_tags_in_an_article_are_shown(bridge: Compared) -> None:
    assert "<b>many</b>" in Checked(comparison_html(bridge.found, bridge.articles)).text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "</title></style>", "&amp;"]
)
def test_hostile_text_is_text(text: str) -> None:
    article = make_article(text, f"{text} {text}", source=text)
    page = Checked(article_html(article, highlights=(Span(0, len(text)),)))
    assert page.text.count(text) == 5
    assert page.tags == {"html", "head", "meta", "title", "style", "body", "h1", "p", "mark"}
