from __future__ import annotations

import pytest

from reader.model.errors import StateError
from reader.state.marks import ArticleMarks, TagCount
from reader.state.store import Counts, Store


def test_star_says_how_many_articles_it_changed(store: Store) -> None:
    store.marks.star(["a"])
    assert store.marks.star(["a", "b", "c", "b"]) == "starred 2 articles"


def test_star_that_changes_nothing_is_no_step(store: Store) -> None:
    store.marks.star(["a"])
    assert store.marks.star(["a"]) is None
    assert store.undo() == "unstarred 1 article"
    assert store.undo() is None


def test_unstar_takes_the_star(store: Store) -> None:
    store.marks.star(["a", "b"])
    assert store.marks.star(["a"], False) == "unstarred 1 article"
    assert store.marks.all().starred == {"b"}


def test_mark_read_and_unread(store: Store) -> None:
    assert store.marks.mark_read(["a", "b"]) == "marked 2 articles read"
    assert store.marks.mark_read(["b"], False) == "marked 1 article unread"
    assert store.marks.all().read == {"a"}


def test_bulk_mark_is_undone_in_one_step(store: Store) -> None:
    ids = [f"article/{number}" for number in range(2_000)]
    store.marks.star(ids[:10])
    store.marks.star(ids)
    assert store.undo() == "unstarred 1,990 articles"
    assert store.marks.all().starred == set(ids[:10])


def test_marks_of_one_article(store: Store) -> None:
    store.marks.mark_read(["a"])
    store.marks.tag(["a", "b"], ["zoo", "Arctic"])
    assert store.marks.of("a") == ArticleMarks(True, False, ("Arctic", "zoo"))


def test_tag_takes_the_spelling_in_use(store: Store) -> None:
    store.marks.tag(["a"], ["Arctic"])
    store.marks.tag(["b"], ["ARCTIC"])
    assert store.marks.tags() == (TagCount("Arctic", 2),)


def test_tag_is_found_in_any_case(store: Store) -> None:
    store.marks.tag(["a"], ["Straße"])
    assert store.marks.all().tagged("STRASSE") == {"a"}


def test_tag_keeps_no_control_character(store: Store) -> None:
    store.marks.tag(["a"], ["x\x1b[31m\ny"])
    assert store.marks.tags() == (TagCount("x␛[31m y", 1),)


def test_empty_tag_is_refused_in_words(store: Store) -> None:
    with pytest.raises(StateError, match="a tag needs a name"):
        store.marks.tag(["a"], ["ok", " \n"])


def test_tags_added_and_removed_in_one_step(store: Store) -> None:
    store.marks.tag(["a", "b"], ["x"])
    assert store.marks.tag(["a", "b"], ["y"], ["x"]) == "changed the tags of 2 articles"
    assert store.undo() == "put back the tags of 2 articles"
    assert store.marks.tags() == (TagCount("x", 2),)


def test_removed_tag_says_what_went(store: Store) -> None:
    store.marks.tag(["a", "b"], ["x"])
    assert store.marks.tag(["a", "b", "c"], remove=["X"]) == "took the tag X off 2 articles"
    assert store.marks.tags() == ()


def test_renamed_tag_joins_the_one_of_that_name(store: Store) -> None:
    store.marks.tag(["a"], ["ferry"])
    store.marks.tag(["a", "b"], ["boat"])
    assert store.marks.rename_tag("Boat", "FERRY") == "renamed the tag boat to ferry"
    assert store.marks.tags() == (TagCount("ferry", 2),)
    assert store.undo() == "renamed the tag ferry back to boat"
    assert store.marks.tags() == (TagCount("boat", 2), TagCount("ferry", 1))


def test_tag_can_change_the_case_of_its_letters(store: Store) -> None:
    store.marks.tag(["a"], ["arctic"])
    store.marks.rename_tag("arctic", "Arctic")
    assert store.marks.tags() == (TagCount("Arctic", 1),)


def test_tag_that_no_article_has_is_not_renamed(store: Store) -> None:
    assert store.marks.rename_tag("a", "b") is None


def test_tag_counts_only_articles_of_the_library(store: Store) -> None:
    store.marks.tag(["a", "gone"], ["x"])
    store.marks.tag(["gone"], ["y"])
    assert store.marks.tags(among=["a", "b"]) == (TagCount("x", 1),)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("is", "read", {"a"}),
        ("is", "Unread", {"b", "c"}),
        ("is", "starred", {"b"}),
        ("tag", "X", {"c"}),
        ("has", "tag", {"c"}),
        ("has", "note", set()),
        ("tag", "none", set()),
    ],
)
def test_condition_of_a_query_gives_article_ids(
    store: Store, field: str, value: str, expected: set[str]
) -> None:
    store.marks.mark_read(["a"])
    store.marks.star(["b"])
    store.marks.tag(["c"], ["x"])
    found = store.ids_with(field, value, ["a", "b", "c"])
    assert found == frozenset(expected)


@pytest.mark.parametrize(("field", "value"), [("is", "blue"), ("has", "wings"), ("story", "a")])
def test_condition_that_means_nothing_gives_none(store: Store, field: str, value: str) -> None:
    assert store.ids_with(field, value, ["a"]) is None


def test_counts_are_of_the_articles_that_exist(store: Store) -> None:
    store.marks.mark_read(["a", "gone"])
    store.marks.star(["b", "gone"])
    assert store.counts(["a", "b", "c"]) == Counts(2, 1, 0, 0)


def test_libraries_in_one_file_know_nothing_of_each_other(store: Store) -> None:
    store.marks.star(["a"])
    with Store.open(store.path, "library two") as other:
        assert other.marks.all().starred == frozenset()
        assert other.undo() is None
        other.marks.star(["b"])
    assert store.marks.all().starred == {"a"}
    assert store.undo() == "unstarred 1 article"
