"""The words for a row of a comparison: what it is, and what that judgement rests on. Pure strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.layout.cells import fit
from reader.layout.row import WORDS, Row
from reader.ui.naming import count

if TYPE_CHECKING:
    from reader.model.comparison import Comparison, Figure, Link, Place, SharedQuote

FLAGS = {
    "elided": "words left out",
    "shortened": "stops early",
    "words-changed": "words changed",
    "bracketed": "words in brackets",
    "attribution-differs": "attributed differently",
}
"""How a flag of a quote is read out."""
MOST_WEIGHTS = 6
MOST_NAME = 14
"""Cells of a name: the column heads have it whole."""


def evidence(row: Row, comparison: Comparison, names: Sequence[str], shown: Sequence[int]) -> tuple[str, ...]:
    """One line for each thing that is known of a row, the most telling first; at least one.

    `names` are those of all articles of the comparison, `shown` the columns of the row.
    """
    names = [fit(name, MOST_NAME) for name in names]
    links = [comparison.links[index] for index in row.links]
    figures = [comparison.figures[index] for index in row.figures]
    lines = [_difference(link, names, number) for link in links for number in range(len(link.differs))]
    lines += [_figure(figure, names, shown) for figure in figures if _is_told(figure, shown)]
    for index in row.quotes:
        lines.append(_quote(comparison.quotes[index], names, shown))
    lines += [_weights(link) for link in links]
    for index in row.crossed_quotes:
        quote = comparison.quotes[index]
        there = next(
            (q.place for q in quote.places if not row.holds(q.place) and q.place.article in shown), None
        )
        lines.append(_quote(quote, names, shown))
        if there is not None:
            lines.append(f"out of order · % goes to {names[there.article]}: {_short(there.text, 160)}")
    for index in row.crossed:
        crossed = comparison.links[index]
        lines.append(_crossed(crossed, row, names))
        lines += [_difference(crossed, names, number) for number in range(len(crossed.differs))]
        lines.append(_weights(crossed))
    if not row.is_linked:
        lines += _alone(row, names)
    lines += [_elsewhere(place, names) for place in _others(row, comparison, shown)]
    return tuple(lines) or ("nothing is linked with this",)


def _others(row: Row, comparison: Comparison, shown: Sequence[int]) -> list[Place]:
    """What passages of the row are linked with in articles that are not shown."""
    ends = [
        there
        for link in comparison.links
        for here, there in ((link.a, link.b), (link.b, link.a))
        if there.article not in shown and row.holds(here)
    ]
    return sorted(set(ends), key=lambda place: (place.article, place.start))


def _elsewhere(place: Place, names: Sequence[str]) -> str:
    return f"also in {names[place.article]}, which ] brings here: {_short(place.text, 160)}"


def _alone(row: Row, names: Sequence[str]) -> list[str]:
    only = [
        names[cell.article]
        for cell, mark in zip(row.cells, row.alone, strict=True)
        if cell is not None and mark == "only"
    ]
    if not only:
        return []
    if sum(cell is not None for cell in row.cells) == 1:
        return [f"{WORDS['only']}: {only[0]}"]
    return [f"{WORDS['only']}: {', '.join(only)} · neighbours on the screen, not linked"]


def _difference(link: Link, names: Sequence[str], number: int) -> str:
    found = link.differs[number]
    a, b = _short(found.a.text), _short(found.b.text)
    return f"differs · {found.kind}   {names[found.a.article]}: {a}  |  {names[found.b.article]}: {b}"


def _is_told(figure: Figure, shown: Sequence[int]) -> bool:
    return figure.state != "only" and len({there.place.article for there in figure.places} & set(shown)) > 1


def _figure(figure: Figure, names: Sequence[str], shown: Sequence[int]) -> str:
    told = [there.place for there in figure.places if there.place.article in shown]
    sides = "  |  ".join(f"{names[place.article]}: {_short(place.text)}" for place in told)
    what = "differs" if figure.state == "differs" else "agrees"
    return f"{what} · {figure.kind}   {sides}"


def _quote(quote: SharedQuote, names: Sequence[str], shown: Sequence[int]) -> str:
    said = " · ".join(FLAGS[flag] for flag in quote.flags) or "the same words"
    places = sorted(quote.places, key=lambda there: there.place.article not in shown)
    who = "  |  ".join(f"{names[there.place.article]}: {there.speaker or 'nobody named'}" for there in places)
    return f"quote · {said}   {who}"


def _weights(link: Link) -> str:
    words = " · ".join(f"{weight.token} {_two(weight.weight)}" for weight in link.why[:MOST_WEIGHTS])
    return f"{link.level} {_two(link.score)}: {words}" if words else f"{link.level} {_two(link.score)}"


def _crossed(link: Link, row: Row, names: Sequence[str]) -> str:
    there = link.b if row.holds(link.a) else link.a
    differs = " and differs" if link.differs else ""
    return f"out of order{differs} · % goes to {names[there.article]}: {_short(there.text, 160)}"


def _two(number: float) -> str:
    return f"{number:.2f}".lstrip("0") or "0"


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def tally(comparison: Comparison, shown: Sequence[int]) -> str:
    """`11 links · 2 quotes · 3 differ`, of the articles that are shown."""
    columns = set(shown)
    links = [link for link in comparison.links if {link.a.article, link.b.article} <= columns]
    quotes = sum(
        len({there.place.article for there in quote.places} & columns) > 1 for quote in comparison.quotes
    )
    figures = sum(
        figure.state == "differs" and len({there.place.article for there in figure.places} & columns) > 1
        for figure in comparison.figures
    )
    return (
        f"{count(len(links), 'link')} · {_found(quotes, sum(bool(link.differs) for link in links) + figures)}"
    )


def findings(comparison: Comparison) -> str:
    """`2 quotes · 3 differ`: what makes a comparison worth opening; empty when it found neither."""
    differ = sum(bool(link.differs) for link in comparison.links)
    differ += sum(figure.state == "differs" for figure in comparison.figures)
    parts = [count(len(comparison.quotes), "quote")] if comparison.quotes else []
    return " · ".join([*parts, f"{differ} differ{'s' if differ == 1 else ''}"] if differ else parts)


def _found(quotes: int, differ: int) -> str:
    return f"{count(quotes, 'quote')} · {differ} differ{'s' if differ == 1 else ''}"
