"""A body is divided as its blank lines and newlines say, and every paragraph is called what it is."""

from __future__ import annotations

import pytest

from reader.library import paragraphs as module
from reader.library.paragraphs import KnownLines, divide, reads_like_headline

STORY = "The council met on Monday night and voted after six hours of debate."


def pieces(text: str) -> list[tuple[str, str]]:
    divided = divide(text)
    return [(p.kind, p.span.slice(divided.body)) for p in divided.paragraphs]


def test_blank_lines_part_and_single_newlines_join() -> None:
    assert pieces(f"{STORY}\nIt goes on.\n \n\n  {STORY}  \n") == [
        ("body", f"{STORY}\nIt goes on."),
        ("body", STORY),
    ]


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert pieces(f"{STORY}\n{STORY}\n{STORY}") == [("body", STORY)] * 3


def test_body_keeps_its_newlines_and_loses_outer_space() -> None:
    assert divide("\n\n  a b.\n c.\n\nd.\n\n").body == "a b.\n c.\n\nd."


@pytest.mark.parametrize(
    "line",
    ["The Harbour Question", "Offer", "Can a Deal Be Finalised?", "Mayor Says She’s ‘Not Here to Negotiate’",
     "What happens next", "1. The vote", "Life in the U.S."],
)  # fmt: skip
def test_short_line_between_text_is_a_heading(line: str) -> None:
    assert pieces(f"{STORY}\n\n{line}\n\n{STORY}")[1] == ("heading", line)


@pytest.mark.parametrize(
    "line",
    [
        "And when did he say that he had seen it?",
        "So run to the harbour!",
        "Who, then, could have known it?",
        "He left.",
        "“No!”",
        "and then he left",
        "He said:",
        "- A point",
        "It rained. Nobody came",
        "Three men,",
        "A word " * 20,
    ],
)
def test_other_short_lines_are_body(line: str) -> None:
    assert pieces(f"{STORY}\n\n{line}\n\n{STORY}")[1][0] == "body"


def test_heading_is_found_in_a_text_of_lines() -> None:
    assert [kind for kind, _ in pieces(f"{STORY}\nOffer\n{STORY}")] == ["body", "heading", "body"]


def test_a_list_of_short_lines_is_no_row_of_headings() -> None:
    assert [kind for kind, _ in pieces(f"{STORY}\n\nAda Berg\n\nBo Ek\n\nCy Dahl\n\n{STORY}")] == ["body"] * 5


def test_a_short_last_line_is_a_signature() -> None:
    assert pieces(f"{STORY}\n\nAda Berg")[-1] == ("body", "Ada Berg")


def test_a_heading_may_stand_before_an_advertisement() -> None:
    kinds = [kind for kind, _ in pieces(f"{STORY}\n\nNext steps\n\nAdvertisement\n\n{STORY}")]
    assert kinds == ["body", "heading", "boilerplate", "body"]


def test_boilerplate_line_inside_a_paragraph_is_parted() -> None:
    assert pieces(f"{STORY}\nREAD ALSO: The fog\n{STORY}\nIt goes on.\n\n{STORY}") == [
        ("body", STORY),
        ("boilerplate", "READ ALSO: The fog"),
        ("body", f"{STORY}\nIt goes on."),
        ("body", STORY),
    ]


def test_a_wrapped_line_that_begins_like_boilerplate_stays() -> None:
    text = "They all had to\nsign up for the plan\n\nIt began."
    assert pieces(text)[0] == ("body", "They all had to\nsign up for the plan")


def test_a_paragraph_over_the_cap_has_one_paragraph_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PARAGRAPH_LENGTH", 100)
    assert pieces(f"{STORY}\n{STORY}\n\nEnd.") == [("body", STORY), ("body", STORY), ("body", "End.")]


def test_a_line_over_the_cap_is_cut_and_counted() -> None:
    divided = divide("a" * 20_100 + "\n\nEnd of it.")
    assert divided.cut == 100
    assert divided.body == "a" * 20_000 + "\n\nEnd of it."
    assert [p.span.slice(divided.body)[-3:] for p in divided.paragraphs] == ["aaa", "it."]


def test_paragraphs_over_the_cap_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PARAGRAPHS", 2)
    divided = divide("One.\n\nTwo.\n\nThree.\n\nFour.")
    assert (divided.body, len(divided.paragraphs), divided.cut) == (
        "One.\n\nTwo.",
        2,
        len("\n\nThree.\n\nFour."),
    )


def test_known_lines_part_and_name_paragraphs() -> None:
    divided = divide(
        "all is\nwell so\nhere\n\n.", KnownLines(frozenset({0}), frozenset({7}), frozenset({15}))
    )
    assert [p.kind for p in divided.paragraphs] == ["heading", "caption", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Council votes 19-16",
        "Lander: was it worth it?",
        "“I gain people”: street goes car-free",
        "Was it worth it?",
    ],
)
def test_headline_like(line: str) -> None:
    assert reads_like_headline(line)


@pytest.mark.parametrize(
    "line", ["The council met.", "Advertisement", "By Mika Dane", "* item", "", "a" * 200]
)
def test_not_headline_like(line: str) -> None:
    assert not reads_like_headline(line)


@pytest.mark.parametrize(
    "line", ["Why does it matter?", "Was It Worth 900 Million?", "What happens now?", "A Deal At Last!"]
)
def test_short_question_is_a_heading(line: str) -> None:
    assert pieces(f"{STORY}\n\n{line}\n\n{STORY}")[1] == ("heading", line)


def test_lines_below_a_header_that_end_like_sentences_are_paragraphs() -> None:
    assert pieces(f"\n\n{STORY}\n{STORY}\nOffer\n{STORY}") == [
        ("body", STORY),
        ("body", STORY),
        ("heading", "Offer"),
        ("body", STORY),
    ]


def test_lines_below_a_header_that_were_wrapped_by_hand_join() -> None:
    wrapped = "The council met on Monday\nnight and voted after six\nhours of debate in the hall."
    assert pieces(f"\n{wrapped}") == [("body", wrapped)]
