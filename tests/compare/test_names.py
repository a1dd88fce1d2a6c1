"""Names: finding them in a body and joining their spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare.names import NameTable, cluster_names, extract, join
from reader.model import Span


def found(body: str) -> list[str]:
    return [mention.text for mention in extract(body, [Span(0, len(body))])]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Then President Joe Biden met Obama.", ["Joe Biden", "Obama"], id="titles"),
        pytest.param("US Secretary of State Marco Rubio came.", ["Marco Rubio"], id="title with of"),
        pytest.param(
            "On Monday in March the Russian team met Putin’s aide.", ["Putin"], id="days and peoples"
        ),
        pytest.param("Experts say Ann Bell left.", ["Ann Bell"], id="sentence start"),
        pytest.param("A B-2 and an F-22 flew over Kyiv to the G8.", ["Kyiv"], id="codes"),
        pytest.param("He saw Donald Trump and Vladimir Putin.", ["Donald Trump", "Vladimir Putin"], id="and"),
        pytest.param("It met the Bank of England in May.", ["Bank of England"], id="of"),
        pytest.param("They saw Ludwig van Beethoven there.", ["Ludwig van Beethoven"], id="particle"),
    ],
)
def test_finds_names(body: str, expected: list[str]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Zelenskyy", "Zelenskiy"),
        ("Volodymyr Zelenskyy", "Vladimir Zelensky"),
        ("Kyiv", "Kiev"),
        ("Erdoğan", "Erdogan"),
        ("Lukashenko", "Lukashenka"),
        ("Xi Jinping", "Xi Jin-ping"),
        ("Mr. Putin", "Vladimir Putin"),
        ("W. Mark Felt Sr.", "Mark Felt"),
    ],
)
def test_spellings_join(one: str, two: str) -> None:
    assert len(set(cluster_names([one, two]))) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Putin", "Patton"),
        ("Iran", "Iraq"),
        ("Biden", "Bidens"),
        ("Niger", "Nigeria"),
        ("Hillary Clinton", "Bill Clinton"),
        ("Witkoff", "Wyckoff"),
        ("Ivanov", "Ivanova"),
        ("North Carolina", "South Carolina"),
        ("Gambia", "Zambia"),
        ("Muscat", "Bank of Muscat"),
        ("Atlanta", "Atlanta Journal-Constitution"),
    ],
)
def test_lookalikes_stay_apart(one: str, two: str) -> None:
    assert len(set(cluster_names([one, two]))) == 2


def test_a_family_name_of_two_persons_stays_open() -> None:
    assert len(set(cluster_names(["Hillary Clinton", "Bill Clinton", "Clinton"]))) == 3


def test_every_spelling_keeps_its_count() -> None:
    bodies = ["Volodymyr Zelenskyy spoke. Then Zelenskyy left; Zelenskyy smiled.", "There Zelenskiy spoke."]
    joined = join([extract(body, [Span(0, len(body))]) for body in bodies])
    assert [(s.text, s.article, s.count) for s in joined[0].spellings] == [
        ("Volodymyr Zelenskyy", 0, 1),
        ("Zelenskyy", 0, 2),
        ("Zelenskiy", 1, 1),
    ]


def test_a_speaker_resolves_to_the_fullest_form_of_its_article() -> None:
    body = "Volodymyr Zelenskyy spoke. “No,” Zelenskyy said."
    table = NameTable([extract(body, [Span(0, len(body))])])
    at = body.rindex("Zelenskyy")
    assert table.resolve(0, "Zelenskyy", Span(at, at + 9)) == "Volodymyr Zelenskyy"


def test_a_description_resolves_to_no_name() -> None:
    body = "“No,” a Kremlin official said. In Moscow the Kremlin was silent."
    at = body.index("a Kremlin official")
    table = NameTable([extract(body, [Span(0, len(body))])])
    assert table.resolve(0, "a Kremlin official", Span(at, at + 18)) is None


@given(st.text(max_size=120))
def test_mentions_slice_to_their_text(body: str) -> None:
    assert all(m.span.slice(body) == m.text for m in extract(body, [Span(0, len(body))]))


@given(st.lists(st.text(max_size=12), max_size=6))
def test_groups_do_not_depend_on_the_order(names: list[str]) -> None:
    forward = cluster_names(names)
    backward = tuple(reversed(cluster_names(names[::-1])))
    pairs = range(len(names))
    assert [forward[i] == forward[j] for i in pairs for j in pairs] == [
        backward[i] == backward[j] for i in pairs for j in pairs
    ]
