"""The query language: what is typed, what is searched, what is said about it."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import get_args

import pytest

from reader.model.query import (
    EVERYTHING,
    All,
    AnyOf,
    Fuzzy,
    In,
    Not,
    ParsedQuery,
    Phrase,
    Prefix,
    Query,
    Range,
    Terms,
    Wildcard,
)
from reader.search.query_parser import MAX_CHARACTERS, parse
from reader.search.query_tree import plain

TODAY = dt.date(2025, 8, 20)
NOTHING = AnyOf(())


def _terms(*words: str) -> Terms:
    return Terms(words)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("putin trump", _terms("putin", "trump")),
        ("deal deal", _terms("deal", "deal")),
        ('"air force one"', Phrase(("air", "force", "one"))),
        ("“air force one”", Phrase(("air", "force", "one"))),
        ("»air force« one", All((Phrase(("air", "force")), _terms("one")))),
        ('"ceasefire talks"~5', Phrase(("ceasefire", "talks"), 5)),
        ("putin -alaska", All((_terms("putin"), Not(_terms("alaska"))))),
        ("putin NOT alaska", All((_terms("putin"), Not(_terms("alaska"))))),
        ("-alaska", All((Not(_terms("alaska")),))),
        ('-"air base"', All((Not(Phrase(("air", "base"))),))),
        ("-(summit talks)", All((Not(_terms("summit", "talks")),))),
        ("putin OR trump", AnyOf((_terms("putin"), _terms("trump")))),
        ("putin | trump", AnyOf((_terms("putin"), _terms("trump")))),
        ("putin AND trump", All((_terms("putin"), _terms("trump")))),
        ("+putin trump", All((_terms("putin"), _terms("trump")))),
        ("deal (putin OR trump)", All((_terms("deal"), AnyOf((_terms("putin"), _terms("trump")))))),
        ("deal putin OR trump", All((_terms("deal"), AnyOf((_terms("putin"), _terms("trump")))))),
        (
            "x1 OR putin AND trump",
            AnyOf((_terms("x1"), All((_terms("putin"), _terms("trump"))))),
        ),
        ("zelensk*", Prefix("zelensk")),
        ("wor*d", Wildcard("wor*d")),
        ("w?rd", Wildcard("w?rd")),
        ("*ship", Wildcard("*ship")),
        ("fuzzy~", Fuzzy("fuzzy")),
        ("fuzzy~2", Fuzzy("fuzzy", 2)),
        ("trump zelensk*", AnyOf((_terms("trump"), Prefix("zelensk")))),
        ("=zelensky", Phrase(("zelensky",))),
        ("source:guardian", In("source", ("guardian",))),
        ('source:"The Guardian"', In("source", ("The Guardian",))),
        ("source:a1,b2", In("source", ("a1", "b2"))),
        ("source:a1 source:b2", In("source", ("a1", "b2"))),
        ("source:a1 deal source:b2", All((In("source", ("a1", "b2")), _terms("deal")))),
        ("-source:a1 -source:b2", All((Not(In("source", ("a1",))), Not(In("source", ("b2",)))))),
        ("headline:summit", Terms(("summit",), "headline")),
        ("title:summit", Terms(("summit",), "headline")),
        ('headline:"air base"', Phrase(("air", "base"), 0, "headline")),
        ("headline:summ*", Prefix("summ", "headline")),
        ("headline:(summit OR deal)", AnyOf((Terms(("summit",), "headline"), Terms(("deal",), "headline")))),
        ("author:smith", Terms(("smith",), "author")),
        ("story:a/b", In("story", ("a/b",))),
        ("is:Unread", In("is", ("unread",))),
        ("has:note", In("has", ("note",))),
        ("tag:war", In("tag", ("war",))),
        ("id:guardian/one", In("id", ("guardian/one",))),
        ("who won?", _terms("who", "won")),
        ("Paris - Berlin", _terms("Paris", "Berlin")),
        ("14:30 https://a.b/c", _terms("14:30", "https://a.b/c")),
        ("C++ AT&T U.S.", _terms("C++", "AT&T", "U.S")),
        ("to be", Phrase(("to", "be"))),
        ("the summit", _terms("the", "summit")),
        ("the source:a1", In("source", ("a1",))),
        ("--alaska", All((Not(_terms("alaska")),))),
        ("()", NOTHING),
    ],
)
def test_query_is_read_as(text: str, query: Query) -> None:
    assert parse(text, today=TODAY).query == query


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("date:2025", "2025-01-01", "2025-12-31"),
        ("date:2025-08", "2025-08-01", "2025-08-31"),
        ("date:2025-08-15", "2025-08-15", "2025-08-15"),
        ("date:2025-07..2025-08", "2025-07-01", "2025-08-31"),
        ("date:2025-07..", "2025-07-01", None),
        ("date:..2025-07", None, "2025-07-31"),
        ("since:2025-08", "2025-08-01", None),
        ("until:2025-08", None, "2025-08-31"),
        ("date:today", "2025-08-20", "2025-08-20"),
        ("date:yesterday", "2025-08-19", "2025-08-19"),
        ('date:"last week"', "2025-08-11", "2025-08-17"),
        ("date:last week", "2025-08-11", "2025-08-17"),
        ('date:"this week"', "2025-08-18", "2025-08-20"),
        ('date:"last week"..today', "2025-08-11", "2025-08-20"),
        ("date:“last month”", "2025-07-01", "2025-07-31"),
        ('date:"last year"', "2024-01-01", "2024-12-31"),
        ("since:3 days ago", "2025-08-17", None),
        ('since:"a week ago"', "2025-08-13", None),
        ('date:"last 7 days"', "2025-08-13", "2025-08-20"),
        ("since:2w", "2025-08-06", None),
        ("date:monday", "2025-08-18", "2025-08-18"),
        ('date:"last wednesday"', "2025-08-13", "2025-08-13"),
        ("date:august", "2025-08-01", "2025-08-31"),
        ("date:september", "2024-09-01", "2024-09-30"),
        ('date:"15 Aug 2025"', "2025-08-15", "2025-08-15"),
        ('date:"August 15, 2025"', "2025-08-15", "2025-08-15"),
        ("date:2025-09..2025-07", "2025-07-01", "2025-09-30"),
    ],
)
def test_dates_are_read_as(text: str, low: str | None, high: str | None) -> None:
    assert parse(text, today=TODAY).query == Range("date", low, high)


@pytest.mark.parametrize(
    ("text", "query", "said", "position"),
    [
        ("", EVERYTHING, "nothing was asked for", 0),
        ("the", EVERYTHING, "nearly every article", 0),
        ("AND AND", NOTHING, "both sides", 0),
        ("putin AND", _terms("putin"), "both sides", 6),
        ("*", NOTHING, "every word", 0),
        ("putin a*", _terms("putin"), "two letters", 6),
        ('putin "open', All((_terms("putin"), Phrase(("open",)))), "never closed", 6),
        ("(putin", _terms("putin"), "never closed", 0),
        ("putin)", _terms("putin"), "closes nothing", 5),
        ("😀", NOTHING, "no word", 0),
        ("\0putin", _terms("putin"), "control characters", 0),
        ("nosuch:x", _terms("nosuch:x"), "no field nosuch", 0),
        ("date:soon putin", _terms("soon", "putin"), "no date", 0),
        ("date:2025-02-30", _terms("2025-02-30"), "no date", 0),
        ("is:odd", _terms("is:odd"), "is:unread", 3),
        ("source:", NOTHING, "needs a value", 0),
        ("since: 2025", _terms("2025"), "needs a date", 0),
        ('""', NOTHING, "no word between", 0),
        ("word~7", Fuzzy("word", 2), "two letters at most", 0),
        ("putin -", _terms("putin"), "", 0),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_searched(
    text: str, query: Query, said: str, position: int
) -> None:
    parsed = parse(text, today=TODAY)
    first = parsed.diagnostics[0] if parsed.diagnostics else None
    assert parsed.query == query
    assert said in (first.message if first else "")
    assert position == (first.position if first else 0)


def test_only_twenty_words_are_expanded() -> None:
    parsed = parse(" ".join(f"pre{i:02}*" for i in range(30)), today=TODAY)
    assert isinstance(parsed.query, AnyOf)
    assert sum(isinstance(part, Prefix) for part in parsed.query.parts) == 20
    assert "first 20" in parsed.diagnostics[0].message


def test_a_long_query_is_cut_and_says_so() -> None:
    parsed = parse("putin " * 1000, today=TODAY)
    assert len(parsed.text) == MAX_CHARACTERS
    assert parsed.diagnostics[0].position == MAX_CHARACTERS


def test_deep_parentheses_are_passed_over() -> None:
    parsed = parse("(" * 1500 + "putin" + ")" * 1500, today=TODAY)
    assert parsed.query == _terms("putin")
    assert "deep" in parsed.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("put", AnyOf((_terms("put"), Prefix("put")))),
        ("trump pu", AnyOf((_terms("trump"), AnyOf((_terms("pu"), Prefix("pu")))))),
        ("trump pu ", _terms("trump", "pu")),
        ("p", _terms("p")),
        ("headline:pu", AnyOf((Terms(("pu",), "headline"), Prefix("pu", "headline")))),
        ("-pu", All((Not(_terms("pu")),))),
        ('"air for', All((Phrase(("air",)), AnyOf((_terms("for"), Prefix("for")))))),
    ],
)
def test_the_last_word_is_still_being_typed(text: str, query: Query) -> None:
    assert parse(text, today=TODAY, as_you_type=True).query == query


@pytest.mark.parametrize(
    "text", ["", "source:", "putin OR", "(put", '"air f', "-", "date:", "is:unr", "date:20"]
)
def test_unfinished_typing_is_not_complained_about(text: str) -> None:
    assert parse(text, today=TODAY, as_you_type=True).diagnostics == ()


def test_plain_words_have_no_operators() -> None:
    assert plain("putin AND -trump (x)") == _terms("putin", "AND", "-trump", "(x)")


def test_plain_words_keep_repetitions() -> None:
    assert plain("heat heat flow") == _terms("heat", "heat", "flow")


PIECES = [
    *"()\"'“”-+=*?~:|&^\0\n 😀é.,/\\[]{}<>",
    *(
        "AND",
        "OR",
        "NOT",
        " ",
        " ",
        "the",
        "putin",
        "a",
        "date:",
        "since:",
        "source:",
        "is:",
        "headline:",
        "x*",
        "y~9",
    ),
    *("..", "2025-08", "last week", "nosuch:", "\u202e", "\ud800", "東京", "(" * 40, "a b c"),
]


def _depth(query: Query) -> int:
    if isinstance(query, All | AnyOf):
        return 1 + max(map(_depth, query.parts), default=0)
    return 1 + _depth(query.part) if isinstance(query, Not) else 0


def _check(parsed: ParsedQuery, typed: str) -> None:
    assert isinstance(parsed.query, get_args(Query))
    assert _depth(parsed.query) <= 160
    assert all(0 <= diagnostic.position <= len(typed) for diagnostic in parsed.diagnostics)
    assert list(parsed.diagnostics) == sorted(parsed.diagnostics, key=lambda d: d.position)
    assert len(parsed.diagnostics) <= 40


def _fuzz(count: int) -> float:
    """The 99th percentile of one query, in seconds of this process."""
    chance = random.Random(20)
    costs = []
    for _ in range(count):
        typed = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 30)))
        started = time.process_time()
        parsed = parse(typed, today=TODAY, as_you_type=chance.random() < 0.5)
        costs.append(time.process_time() - started)
        _check(parsed, typed)
    return sorted(costs)[count * 99 // 100]


@pytest.mark.quick
def test_no_query_is_an_error_quick() -> None:
    assert _fuzz(3_000) < 0.05


@pytest.mark.full
def test_no_query_is_an_error_full() -> None:
    assert _fuzz(100_000) < 0.05
