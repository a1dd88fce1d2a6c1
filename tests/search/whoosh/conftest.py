"""An index of its own for every test, and a small made-up library with the shapes of news text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.model import Article
from reader.search.whoosh.backend import WhooshBackend
from tests.conftest import make_article

OpenIndex = Callable[..., WhooshBackend]


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[OpenIndex]:
    """Opens the index of this test's library, again on every call; all are closed at the end."""
    opened: list[WhooshBackend] = []

    def again(**options: object) -> WhooshBackend:
        backend = WhooshBackend.open(
            tmp_path / "index",
            tmp_path / "articles",
            tmp_path / "state" / "key",
            **options,  # type: ignore[arg-type]  # passed through by name
        )
        opened.append(backend)
        return backend

    yield again
    for backend in opened:
        backend.close()


def invented_words(count: int, seed: int = 7) -> list[str]:
    """Pronounceable words without meaning, most of which stem to themselves."""
    chooser = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = chooser.randint(2, 4)
        made["".join(chooser.choice("bdfgklmnprtv") + chooser.choice("aou") for _ in range(syllables))] = None
    return list(made)


def invented_library(count: int, seed: int = 11, words: int = 900) -> list[Article]:
    """Articles whose words are as unevenly frequent as those of a language."""
    chooser = random.Random(seed)
    vocabulary = invented_words(words)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    articles = []
    for number in range(count):
        headline = " ".join(chooser.choices(vocabulary, weights, k=chooser.randint(3, 8)))
        body = "\n\n".join(
            " ".join(chooser.choices(vocabulary, weights, k=chooser.randint(5, 60))) + "."
            for _ in range(chooser.randint(1, 4))
        )
        day = chooser.choice([None, *range(1, 29)])
        articles.append(
            make_article(
                headline if number % 11 else None,
                body,
                id=f"source-{number % 7}/{number:05}",
                source=f"Source {number % 7}",
                published=None if day is None else f"2025-{number % 12 + 1:02}-{day:02}",
            )
        )
    return articles
