"""What stands in the left column: the whole library, then its sources."""

from __future__ import annotations

from reader.model import UNKNOWN_SOURCE
from reader.ui.engine import EVERYWHERE, Engine, Scope
from reader.ui.widgets.source_list import Shelf


def shelves(engine: Engine) -> tuple[Shelf, ...]:
    """From top to bottom."""
    sources = engine.sources()
    total = sum(source.articles for source in sources)
    found = [Shelf("All articles", total, EVERYWHERE), Shelf("Sources", is_heading=True)]
    for source in sources:
        label = "unknown source" if source.source == UNKNOWN_SOURCE else source.source
        found.append(Shelf(label, source.articles, Scope(source=source.source)))
    return tuple(found)
