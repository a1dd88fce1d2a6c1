"""A comparison as a query: what is kept when it is saved, and what brings it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ID = r'id:"[^"]+"'
_QUERY = re.compile(rf"{_ID}(?: OR {_ID})+")


def comparison_query(ids: Sequence[str]) -> str:
    """A query that finds exactly these articles; ids hold no quotation marks."""
    return " OR ".join(f'id:"{article_id}"' for article_id in ids)


def compared_of(query: str) -> tuple[str, ...]:
    """The articles of a saved comparison in their order; none for any other query."""
    if _QUERY.fullmatch(query.strip()) is None:
        return ()
    return tuple(re.findall(r'id:"([^"]+)"', query))
