from __future__ import annotations

import pytest

from reader.model.errors import NotFound, StateError
from reader.state.store import Store


def names(store: Store) -> list[tuple[str, str]]:
    return [(search.name, search.query) for search in store.searches.all()]


def test_saved_searches_are_sorted_without_regard_to_case(store: Store) -> None:
    store.searches.save("zoo", "tiger")
    store.searches.save("Arctic", "ice -cream")
    assert names(store) == [("Arctic", "ice -cream"), ("zoo", "tiger")]


def test_search_of_the_same_name_is_replaced(store: Store) -> None:
    assert store.searches.save("ice", "ice") == "saved the search ice"
    assert store.searches.save("ice", "floe") == "changed the search ice"
    assert store.undo() == "put back the search ice as it was"
    assert names(store) == [("ice", "ice")]


def test_search_saved_twice_is_no_step(store: Store) -> None:
    store.searches.save("ice", "floe")
    assert store.searches.save("ice", "floe") is None


def test_search_is_renamed_and_back(store: Store) -> None:
    store.searches.save("ice", "floe")
    assert store.searches.rename("ice", "cold") == "renamed the search ice to cold"
    assert store.undo() == "renamed the search cold back to ice"
    assert names(store) == [("ice", "floe")]


def test_search_is_not_renamed_onto_another(store: Store) -> None:
    store.searches.save("ice", "floe")
    store.searches.save("cold", "frost")
    with pytest.raises(StateError, match="there is a search cold already"):
        store.searches.rename("ice", "cold")


def test_removed_search_comes_back_by_undo(store: Store) -> None:
    store.searches.save("ice", "floe")
    before = store.searches.all()
    assert store.searches.remove("ice") == "removed the search ice"
    assert store.undo() == "brought back the search ice"
    assert store.searches.all() == before


def test_unknown_search_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="no saved search ice"):
        store.searches.remove("ice")
    with pytest.raises(NotFound, match="no saved search ice"):
        store.searches.rename("ice", "cold")


@pytest.mark.parametrize(("name", "query"), [("", "x"), ("x", " \n ")])
def test_search_needs_a_name_and_a_query(store: Store, name: str, query: str) -> None:
    with pytest.raises(StateError):
        store.searches.save(name, query)
