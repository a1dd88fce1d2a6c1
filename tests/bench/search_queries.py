"""The queries of the search benchmark, drawn from the corpus itself, so that there is something to find."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reader.search.chunks import STOP_WORDS
from tests.bench.corpus import Document

Kind = Literal[
    "term", "and", "or", "phrase", "prefix", "wildcard", "fuzzy1", "fuzzy2",
    "range", "date_sort", "facet", "snippets",
]  # fmt: skip

FAMILIES: tuple[tuple[str, Kind], ...] = (
    ("term common", "term"),
    ("term mid", "term"),
    ("term rare", "term"),
    ("and", "and"),
    ("or", "or"),
    ("phrase", "phrase"),
    ("prefix", "prefix"),
    ("wildcard", "wildcard"),
    ("fuzzy 1", "fuzzy1"),
    ("fuzzy 2", "fuzzy2"),
    ("date range", "range"),
    ("date sort", "date_sort"),
    ("facet", "facet"),
    ("snippets", "snippets"),
)
"""Name of a family as it is printed, and what is asked."""

_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class BenchQuery:
    """One query, in no engine's language."""

    kind: Kind
    words: tuple[str, ...]
    """For `prefix` the beginning, for `wildcard` the two ends."""
    low: str = ""
    """First day of a range."""
    high: str = ""
    """Last day of a range."""


def queries(sample: Iterable[Document], count: int = 20, seed: int = 11) -> dict[str, list[BenchQuery]]:
    """So many queries for each family. The same sample gives the same queries."""
    chance = random.Random(seed)
    words: Counter[str] = Counter()
    texts: list[list[str]] = []
    for document in sample:
        text = _WORD.findall(document.body.lower())
        words.update(set(text))
        if len(texts) < 4000:
            texts.append(text)
    pool = _Pool(words, texts, chance)
    drawn: dict[str, list[BenchQuery]] = {}
    for family, kind in FAMILIES:
        draw = _DRAWS[family]
        asked: dict[BenchQuery, None] = {}
        for _ in range(count * 40):
            found = draw(pool)
            if found:
                asked[BenchQuery(kind, found, *(_month(chance) if kind == "range" else ()))] = None
            if len(asked) == count:
                break
        drawn[family] = list(asked)
    return drawn


class _Pool:
    """Words of the corpus by how frequent they are."""

    def __init__(self, words: Counter[str], texts: Sequence[Sequence[str]], chance: random.Random) -> None:
        ranked = [w for w, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))]
        ranked = [w for w in ranked if w not in STOP_WORDS and len(w) > 3]
        self.common = ranked[10:130]
        self.mid = ranked[400:3000]
        self.rare = [word for word in ranked if 2 <= words[word] <= 6 and len(word) > 4]
        self.texts = texts
        self.chance = chance

    def near(self, count: int, kinds: Sequence[str]) -> tuple[str, ...]:
        """Different words of one text."""
        found = [word for word in dict.fromkeys(self.chance.choice(self.texts)) if word in kinds]
        return tuple(self.chance.sample(found, count)) if len(found) >= count else ()

    def neighbours(self) -> tuple[str, ...]:
        """Two words next to each other."""
        text = self.chance.choice(self.texts)
        at = self.chance.randrange(max(1, len(text) - 1))
        pair = tuple(text[at : at + 2])
        return pair if len(pair) == 2 and all(len(w) > 3 and w not in STOP_WORDS for w in pair) else ()


def _month(chance: random.Random) -> tuple[str, str]:
    year, month = chance.choice((2022, 2023, 2024)), chance.randrange(1, 13)
    return f"{year}-{month:02}-01", f"{year}-{month:02}-28"


def _misspelt(pool: _Pool, edits: int) -> tuple[str, ...]:
    word = pool.chance.choice(pool.mid)
    if len(word) < 6:
        return ()
    for at in pool.chance.sample(range(1, len(word)), edits):
        word = word[:at] + pool.chance.choice("aeinorst") + word[at + 1 :]
    return (word,)


def _ends(pool: _Pool) -> tuple[str, ...]:
    word = pool.chance.choice(pool.mid)
    return (word[:3], word[-2:]) if len(word) > 6 else ()


_DRAWS: dict[str, Callable[[_Pool], tuple[str, ...]]] = {
    "term common": lambda pool: (pool.chance.choice(pool.common),),
    "term mid": lambda pool: (pool.chance.choice(pool.mid),),
    "term rare": lambda pool: (pool.chance.choice(pool.rare),),
    "and": lambda pool: pool.near(2, pool.common + pool.mid),
    "or": lambda pool: pool.near(3, pool.common + pool.mid),
    "phrase": lambda pool: pool.neighbours(),
    "prefix": lambda pool: (pool.chance.choice(pool.mid)[: pool.chance.choice((2, 3, 3, 4))],),
    "wildcard": _ends,
    "fuzzy 1": lambda pool: _misspelt(pool, 1),
    "fuzzy 2": lambda pool: _misspelt(pool, 2),
    "date range": lambda pool: (pool.chance.choice(pool.common),),
    "date sort": lambda pool: (pool.chance.choice(pool.common),),
    "facet": lambda pool: (pool.chance.choice(pool.common),),
    "snippets": lambda pool: pool.near(2, pool.common + pool.mid),
}
