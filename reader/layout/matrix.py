"""The matrix: what is claimed, and which sources claim it. For more articles than fit side by side."""

from __future__ import annotations

from dataclasses import dataclass

from reader.layout.row import STRENGTH, RowMark
from reader.model.comparison import Comparison, Place

_LEVELS: dict[str, RowMark] = {"verbatim": "same", "near": "near", "reworded": "reworded"}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One claim and how each article has it."""

    claim: int
    """Index into `Comparison.claims`."""
    place: Place
    """The claim in the words of the first article that makes it."""
    marks: tuple[RowMark | None, ...]
    """One for each article of the comparison; `None` where it does not make the claim."""
    sources: int
    """How many distinct sources make it."""


def matrix(comparison: Comparison) -> tuple[MatrixRow, ...]:
    """All claims, those of most sources first, then in order of place.

    An article's mark is its best link to another member of the claim, or `differs`.
    """
    marks: dict[tuple[int, int, int], list[RowMark]] = {}
    claim_of: dict[tuple[int, int, int], int] = {}
    for number, claim in enumerate(comparison.claims):
        for member in claim.members:
            claim_of[_key(member)] = number
    for link in comparison.links:
        a, b = _key(link.a), _key(link.b)
        if a in claim_of and claim_of[a] == claim_of.get(b):
            mark: RowMark = "differs" if link.differs else _LEVELS[link.level]
            marks.setdefault(a, []).append(mark)
            marks.setdefault(b, []).append(mark)
    found: list[MatrixRow] = []
    for number, claim in enumerate(comparison.claims):
        cells: list[RowMark | None] = [None] * len(comparison.articles)
        for member in claim.members:
            cells[member.article] = min(marks.get(_key(member), ["reworded"]), key=STRENGTH.index)
        found.append(MatrixRow(number, claim.members[0], tuple(cells), claim.sources))
    return tuple(sorted(found, key=lambda row: (-row.sources, -_coverage(row), row.place)))


def _coverage(row: MatrixRow) -> int:
    return sum(mark is not None for mark in row.marks)


def _key(place: Place) -> tuple[int, int, int]:
    return place.article, place.start, place.end
