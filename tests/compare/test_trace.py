from __future__ import annotations

import pytest

from reader.compare.analysis import Analysis, analyse
from reader.compare.trace import trace
from reader.model import CancelToken
from reader.model.errors import Cancelled
from tests.conftest import make_article

BODIES = {
    "herald/bridge": "The harbour bridge cost 12 million. Mayor Ada Brandt opened the bridge on Monday.",
    "courier/bridge": "Fishermen complained. On Monday the harbour bridge was opened by mayor Ada Brandt.",
    "herald/strike": "Train drivers walked out across the region while commuters waited in the rain.",
}


@pytest.fixture
def library() -> list[Analysis]:
    return [
        analyse(make_article(None, body, source=place.split("/")[0], id=place))
        for place, body in BODIES.items()
    ]


def test_the_same_words_come_first_and_are_verbatim(library: list[Analysis]) -> None:
    hits = trace("Mayor Ada Brandt opened the bridge on Monday.", library).hits
    assert [(hit.article_id, hit.level) for hit in hits] == [
        ("herald/bridge", "verbatim"),
        ("courier/bridge", "reworded"),
    ]
    assert hits[0].score == 1.0


def test_a_phrase_is_found_inside_a_passage(library: list[Analysis]) -> None:
    hit = trace("commuters waited in the rain", library).hits[0]
    assert (hit.article_id, hit.level) == ("herald/strike", "verbatim")


def test_hits_slice_to_their_text(library: list[Analysis]) -> None:
    for hit in trace("harbour bridge opened by the mayor", library).hits:
        assert BODIES[hit.article_id][hit.start : hit.end] == hit.text


def test_the_article_the_text_comes_from_is_left_out(library: list[Analysis]) -> None:
    hits = trace("Mayor Ada Brandt opened the bridge on Monday.", library, origin="herald/bridge").hits
    assert [hit.article_id for hit in hits] == ["courier/bridge"]


@pytest.mark.parametrize("text", ["", " ", "the", "…", "qqq"])
def test_what_stands_nowhere_finds_nothing(library: list[Analysis], text: str) -> None:
    assert trace(text, library).hits == ()


def test_tracing_can_be_cancelled(library: list[Analysis]) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        trace("bridge", library, cancel=token)
