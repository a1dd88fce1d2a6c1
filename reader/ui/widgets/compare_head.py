"""The heads of the columns, and beside the rows the minimap of their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.layout.cells import cells, fit, pad
from reader.layout.row import GLYPHS, STRENGTH, Row
from reader.ui.naming import day, minutes
from reader.ui.widgets.painted import Piece, make_strip

if TYPE_CHECKING:
    from reader.ui.columns import Columns
    from reader.ui.compared import Compared


class CompareHead(Widget):
    """Each column's source, date, length and share. The active side is marked; a click makes one active."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"compare-head--active", "compare-head--name"}
    DEFAULT_CSS = """
    CompareHead { height: 1; width: 1fr; background: $panel; }
    CompareHead > .compare-head--name { color: $accent; }
    CompareHead > .compare-head--active { color: $accent; text-style: bold underline; }
    """

    class Chosen(Message):
        """A side was clicked."""

        def __init__(self, side: int) -> None:
            super().__init__()
            self.side = side

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._columns: Columns | None = None
        self._side = 0

    def show(self, compared: Compared, shown: tuple[int, ...], columns: Columns, side: int) -> None:
        """Name these columns."""
        labels = tuple((compared.names[index], _facts(compared, index)) for index in shown)
        if (labels, columns, side) != (self._labels, self._columns, self._side):
            self._labels, self._columns, self._side = labels, columns, side
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        base = self.rich_style
        columns = self._columns
        if columns is None:
            return Strip.blank(self.size.width, base)
        if columns.stacked:
            names = "  |  ".join(name for name, _ in self._labels)
            return make_strip([(" " + fit(names, self.size.width - 2), Style.null())], self.size.width, base)
        pieces: list[Piece] = [(" " * columns.left, Style.null())]
        for number, (name, facts) in enumerate(self._labels):
            look = "compare-head--active" if number == self._side else "compare-head--name"
            label = fit(name, columns.width - 2)
            full = self.get_component_rich_style(look)
            pieces.append((label, full.without_color + Style(color=full.color)))
            room = columns.width - cells(label)
            pieces.append((pad(_fitting(facts, room), room), Style.null()))
            pieces.append((" " * columns.gutter, Style.null()))
        return make_strip(pieces, self.size.width, base)

    def on_click(self, event: events.Click) -> None:
        """Make a side the active one."""
        if self._columns is not None:
            self.post_message(self.Chosen(self._columns.at(event.x)))


def _fitting(facts: tuple[str, ...], room: int) -> str:
    """As many facts as there is room for; none is cut."""
    text = ""
    for fact in facts:
        longer = f"{text} · {fact}"
        if cells(longer) > room:
            break
        text = longer
    return text


def _facts(compared: Compared, index: int) -> tuple[str, ...]:
    info = compared.comparison.articles[index]
    share = next((share.shared for share in compared.comparison.shares if share.article == index), 0.0)
    return day(info.published) or "date unknown", f"{round(100 * share)}% shared", minutes(info.words)


class Minimap(Widget):
    """One cell for each slice of the rows with its strongest mark; reverse where the view is."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"minimap--view", "minimap--strong"}
    DEFAULT_CSS = """
    Minimap { width: 1; height: 1fr; color: $foreground-muted; }
    Minimap > .minimap--view { text-style: reverse; }
    Minimap > .minimap--strong { color: $warning; text-style: bold; }
    """

    class Chosen(Message):
        """A slice was clicked: the first row of it."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._view = (0, 0)
        self._ground: Style | None = None
        self._strong: Style | None = None

    def show(self, rows: tuple[Row, ...], first: int, last: int) -> None:
        """Map these rows; those from `first` to `last` are on the screen."""
        if rows is not self._rows or (first, last) != self._view:
            self._rows, self._view = rows, (first, last)
            self.refresh()

    def _slice(self, y: int) -> range:
        height = max(self.size.height, 1)
        count = len(self._rows)
        if count <= height:
            return range(y, min(y + 1, count))
        return range(y * count // height, max((y + 1) * count // height, y * count // height + 1))

    def render_line(self, y: int) -> Strip:
        """One cell."""
        if self._ground is None or self._strong is None:
            self._ground = self.rich_style
            color = self.get_component_rich_style("minimap--strong").color
            self._strong = self._ground + Style(color=color, bold=True)
        base = self._ground
        held = self._slice(y)
        if not held:
            return Strip.blank(1, base)
        mark = min((self._rows[index].mark for index in held), key=STRENGTH.index)
        if mark == "differs":
            base = self._strong
        if self._view[0] <= held[0] <= self._view[1]:
            base += Style(reverse=True)
        return make_strip([(GLYPHS[mark], Style.null())], self.size.width, base)

    def notify_style_update(self) -> None:
        """Textual calls this when theme or classes change what styles mean."""
        super().notify_style_update()
        self._ground = self._strong = None

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        held = self._slice(event.y)
        if held:
            self.post_message(self.Chosen(held[0]))
