"""The benchmark's own parts: the same corpus and queries every time, and honest counts."""

from __future__ import annotations

from pathlib import Path

from tests.bench.corpus import Corpus, documents, write
from tests.bench.search_queries import FAMILIES, queries


def _small(folder: Path) -> Corpus:
    return write(folder / "corpus.jsonl", 300, "short", None)


def test_the_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _small(tmp_path / "a")
    _small(tmp_path / "b")
    assert (tmp_path / "a/corpus.jsonl").read_bytes() == (tmp_path / "b/corpus.jsonl").read_bytes()


def test_an_article_is_found_again_by_its_id(tmp_path: Path) -> None:
    corpus = _small(tmp_path)
    assert corpus.body(corpus[123].id) == corpus[123].body


def test_long_articles_are_longer() -> None:
    short = sum(len(d.body) for d in documents(200, "short", None))
    long = sum(len(d.body) for d in documents(200, "long", None))
    assert long > 1.5 * short


def test_every_family_has_queries(tmp_path: Path) -> None:
    asked = queries(_small(tmp_path), count=3)
    assert [family for family, _ in FAMILIES if not asked[family]] == []


def test_queries_are_the_same_every_time(tmp_path: Path) -> None:
    corpus = _small(tmp_path)
    assert queries(corpus) == queries(corpus)
