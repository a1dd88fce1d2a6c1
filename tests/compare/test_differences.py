"""Differences inside a link: figures, times, names, denials, possibilities; nothing that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare import figures, names
from reader.compare.differences import PassageView, differences
from reader.model import Span
from reader.text.tokens import tokens


def view(body: str) -> PassageView:
    span = [Span(0, len(body))]
    words = tokens(body)
    return PassageView(
        body,
        [word.text for word in words],
        [word.start for word in words],
        [word.end for word in words],
        figures.extract(body, span),
        names.extract(body, span),
    )


def found(one: str, two: str) -> list[tuple[str, str, str]]:
    a, b = view(one), view(two)
    table = names.NameTable([a.names, b.names])
    return [(kind, x.slice(one), y.slice(two)) for kind, x, y in differences(a, b, table)]


GUARANTEES = (
    "Trump further said there was “a possibility” of offering Ukraine US-backed security guarantees.",
    "He also refrained from offering any security guarantees for Ukraine.",
)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param(
            *GUARANTEES, ("negation", "“a possibility” of offering", "refrained from offering"), id="refrain"
        ),
        pytest.param(
            "The council will close the bridge in May.",
            "The council will not close the bridge in May.",
            ("negation", "close", "not close"),
            id="not",
        ),
        pytest.param(
            "The company paid the fine.",
            "The company hasn’t paid the fine.",
            ("negation", "paid", "hasn’t paid"),
            id="contraction",
        ),
        pytest.param(
            "The president ruled out ceding any territory.",
            "The president offered ceding some territory.",
            ("negation", "ruled out ceding", "ceding"),
            id="rule out",
        ),
        pytest.param(
            "The ministry said it would cut fuel taxes.",
            "The ministry may cut fuel taxes.",
            ("modality", "cut", "may cut"),
            id="may",
        ),
        pytest.param(
            "The board could delay the launch.",
            "The board delayed the launch.",
            ("modality", "could delay", "delayed"),
            id="could",
        ),
        pytest.param(
            "The ferries hit each other at 7:42 a.m. off the port.",
            "The ferries hit each other at 9 a.m. off the port.",
            ("time", "7:42 a.m.", "9 a.m."),
            id="time",
        ),
        pytest.param(
            "The fire killed 14 people.",
            "The fire killed at least 17 people.",
            ("figure", "14 people", "17 people"),
            id="figure",
        ),
        pytest.param(
            "The ship sank, harbour master Ingrid Solheim said.",
            "The ship sank, harbour master Tomas Hale said.",
            ("name", "Ingrid Solheim", "Tomas Hale"),
            id="name",
        ),
    ],
)
def test_a_difference_is_found_with_both_spans(one: str, two: str, expected: tuple[str, str, str]) -> None:
    assert found(one, two) == [expected]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("He will not close the bridge.", "He would never close the bridge.", id="both deny"),
        pytest.param("He may close the bridge.", "He might close the bridge.", id="both possible"),
        pytest.param(
            "He was not going to negotiate for Ukraine.",
            "His aim was to get Putin to the negotiating table.",
            id="another matter",
        ),
        pytest.param("He not only closed the bridge but sold it.", "He closed the bridge.", id="not only"),
        pytest.param("No matter the cost, he closed the bridge.", "He closed the bridge.", id="no matter"),
        pytest.param(
            "President Donald Trump spoke.", "President Vladimir Putin spoke.", id="a title alone is no role"
        ),
        pytest.param(
            "Harbour master Ingrid Solheim spoke.",
            "Harbour master Ingrid Sølheim spoke.",
            id="one name, two spellings",
        ),
        pytest.param("It has 14 ships.", "It has 17 planes.", id="other nouns"),
        pytest.param(
            "Iran could not change money without the licence.",
            "The licence let the bank move money of Iran.",
            id="could not",
        ),
        pytest.param("In May it closed the bridge.", "It closed the bridge.", id="May is no possibility"),
    ],
)
def test_nothing_differs(one: str, two: str) -> None:
    assert found(one, two) == []


_WORDS = st.lists(
    st.sampled_from(
        str.split(
            "not may close the bridge of “a possibility” 14 17 people, Ann Bell never refrain from hasn’t"
        )
    )
).map(" ".join)


@given(_WORDS | st.text(max_size=40), _WORDS)
def test_differences_are_symmetric(one: str, two: str) -> None:
    assert sorted(found(one, two)) == sorted((kind, b, a) for kind, a, b in found(two, one))
