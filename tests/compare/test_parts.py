"""Levels, claims, headlines, shares and passages: what each says of a small case."""

from __future__ import annotations

import pytest

from reader.compare.claims import distinct_sources, gather
from reader.compare.headlines import side_by_side
from reader.compare.levels import level
from reader.compare.passages import cut
from reader.compare.shares import covered, credited, share
from reader.model import ArticleInfo, Paragraph, Span
from reader.model.comparison import Level


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("the mayor opened it", "the mayor opened it", "verbatim"),
        (
            "she said the bridge opened late on Monday night after the storm",
            "officials say the bridge opened late on Monday night after the storm had gone home",
            "verbatim",
        ),
        ("the mayor opened a new bridge on Monday", "the mayor opened the new bridge on Monday", "near"),
        ("the mayor opened the bridge", "a bridge was opened by its mayor", "reworded"),
        ("in the one of the two of the", "x in the one of the two of the y", "near"),
    ],
    ids=["equal", "run", "one word changed", "reworded", "grammar only"],
)
def test_level_of_two_passages(a: str, b: str, expected: Level) -> None:
    assert level(a.split(" "), b.split(" ")) == expected
    assert level(b.split(" "), a.split(" ")) == expected


def test_a_claim_has_one_passage_of_each_article() -> None:
    links = [(0.9, (0, 1), (1, 4)), (0.5, (0, 1), (2, 0)), (0.4, (0, 2), (1, 4)), (0.3, (1, 4), (2, 0))]
    assert gather(links) == [((0, 1), (1, 4), (2, 0))]


def test_unknown_sources_count_one_each() -> None:
    infos = [
        ArticleInfo(name, source, None, None, "", 0, "")
        for name, source in (("a", "Herald"), ("b", "Herald"), ("c", "unknown"), ("d", "unknown"))
    ]
    assert distinct_sources(infos, range(4)) == 3


def test_headlines_show_what_is_common_own_and_unsupported() -> None:
    found = side_by_side(
        ["Bridge opens early", "Bridges: chaos", None], [{"bridg", "open"}, {"bridg"}, set()]
    )
    assert found.common == ("Bridge",)
    assert [item.own for item in found.items] == [("opens", "early"), ("chaos",), ()]
    assert [item.unsupported for item in found.items] == [("early",), ("chaos",), ()]


def test_no_headline_is_invented() -> None:
    assert [item.text for item in side_by_side([None, None], [set(), set()]).items] == [None, None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reuters reported a ceasefire.", ["Reuters reported"]),
        ("OSLO (AP) - He left, according to Reuters.", ["(AP)", "according to Reuters"]),
        ("A source told Reuters so.", ["told Reuters"]),
        ("The APEC summit. Reuters has a building.", []),
    ],
)
def test_agencies_are_credited_where_the_text_says_so(text: str, found: list[str]) -> None:
    assert [span.slice(text) for span in credited(text, [Span(0, len(text))])] == found


def test_shared_characters_count_once() -> None:
    assert covered([Span(0, 10), Span(5, 12), Span(20, 22)]) == 14
    assert share([Span(0, 10), Span(5, 12)], [Span(0, 24)]) == 0.5
    assert share([], []) == 0.0


def test_a_short_quotation_is_never_cut() -> None:
    body = "“We came. We saw.” Then they left. “It is over,” he said."
    found = cut(body, [Paragraph(Span(0, len(body)), "body")])
    assert [passage.span.slice(body) for passage in found.passages] == [
        "“We came. We saw.”",
        "Then they left.",
        "“It is over,” he said.",
    ]
