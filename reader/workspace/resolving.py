"""Conditions that no index knows (`story:`, `is:`, `has:`, `tag:`), turned into sets of article ids."""

from __future__ import annotations

from collections.abc import Callable, Collection

from reader.model.query import All, AnyOf, In, Not, Query

Lookup = Callable[[str, str], Collection[str] | None]
"""Field and value to article ids; `None` when the value means nothing."""

RESOLVED = ("story", "is", "has", "tag")
"""The fields that are resolved here."""


def resolve(query: Query, lookup: Lookup) -> tuple[Query, tuple[tuple[str, str], ...]]:
    """Replace every such condition by `In("id", …)`.

    Also returns the pairs of field and value that meant nothing; they match no article.
    """
    unknown: list[tuple[str, str]] = []

    def walk(node: Query) -> Query:
        match node:
            case All(parts):
                return All(tuple(map(walk, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(walk, parts)))
            case Not(part):
                return Not(walk(part))
            case In(field, values) if field in RESOLVED:
                found: set[str] = set()
                for value in values:
                    ids = lookup(field, value)
                    if ids is None:
                        unknown.append((field, value))
                    else:
                        found.update(ids)
                return In("id", tuple(sorted(found)))
            case _:
                return node

    return walk(query), tuple(unknown)
