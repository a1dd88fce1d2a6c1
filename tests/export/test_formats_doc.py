"""docs/formats.md names every key that is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reader.export import records
from reader.model import Problem, SourceCount, Story
from reader.model.comparison import Trace, TraceHit
from reader.model.keeping import KeptNote, NotePlace
from reader.model.query import Diagnostic
from reader.model.results import FacetCount, Hit, SearchResults, Snippet
from tests.conftest import make_article
from tests.export.conftest import Compared

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
ARTICLE = make_article("Tides", "High water.", id="echo/tides")


def keys(value: object) -> set[str]:
    """Every key anywhere in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys(part)}
    return {key for part in value for key in keys(part)} if isinstance(value, list) else set()


PRINTED = {
    "articles": records.articles([ARTICLE.info], [Problem("a", "b", "c")]),
    "sources": records.sources([SourceCount("a", 1)]),
    "stories": records.stories([Story("a", None, ("a",), ("b",), ("c",))]),
    "search": records.search(
        SearchResults(
            "a",
            (Hit("echo/tides", 1.0),),
            1,
            facets=(("source", (FacetCount("a", 1),)),),
            diagnostics=(Diagnostic("a", 0),),
        ),
        {"echo/tides": ARTICLE.info},
        {"echo/tides": Snippet("a", ())},
    ),
    "article": records.article(ARTICLE),
    "trace": records.trace(Trace("a", (TraceHit("a", "b", 0, 1, "c", "near", 1.0),))),
    "notes": records.notes([(KeptNote("a", (NotePlace("b", 0, 1, "c", "d"),), "e"), True)]),
    "export": records.export([ARTICLE]),
}


def documented() -> set[str]:
    """Every word in code marks of the document."""
    code = " ".join(re.findall(r"`[^`]+`", DOCUMENT.read_text(encoding="utf-8")))
    return set(re.findall(r"\w+", code))


@pytest.mark.parametrize("kind", list(PRINTED))
def test_every_key_is_documented(kind: str) -> None:
    assert keys(json.loads(records.dumps(PRINTED[kind]))) <= documented()
    assert f"## `{kind}`" in DOCUMENT.read_text(encoding="utf-8")


def test_every_key_of_a_comparison_is_documented(bridge: Compared) -> None:
    assert keys(json.loads(records.dumps(records.comparison(bridge.found)))) <= documented()
