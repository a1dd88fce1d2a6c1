"""Rebuilt query trees."""

from __future__ import annotations

import pytest

from reader.model.query import All, AnyOf, Not, Phrase, Prefix, Query, Terms
from reader.search.query_tree import as_spelled, in_field, merged_words

TYPING = AnyOf((Terms(("zelens",)), Prefix("zelens")))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Terms(("zelensky",)), Phrase(("zelensky",))),
        (Terms(("sky", "war")), Terms(("sky", "war"))),
        (Terms(("zelensky", "war")), AnyOf((Phrase(("zelensky",)), Terms(("war",))))),
        (Not(Terms(("zelensky",))), Not(Phrase(("zelensky",)))),
        (All((Terms(("zelensky",)), Prefix("wa"))), All((Phrase(("zelensky",)), Prefix("wa")))),
        (TYPING, TYPING),
    ],
)
def test_names_can_be_searched_as_they_are_spelled(query: Query, expected: Query) -> None:
    assert as_spelled(query) == expected


def test_a_group_is_looked_for_in_one_field() -> None:
    group = All((Terms(("a1",)), Not(Phrase(("b1", "c1"), 2))))
    assert in_field(group, "headline") == All(
        (Terms(("a1",), "headline"), Not(Phrase(("b1", "c1"), 2, "headline")))
    )


def test_neighbouring_words_are_one_list() -> None:
    assert merged_words((Terms(("a1",)), Terms(("b1",)), Prefix("cc"), Terms(("d1",)))) == [
        Terms(("a1", "b1")),
        Prefix("cc"),
        Terms(("d1",)),
    ]
