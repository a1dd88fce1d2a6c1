"""The words for a row of a comparison: what it is, and what that judgement rests on. Pure strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.layout.cells import fit
from reader.layout.row import WORDS, Row
from reader.ui.naming import count

if TYPE_CHECKING:
    from reader.model.comparison import Comparison, Figure, Link, SharedQuote

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


def evidence(row: Row, comparison: Comparison, names: Sequence[str]) -> tuple[str, ...]:
    """One line for each thing that is known of a row, the most telling first; at least one.

    `names` are those of all articles of the comparison.
    """
    names = [fit(name, MOST_NAME) for name in names]
    lines: list[str] = []
    links = [comparison.links[index] for index in row.links]
    held = {cell.article for cell in row.cells if cell is not None}
    lines += [_difference(link, names, number) for link in links for number in range(len(link.differs))]
    lines += [
        _figure(comparison.figures[index], names, held)
        for index in row.figures
        if _differs(comparison, index)
    ]
    lines += [_quote(comparison.quotes[index], names) for index in row.quotes]
    lines += [_weights(link) for link in links]
    for index in row.crossed:
        crossed = comparison.links[index]
        lines.append(_crossed(crossed, held, names))
        lines += [_difference(crossed, names, number) for number in range(len(crossed.differs))]
        lines.append(_weights(crossed))
    if not lines:
        here = ", ".join(names[article] for article in sorted(held))
        lines.append(f"{WORDS[row.mark]}: {here}" if row.mark == "only" else "not compared")
    return tuple(lines)


def _difference(link: Link, names: Sequence[str], number: int) -> str:
    found = link.differs[number]
    a, b = _short(found.a.text), _short(found.b.text)
    return f"differs · {found.kind}   {names[found.a.article]}: {a}  |  {names[found.b.article]}: {b}"


def _differs(comparison: Comparison, index: int) -> bool:
    return comparison.figures[index].state == "differs"


def _figure(figure: Figure, names: Sequence[str], held: set[int]) -> str:
    told = [there.place for there in figure.places if there.place.article in held] or [
        there.place for there in figure.places
    ]
    sides = "  |  ".join(f"{names[place.article]}: {_short(place.text)}" for place in told)
    return f"differs · {figure.kind}   {sides}"


def _quote(quote: SharedQuote, names: Sequence[str]) -> str:
    said = " · ".join(FLAGS[flag] for flag in quote.flags) or "the same words"
    who = "  |  ".join(f"{names[p.place.article]}: {p.speaker or 'nobody named'}" for p in quote.places)
    return f"quote · {said}   {who}"


def _weights(link: Link) -> str:
    words = " · ".join(f"{weight.token} {_two(weight.weight)}" for weight in link.why[:MOST_WEIGHTS])
    return f"{link.level} {_two(link.score)}: {words}" if words else f"{link.level} {_two(link.score)}"


def _crossed(link: Link, held: set[int], names: Sequence[str]) -> str:
    there = link.b if link.a.article in held else link.a
    differs = " and differs" if link.differs else ""
    return f"out of order{differs} · % goes to {names[there.article]}: {_short(there.text, 160)}"


def _two(number: float) -> str:
    return f"{number:.2f}".lstrip("0") or "0"


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def tally(comparison: Comparison) -> str:
    """`11 links · 2 quotes · 3 differ`."""
    return f"{count(len(comparison.links), 'link')} · {findings(comparison)}"


def findings(comparison: Comparison) -> str:
    """`2 quotes · 3 differ`: what makes a comparison worth opening."""
    differ = sum(bool(link.differs) for link in comparison.links)
    differ += sum(figure.state == "differs" for figure in comparison.figures)
    return f"{count(len(comparison.quotes), 'quote')} · {differ} differ{'s' if differ == 1 else ''}"
