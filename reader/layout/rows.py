"""A comparison as aligned rows: what stands beside what, and why.

Rows do not depend on a width. Every code point of an article's paragraphs stands in exactly one cell of its
column, in the article's order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.layout.abreast import Alone, abreast, lines_of
from reader.layout.chain import Edge, Slot, align, units
from reader.layout.emphasis import names_of_note
from reader.layout.row import STRENGTH, Cell, Piece, Row, RowMark, View
from reader.layout.views import visible
from reader.model import Article, Span
from reader.model.comparison import Comparison, Difference, Place, SharedQuote

_LEVELS: dict[str, RowMark] = {"verbatim": "same", "near": "near", "reworded": "reworded"}
_TELLING = 0.1
"""What a shared quote or a difference adds to the weight of two passages: such rows are read first."""
_QUOTE_ALONE = 0.3
"""The weight of two passages that share a quote and have no link; a link's score is at most 1."""


def rows(
    comparison: Comparison,
    articles: Sequence[Article],
    columns: Sequence[int] = (0, 1),
    view: View = "all",
    *,
    beside: bool = True,
) -> tuple[Row, ...]:
    """Set two to four articles of a comparison side by side.

    `articles` are those of `comparison.articles`, in its order; `columns` are indices into both, in the order
    they are to stand. Links off the strongest chain leave their passages where their articles have them.
    """
    return visible(_Builder(comparison, articles, columns).rows(beside), comparison, view)


@dataclass(slots=True)
class _Found:
    """What stands in one row, as indices into the comparison."""

    links: list[int]
    quotes: list[int]
    figures: list[int]
    crossed: list[int]
    crossed_quotes: list[int]
    names: bool = False
    weight: float = 0.0


