"""Quotes: finding them in a paragraph, and finding them again in another article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.compare.names import NameTable
from reader.compare.names import extract as extract_names
from reader.compare.quotes import Quote, extract, shared
from reader.model import Span
from reader.model.comparison import SharedQuote


def whole(*paragraphs: str) -> tuple[str, list[Span]]:
    body = "\n\n".join(paragraphs)
    spans = []
    at = 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return body, spans


def quoted(*paragraphs: str) -> list[str]:
    body, spans = whole(*paragraphs)
    return [quote.span.slice(body) for quote in extract(body, spans)]


def compared(*bodies: str) -> tuple[SharedQuote, ...]:
    spans = [[Span(0, len(body))] for body in bodies]
    names = [extract_names(body, own) for body, own in zip(bodies, spans, strict=True)]
    quotes = [extract(body, own) for body, own in zip(bodies, spans, strict=True)]
    return shared(quotes, bodies, NameTable(names))


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        pytest.param("“It is late,” she said.", ["It is late,"], id="curly"),
        pytest.param('"It is late," she said.', ["It is late,"], id="straight"),
        pytest.param('He "saw it" and "left".', ["saw it", "left"], id="two straight"),
        pytest.param("‘It is late,’ she said.", ["It is late,"], id="single"),
        pytest.param(
            "‘It’s the workers’ choice,’ she said.", ["It’s the workers’ choice,"], id="apostrophes"
        ),
        pytest.param("The workers’ boss didn’t come.", [], id="apostrophes alone"),
        pytest.param("'It isn't over,' he said.", ["It isn't over,"], id="straight single"),
        pytest.param("“He told me ‘no way’ twice,” she said.", ["He told me ‘no way’ twice,"], id="nested"),
        pytest.param("“One “two three” four,” he said.", ["One “two three” four,"], id="nested alike"),
        pytest.param("«Es ist spät» and „Es ist früh“.", ["Es ist spät", "Es ist früh"], id="other marks"),
        pytest.param("“Never closed, said the mayor. Then “a real one” came.", ["a real one"], id="no close"),
        pytest.param("A close” without open, “a real one”.", ["a real one"], id="no open"),
        pytest.param('It is 5\'10" tall and 12" wide.', [], id="inches"),
        pytest.param("The ’90s were “fun”.", ["fun"], id="elided year"),
    ],
)
def test_finds_what_stands_between_the_marks(paragraph: str, expected: list[str]) -> None:
    assert quoted(paragraph) == expected


def test_a_quote_that_goes_on_in_the_next_paragraph_is_one_a_paragraph() -> None:
    assert quoted("“First part.", "“Second part,” said Ann.") == ["First part.", "Second part,"]


def test_a_quote_that_goes_on_has_one_speaker() -> None:
    body, spans = whole("“First part of it.", "“Second part,” said Ann Bell.")
    assert [quote.speaker for quote in extract(body, spans)] == ["Ann Bell", "Ann Bell"]


def test_an_unclosed_quote_swallows_no_later_paragraph() -> None:
    assert quoted("“Never closed, said the mayor.", "Nothing here.", "“Fine,” he said.") == ["Fine,"]


@pytest.mark.parametrize(
    ("other", "flags"),
    [
        pytest.param("We will rebuild the old harbour wall before winter comes", (), id="identical"),
        pytest.param("We will rebuild … before winter comes", ("elided",), id="elided"),
        pytest.param(
            "We will rebuild the old harbour wall… before winter comes", ("elided",), id="nothing left out"
        ),
        pytest.param("We will rebuild the old harbour wall", ("shortened",), id="shortened"),
        pytest.param(
            "We will rebuild the old wall before winter comes", ("shortened",), id="shortened inside"
        ),
        pytest.param(
            "We will rebuild the old harbour pier before winter comes", ("words-changed",), id="changed"
        ),
        pytest.param(
            "They will rebuild the old harbour wall before winter comes", ("words-changed",), id="at edge"
        ),
        pytest.param(
            "We will rebuild the old [town] wall before winter comes", ("bracketed",), id="bracketed"
        ),
        pytest.param(
            "[W]e will rebuild the old harbour wall before winter comes", ("bracketed",), id="initial"
        ),
        pytest.param("We will rebuild […] wall", ("elided", "shortened"), id="elided and shortened"),
    ],
)
def test_flags_say_what_was_done_to_a_quote(other: str, flags: tuple[str, ...]) -> None:
    found = compared(
        "“We will rebuild the old harbour wall before winter comes,” Ann Bell said.", f"“{other},” Bell said."
    )
    assert [quote.flags for quote in found] == [flags]


def test_attribution_differs_when_descriptions_differ() -> None:
    words = "some terms will be agreed upon because nobody can refuse them"
    found = compared(f"“{words},” a Kremlin official said.", f"“{words},” the source said.")
    assert [quote.flags for quote in found] == [("attribution-differs",)]


def test_attribution_does_not_differ_between_spellings_of_a_name() -> None:
    words = "no land will be given to anybody who takes it by force"
    found = compared(f"“{words},” said Volodymyr Zelenskyy.", f"“{words},” Zelenskiy told reporters.")
    assert [quote.flags for quote in found] == [()]


def test_a_pronoun_is_no_other_speaker() -> None:
    words = "no land will be given to anybody who takes it by force"
    found = compared(f"“{words},” said Ann Bell.", f"“{words},” she said.")
    assert [quote.flags for quote in found] == [()]


def test_two_common_words_are_no_shared_quote() -> None:
    assert compared("It was “a very good day”.", "It was “a very bad week”.") == ()


_TEXT = st.text(st.sampled_from(list("ab Z.,…[]()“”„«»\"‘’'\n")) | st.characters(), max_size=80)


@given(_TEXT)
def test_spans_are_sorted_disjoint_and_inside(body: str) -> None:
    found: tuple[Quote, ...] = extract(body, [Span(0, len(body))])
    ends = [0, *(quote.span.end for quote in found)]
    assert all(
        end <= quote.span.start < quote.span.end <= len(body) for end, quote in zip(ends, found, strict=False)
    )


@given(_TEXT, _TEXT)
def test_sharing_does_not_depend_on_the_order(one: str, two: str) -> None:
    def seen(found: tuple[SharedQuote, ...], swap: bool) -> list[tuple[object, ...]]:
        return sorted(
            (quote.flags, *sorted((abs(swap - p.place.article), p.place.start) for p in quote.places))
            for quote in found
        )

    words = "“we will rebuild the old harbour wall,” "
    first, second = words + one, two + words
    assert seen(compared(first, second), False) == seen(compared(second, first), True)
