from __future__ import annotations

import pytest

from reader.state import undo
from reader.state.store import Store


def test_nothing_to_undo_gives_none(store: Store) -> None:
    assert store.undo() is None
    assert store.redo() is None


def test_undo_and_redo_say_what_they_did(store: Store) -> None:
    store.marks.star(["a", "b", "c"])
    assert store.undo() == "unstarred 3 articles"
    assert store.redo() == "starred 3 articles"
    assert store.marks.all().starred == {"a", "b", "c"}


def test_next_undo_and_redo_are_told(store: Store) -> None:
    store.marks.star(["a"])
    assert (store.next_undo(), store.next_redo()) == ("starred 1 article", None)
    store.undo()
    assert (store.next_undo(), store.next_redo()) == (None, "starred 1 article")


def test_new_change_ends_redo(store: Store) -> None:
    store.marks.star(["a"])
    store.undo()
    store.marks.star(["b"])
    assert store.redo() is None
    assert store.marks.all().starred == {"b"}


def test_undo_survives_the_window(store: Store) -> None:
    store.marks.star(["a"])
    store.marks.star(["b"])
    store.undo()
    store.close()
    with Store.open(store.path, "library one") as again:
        assert again.redo() == "starred 1 article"
        again.undo()
        again.undo()
        assert again.marks.all().starred == frozenset()


def test_undo_takes_back_the_latest_change_of_another_window(store: Store) -> None:
    with Store.open(store.path, "library one") as other:
        store.marks.star(["mine"])
        other.marks.mark_read(["theirs"])
        assert store.undo() == "marked 1 article unread"
        assert other.marks.all().read == frozenset()


def test_stack_is_capped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "STEPS_KEPT", 5)
    for number in range(8):
        store.marks.star([str(number)])
    undone = [store.undo() for _ in range(6)]
    assert undone == ["unstarred 1 article"] * 5 + [None]
    assert store.marks.all().starred == {"0", "1", "2"}


def test_latest_step_is_kept_whatever_its_size(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "SIZE_KEPT", 100)
    store.marks.star(["x" * 90])
    store.marks.star(["y" * 400])
    assert [store.undo(), store.undo()] == ["unstarred 1 article", None]


def test_generation_changes_with_changes_of_either_window(store: Store) -> None:
    with Store.open(store.path, "library one") as other:
        seen = [store.generation]
        store.marks.star(["a"])
        seen.append(store.generation)
        other.marks.star(["b"])
        seen.append(store.generation)
        other.undo()
        seen.append(store.generation)
        assert len(set(seen)) == 4
        assert store.generation == other.generation


def test_generation_stays_for_positions_and_changes_of_other_libraries(store: Store) -> None:
    before = store.generation
    store.trail.leave("a", 10, "digest")
    store.trail.asked("ice")
    with Store.open(store.path, "library two") as other:
        other.marks.star(["a"])
    assert store.generation == before
