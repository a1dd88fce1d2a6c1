"""Index and highlighter look at the same words: what is found is marked, and what is marked is found."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator

import pytest

from reader.model import Article
from reader.model.results import Page
from reader.search.highlight import highlights
from reader.search.query_parser import parse
from reader.search.snippets import snippet
from reader.search.whoosh.backend import WhooshBackend
from tests.conftest import ROOT, make_article
from tests.search.test_query_parser import PIECES

TODAY = dt.date(2025, 8, 20)
EVERY_HIT = Page(0, 1000)


def _articles() -> list[Article]:
    made = []
    for path in sorted((ROOT / "articles").rglob("*.txt")):
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        made.append(
            make_article(
                head.splitlines()[0],
                body.strip(),
                id=f"{path.parent.name}/{path.stem}",
                published="2025-08-01",
            )
        )
    return made


ARTICLES = _articles()
WORDS = sorted({word for article in ARTICLES for word in re.findall(r"[\w’'-]{3,}", article.body)})


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshBackend]:
    folder = tmp_path_factory.mktemp("agreement")
    opened = WhooshBackend.open(folder / "index", folder / "library", folder / "key")
    opened.write(ARTICLES)
    yield opened
    opened.close()


def _found_and_marked(backend: WhooshBackend, typed: str) -> tuple[set[str], set[str]]:
    query = parse(typed, today=TODAY).query
    results = backend.search(query, page=EVERY_HIT)
    matched = {word for hit in results.hits for word in hit.matched}
    marked = {
        article.id
        for article in ARTICLES
        if highlights(query, article.body, matched) or highlights(query, article.headline or "", matched)
    }
    return {hit.article_id for hit in results.hits}, marked


def _chosen(seed: int, count: int) -> list[str]:
    return random.Random(seed).sample(WORDS, count)


@pytest.mark.parametrize("word", _chosen(1, 60))
def test_a_word_is_found_exactly_where_it_is_marked(backend: WhooshBackend, word: str) -> None:
    found, marked = _found_and_marked(backend, word)
    assert found == marked


@pytest.mark.parametrize("seed", range(40))
def test_a_phrase_is_found_exactly_where_it_is_marked(backend: WhooshBackend, seed: int) -> None:
    chance = random.Random(seed)
    words = chance.choice(ARTICLES).body.split()
    at = chance.randrange(len(words) - 4)
    phrase = re.sub(r"[\"“”]", "", " ".join(words[at : at + chance.randrange(2, 5)]))
    found, marked = _found_and_marked(backend, f'"{phrase}"')
    assert found == marked


@pytest.mark.parametrize("word", _chosen(2, 30))
@pytest.mark.parametrize("shape", ["{0}*", "{1}~", "{2}*{3}"])
def test_what_is_marked_by_a_shape_is_found(backend: WhooshBackend, word: str, shape: str) -> None:
    typed = shape.format(word[:4], word, word[:2], word[-1:])
    found, marked = _found_and_marked(backend, typed)
    assert marked <= found


@pytest.mark.parametrize("word", _chosen(3, 30))
def test_why_it_matched_names_a_word_that_is_marked(backend: WhooshBackend, word: str) -> None:
    query = parse(word, today=TODAY).query
    hits = backend.search(query, page=EVERY_HIT).hits
    assert all(hit.matched for hit in hits)


def _fuzz(backend: WhooshBackend, count: int) -> None:
    chance = random.Random(7)
    pieces = [*PIECES, *_chosen(4, 30)]
    for _ in range(count):
        typed = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 12)))
        query = parse(typed, today=TODAY, as_you_type=chance.random() < 0.5).query
        results = backend.search(query, page=Page(0, 3), facets=("source", "month"))
        assert results.total >= len(results.hits)
        article = chance.choice(ARTICLES)
        shown = snippet(query, article.body)
        assert all(0 <= span.start < span.end <= len(shown.text) for span in shown.spans)


@pytest.mark.quick
def test_any_query_is_answered_quick(backend: WhooshBackend) -> None:
    _fuzz(backend, 400)


@pytest.mark.full
def test_any_query_is_answered_full(backend: WhooshBackend) -> None:
    _fuzz(backend, 20_000)
