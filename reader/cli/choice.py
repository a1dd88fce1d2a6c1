"""Which articles a command is about: named by ids and paths, or found by a query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli.output import say

if TYPE_CHECKING:
    from reader.workspace.workspace import Workspace


def chosen(workspace: Workspace, words: Sequence[str]) -> tuple[str, ...]:
    """The ids of all articles meant, in the order of the words or of the search; all without words.

    Words are ids or paths when every one of them is, else a query.
    """
    from reader.model.errors import NotFound
    from reader.model.results import Page

    infos = workspace.articles()
    if not words:
        return tuple(info.id for info in infos)
    try:
        return tuple(dict.fromkeys(workspace.resolve(word) for word in words))
    except NotFound:
        results = workspace.search(" ".join(words), page=Page(0, max(len(infos), 1)))
    for diagnostic in results.diagnostics:
        say(f"reader: {diagnostic.message}")
    return tuple(hit.article_id for hit in results.hits)
