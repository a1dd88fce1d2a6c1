from __future__ import annotations

import pytest

from reader.state import trail
from reader.state.store import Store
from reader.state.trail import Position
from tests.state.conftest import Hands


def values(store: Store, kind: trail.HistoryKind) -> list[str]:
    return [visit.value for visit in store.trail.history(kind)]


def test_position_is_kept_for_each_article(store: Store) -> None:
    store.trail.leave("a", 120, "d1")
    store.trail.leave("a", 240, "d2")
    assert store.trail.position("a") == Position("a", 240, "d2", "2026-03-01T12:00:00Z")
    assert store.trail.position("b") is None


def test_position_is_no_step_of_undo(store: Store) -> None:
    store.trail.leave("a", 120, "d1")
    assert store.undo() is None


def test_positions_left_longest_ago_go_first(
    store: Store, clock: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "POSITIONS_KEPT", 2)
    for article in "cab":
        store.trail.leave(article, 1, "d")
        clock.move(minutes=1)
    assert [each.article_id for each in store.trail.positions()] == ["a", "b"]


def test_history_has_each_query_once_latest_first(store: Store) -> None:
    for query in ("ice", "floe", "ice", " "):
        store.trail.asked(query)
    assert values(store, "query") == ["ice", "floe"]


def test_history_of_articles_is_apart_from_queries(store: Store) -> None:
    store.trail.asked("ice")
    store.trail.opened("a")
    assert values(store, "article") == ["a"]


def test_history_is_capped_for_each_kind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "HISTORY_KEPT", 3)
    store.trail.asked("ice")
    for number in range(5):
        store.trail.opened(str(number))
    assert values(store, "article") == ["4", "3", "2"]
    assert values(store, "query") == ["ice"]


def test_forgotten_history_is_empty(store: Store) -> None:
    store.trail.asked("ice")
    store.trail.forget_history()
    assert values(store, "query") == []


def test_last_place_is_kept(store: Store) -> None:
    assert store.trail.place() is None
    store.trail.stay("article a")
    store.trail.stay("compare a b")
    store.close()
    with Store.open(store.path, "library one") as again:
        assert again.trail.place() == "compare a b"
