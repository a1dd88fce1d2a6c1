"""What was probably meant, and how a query may go on."""

from __future__ import annotations

import pytest
from rapidfuzz.distance import OSA

from reader.search.suggest import completions, did_you_mean, spelling
from tests.search.test_variants import Words


class Spelled(Words):
    """The same with a search by edits."""

    def near(self, word: str, max_edits: int, limit: int = 40) -> tuple[tuple[str, int], ...]:
        near = [(w, n, OSA.distance(word, w)) for w, n in self._counts.items()]
        found = sorted((d, -n, w) for w, n, d in near if d <= max_edits)
        return tuple((w, -n) for d, n, w in found[:limit])


LEXICON = Spelled(ceasefire=9, summit=20, submit=3, putin=30, air=40, force=30, washington=12, zelenskyy=7)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ceasfire", "ceasefire"),
        ("Sumit putin", "Summit putin"),
        ("airforce", "air force"),
        ('"wahsington summit" -putin', '"washington summit" -putin'),
        ("summit", None),
        ("qqqqqqqq", None),
        ("source:sumit", None),
        ("sumit*", None),
        ("", None),
    ],
)
def test_unknown_words_are_repaired(typed: str, expected: str | None) -> None:
    assert did_you_mean(typed, LEXICON) == expected


def test_the_first_letter_is_trusted() -> None:
    assert spelling("rutin", Spelled(putin=90, rutan=1)) == "rutan"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("putin su", ("putin summit", "putin submit")),
        ('"air fo', ('"air force',)),
        ("source:gu", ()),
        ("s", ()),
        ("putin ", ()),
    ],
)
def test_the_last_word_is_completed(typed: str, expected: tuple[str, ...]) -> None:
    assert completions(typed, LEXICON) == expected
