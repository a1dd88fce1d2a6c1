"""Where else a passage stands, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.screens.asking import PickScreen

if TYPE_CHECKING:
    from reader.model.comparison import Trace


def trace_screen(trace: Trace) -> PickScreen:
    """A sheet whose result is the number of a hit."""
    choices = [
        (f"{hit.level} {hit.score:.2f}  {hit.source}  {hit.article_id}", " ".join(hit.text.split()))
        for hit in trace.hits
    ]
    return PickScreen("Where else this stands", choices)
