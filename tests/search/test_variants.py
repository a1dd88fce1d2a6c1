"""Other spellings of names."""

from __future__ import annotations

import pytest

from reader.search.variants import classes, message, recogniser


class Words:
    """A lexicon made of a few counted words."""

    def __init__(self, **counts: int) -> None:
        self._counts = counts

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    def completions(self, prefix: str, limit: int = 40) -> tuple[tuple[str, int], ...]:
        found = [(word, count) for word, count in self._counts.items() if word.startswith(prefix)]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0]))[:limit])

    def near(self, word: str, max_edits: int, limit: int = 40) -> tuple[tuple[str, int], ...]:
        raise AssertionError("too slow for every word of a query")


NAMES = Words(
    zelenskyy=5, zelenskiy=3, zelensky=1, zelenska=9, mohammed=4, mohamed=2, netanyahu=8, planned=9, planed=1,
    dessert=3, desserts=2, desert=5, deserts=4, qaddafi=1, qadhafi=1, medvedev=2,
    difficult=139, dificult=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("zelensky", ("zelenskyy", "zelenskiy")),
        ("Zelenskyy", ("zelenskiy", "zelensky")),
        ("Zelenskij", ("zelenskyy", "zelenskiy", "zelensky")),
        ("mohammed", ("mohamed",)),
        ("Mohamed", ("mohammed",)),
        ("netanyahou", ("netanyahu",)),
        ("planned", ()),
        ("dessert", ()),
        ("desert", ()),
        ("sky", ()),
        ("2025-08", ()),
        ("medvedev", ()),
        ("difficult", ()),
        ("dificult", ("difficult",)),
    ],
)
def test_a_name_is_found_spelled_otherwise(word: str, expected: tuple[str, ...]) -> None:
    assert classes(word, NAMES) == expected


def test_the_user_is_told() -> None:
    assert message(("zelenskyy", "zelenskiy")) == "also matching Zelenskyy, Zelenskiy"


def test_a_recogniser_needs_no_lexicon() -> None:
    found = recogniser("Zelensky")
    assert found is not None
    fits, beginnings = found
    assert beginnings == ("zelensk",)
    assert [word for word in ("zelenskiy", "zelensky", "zelenska", "kaminsky") if fits(word)] == ["zelenskiy"]


def test_short_words_have_no_other_spellings() -> None:
    assert recogniser("sky") is None
