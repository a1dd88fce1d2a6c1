"""Which articles a list or a search is about."""

from __future__ import annotations

from typing import NamedTuple


class Scope(NamedTuple):
    """All conditions hold together; the default is all articles."""

    source: str | None = None
    """Only this source."""
    story: str | None = None
    """Only this story, by id."""
    article_ids: tuple[str, ...] | None = None
    """Only these."""


EVERYWHERE = Scope()
"""The whole library."""
