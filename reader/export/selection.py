"""What `--only` leaves of a comparison. The shape stays whole: lists that were not asked for are empty."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from reader.model.comparison import Comparison, Headlines

Only = Literal["differences", "shared", "quotes", "figures", "names", "only"]
"""What may be asked for alone."""
ONLY: tuple[Only, ...] = get_args(Only)
"""In the order the app goes through them."""


def narrowed(found: Comparison, only: Only | None) -> Comparison:
    """The comparison with nothing but what was asked for; `None` leaves it whole.

    `differences` keeps links and figures that differ and quotes that were altered; `shared` what several
    articles have.
    """
    if only is None:
        return found
    empty = replace(
        found,
        links=(),
        quotes=(),
        figures=(),
        names=(),
        claims=(),
        headlines=Headlines((), ()),
        only=(),
        boilerplate=(),
    )
    if only == "differences":
        return replace(
            empty,
            links=tuple(link for link in found.links if link.differs),
            quotes=tuple(quote for quote in found.quotes if quote.flags),
            figures=tuple(figure for figure in found.figures if figure.state == "differs"),
        )
    if only == "shared":
        return replace(empty, links=found.links, quotes=found.quotes, claims=found.claims)
    if only == "quotes":
        return replace(empty, quotes=found.quotes)
    if only == "figures":
        return replace(empty, figures=found.figures)
    if only == "names":
        return replace(empty, names=found.names)
    return replace(empty, only=found.only)
