"""Figures: what is one, what it is worth, and what other articles say of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare.figures import Linked, extract, join
from reader.model import Span
from reader.model.comparison import FigureValue


def read(body: str) -> list[tuple[str, str, FigureValue, str | None]]:
    return [(m.kind, m.span.slice(body), m.value, m.unit) for m in extract(body, [Span(0, len(body))])]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("A B-2 and an F-22 flew past the G7 and the G8.", id="codes"),
        pytest.param("A one-on-one became a three-on-three meeting.", id="one-on-one"),
        pytest.param("An Airbus A320 and a Boeing 737 landed.", id="aircraft"),
        pytest.param("They may march; it may not.", id="verbs"),
        pytest.param("One of them left, a man of some means.", id="one"),
        pytest.param("The two leaders met again.", id="pointing"),
        pytest.param("Covid-19 and Article 5 and Studio 54.", id="numbered things"),
        pytest.param("See @user12 and #b2b and x_9.", id="handles"),
    ],
)
def test_is_no_figure(body: str) -> None:
    assert read(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "It took six to seven hours.", ("six to seven hours", (6, 7), "hour"), id="range in words"
        ),
        pytest.param("Some 10-15 people came.", ("10-15 people", (10, 15), "person"), id="range in digits"),
        pytest.param("It took several hours.", ("several hours", None, "hour"), id="vague"),
        pytest.param(
            "Hundreds of thousands of people fled.",
            ("Hundreds of thousands of people", None, "person"),
            id="vague scale",
        ),
        pytest.param("It flew 610 million km.", ("610 million km", 610_000_000, "kilometre"), id="measure"),
        pytest.param("A 65-year-old cleaner.", ("65-year-old", 65, "age"), id="age"),
        pytest.param("Tomas Hale, 41, fell.", ("41", 41, "age"), id="age after a name"),
        pytest.param("About 1,426 pilgrims died.", ("1,426 pilgrims", 1426, "pilgrim"), id="thousands"),
        pytest.param("Twenty-five thousand fans.", ("Twenty-five thousand fans", 25_000, "fan"), id="words"),
        pytest.param("Half a dozen ships.", ("dozen ships", 6, "ship"), id="half a dozen"),
        pytest.param("A six-hour debate.", ("six-hour", 6, "hour"), id="compound"),
        pytest.param("The first report is due in a month.", ("a month", 1, "month"), id="a month"),
        pytest.param("Three landing legs broke.", ("Three landing legs", 3, "leg"), id="head noun"),
        pytest.param("No more than 20 women.", ("20 women", 20, "woman"), id="irregular"),
    ],
)
def test_reads_a_number_with_its_noun(body: str, expected: tuple[str, FigureValue, str]) -> None:
    assert [found[1:] for found in read(body) if found[0] == "number"] == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("It cost $590,000.", ("money", "$590,000", 590_000, "dollar"), id="sign"),
        pytest.param(
            "It cost 4.2 million crowns.", ("money", "4.2 million crowns", 4_200_000, "crown"), id="noun"
        ),
        pytest.param(
            "It cost $2-3 million.", ("money", "$2-3 million", (2_000_000, 3_000_000), "dollar"), id="range"
        ),
        pytest.param("It cost £3bn.", ("money", "£3bn", 3_000_000_000, "pound"), id="glued scale"),
        pytest.param("It cost USD 5 million.", ("money", "USD 5 million", 5_000_000, "dollar"), id="code"),
        pytest.param("It rose 46 per cent.", ("percent", "46 per cent", 46, "%"), id="per cent"),
        pytest.param("It rose 4.5%.", ("percent", "4.5%", 4.5, "%"), id="sign of percent"),
        pytest.param("The region pays half.", ("percent", "half", 50, "%"), id="half"),
        pytest.param("About a third of voters.", ("percent", "a third", 33.3, "%"), id="third"),
    ],
)
def test_reads_money_and_percentages(body: str, expected: tuple[str, str, FigureValue, str]) -> None:
    assert read(body) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("on Friday night.", ("Friday night", "-W-5"), id="weekday"),
        pytest.param("on Friday, July 21, 2017, he", ("Friday, July 21, 2017", "2017-07-21"), id="full"),
        pytest.param("from 1 September to", ("1 September", "--09-01"), id="day first"),
        pytest.param("on the 4th of July there", ("4th of July", "--07-04"), id="ordinal"),
        pytest.param("on Sept. 1, 2025.", ("Sept. 1, 2025", "2025-09-01"), id="short month"),
        pytest.param("in May they", ("May", "--05"), id="month"),
        pytest.param("on 2025-08-15 they", ("2025-08-15", "2025-08-15"), id="iso"),
        pytest.param("since 2019 they", ("2019", "2019"), id="year"),
        pytest.param("the duo’s 2018 meeting", ("2018", "2018"), id="year before a noun"),
        pytest.param("in the 1960s they", ("1960s", "196X"), id="decade"),
        pytest.param("of the 20th century and", ("20th century", "19XX"), id="century"),
        pytest.param("early last week they", ("early last week", None), id="last week"),
        pytest.param("Seventeen years ago, it", ("Seventeen years ago", None), id="ago"),
        pytest.param("sent four months in advance of", ("four months in advance", None), id="in advance"),
        pytest.param("this weekend they", ("this weekend", None), id="weekend"),
        pytest.param("Next year’s race", ("Next year", None), id="possessive"),
        pytest.param("in the past few days they", ("past few days", None), id="past few days"),
        pytest.param("on Christmas Eve they", ("Christmas Eve", None), id="holiday"),
    ],
)
def test_reads_a_date(body: str, expected: tuple[str, FigureValue]) -> None:
    assert read(body) == [("date", *expected, None)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("at 7:42 a.m. it", ("7:42 a.m.", "07:42", None), id="half of the day"),
        pytest.param("at 03:17 GMT it", ("03:17 GMT", "03:17", "GMT"), id="zone"),
        pytest.param("at 8pm it", ("8pm", "20:00", None), id="glued"),
        pytest.param("at midnight it", ("midnight", "00:00", None), id="midnight"),
        pytest.param("at 8 o’clock it", ("8 o’clock", "08:00", None), id="o'clock"),
        pytest.param("at half past five on", ("half past five", "05:30", None), id="half past"),
        pytest.param("at a quarter to six on", ("quarter to six", "05:45", None), id="quarter to"),
        pytest.param("at ten past four it", ("ten past four", "04:10", None), id="past"),
        pytest.param("shortly before eight.", ("eight", "08:00", None), id="bare hour"),
    ],
)
def test_reads_a_time(body: str, expected: tuple[str, FigureValue, str | None]) -> None:
    assert read(body) == [("time", *expected)]


def test_brackets_stay_outside_of_times() -> None:
    assert read("It began at 3:30 p.m. ET (11:30 a.m. local time) at the base.") == [
        ("time", "3:30 p.m. ET", "15:30", "ET"),
        ("time", "11:30 a.m. local time", "11:30", "local time"),
    ]


def compared(one: str, two: str, *, linked: bool) -> list[tuple[str, list[str]]]:
    bodies = [one, two]
    mentions = [extract(body, [Span(0, len(body))]) for body in bodies]
    links: list[Linked] = [(0, Span(0, len(one)), 1, Span(0, len(two)))] if linked else []
    return [(f.state, [p.place.text for p in f.places]) for f in join(mentions, bodies, links)]


@pytest.mark.parametrize(
    ("one", "two", "state", "places"),
    [
        pytest.param(
            "a fire injuring 14 people",
            "at least 17 people were injured",
            "differs",
            ["14 people", "17 people"],
            id="least",
        ),
        pytest.param(
            "killing 40 people",
            "at least 40 people died",
            "agree",
            ["40 people", "40 people"],
            id="keeps to it",
        ),
        pytest.param(
            "all crossings are suspended until Thursday",
            "crossings were suspended until Friday",
            "differs",
            ["Thursday", "Friday"],
            id="weekdays",
        ),
        pytest.param(
            "costs 4.2 million crowns",
            "costs 2.1 million crowns",
            "differs",
            ["4.2 million crowns", "2.1 million crowns"],
            id="money",
        ),
        pytest.param(
            "a survey found 54 per cent against",
            "a survey found 46 per cent support",
            "differs",
            ["54 per cent", "46 per cent"],
            id="percent",
        ),
        pytest.param(
            "the region pays half.", "it covers 50 percent", "agree", ["half", "50 percent"], id="half"
        ),
        pytest.param("due in a month", "due within 30 days", "agree", ["a month", "30 days"], id="month"),
        pytest.param(
            "on 1 September", "from September 1", "agree", ["1 September", "September 1"], id="word order"
        ),
        pytest.param(
            "on 1 September 2025",
            "on September 1",
            "agree",
            ["1 September 2025", "September 1"],
            id="partial",
        ),
        pytest.param("nearly 40 ships", "38 ships", "agree", ["40 ships", "38 ships"], id="round"),
        pytest.param(
            "at 7:42 a.m.", "shortly before 8 a.m.", "agree", ["7:42 a.m.", "8 a.m."], id="round time"
        ),
        pytest.param(
            "the ferries collided at 7:42 a.m.",
            "the ferries collided at 9 a.m.",
            "differs",
            ["7:42 a.m.", "9 a.m."],
            id="times",
        ),
    ],
)
def test_linked_figures_agree_or_differ(one: str, two: str, state: str, places: list[str]) -> None:
    assert compared(one, two, linked=True) == [(state, places)]


def test_the_same_noun_joins_figures_that_each_article_gives_once() -> None:
    assert compared("It took several hours.", "It may last six to seven hours.", linked=False) == [
        ("differs", ["several hours", "six to seven hours"])
    ]


def test_a_missing_figure_is_no_difference() -> None:
    assert compared("In 2019 they met.", "They met before.", linked=True) == [("only", ["2019"])]


def test_other_nouns_are_not_compared() -> None:
    assert compared("It has 14 ships.", "It has 17 planes.", linked=True) == [
        ("only", ["14 ships"]),
        ("only", ["17 planes"]),
    ]


def test_unlinked_weekdays_do_not_differ() -> None:
    assert compared("They met on Monday.", "It rained on Friday.", linked=False) == [
        ("only", ["Monday"]),
        ("only", ["Friday"]),
    ]


_TEXT = st.text(st.sampled_from(list("0123456789 .,:/-–$%()'’")) | st.characters(), max_size=60) | st.lists(
    st.sampled_from(
        str.split(
            "two million of a half past 5 p.m. May 2016 last week ago to six-year old $3 bn % Monday 30 July"
        )
    )
).map(" ".join)


@given(_TEXT)
def test_spans_are_sorted_disjoint_and_inside(body: str) -> None:
    found = extract(body, [Span(0, len(body))])
    ends = [0, *(mention.span.end for mention in found)]
    assert all(end <= m.span.start < m.span.end <= len(body) for end, m in zip(ends, found, strict=False))


@given(_TEXT, _TEXT)
def test_joining_does_not_depend_on_the_order(one: str, two: str) -> None:
    def seen(a: str, b: str, swap: bool) -> list[tuple[str, list[tuple[int, int]]]]:
        bodies = [a, b]
        mentions = [extract(body, [Span(0, len(body))]) for body in bodies]
        links: list[Linked] = [(0, Span(0, len(a)), 1, Span(0, len(b)))]
        return sorted(
            (f.state, sorted((abs(swap - p.place.article), p.place.start) for p in f.places))
            for f in join(mentions, bodies, links)
        )

    assert seen(one, two, False) == seen(two, one, True)
