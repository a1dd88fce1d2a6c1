"""The excerpt under a hit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Paragraph, Span
from reader.model.query import Phrase, Query, Terms
from reader.search.highlight import highlights
from reader.search.snippets import snippet

LONG = (
    "The harbour was quiet. " * 20
    + "The mayor spoke of the bridge. "
    + "Nobody answered. " * 30
    + "The mayor said the bridge\nwould be   repaired by spring, and the ferry sold.\n\n"
    + "More was not said. " * 20
)


def _marked(query: Query, body: str, width: int = 160) -> list[str]:
    found = snippet(query, body, width=width)
    return [span.slice(found.text) for span in found.spans]


def test_the_stretch_with_most_different_words_is_chosen() -> None:
    assert _marked(Terms(("mayor", "bridge", "ferry")), LONG) == ["mayor", "bridge", "ferry"]


def test_a_snippet_is_one_line_without_runs_of_spaces() -> None:
    assert "the bridge would be repaired by spring" in snippet(Terms(("repaired",)), LONG).text


def test_cuts_are_marked_by_an_ellipsis() -> None:
    text = snippet(Terms(("ferry",)), LONG).text
    assert text.startswith("…")
    assert text.endswith("…")


def test_a_short_body_is_shown_whole() -> None:
    assert snippet(Terms(("two",)), "One two three.").text == "One two three."


def test_a_snippet_begins_with_the_sentence_when_it_can() -> None:
    assert snippet(Terms(("ferry",)), LONG).text.startswith("…The mayor said")


def test_a_phrase_is_marked_as_a_whole() -> None:
    assert _marked(Phrase(("the", "bridge", "would", "be")), LONG) == ["bridge would"]


def test_without_a_match_the_body_begins() -> None:
    found = snippet(Terms(("zeppelin",)), LONG)
    assert found.text.startswith("The harbour was quiet.")
    assert found.spans == ()


def test_without_a_match_headings_are_passed_over() -> None:
    body = "READ ALSO: more\n\nThe harbour was quiet."
    paragraphs = (Paragraph(Span(0, 15), "boilerplate"), Paragraph(Span(17, len(body)), "body"))
    assert snippet(Terms(("x1",)), body, paragraphs=paragraphs).text == "…The harbour was quiet."


def test_an_empty_body_gives_an_empty_snippet() -> None:
    assert snippet(Terms(("x1",)), "").text == ""


def test_a_match_far_into_a_long_body_is_found() -> None:
    assert _marked(Terms(("ferry",)), "quiet harbour " * 10_000 + "the ferry sank") == ["ferry"]


@pytest.mark.parametrize("width", [20, 60, 160])
@given(body=st.text(alphabet="ab \n.é東", max_size=300))
def test_what_is_marked_in_a_snippet_is_marked_in_the_body(width: int, body: str) -> None:
    query = Terms(("ab", "ba"))
    marked = {" ".join(span.slice(body).split()) for span in highlights(query, body)}
    assert set(_marked(query, body, width)) <= marked


@given(body=st.text(alphabet="ab \n.é東", max_size=300))
def test_a_snippet_shows_a_match_when_there_is_one(body: str) -> None:
    query = Terms(("ab", "ba"))
    assert bool(snippet(query, body).spans) == bool(highlights(query, body))
