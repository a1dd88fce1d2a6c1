"""Speakers: who is quoted, as the text has it."""

from __future__ import annotations

import pytest

from reader.compare.quotes import extract
from reader.model import Span


def speakers(*paragraphs: str) -> list[str | None]:
    spans = []
    at = 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return [quote.speaker for quote in extract("\n\n".join(paragraphs), spans)]


@pytest.mark.parametrize(
    ("paragraph", "speaker"),
    [
        pytest.param("“It is late,” said Leena Brandt, who came.", "Leena Brandt", id="cue, name"),
        pytest.param("“It is late,” Brandt told reporters.", "Brandt", id="name, cue"),
        pytest.param("“It is late,” Brandt, a pollster, added.", "Brandt", id="apposition"),
        pytest.param(
            "“It is late,” a Kremlin official told the agency.", "a Kremlin official", id="description"
        ),
        pytest.param(
            "“It is late,” the agency quoted a port official as saying, who gave no name.",
            "a port official",
            id="relayed by somebody else",
        ),
        pytest.param("“It is late,” she said.", "she", id="pronoun"),
        pytest.param("“It is late,” according to Ann Bell.", "Ann Bell", id="according to"),
        pytest.param("According to Ann Bell, “it is late”.", "Ann Bell", id="according to, before"),
        pytest.param("Ann Bell said: “It is late.”", "Ann Bell", id="colon"),
        pytest.param(
            "Later Bell, while not there, affirmed that it is “rather late now”.", "Bell", id="before"
        ),
        pytest.param("“It is late,” said baker Osman Tek.", "baker Osman Tek", id="trade"),
        pytest.param(
            "The hour, she said, was “rather late.” Carter has suggested a break.",
            "she",
            id="the next sentence is about something else",
        ),
        pytest.param(
            "Bell spoke. “It is late.” Asked why, Carter left.", "Bell", id="a new sentence is no cue"
        ),
    ],
)
def test_the_speaker_is_named_as_written(paragraph: str, speaker: str) -> None:
    assert speakers(paragraph) == [speaker]


def test_a_second_quote_of_a_paragraph_has_the_speaker_of_the_first() -> None:
    assert speakers("“It is late,” said Ann Bell. “We go.”") == ["Ann Bell", "Ann Bell"]


def test_a_paragraph_that_is_only_a_quote_goes_on_with_the_speaker_above() -> None:
    assert speakers("“It is late,” Ann Bell said.", "“We go now.”") == ["Ann Bell", "Ann Bell"]


def test_a_lead_in_above_names_the_speaker() -> None:
    assert speakers("Ann Bell continued:", "“We go now.”") == ["Ann Bell"]


def test_a_quote_without_anybody_near_has_no_speaker() -> None:
    assert speakers("It was a “very late” day.") == [None]
