"""Scores and counts against a scan that shares no code with the index."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model.query import All, AnyOf, Not, Phrase, Prefix, Query, Range, Terms
from reader.model.results import Page
from reader.search.whoosh import searcher, topk
from reader.search.whoosh.backend import WhooshBackend
from tests.search.whoosh.conftest import invented_library
from tests.search.whoosh.oracle import Oracle

LIBRARY = invented_library(3_000)
ORACLE = Oracle(LIBRARY)
EVERY = Page(0, 5_000)


def _queries(count: int, seed: int) -> list[list[str]]:
    """Words drawn from articles, so that frequent ones come often; some repeated."""
    chooser = random.Random(seed)
    queries = []
    for _ in range(count):
        one = chooser.choice(ORACLE.all)
        words = chooser.choices(sorted(one.places), k=chooser.randint(1, 6))
        if chooser.random() < 0.5:
            words += chooser.choices(sorted(chooser.choice(ORACLE.all).places), k=2)
        queries.append(words)
    return queries


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshBackend]:
    root: Path = tmp_path_factory.mktemp("exact")
    backend = WhooshBackend.open(root / "index", root / "articles", root / "key")
    backend.write(LIBRARY[:1_000])
    backend.write(LIBRARY[1_000:])
    yield backend
    backend.close()


def _ids(index: WhooshBackend, query: Query) -> set[str]:
    return {hit.article_id for hit in index.search(query, page=EVERY).hits}


@pytest.mark.parametrize(
    ("few", "narrow"), [(1_500, 8), (0, 99), (0, 0)], ids=["one by one", "by narrow bounds", "by wide bounds"]
)
def test_scores_of_200_queries_equal_brute_force(
    index: WhooshBackend, few: int, narrow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topk, "FEW", few)
    monkeypatch.setattr(topk, "MAX_NARROW", narrow)
    monkeypatch.setattr(searcher, "NEAR_WEIGHT", 0.0)
    for words in _queries(200, seed=few + narrow):
        found = index.search(Terms(tuple(words)), page=Page(0, 30))
        expected = ORACLE.ranked(words)
        assert found.total == len(expected)
        assert [round(hit.score, 9) for hit in found.hits] == [round(score, 9) for _, score in expected[:30]]
        assert [hit.article_id for hit in found.hits] == [article_id for article_id, _ in expected[:30]]


def test_counts_of_and_or_not_and_phrases_equal_a_scan(index: WhooshBackend) -> None:
    for words in _queries(120, seed=3):
        every = {one.article.id for one in ORACLE.all_of(words)}
        some = {one.article.id for one in ORACLE.any_of(words)}
        assert _ids(index, All(tuple(Terms((word,)) for word in words))) == every
        assert _ids(index, AnyOf(tuple(Terms((word,)) for word in words))) == some
        first, *rest = words
        only_first = {one.article.id for one in ORACLE.any_of([first])}
        excluded = {one.article.id for one in ORACLE.any_of(rest)} if rest else set()
        wanted = All((Terms((first,)), Not(Terms(tuple(rest) or ("xyzzyx",)))))
        assert _ids(index, wanted) == only_first - excluded


def test_phrases_found_equal_a_scan(index: WhooshBackend) -> None:
    chooser = random.Random(5)
    for _ in range(150):
        one = chooser.choice(ORACLE.all)
        by_place = {place: term for term, places in one.places.items() for place in places if " " not in term}
        start = chooser.choice(sorted(by_place))
        terms = [by_place[start + at] for at in range(chooser.randint(2, 4)) if start + at in by_place]
        if len(terms) < 2 or any(index.lexicon.count(term) == 0 for term in terms):
            continue
        expected = {found.article.id for found in ORACLE.phrase(terms)}
        assert _ids(index, Phrase(tuple(terms))) == expected


def test_prefixes_found_equal_a_scan(index: WhooshBackend) -> None:
    from reader.search.analysis import stem_of

    surfaces = sorted({surface for one in ORACLE.all for surface in one.surfaces})
    checked = 0
    for prefix in sorted({surface[:size] for surface in surfaces for size in (2, 4)}):
        completions = [surface for surface in surfaces if surface.startswith(prefix)]
        stems = {(stem_of(surface) or b"").decode() for surface in completions}
        expected = {one.article.id for one in ORACLE.any_of(sorted(stems))}
        found = index.search(Prefix(prefix), page=EVERY)
        assert {hit.article_id for hit in found.hits} == expected
        assert (found.total, found.total_exact) == (len(expected), True)
        checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    ("low", "high"),
    [("2025-03-05", "2025-07-21"), (None, "2025-02-01"), ("2025-11-30", None), ("2025-06-06", "2025-06-06")],
)
def test_date_ranges_found_equal_a_scan(index: WhooshBackend, low: str | None, high: str | None) -> None:
    expected = {
        article.id
        for article in LIBRARY
        if article.published and (low or "") <= article.published <= (high or "9999")
    }
    assert _ids(index, Range("date", low, high)) == expected


def test_nearness_lifts_only_within_the_first_hundred(
    index: WhooshBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = next(words for words in _queries(50, seed=9) if len(ORACLE.all_of(sorted(set(words[:2])))) > 20)
    lifted = index.search(Terms(tuple(words[:2])), page=Page(0, 200))
    monkeypatch.setattr(searcher, "NEAR_WEIGHT", 0.0)
    plain = index.search(Terms(tuple(words[:2])), page=Page(0, 200))
    first = {hit.article_id: hit.score for hit in plain.hits[:100]}
    assert {hit.article_id for hit in lifted.hits[:100]} == first.keys()
    assert all(hit.score >= first[hit.article_id] for hit in lifted.hits[:100])
    assert lifted.hits[100:] == plain.hits[100:]
