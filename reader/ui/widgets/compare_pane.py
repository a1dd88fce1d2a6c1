"""The rows of a comparison, all columns in one widget, so that scrolling together is one number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from reader.layout.cells import cells, fit, index_at
from reader.layout.row import GLYPHS, Row, RowMark, cell_lines
from reader.layout.runs import Mark, Marks, runs
from reader.ui.columns import Columns, columns_for
from reader.ui.widgets.painted import Painted, Piece, make_strip

if TYPE_CHECKING:
    from reader.layout.wrap import Line
    from reader.model import Span
    from reader.ui.compared import Compared

EMPHASIS = frozenset({"differs", "quote", "hit", "selected"})
"""Stretches that are told apart in every row."""
FOCUSED_EMPHASIS = frozenset({"shared", "figure", "name"})
"""Stretches that are told apart in the focused row only: all at once nobody could read."""


class ComparePane(Painted):
    """Rows of equal height with a gutter glyph; one row has the focus, one side is the active one.

    While unlocked each side has a shift of its own; locking keeps the shifts, going to a mark ends them.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "compare-pane--differs",
        "compare-pane--quote",
        "compare-pane--shared",
        "compare-pane--figure",
        "compare-pane--name",
        "compare-pane--heading",
        "compare-pane--boilerplate",
        "compare-pane--caption",
        "compare-pane--glyph",
        "compare-pane--glyph-linked",
        "compare-pane--glyph-strong",
        "compare-pane--glyph-focus",
        "compare-pane--focus",
        "compare-pane--source",
        "compare-pane--alone",
        "compare-pane--hit",
        "compare-pane--selected",
    }
    DEFAULT_CSS = """
    ComparePane { scrollbar-size-vertical: 0; }
    ComparePane > .compare-pane--differs { color: $warning; text-style: underline; }
    ComparePane > .compare-pane--quote { text-style: italic; }
    ComparePane > .compare-pane--shared { text-style: bold; }
    ComparePane > .compare-pane--heading { color: $primary; text-style: bold; }
    ComparePane > .compare-pane--boilerplate { color: $foreground-muted; text-style: italic; }
    ComparePane > .compare-pane--caption { color: $foreground-muted; text-style: italic; }
    ComparePane > .compare-pane--glyph { color: $foreground-muted; }
    ComparePane > .compare-pane--glyph-linked { color: $primary; text-style: bold; }
    ComparePane > .compare-pane--glyph-strong { color: $warning; text-style: bold; }
    ComparePane > .compare-pane--glyph-focus { text-style: bold reverse; }
    ComparePane > .compare-pane--focus { background: $surface; }
    ComparePane > .compare-pane--source { color: $accent; }
    ComparePane > .compare-pane--alone { color: $foreground 76%; }
    ComparePane > .compare-pane--hit { color: $accent; text-style: bold underline; }
    ComparePane > .compare-pane--selected { text-style: reverse; }
    ComparePane > .compare-pane--figure { text-style: bold; }
    ComparePane > .compare-pane--name { text-style: bold; }
    """

    class Focused(Message):
        """Another row has the focus, or another side is active, or something else is on the screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.compared: Compared | None = None
        self.shown: tuple[int, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self.row = 0
        self.side = 0
        self.locked = True
        self.shifts: list[int] = [0]
        self.columns: Columns = columns_for(2, 80)
        self._tops: list[int] = [0]
        self._marks: tuple[Marks, ...] = ()
        self._laid: dict[str, dict[int, tuple[Span, ...]]] = {}
        self._lines: dict[tuple[int, int], tuple[Line, ...]] = {}
        self._strips: LRUCache[tuple[int, ...], Strip] = LRUCache(1024)

    def forget(self) -> None:
        """Draw afresh."""
        self._strips.clear()
        super().forget()

    def show(self, compared: Compared, shown: Sequence[int], rows: Sequence[Row], row: int = 0) -> None:
        """Show rows of these articles, with one row focused."""
        self.compared = compared
        self.shown = tuple(shown)
        self.rows = tuple(rows)
        self._mark()
        self.side = min(self.side, len(self.shown) - 1)
        self.row = min(max(row, 0), max(len(self.rows) - 1, 0))
        self._lay_out()
        self.go(self.row, align=True)

    def _mark(self) -> None:
        assert self.compared is not None
        found = self.compared.marks(self.shown)
        for name, spans in self._laid.items():
            found = tuple(
                Marks([*marks, *(Mark(span.start, span.end, name) for span in spans.get(article, ()))])
                for marks, article in zip(found, self.shown, strict=True)
            )
        self._marks = found

    def lay(self, name: str, spans: dict[int, tuple[Span, ...]]) -> None:
        """Lay marks over the comparison's own: what was looked for, what is selected; by article."""
        if self._laid.get(name, {}) != spans:
            self._laid[name] = spans
            if self.compared is not None:
                self._mark()
            self.forget()

    def _lay_out(self) -> None:
        self.columns = columns_for(max(len(self.shown), 1), max(self.app.size.width, 4))
        self.shifts = [0] * max(len(self.shown), 1)
        self._lines = {}
        self._tops = [0, *accumulate(self._height(index) for index in range(len(self.rows)))]
        self.set_lines(self._tops[-1] + 1)
        self.forget()

    def on_resize(self) -> None:
        """Only the lines change; the focused row stays on the screen."""
        if self.compared is not None:
            self._lay_out()
            self.go(self.row, align=True)

    def lines_of(self, index: int, column: int) -> tuple[Line, ...]:
        """The lines of one cell; none where the article has nothing in the row."""
        key = (index, column)
        lines = self._lines.get(key)
        if lines is None:
            assert self.compared is not None
            cell = self.rows[index].cells[column]
            body = "" if cell is None else self.compared.articles[cell.article].body
            lines = () if cell is None else cell_lines(cell, body, self.columns.text_width)
            self._lines[key] = lines
        return lines

    def _height(self, index: int) -> int:
        row = self.rows[index]
        counts = [len(self.lines_of(index, column)) for column in range(len(self.shown))]
        if self.columns.stacked:
            return row.gap + sum(count + 1 for count in counts if count)
        return row.gap + max(counts, default=0)

    # -- moving ------------------------------------------------------------------------------------

    def go(self, index: int, align: bool = False) -> None:
        """Focus a row and show it; `align` ends the shifts, so that the row stands on one line."""
        if not self.rows:
            self.post_message(self.Focused())
            return
        self.row = min(max(index, 0), len(self.rows) - 1)
        if align and any(self.shifts):
            self.shifts = [0] * max(len(self.shown), 1)
        top, bottom = self._tops[self.row], self._tops[self.row + 1]
        window = max(self.size.height, 1)
        first = self.scroll_offset.y + self.shifts[self.side]
        if align and not (first <= top and bottom <= first + window):
            self.scroll_to(y=max(top - window // 3, 0), animate=False)
        elif top < first:
            self._scroll_side(top - first)
        elif bottom > first + window:
            self._scroll_side(min(bottom - first - window, top - first))
        self.forget()
        self.post_message(self.Focused())

    def step(self, rows: int) -> None:
        """Move the focus by rows; a row higher than the screen is scrolled through first."""
        if not self.rows:
            return
        first = self.scroll_offset.y + self.shifts[self.side]
        window = max(self.size.height, 1)
        if rows > 0 and self._tops[self.row + 1] > first + window:
            self.scroll_lines(window // 2)
        elif rows < 0 and self._tops[self.row] < first:
            self.scroll_lines(-(window // 2))
        else:
            self.go(self.row + rows)

    def _scroll_side(self, lines: int) -> None:
        if self.locked:
            self.scroll_to(y=self.scroll_offset.y + lines, animate=False)
        else:
            low = -self.scroll_offset.y
            high = max(self.virtual_size.height - self.size.height, 0) - self.scroll_offset.y
            self.shifts[self.side] = min(max(self.shifts[self.side] + lines, low), high)
            self.forget()

    def scroll_lines(self, lines: int) -> None:
        """Scroll all sides, or the active one while unlocked; the focus follows."""
        if not self.rows:
            return
        self._scroll_side(lines)
        self._follow()

    def _follow(self) -> None:
        first = self.scroll_offset.y + self.shifts[self.side]
        window = max(self.size.height, 1)
        if self.rows and not first <= self._tops[self.row] < first + window:
            above = self._tops[self.row] < first
            line = first if above else first + window - 1
            self.row = min(max(bisect_right(self._tops, line) - 1, 0), len(self.rows) - 1)
            if above and self._tops[self.row] < first and self.row + 1 < len(self.rows):
                self.row += 1
            self.forget()
        self.post_message(self.Focused())

    def toggle_lock(self) -> None:
        """Locked sides scroll together from where each of them stands."""
        self.locked = not self.locked
        self.post_message(self.Focused())

    def set_side(self, side: int) -> None:
        """Make another side the active one."""
        if self.shown:
            self.side = side % len(self.shown)
            self.forget()
            self.post_message(self.Focused())

    @property
    def visible_rows(self) -> tuple[int, int]:
        """The first and the last row on the screen."""
        first = self.scroll_offset.y
        last = first + max(self.size.height, 1) - 1
        return max(bisect_right(self._tops, first) - 1, 0), max(bisect_right(self._tops, last) - 1, 0)

    def place_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The article and the code point of its body drawn at a cell of the widget; `None` beside text."""
        if self.columns.stacked or not self.shown:
            return None
        side = self.columns.at(x)
        found = self.locate(y + self.scroll_offset.y + self.shifts[side])
        lines = () if found is None else self.lines_of(found[0], side)
        if found is None or not 0 <= found[1] < len(lines):
            return None
        line = lines[found[1]]
        inside = index_at(line.text, x - self.columns.starts[side] - line.indent)
        return self.shown[side], line.start + inside

    # -- drawing -----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        base = self.ground
        if self.compared is None or not self.rows:
            return Strip.blank(self.size.width, base)
        line = y + self.scroll_offset.y
        key = (line, *self.shifts)
        strip = self._strips.get(key)
        if strip is None:
            pieces = self._stacked(line) if self.columns.stacked else self._side_by_side(line)
            ground = pieces[-1][1].bgcolor if self.columns.stacked and pieces else None
            strip = make_strip(pieces, self.size.width, base + Style(bgcolor=ground) if ground else base)
            self._strips[key] = strip
        return strip

    def locate(self, line: int) -> tuple[int, int] | None:
        """The row on a line and how far down in its text; negative in the gap above it."""
        if not 0 <= line < self._tops[-1]:
            return None
        index = bisect_right(self._tops, line) - 1
        return index, line - self._tops[index] - self.rows[index].gap

    def _side_by_side(self, line: int) -> list[Piece]:
        pieces: list[Piece] = [(" " * self.columns.left, Style.null())]
        for column in range(len(self.shown)):
            found = self.locate(line + self.shifts[column])
            if column:
                together = self.shifts[column] == self.shifts[column - 1]
                pieces += self._gutter(found if together else None, column)
            pieces += self._cell(found, column)
        return pieces

    def _cell(self, found: tuple[int, int] | None, column: int) -> list[Piece]:
        ground = Style.null()
        text: list[Piece] = []
        if found is not None and found[1] >= 0:
            index, inside = found
            if index == self.row:
                ground = self.look("compare-pane--focus")
            lines = self.lines_of(index, column)
            if inside < len(lines):
                text = self._text(lines[inside], column, index)
        used = sum(cells(part) for part, _ in text)
        return [(part, ground + style) for part, style in text] + [
            (" " * (self.columns.width - used), ground)
        ]

    def _gutter(self, found: tuple[int, int] | None, column: int) -> list[Piece]:
        width = self.columns.gutter
        if found is None or found[1] != 0:
            ground = Style.null()
            if found is not None and found[1] > 0 and found[0] == self.row:
                ground = self.look("compare-pane--focus")
            return [(" " * width, ground)]
        signs = self.rows[found[0]].signs(column - 1, width)
        return [self._sign(mark, found[0] == self.row) for mark in signs]

    def _sign(self, mark: RowMark, is_focused: bool) -> Piece:
        ground = self.look("compare-pane--focus") if is_focused else Style.null()
        if mark == "none":
            return " ", ground
        strong = mark in ("differs", "quote")
        linked = (
            "compare-pane--glyph-linked" if mark in ("same", "near", "reworded") else "compare-pane--glyph"
        )
        style = self.look("compare-pane--glyph-strong" if strong else linked)
        if is_focused:
            style += self.look("compare-pane--glyph-focus")
        return GLYPHS[mark], ground + style

    def _text(self, line: Line, column: int, index: int) -> list[Piece]:
        is_focused = index == self.row
        kind = Style.null() if line.kind == "body" else self.look(f"compare-pane--{line.kind}")
        if line.kind == "body" and self.rows[index].alone[column] is not None and not is_focused:
            kind = self.look("compare-pane--alone")
        pieces: list[Piece] = [(" " * line.indent, kind)] if line.indent else []
        for run in runs(line, self._marks[column].on(line)):
            style = kind
            for name in run.names:
                if name in EMPHASIS or (is_focused and name in FOCUSED_EMPHASIS):
                    style += self.look(f"compare-pane--{name}")
            pieces.append((run.text, style))
        return pieces

    def _stacked(self, line: int) -> list[Piece]:
        found = self.locate(line)
        if found is None or found[1] < 0:
            return []
        index, inside = found
        row = self.rows[index]
        ground = self.look("compare-pane--focus") if index == self.row else Style.null()
        for column in range(len(self.shown)):
            lines = self.lines_of(index, column)
            if not lines:
                continue
            if inside == 0:
                assert self.compared is not None
                name = fit(self.compared.names[self.shown[column]], self.columns.width - 2)
                sign = self._sign(row.alone[column] or row.mark, index == self.row)
                return [sign, (" ", ground), (name, ground + self.look("compare-pane--source"))]
            if inside <= len(lines):
                text = self._text(lines[inside - 1], column, index)
                return [("  ", ground), *((part, ground + style) for part, style in text)]
            inside -= len(lines) + 1
        return []
