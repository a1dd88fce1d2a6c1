from __future__ import annotations

from reader.model.query import All, AnyOf, In, Not, Terms
from reader.workspace.resolving import resolve


def lookup(field: str, value: str) -> tuple[str, ...] | None:
    return {("tag", "check"): ("b", "a"), ("is", "unread"): ("c",)}.get((field, value))


def test_condition_becomes_sorted_ids() -> None:
    assert resolve(In("tag", ("check",)), lookup) == (In("id", ("a", "b")), ())


def test_condition_is_found_at_any_depth() -> None:
    query = All((Terms(("ferry",)), AnyOf((Not(In("is", ("unread",))), In("source", ("Wire",))))))
    resolved, _ = resolve(query, lookup)
    assert resolved == All((Terms(("ferry",)), AnyOf((Not(In("id", ("c",))), In("source", ("Wire",))))))


def test_unknown_value_matches_nothing_and_is_named() -> None:
    assert resolve(In("tag", ("none",)), lookup) == (In("id", ()), (("tag", "none"),))