class _Builder:
    """Everything that is known of the columns while their rows are built."""

    def __init__(self, comparison: Comparison, articles: Sequence[Article], columns: Sequence[int]) -> None:
        self.comparison = comparison
        self.columns = columns
        self.articles = [articles[column] for column in columns]
        self.column_of = {article: column for column, article in enumerate(columns)}
        passages: dict[int, list[Span]] = {article: [] for article in columns}
        for place in _passages(comparison):
            if place.article in passages:
                passages[place.article].append(Span(place.start, place.end))
        self.units = [
            units(article, passages[index]) for article, index in zip(self.articles, columns, strict=True)
        ]
        self.starts = [[unit.span.start for unit in column] for column in self.units]
        self.only = {self.unit_of(only.place) for only in comparison.only}

    def unit_of(self, place: Place) -> tuple[int, int] | None:
        """The column and unit in which a place begins; `None` in columns that are not shown."""
        column = self.column_of.get(place.article)
        if column is None or not self.starts[column]:
            return None
        return column, max(bisect_right(self.starts[column], place.start) - 1, 0)

    def edges(self) -> dict[Edge, float]:
        """How strongly two units of different columns belong together."""
        weights: dict[Edge, float] = {}
        for link in self.comparison.links:
            edge = self._edge(link.a, link.b)
            if edge is not None:
                weights[edge] = max(weights.get(edge, 0.0), link.score + (_TELLING if link.differs else 0.0))
        for quote in self.comparison.quotes:
            places = _places(quote)
            pairs = {self._edge(a, b) for index, a in enumerate(places) for b in places[index + 1 :]}
            for edge in pairs - {None}:
                assert edge is not None
                weights[edge] = weights[edge] + _TELLING if edge in weights else _QUOTE_ALONE
        return weights

    def _edge(self, a: Place, b: Place) -> Edge | None:
        first, second = self.unit_of(a), self.unit_of(b)
        if first is None or second is None or first[0] == second[0]:
            return None
        return (*first, *second) if first < second else (*second, *first)

    def rows(self, beside: bool) -> tuple[Row, ...]:
        """All rows, in order."""
        weights = self.edges()
        linked = {end for edge in weights for end in (edge[:2], edge[2:])}
        slots = self._with_runs_joined(align([len(column) for column in self.units], weights), linked)
        if beside:
            slots = self._with_stretches_abreast(slots, linked)
        row_of = {
            (column, unit): index
            for index, slot in enumerate(slots)
            for column, held in enumerate(slot)
            if held is not None
            for unit in range(held[0], held[1] + 1)
        }
        found = self._found(len(slots), row_of)
        return tuple(self._row(slot, found[index], index, linked) for index, slot in enumerate(slots))

    def _with_runs_joined(self, slots: Iterable[Slot], linked: set[tuple[int, int]]) -> list[Slot]:
        """Join what follows each other in one paragraph of one column and is linked with no other column."""
        joined: list[Slot] = []
        for slot in slots:
            alone = self._alone(slot, linked)
            before = self._alone(joined[-1], linked) if joined else None
            if alone is not None and before is not None and alone[0] == before[0]:
                column, low, high = alone
                unit, last = self.units[column][low], self.units[column][before[2]]
                if unit.paragraph == last.paragraph and unit.kind == "body":
                    joined[-1][column] = (before[1], high)
                    continue
            joined.append(slot)
        return joined

    def _with_stretches_abreast(self, slots: Sequence[Slot], linked: set[tuple[int, int]]) -> list[Slot]:
        """Between two rows of several columns, set what each column has alone beside the others'."""
        done: list[Slot] = []
        stretches: dict[int, list[Alone]] = {}

        def flush() -> None:
            merged: list[Alone] = []
            for column in sorted(stretches):
                merged = abreast(merged, stretches[column])
            done.extend(alone.slot for alone in merged)
            stretches.clear()

        for slot in slots:
            held = [(column, part) for column, part in enumerate(slot) if part is not None]
            if len(held) > 1:
                flush()
                done.append(slot)
                continue
            column, (low, high) = held[0]
            is_linked = any((column, unit) in linked for unit in range(low, high + 1))
            lines = lines_of(self.units[column], low, high)
            stretches.setdefault(column, []).append(Alone(slot, lines, is_linked))
        flush()
        return done

    def _alone(self, slot: Slot, linked: set[tuple[int, int]]) -> tuple[int, int, int] | None:
        held = [(column, *part) for column, part in enumerate(slot) if part is not None]
        if len(held) != 1 or any((held[0][0], unit) in linked for unit in held[0][1:]):
            return None
        return held[0]

    def _found(self, count: int, row_of: dict[tuple[int, int], int]) -> list[_Found]:
        found = [_Found([], [], [], [], []) for _ in range(count)]

        def row(place: Place) -> int | None:
            unit = self.unit_of(place)
            return None if unit is None else row_of[unit]

        for index, link in enumerate(self.comparison.links):
            first, second = row(link.a), row(link.b)
            if first is None or second is None:
                continue
            if first == second:
                found[first].links.append(index)
            else:
                found[first].crossed.append(index)
                found[second].crossed.append(index)
        for index, quote in enumerate(self.comparison.quotes):
            columns: dict[int, set[int]] = {}
            for quoted in quote.places:
                at = row(quoted.place)
                if at is not None:
                    columns.setdefault(at, set()).add(quoted.place.article)
            for at, there in columns.items():
                if len(there) > 1:
                    found[at].quotes.append(index)
                elif len(columns) > 1:
                    found[at].crossed_quotes.append(index)
        for index, figure in enumerate(self.comparison.figures):
            for at in sorted({at for there in figure.places if (at := row(there.place)) is not None}):
                found[at].figures.append(index)
        for only in self.comparison.only:
            at = row(only.place)
            if at is not None:
                found[at].weight = max(found[at].weight, only.weight, 1e-9)
        for place in names_of_note(self.comparison, self.articles, self.columns):
            at = row(place)
            if at is not None:
                found[at].names = True
        return found

    def _row(self, slot: Slot, found: _Found, index: int, linked: set[tuple[int, int]]) -> Row:
        cells = tuple(None if held is None else self._cell(column, held) for column, held in enumerate(slot))
        alone = self._marks_alone(cells, slot, found, linked)
        score = {link: self.comparison.links[link].score for link in (*found.links, *found.crossed)}
        gutters = tuple(self._gutters(slot, found, alone))
        return Row(
            cells,
            min(gutters, key=STRENGTH.index),
            gutters,
            alone,
            tuple(sorted(found.links, key=lambda link: (-score[link], link))),
            tuple(found.quotes),
            tuple(found.figures),
            tuple(sorted(found.crossed, key=lambda link: (-score[link], link))),
            tuple(found.crossed_quotes),
            found.names,
            found.weight,
            index > 0 and any(cell is not None and cell.pieces[0].begins for cell in cells),
        )

    def _cell(self, column: int, held: tuple[int, int]) -> Cell:
        pieces: list[Piece] = []
        for unit in self.units[column][held[0] : held[1] + 1]:
            if pieces and pieces[-1].paragraph == unit.paragraph:
                last = pieces[-1]
                pieces[-1] = replace(last, span=Span(last.span.start, unit.span.end))
            else:
                pieces.append(Piece(unit.span, unit.kind, unit.paragraph, unit.begins))
        return Cell(self.columns[column], tuple(pieces))

    def _gutters(self, slot: Slot, found: _Found, alone: Sequence[RowMark | None]) -> Iterable[RowMark]:
        held = [column for column, part in enumerate(slot) if part is not None]
        for column in range(1, len(slot)):
            standing = alone[column]
            if column in held and standing is None:
                yield self._mark(column, found)
            elif column == 1:
                both = [mark for mark in alone[:2] if mark is not None]
                yield min(both, key=STRENGTH.index, default="none")
            else:
                yield standing or "none"

    def _marks_alone(
        self, cells: Sequence[Cell | None], slot: Slot, found: _Found, linked: set[tuple[int, int]]
    ) -> tuple[RowMark | None, ...]:
        """What each cell is when nothing in its row is linked with it; `None` if something is."""
        together = self._together(found)
        marks: list[RowMark | None] = []
        for column, (cell, held) in enumerate(zip(cells, slot, strict=True)):
            if cell is None or held is None or self.columns[column] in together:
                marks.append(None)
            elif any((column, unit) in linked for unit in range(held[0], held[1] + 1)):
                marks.append("crossed")
            else:
                marks.append("only" if self._has_only(column, held) else "none")
        return tuple(marks)

    def _together(self, found: _Found) -> set[int]:
        """The articles that a link or a shared quote of the row joins."""
        links = [self.comparison.links[index] for index in found.links]
        joined = {place.article for link in links for place in (link.a, link.b)}
        for index in found.quotes:
            joined |= {place.article for place in _places(self.comparison.quotes[index])}
        return joined

    def _has_only(self, column: int, held: tuple[int, int]) -> bool:
        return any((column, unit) in self.only for unit in range(held[0], held[1] + 1))

    def _mark(self, column: int, found: _Found) -> RowMark:
        """How a column stands to those left of it in its row."""
        article = self.columns[column]
        left = {self.columns[other] for other in range(column)}
        links = [
            link
            for link in (self.comparison.links[index] for index in found.links)
            if (link.a.article == article and link.b.article in left)
            or (link.b.article == article and link.a.article in left)
        ]
        quotes = [
            places
            for places in (_places(self.comparison.quotes[index]) for index in found.quotes)
            if {article} < {place.article for place in places} & (left | {article})
        ]
        if any(not _is_quoted(difference, quotes) for link in links for difference in link.differs):
            return "differs"
        if any(self._figure_differs(index, article, left, found) for index in found.figures):
            return "differs"
        if quotes:
            return "quote"
        levels = [_LEVELS[link.level] for link in links]
        return min(levels, key=STRENGTH.index, default="none")

    def _figure_differs(self, index: int, article: int, left: set[int], found: _Found) -> bool:
        figure = self.comparison.figures[index]
        if figure.state != "differs":
            return False
        ends = [
            (link.a, link.b) if link.a.article == article else (link.b, link.a)
            for link in (self.comparison.links[number] for number in found.links)
            if article in (link.a.article, link.b.article)
        ]
        here = [there.place for there in figure.places]
        return any(
            any(_holds(a, place) for place in here)
            and b.article in left
            and any(_holds(b, place) for place in here)
            for a, b in ends
        )


def _passages(comparison: Comparison) -> Iterable[Place]:
    for link in comparison.links:
        yield link.a
        yield link.b
    for only in comparison.only:
        yield only.place
    for claim in comparison.claims:
        yield from claim.members


def _places(quote: SharedQuote) -> list[Place]:
    return [quoted.place for quoted in quote.places]


def _holds(outer: Place, inner: Place) -> bool:
    return outer.article == inner.article and outer.start <= inner.start and inner.end <= outer.end


def _is_quoted(difference: Difference, quotes: Sequence[Sequence[Place]]) -> bool:
    """Whether both sides lie in words that are marked as a shared quote: its flags say more than this."""
    return any(
        any(_holds(place, difference.a) for place in places)
        and any(_holds(place, difference.b) for place in places)
        for places in quotes
    )
