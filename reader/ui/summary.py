"""The findings of a comparison in order of what they tell: each with the place it leads to. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.layout.row import GLYPHS
from reader.ui.evidence import FLAGS

if TYPE_CHECKING:
    from reader.model.comparison import Comparison, Place

MOST_ONLY = 5
"""Passages of one article that only it has: the heaviest."""


class Finding(NamedTuple):
    """One thing found."""

    label: str
    """What it is."""
    more: str
    """The words of both sides."""
    place: Place
    """Where it stands in the first of them."""


def summary(comparison: Comparison, names: Sequence[str], shown: Sequence[int]) -> tuple[Finding, ...]:
    """What differs, what is quoted by several, which names are spelled otherwise, what one alone has."""
    return (
        *_differences(comparison, names, set(shown)),
        *_figures(comparison, names, set(shown), "differs"),
        *_quotes(comparison, names, set(shown)),
        *_figures(comparison, names, set(shown), "agree"),
        *_only(comparison, names, shown),
    )


def _differences(comparison: Comparison, names: Sequence[str], shown: set[int]) -> Iterator[Finding]:
    for link in comparison.links:
        if {link.a.article, link.b.article} <= shown:
            for found in link.differs:
                more = _sides((found.a, found.b), names)
                yield Finding(f"{GLYPHS['differs']} differs · {found.kind}", more, found.a)


def _figures(comparison: Comparison, names: Sequence[str], shown: set[int], state: str) -> Iterator[Finding]:
    told = {
        (place.article, place.start)
        for link in comparison.links
        for found in link.differs
        for place in (found.a, found.b)
    }
    for figure in comparison.figures:
        places = [there.place for there in figure.places if there.place.article in shown]
        if figure.state != state or len({place.article for place in places}) < 2:
            continue
        if all((place.article, place.start) in told for place in places):
            continue
        word, glyph = ("differs", GLYPHS["differs"]) if state == "differs" else ("agrees", "=")
        yield Finding(f"{glyph} {word} · {figure.kind}", _sides(places, names), places[0])


def _quotes(comparison: Comparison, names: Sequence[str], shown: set[int]) -> Iterator[Finding]:
    for quote in comparison.quotes:
        places = [there for there in quote.places if there.place.article in shown]
        if len({there.place.article for there in places}) > 1:
            said = " · ".join(FLAGS[flag] for flag in quote.flags) or "the same words"
            who = " | ".join(f"{names[p.place.article]}: {p.speaker or 'nobody named'}" for p in places)
            more = f"“{_flat(places[0].place.text)}” {who}"
            yield Finding(f"{GLYPHS['quote']} quote · {said}", more, places[0].place)


def _only(comparison: Comparison, names: Sequence[str], shown: Sequence[int]) -> Iterator[Finding]:
    for column in shown:
        found = [only for only in comparison.only if only.place.article == column][:MOST_ONLY]
        for only in found:
            yield Finding(f"{GLYPHS['only']} only in {names[column]}", _flat(only.place.text), only.place)


def _sides(places: Sequence[Place], names: Sequence[str]) -> str:
    return " | ".join(f"{names[place.article]}: {_flat(place.text)}" for place in places)


def _flat(text: str, most: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
