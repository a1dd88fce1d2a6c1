"""A long list drawn line by line: no widget per row, nothing computed for rows that are not shown."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, chain
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.ui.widgets.painted import Painted


class LineList(Painted):
    """Items of one or more lines with a cursor. Subclasses say how high an item is and draw it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", "line-list--cursor-blurred"}
    DEFAULT_CSS = """
    LineList > .line-list--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground;
    }
    LineList > .line-list--cursor-blurred {
        background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The item under the cursor; 0 also when the list is empty."""

    class Highlighted(Message):
        """The cursor stands on another item."""

        def __init__(self, line_list: LineList, index: int) -> None:
            super().__init__()
            self.line_list = line_list
            self.index = index

        @property
        def control(self) -> LineList:
            """The list, for `@on` selectors."""
            return self.line_list

    class Chosen(Highlighted):
        """An item was clicked twice, or the reader asked to open it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._strips: LRUCache[tuple[int, int, bool, bool], tuple[Strip, ...]] = LRUCache(512)
        self._laid_width = -1

    def height_of(self, index: int, width: int) -> int:  # noqa: ARG002
        """Lines of an item at a width; cheap, asked once for every item."""
        return 1

    def heights(self, width: int) -> list[int]:
        """Lines of every item at a width."""
        return [self.height_of(index, width) for index in range(self.item_count)]

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """The item's lines, each `width` cells, on the ground `base`."""
        raise NotImplementedError

    def selectable(self, index: int) -> bool:  # noqa: ARG002
        """Whether the cursor may stand on an item."""
        return True

    @property
    def item_count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def forget(self) -> None:
        """Draw afresh."""
        self._strips.clear()
        super().forget()

    def relist(self, cursor: int = 0) -> None:
        """The items are others: lay out and draw afresh, with the cursor on an item."""
        self._lay_out()
        self.set_reactive(LineList.cursor, self._nearest(cursor))
        self.forget()
        self._show_cursor()
        self._tell()

    def _lay_out(self) -> None:
        width = self._width
        self._laid_width = width
        self._heights = self.heights(width)
        self._tops = [0, *accumulate(self._heights)]
        self.set_lines(self._tops[-1])

    @property
    def _width(self) -> int:
        return max(self.scrollable_content_region.width - 1, 8)

    def on_resize(self) -> None:
        """Rows may be of other heights at another width, and the cursor below the edge at another height."""
        if self._width != self._laid_width:
            self._lay_out()
            self.forget()
        self._show_cursor()

    def _nearest(self, index: int) -> int:
        if not self.item_count:
            return 0
        index = min(max(index, 0), self.item_count - 1)
        for candidate in chain(range(index, self.item_count), range(index, -1, -1)):
            if self.selectable(candidate):
                return candidate
        return index

    def move(self, steps: int) -> bool:
        """Move the cursor by so many items; whether it moved."""
        step = 1 if steps > 0 else -1
        target = self.cursor
        for _ in range(abs(steps)):
            candidate = target + step
            while 0 <= candidate < self.item_count and not self.selectable(candidate):
                candidate += step
            if not 0 <= candidate < self.item_count:
                break
            target = candidate
        return self.go(target)

    def move_lines(self, lines: int) -> None:
        """Move the cursor by about so many lines, at least one item."""
        if not self.item_count:
            return
        wanted = self._tops[self.cursor] + lines
        target = min(max(bisect_right(self._tops, wanted) - 1, 0), self.item_count - 1)
        if target == self.cursor:
            self.move(1 if lines > 0 else -1)
        else:
            self.go(self._nearest(target))

    def go(self, index: int, quiet: bool = False) -> bool:
        """Put the cursor on an item, telling nobody if `quiet`; whether it moved."""
        if not self.item_count or index == self.cursor:
            self._show_cursor()
            return False
        old, self.cursor = self.cursor, index
        self._refresh_item(old)
        self._refresh_item(index)
        self._show_cursor()
        if not quiet:
            self._tell()
        return True

    def _tell(self) -> None:
        if self.item_count:
            self.post_message(self.Highlighted(self, self.cursor))

    def choose(self) -> None:
        """Say that the item under the cursor is to be opened."""
        if self.item_count:
            self.post_message(self.Chosen(self, self.cursor))

    def redraw_item(self, index: int) -> None:
        """What an item shows has changed, but not its height."""
        for key in [key for key in self._strips.keys() if key[0] == index]:  # noqa: SIM118  not a dict
            self._strips.discard(key)
        self._refresh_item(index)

    def _refresh_item(self, index: int) -> None:
        if index < len(self._heights):
            self.refresh_lines(self._tops[index], self._heights[index])

    def _show_cursor(self) -> None:
        if self.cursor >= len(self._heights):
            return
        top = self._tops[self.cursor]
        bottom = top + self._heights[self.cursor]
        if not any(self.selectable(index) for index in range(min(self.cursor, 3))):
            top = 0
        window = max(self.scrollable_content_region.height, 1)
        first = self.scroll_offset.y
        if top < first or bottom - top > window:
            self.scroll_to(y=top, animate=False)
        elif bottom > first + window:
            self.scroll_to(y=bottom - window, animate=False)

    def on_focus(self) -> None:
        """The cursor is drawn brighter in the list that has the focus."""
        self._refresh_item(self.cursor)

    def on_blur(self) -> None:
        """See `on_focus`."""
        self._refresh_item(self.cursor)

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        line = y + self.scroll_offset.y
        base = self.ground
        if line >= self._tops[-1]:
            return Strip.blank(self.size.width, base)
        index = bisect_right(self._tops, line) - 1
        has_cursor = index == self.cursor and self.selectable(index)
        key = (index, self._laid_width, has_cursor and self.has_focus, has_cursor)
        strips = self._strips.get(key)
        if strips is None:
            ground = base
            if has_cursor:
                ground += self.look("line-list--cursor" if self.has_focus else "line-list--cursor-blurred")
            strips = self._with_pointer(self.draw(index, self._laid_width, ground), has_cursor, ground)
            self._strips[key] = strips
        return strips[line - self._tops[index]].crop_extend(0, self.size.width, base)

    # The cursor is a glyph as well as a ground, for terminals without colours.
    def _with_pointer(self, strips: tuple[Strip, ...], has_cursor: bool, ground: Style) -> tuple[Strip, ...]:
        last = len(strips) - 1
        first = next((n for n, strip in enumerate(strips) if strip.text.strip()), 0)
        drawn = []
        for number, strip in enumerate(strips):
            pointer = "›" if has_cursor and number == first else " "
            style = ground if first <= number <= last else self.ground
            lead = Segment(pointer, style + Style(bold=True))
            drawn.append(Strip([lead, *strip], strip.cell_length + 1))
        return tuple(drawn)

    def index_at(self, y: int) -> int | None:
        """The item on a line of the widget; `None` below the last."""
        line = y + self.scroll_offset.y
        return bisect_right(self._tops, line) - 1 if 0 <= line < self._tops[-1] else None

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a second one on the same item opens it."""
        index = self.index_at(event.y)
        if index is None or not self.selectable(index):
            return
        was = self.cursor
        self.go(index)
        if event.chain > 1 or (was == index and event.chain == 1 and self.opens_on_second_click):
            self.choose()

    opens_on_second_click: ClassVar[bool] = True
    """Whether clicking the item that has the cursor opens it."""
