"""The pure parts of the app: the gate, addresses, citations, names, the session."""

from __future__ import annotations

import dataclasses

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from reader.model import Span
from reader.ui.citing import article_citation, citation, passage_at
from reader.ui.columns import columns_for
from reader.ui.evidence import evidence, findings
from reader.ui.exporting import suggested_name, write_new
from reader.ui.gate import ControlGate
from reader.ui.links import addresses, safe_address
from reader.ui.naming import names_of
from reader.ui.palette import unmarked
from reader.ui.scope import EVERYWHERE
from reader.ui.session import Session, Visit
from tests.conftest import make_article
from tests.ui.fake_engine import compare_by_words, sample

BLACK = Color(0, 0, 0)


def test_the_gate_lets_no_control_character_out() -> None:
    (segment,) = ControlGate().apply([Segment("a\x1b]52;c;x\x07\u202eb")], BLACK)
    assert segment.text == "a\ufffd]52;c;x\ufffd\ufffdb"


def test_the_gate_drops_hyperlinks() -> None:
    (segment,) = ControlGate().apply([Segment("here", Style(link="file:///etc/passwd"))], BLACK)
    assert segment.style is not None
    assert segment.style.link is None


def test_the_gate_passes_clean_lines_untouched() -> None:
    segments = [Segment("plain “text” ≈ ok")]
    assert ControlGate().apply(segments, BLACK) is segments


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("https://ledger.example/a", "https://ledger.example/a"),
        ("http://münchen.example/", "http://xn--mnchen-3ya.example/"),
        ("http://[::1]/x", None),
        ("javascript:alert(1)", None),
        ("javascript%3Aalert(1)", None),
        ("file:///etc/passwd", None),
        ("https://user:pw@host.example/", None),
        ("https://host.example/\x1b]0;x", None),
        ("https://host.example/%1b%5d", None),
        ("-https://host.example/", None),
        ("https:///nohost", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_are_opened(written: str | None, opened: str | None) -> None:
    assert safe_address(written) == opened


def test_addresses_of_a_body_lose_the_full_stop_after_them() -> None:
    article = make_article(body="See https://a.example/x. And (https://b.example/y).")
    assert addresses(article) == ("https://a.example/x", "https://b.example/y")


def test_a_quotation_names_headline_source_date_and_id() -> None:
    article = make_article("Fog", "One. Two.", source="Wire", published="2025-03-04", id="wire/fog")
    assert citation(article, Span(0, 4)) == "“One.”\n— Fog. Wire, 4 Mar 2025 (wire/fog)\n"


def test_a_citation_without_date_says_so() -> None:
    assert article_citation(make_article("Why?", source="Wire", id="w")) == "Why? Wire, date unknown (w)"


def test_the_passage_at_a_place_is_its_sentence() -> None:
    article = make_article(body="One is here. Two is there.")
    assert passage_at(article, 14) == Span(13, 26)


def test_equal_sources_are_named_with_their_ids() -> None:
    infos = [make_article(source="Wire", id=f"wire/{n}").info for n in "ab"]
    assert names_of(infos) == ("Wire (a)", "Wire (b)")


def test_unknown_sources_are_named_by_their_ids() -> None:
    infos = [make_article(source="unknown", id=n).info for n in ("000", "003")]
    assert names_of(infos) == ("000", "003")


def test_going_back_and_then_elsewhere_forgets_what_was_ahead() -> None:
    session = Session()
    for name in "abc":
        session.remember(Visit(name, "", EVERYWHERE))
    assert session.step_visit(-1) == Visit("b", "", EVERYWHERE)
    session.remember(Visit("d", "", EVERYWHERE))
    assert session.step_visit(1) is None


@pytest.mark.parametrize("text", [None, "", "[1]", "{", '{"measure": "wide"}', '{"measure": 5000}'])
def test_an_unusable_place_is_ignored(text: str | None) -> None:
    session = Session()
    session.from_text(text)
    assert session.measure == 72


def test_help_lines_of_the_palette_hold_no_markup() -> None:
    assert "[" not in unmarked("[@click=app.quit]x[/]")


def test_findings_count_quotes_and_differences() -> None:
    assert findings(compare_by_words(sample()[:2])) == "1 quote · 1 differs"


def test_findings_say_nothing_of_what_was_not_found() -> None:
    one = compare_by_words(sample()[:2])
    assert findings(dataclasses.replace(one, links=(), figures=())) == "1 quote"
    assert findings(dataclasses.replace(one, links=(), figures=(), quotes=())) == ""


def test_a_file_name_is_made_of_letters_and_dashes() -> None:
    assert suggested_name("Ferry: “14 hurt” / ../x", "md") == "ferry-14-hurt-..-x.md"


def test_an_existing_file_is_never_replaced(tmp_path: object) -> None:
    from pathlib import Path

    target = Path(str(tmp_path)) / "a.md"
    target.write_text("mine")
    assert "exists already" in write_new(str(target), "theirs")
    assert target.read_text() == "mine"


def test_evidence_is_never_empty() -> None:
    from reader.layout.rows import rows

    articles = sample()[:2]
    comparison = compare_by_words(articles)
    shown = rows(comparison, articles)
    assert all(evidence(row, comparison, ("A", "B"), (0, 1)) for row in shown)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_word_of_the_last_column_touches_the_minimap(count: int) -> None:
    for cells in range(100, 261):
        columns = columns_for(count, cells)
        if not columns.stacked:
            assert columns.starts[-1] + columns.text_width < cells - 1
