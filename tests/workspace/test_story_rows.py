"""Vectors that are spilled to a file, and features that are appended to one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.compare.stories import features
from reader.model import Article, CancelToken
from reader.workspace.feature_log import FeatureLog
from reader.workspace.story_rows import SpilledRows
from tests.conftest import make_article

ARTICLES = [make_article("A bridge", f"The bridge number {n} was opened.", id=f"a/ü{n}") for n in range(5)]


def filled(path: Path, articles: list[Article]) -> FeatureLog:
    """A log with the features of these articles, closed."""
    log = FeatureLog(path)
    for number in log.open([article.info for article in articles], CancelToken()):
        log.add(number, features(articles[number]))
    log.close()
    return log


def missing(path: Path, articles: list[Article]) -> list[int]:
    """The numbers of the articles that the log does not hold."""
    log = FeatureLog(path)
    found = log.open([article.info for article in articles], CancelToken())
    log.close()
    return found


def changed(article: Article) -> Article:
    return replace(article, digest="ab" * 16)


@pytest.mark.parametrize("in_memory", [0, 25, 1 << 20])
def test_rows_are_kept_whether_spilled_or_not(tmp_path: Path, in_memory: int) -> None:
    rows = SpilledRows(tmp_path, in_memory)
    for number in range(30):
        rows.append(bytes([number]) * (number % 7))
    rows[9], rows[29] = b"xx", b"z"
    found = [rows[number] for number in range(len(rows))]
    rows.close()
    wanted = [bytes([number]) * (number % 7) for number in range(30)]
    wanted[9], wanted[29] = b"xx", b"z"
    assert found == wanted
    assert list(tmp_path.iterdir()) == []


def test_rows_stay_in_memory_where_no_file_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    rows = SpilledRows(tmp_path / "file", 0)
    rows.append(b"one")
    rows.append(b"two")
    assert (rows[0], rows[1], len(rows)) == (b"one", b"two", 2)


def test_features_are_made_once(tmp_path: Path) -> None:
    path = tmp_path / "features.jsonl"
    filled(path, ARTICLES[:3])
    assert missing(path, ARTICLES) == [3, 4]


def test_features_come_back_as_they_were(tmp_path: Path) -> None:
    filled(tmp_path / "features.jsonl", ARTICLES)
    log = FeatureLog(tmp_path / "features.jsonl")
    log.open([article.info for article in ARTICLES], CancelToken())
    assert [log.get(n, article.info) for n, article in enumerate(ARTICLES)] == [*map(features, ARTICLES)]
    log.close()


def test_a_changed_article_has_no_features(tmp_path: Path) -> None:
    path = tmp_path / "features.jsonl"
    filled(path, ARTICLES)
    assert missing(path, [changed(ARTICLES[0]), *ARTICLES[1:]]) == [0]


def test_a_line_that_was_cut_off_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "features.jsonl"
    filled(path, ARTICLES)
    path.write_bytes(path.read_bytes()[:-20])
    assert missing(path, ARTICLES) == [4]
    filled(path, ARTICLES)
    assert missing(path, ARTICLES) == []


def test_lines_that_no_longer_count_are_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.workspace.feature_log._STALE", 0)
    path = tmp_path / "features.jsonl"
    filled(path, ARTICLES)
    filled(path, [*map(changed, ARTICLES[:3]), *ARTICLES[3:]])
    size = path.stat().st_size
    assert missing(path, ARTICLES[3:]) == []
    assert path.stat().st_size < size


def test_without_a_file_there_are_no_features(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    log = filled(tmp_path / "file" / "features.jsonl", ARTICLES)
    assert log.get(0, ARTICLES[0].info) is None
