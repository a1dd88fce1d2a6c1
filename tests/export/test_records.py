"""JSON documents: shapes, order of keys, and bytes that are the same every time."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.export import records
from reader.export.selection import ONLY, narrowed
from reader.model import Problem, SourceCount, Span, Story
from reader.model.comparison import Trace, TraceHit
from reader.model.query import Diagnostic
from reader.model.results import FacetCount, Hit, SearchResults, Snippet
from tests.conftest import make_article
from tests.export.conftest import Compared
from tests.export.golden import matches

GOLDEN = Path(__file__).parent / "golden"
ARTICLE = make_article("Tides", "High water.\n\nLow water.", published="2026-04-02", id="echo/tides")


def test_a_comparison_is_printed_as_documented(bridge: Compared) -> None:
    assert matches(GOLDEN / "comparison.json", records.dumps(records.comparison(bridge.found)) + "\n")


def test_a_comparison_has_the_documented_keys_in_order(bridge: Compared) -> None:
    assert list(records.comparison(bridge.found)) == [
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


def test_floats_have_three_decimals(bridge: Compared) -> None:
    document = json.loads(records.dumps(records.comparison(bridge.found)))
    assert [link["score"] for link in document["links"]] == [0.7, 0.25]


def test_a_range_of_a_figure_is_a_list(bridge: Compared) -> None:
    document = json.loads(records.dumps(records.comparison(bridge.found)))
    assert document["figures"][1]["places"][0]["value"] == [4000, 4000.5]


def test_only_keeps_the_shape_of_the_document(bridge: Compared) -> None:
    whole = list(records.comparison(bridge.found))
    assert all(list(records.comparison(narrowed(bridge.found, only))) == whole for only in ONLY)


def test_only_differences_leaves_what_differs(bridge: Compared) -> None:
    chosen = narrowed(bridge.found, "differences")
    assert (len(chosen.links), len(chosen.figures), len(chosen.quotes), chosen.only) == (1, 1, 1, ())


def test_an_article_has_its_fields_and_paragraphs() -> None:
    assert records.article(ARTICLE) == {
        "schema": 1,
        "kind": "article",
        "id": "echo/tides",
        "source": "Test Herald",
        "headline": "Tides",
        "published": "2026-04-02",
        "url": None,
        "author": None,
        "lang": None,
        "path": "echo/tides.txt",
        "words": 4,
        "digest": ARTICLE.digest,
        "hidden": 0,
        "cut": 0,
        "body": "High water.\n\nLow water.",
        "paragraphs": [{"start": 0, "end": 11, "kind": "body"}, {"start": 13, "end": 23, "kind": "body"}],
    }


def test_a_list_of_articles_names_the_problems() -> None:
    problem = Problem("a/b.txt", "is empty", "write something")
    assert records.articles([ARTICLE.info], [problem]) == {
        "schema": 1,
        "kind": "articles",
        "articles": [
            {
                "id": "echo/tides",
                "source": "Test Herald",
                "headline": "Tides",
                "published": "2026-04-02",
                "path": "echo/tides.txt",
                "words": 4,
                "hidden": 0,
            }
        ],
        "problems": [{"path": "a/b.txt", "reason": "is empty", "remedy": "write something"}],
    }


def test_sources_are_counted() -> None:
    assert records.sources([SourceCount("Echo", 2)]) == {
        "schema": 1,
        "kind": "sources",
        "sources": [{"source": "Echo", "articles": 2}],
    }


def test_a_story_has_its_articles_and_evidence() -> None:
    assert records.stories([Story("a/1", "Tides", ("a/1", "b/1"), ("A", "B"), ("high water",))]) == {
        "schema": 1,
        "kind": "stories",
        "stories": [
            {
                "id": "a/1",
                "headline": "Tides",
                "articles": ["a/1", "b/1"],
                "sources": ["A", "B"],
                "evidence": ["high water"],
            }
        ],
    }


def test_a_search_has_hits_with_snippets() -> None:
    results = SearchResults(
        "tides",
        (Hit("echo/tides", 1.23456),),
        1,
        facets=(("source", (FacetCount("Test Herald", 1),)),),
        elapsed_s=0.0015,
        diagnostics=(Diagnostic("odd", 2),),
    )
    snippets = {"echo/tides": Snippet("High tides", (Span(5, 10),))}
    assert records.search(results, {"echo/tides": ARTICLE.info}, snippets) == {
        "schema": 1,
        "kind": "search",
        "query": "tides",
        "total": 1,
        "hits": [
            {
                "id": "echo/tides",
                "source": "Test Herald",
                "headline": "Tides",
                "published": "2026-04-02",
                "score": 1.235,
                "snippets": [{"text": "High tides", "spans": [[5, 10]]}],
            }
        ],
        "took_ms": 1.5,
        "total_exact": True,
        "facets": {"source": [{"value": "Test Herald", "count": 1}]},
        "partial": False,
        "diagnostics": [{"message": "odd", "position": 2}],
        "suggestion": None,
    }


def test_a_trace_has_its_hits() -> None:
    hit = TraceHit("echo/tides", "Echo", 0, 11, "High water.", "verbatim", 0.98765)
    assert records.trace(Trace("high water", (hit,))) == {
        "schema": 1,
        "kind": "trace",
        "query": "high water",
        "hits": [
            {
                "id": "echo/tides",
                "source": "Echo",
                "start": 0,
                "end": 11,
                "text": "High water.",
                "level": "verbatim",
                "score": 0.988,
            }
        ],
    }


@given(st.text())
def test_any_text_survives_and_stays_printable(text: str) -> None:
    printed = records.dumps({"text": text})
    assert json.loads(printed) == {"text": text}
    assert not any(
        (ord(character) < 32 and character != "\n") or 0x7F <= ord(character) < 0xA0 for character in printed
    )
