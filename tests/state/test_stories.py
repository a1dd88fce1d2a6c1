from __future__ import annotations

import pytest

from reader.model.errors import StateError
from reader.state.store import Store


def test_merge_puts_articles_into_one_story(store: Store) -> None:
    assert store.stories.merge(["b", "a"]) == "merged 2 articles into one story"
    assert store.stories.merged() == (("a", "b"),)


def test_merges_that_share_an_article_are_one_story(store: Store) -> None:
    store.stories.merge(["a", "b"])
    store.stories.merge(["c", "b"])
    assert store.stories.merged() == (("a", "b", "c"),)


def test_split_parts_every_article_from_every_other(store: Store) -> None:
    assert store.stories.split(["c", "a"], ["b", "a", "d"]) == "split 2 articles from 2 others"
    assert store.stories.split_pairs() == (("a", "b"), ("a", "d"), ("b", "c"), ("c", "d"))


def test_split_after_merge_overrides_it(store: Store) -> None:
    store.stories.merge(["a", "b", "c"])
    store.stories.split(["c"], ["a", "b"])
    assert store.stories.merged() == (("a", "b"),)
    assert store.stories.split_pairs() == (("a", "c"), ("b", "c"))


def test_merge_after_split_overrides_it(store: Store) -> None:
    store.stories.split(["a"], ["b", "c"])
    store.stories.merge(["a", "b"])
    assert store.stories.merged() == (("a", "b"),)
    assert store.stories.split_pairs() == (("a", "c"),)


def test_article_not_named_by_a_split_stays_with_the_rest(store: Store) -> None:
    store.stories.merge(["a", "b", "c"])
    store.stories.split(["a"], ["b"])
    assert store.stories.merged() == (("b", "c"),)


def test_undo_of_a_split_brings_the_merge_back(store: Store) -> None:
    store.stories.merge(["a", "b"])
    store.stories.split(["a"], ["b"])
    assert store.undo() == "put 1 article back together with 1 other"
    assert store.stories.merged() == (("a", "b"),)
    assert store.stories.split_pairs() == ()


def test_decisions_outlive_the_window(store: Store) -> None:
    store.stories.merge(["a", "b"])
    store.stories.split(["c"], ["a"])
    store.close()
    with Store.open(store.path, "library one") as again:
        assert [each.kind for each in again.stories.decisions()] == ["merge", "split"]


@pytest.mark.parametrize("ids", [[], ["a"], ["a", "a"]], ids=["none", "one", "one twice"])
def test_merge_needs_two_articles(store: Store, ids: list[str]) -> None:
    with pytest.raises(StateError, match="at least two"):
        store.stories.merge(ids)


def test_split_needs_articles_on_both_sides(store: Store) -> None:
    with pytest.raises(StateError, match="both sides"):
        store.stories.split(["a"], ["a"])
