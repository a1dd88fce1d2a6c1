"""Claims against sources."""

from __future__ import annotations

from reader.layout.matrix import matrix
from reader.model.comparison import Claim, Difference
from tests.conftest import make_article
from tests.layout.comparisons import compared, link, place

ARTICLES = tuple(
    make_article(
        None, f"The bridge is shut. Rain fell on paper {number}.", source=f"P{number}", id=f"p/{number}"
    )
    for number in range(3)
)
SHUT = [place(ARTICLES, number, "The bridge is shut.") for number in range(3)]
RAIN = [place(ARTICLES, number, f"Rain fell on paper {number}.") for number in range(3)]


def test_a_mark_is_the_best_link_to_another_member() -> None:
    links = (link(SHUT[0], SHUT[1], "reworded"), link(SHUT[0], SHUT[2], "verbatim"))
    found = matrix(compared(ARTICLES, links=links, claims=(Claim(tuple(SHUT), 3),)))
    assert found[0].marks == ("same", "reworded", "same")


def test_something_that_differs_wins() -> None:
    differs = Difference("time", place(ARTICLES, 0, "shut"), place(ARTICLES, 1, "shut"))
    links = (link(SHUT[0], SHUT[1], "near", differs=(differs,)), link(SHUT[0], SHUT[2], "verbatim"))
    found = matrix(compared(ARTICLES, links=links, claims=(Claim(tuple(SHUT), 3),)))
    assert found[0].marks == ("differs", "differs", "same")


def test_an_article_that_does_not_claim_it_is_blank() -> None:
    found = matrix(
        compared(ARTICLES, links=(link(SHUT[0], SHUT[2]),), claims=(Claim((SHUT[0], SHUT[2]), 2),))
    )
    assert found[0].marks == ("reworded", None, "reworded")


def test_the_widest_claim_comes_first() -> None:
    claims = (Claim((SHUT[0], SHUT[1]), 2), Claim(tuple(RAIN), 3))
    assert [row.place.text for row in matrix(compared(ARTICLES, claims=claims))] == [
        RAIN[0].text,
        SHUT[0].text,
    ]
