"""What is emphasised inside cells."""

from __future__ import annotations

from reader.layout.emphasis import emphasis
from reader.model.comparison import Comparison, Difference, Figure, FigurePlace, Level, Name, Spelling
from tests.conftest import make_article
from tests.layout.comparisons import compared, link, place, quote

A = make_article("A", "The two ferries met in thick fog.\n\n“Too early,” Rosa Thorne said at 7:42.", id="a/1")
B = make_article("B", "In the fog both ferries had met.\n\n“Too early,” said Rosa Thorn before 8.", id="b/1")
PAIR = (A, B)
FERRIES = (
    place(PAIR, 0, "The two ferries met in thick fog."),
    place(PAIR, 1, "In the fog both ferries had met."),
)


def marked(found: Comparison, name: str) -> list[list[str]]:
    """The marked words of each column."""
    return [
        [article.body[mark.start : mark.end] for mark in column if mark.name == name]
        for article, column in zip(PAIR, emphasis(found, PAIR), strict=True)
    ]


def shared(level: Level) -> list[list[str]]:
    return marked(compared(PAIR, links=(link(*FERRIES, level),)), "shared")


def test_shared_words_of_a_reworded_link_leave_small_words_out() -> None:
    assert shared("reworded") == [["ferries met", "fog"], ["fog", "ferries", "met"]]


def test_shared_words_of_a_near_link_hold_small_words() -> None:
    assert shared("near") == [["The", "ferries met in", "fog"], ["In the fog", "ferries", "met"]]


def test_both_sides_of_a_difference_are_marked() -> None:
    differs = Difference("figure", place(PAIR, 0, "two"), place(PAIR, 1, "both"))
    found = compared(PAIR, links=(link(*FERRIES, differs=(differs,)),))
    assert marked(found, "differs") == [["two"], ["both"]]


def test_a_shared_quote_is_marked() -> None:
    words = quote((place(PAIR, 0, "Too early,"), None), (place(PAIR, 1, "Too early,"), None))
    assert marked(compared(PAIR, quotes=(words,)), "quote") == [["Too early,"], ["Too early,"]]


def test_figures_that_differ_are_marked_as_such() -> None:
    figure = Figure(
        "differs",
        "time",
        (FigurePlace(place(PAIR, 0, "7:42"), "07:42", None), FigurePlace(place(PAIR, 1, "8"), "08:00", None)),
    )
    assert marked(compared(PAIR, figures=(figure,)), "differs") == [["7:42"], ["8"]]


def test_a_name_in_two_spellings_is_marked() -> None:
    name = Name("rosa thorne", (Spelling("Rosa Thorne", 0, 1), Spelling("Rosa Thorn", 1, 1)))
    assert marked(compared(PAIR, names=(name,)), "name") == [["Rosa Thorne"], ["Rosa Thorn"]]


def test_a_name_spelled_alike_is_not_marked() -> None:
    name = Name("rosa", (Spelling("Rosa", 0, 1), Spelling("Rosa", 1, 1)))
    assert marked(compared(PAIR, names=(name,)), "name") == [[], []]
