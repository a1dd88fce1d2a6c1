"""A document drawn line by line: wrapped where it is looked at, centred, never wider than the measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from reader.layout.cells import cells, index_at
from reader.ui.session import MEASURE
from reader.ui.widgets.painted import Painted, Piece, make_strip

if TYPE_CHECKING:
    from reader.layout.wrap import Line
    from reader.layout.wrapped import Wrapped
    from reader.model import Span
    from reader.ui.documents import Document


class LineView(Painted):
    """One article. Offsets are code points of its body; lines are counted with the head's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-view--kicker",
        "line-view--headline",
        "line-view--facts",
        "line-view--heading",
        "line-view--boilerplate",
        "line-view--caption",
        "line-view--quote",
        "line-view--hit",
        "line-view--note",
        "line-view--current",
    }
    DEFAULT_CSS = """
    LineView > .line-view--kicker { color: $accent; }
    LineView > .line-view--headline { text-style: bold; }
    LineView > .line-view--facts { color: $foreground-muted; }
    LineView > .line-view--heading { color: $primary; text-style: bold; }
    LineView > .line-view--boilerplate { color: $foreground-muted; text-style: italic; }
    LineView > .line-view--caption { color: $foreground-muted; text-style: italic; }
    LineView > .line-view--quote { text-style: italic; }
    LineView > .line-view--note { background: $panel; text-style: underline; }
    LineView > .line-view--hit { color: $accent; text-style: bold underline; }
    LineView > .line-view--current { text-style: bold reverse; }
    """

    class Moved(Message):
        """Another part of the document is on the screen."""

        def __init__(self, line_view: LineView) -> None:
            super().__init__()
            self.line_view = line_view

        @property
        def control(self) -> LineView:
            """The view, for `@on` selectors."""
            return self.line_view

    def __init__(self, *, id: str | None = None, measure: int = MEASURE) -> None:  # noqa: A002
        super().__init__(id=id)
        self.document: Document | None = None
        self.measure = measure
        self.current_hit: int | None = None
        self.chosen: Span | None = None
        self.justify = False
        self._wrapped: Wrapped | None = None
        self._head: tuple[tuple[str, str], ...] = ()
        self._margin = 0
        self._text_width = MEASURE
        self._strips: LRUCache[int, Strip] = LRUCache(512)

    @property
    def allow_select(self) -> bool:
        """Text can be selected with the mouse."""
        return True

    def forget(self) -> None:
        """Draw afresh."""
        self._strips.clear()
        super().forget()

    def show(self, document: Document, offset: int = 0) -> None:
        """Show a document with the line of `offset` on top (0: from its head on)."""
        self.document = document
        self.current_hit = None
        self.choose(None)
        self._lay_out(offset)

    def clear(self) -> None:
        """Show nothing."""
        self.document = None
        self._wrapped = None
        self._head = ()
        self.set_lines(0)
        self.forget()

    def set_measure(self, measure: int) -> None:
        """Lay out at another width of text; the top line stays."""
        offset = self.top_offset
        self.measure = measure
        self._lay_out(offset)

    def _lay_out(self, offset: int) -> None:
        if self.document is None:
            return
        from reader.layout.wrapped import Wrapped  # as all of `layout`, not needed for the first paint

        width = max(self.scrollable_content_region.width, 4)
        self._text_width = max(min(self.measure, width - 2), 2)
        self._margin = max((width - self._text_width) // 2, 0)
        article = self.document.article
        self._wrapped = Wrapped(article.body, article.paragraphs, self._text_width)
        self._head = tuple(self._head_lines(self.document))
        self._grow()
        self.forget()
        self.scroll_to(y=self._line_of(offset) if offset else 0, animate=False)
        self._settle()
        self._select_chosen()
        self.post_message(self.Moved(self))

    def choose(self, span: Span | None) -> None:
        """Select a stretch of the body from the keyboard, or nothing; it stays selected at any width."""
        if span is None and self.chosen is None:
            return
        self.chosen = span
        if span is None:
            self.screen.clear_selection()
        else:
            self.reveal(max(span.end - 1, span.start))
            self.reveal(span.start)
            self._select_chosen()

    def _select_chosen(self) -> None:
        if self.chosen is not None:
            start, end = self._place_of(self.chosen.start), self._place_of(self.chosen.end - 1)
            self.screen.selections = {self: Selection(start, Offset(end.x + 1, end.y))}

    # The inverse of `_offset`.
    def _place_of(self, offset: int) -> Offset:
        number = self._line_of(offset)
        line = self._body_line(number)
        if line is None:
            return Offset(self._margin, number)
        from reader.layout.justify import place_of

        x = place_of(offset - line.start, self._doubled(line))
        return Offset(self._margin + line.indent + x, number)

    # The spaces of a line that are doubled for a straight edge; none in the last line of a paragraph.
    def _doubled(self, line: Line) -> tuple[int, ...]:
        if not self.justify or line.kind != "body" or self.document is None:
            return ()
        if line.end >= self.document.article.paragraphs[line.paragraph].span.end:
            return ()
        from reader.layout.justify import doubled

        return doubled(line.text, self._text_width - line.indent)

    def cell_of(self, offset: int) -> Offset | None:
        """The cell of the widget where a code point of the body is drawn; `None` when it is not seen."""
        place = self._place_of(offset)
        line = self._body_line(place.y)
        y = place.y - self.scroll_offset.y
        if line is None or not 0 <= y < self.size.height:
            return None
        before = line.text[: offset - line.start]
        doubled_before = place.x - self._margin - line.indent - len(before)
        return Offset(self._margin + line.indent + cells(before) + doubled_before, y)

    def on_mouse_down(self) -> None:
        """The mouse selects anew."""
        self.chosen = None

    def _head_lines(self, document: Document) -> list[tuple[str, str]]:
        from reader.layout.wrap import wrap_span
        from reader.model import Span

        lines = [("", "facts")]
        for head in document.head:
            span = Span(0, len(head.text))
            for line in wrap_span(head.text, span, "heading", 0, self._text_width):
                lines.append((line.text, head.look))
        lines.append(("", "facts"))
        if not document.article.paragraphs:
            lines.append(("This article has no text.", "facts"))
        return lines

    def _grow(self) -> None:
        height = self._wrapped.height if self._wrapped is not None else 0
        self.set_lines(len(self._head) + height + 1)

    def _line_of(self, offset: int) -> int:
        return len(self._head) + (self._wrapped.number_of(offset) if self._wrapped is not None else 0)

    def on_resize(self) -> None:
        """Wrap again; the top line stays."""
        if self.document is not None:
            self._lay_out(self.top_offset)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Make the lines that are about to be drawn; say where we are."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._settle()
            self.post_message(self.Moved(self))

    def _settle(self) -> None:
        if self._wrapped is None or self._wrapped.is_exact:
            return
        first = self.scroll_offset.y - len(self._head)
        moved = self._wrapped.settle(max(first, 0), self.size.height)
        self._grow()
        if moved:
            self.forget()
            self.scroll_to(y=self.scroll_offset.y + moved, animate=False)
        elif not self._wrapped.is_exact:
            self._strips.clear()

    @property
    def top_offset(self) -> int:
        """The first code point of the body on the screen; 0 while the head is."""
        number = self.scroll_offset.y - len(self._head)
        if self._wrapped is None or number < 0 or not self._wrapped.height:
            return 0
        return self._wrapped.line(min(number, self._wrapped.height - 1)).start

    @property
    def progress(self) -> int:
        """Percent of the lines that were on the screen or above it."""
        if self.max_scroll_y <= 0:
            return 100
        return round(100 * min(self.scroll_offset.y / self.max_scroll_y, 1))

    def reveal(self, offset: int) -> None:
        """Scroll so that a code point stands in the upper third, if it is not well inside the screen."""
        line = self._line_of(offset)
        first, height = self.scroll_offset.y, max(self.size.height, 1)
        if not first + 1 <= line < first + height - 2:
            self.scroll_to(y=max(line - height // 3, 0), animate=False)
            self._settle()

    def go_to_hit(self, step: int) -> bool:
        """Stand on the next (1) or previous (-1) hit; false when there is none in that direction."""
        hits = self.document.hits if self.document is not None else ()
        if self.current_hit is not None:
            target = self.current_hit + step
        elif step > 0:
            target = next((n for n, hit in enumerate(hits) if hit.start >= self.top_offset), len(hits))
        else:
            target = next((n for n in reversed(range(len(hits))) if hits[n].start < self.top_offset), -1)
        if not 0 <= target < len(hits):
            return False
        self.stand_on_hit(target)
        return True

    def stand_on_hit(self, index: int) -> None:
        """Make one hit the current one and show it."""
        if self.document is None or not self.document.hits:
            return
        self.current_hit = index % len(self.document.hits)
        self.forget()
        self.reveal(self.document.hits[self.current_hit].start)
        self.post_message(self.Moved(self))

    def render_line(self, y: int) -> Strip:
        """One line of the widget."""
        number = y + self.scroll_offset.y
        selection = self.text_selection
        strip = self._strips.get(number) if selection is None else None
        if strip is None:
            strip = self._draw(number)
            if selection is not None and (selected := selection.get_span(number)) is not None:
                strip = self._selected(strip, selected)
            # After the selection, whose pieces would each count from the start of what they were cut from.
            strip = strip.apply_offsets(0, number)
            if selection is None:
                self._strips[number] = strip
        return strip

    def _draw(self, number: int) -> Strip:
        base = self.ground
        width = self.size.width
        pieces: list[Piece] = [(" " * self._margin, Style.null())]
        if number < len(self._head):
            text, look = self._head[number]
            pieces.append((text, self.look(f"line-view--{look}")))
        elif (line := self._body_line(number)) is not None:
            pieces.extend(self._body_pieces(line))
        return make_strip(pieces, width, base)

    def _body_line(self, number: int) -> Line | None:
        number -= len(self._head)
        if self._wrapped is None or not 0 <= number < self._wrapped.height:
            return None
        return self._wrapped.line(number)

    def _body_pieces(self, line: Line) -> list[Piece]:
        from reader.layout.runs import runs

        assert self.document is not None
        kind = Style.null() if line.kind == "body" else self.look(f"line-view--{line.kind}")
        pieces: list[Piece] = [(" " * line.indent, kind)]
        current = None if self.current_hit is None else self.document.hits[self.current_hit]
        place = line.start
        spaces = self._doubled(line)
        for run in runs(line, self.document.marks.on(line)):
            style = kind
            for name in run.names:
                style += self.look(f"line-view--{name}")
            if current is not None and "hit" in run.names and current.start <= place < current.end:
                style += self.look("line-view--current")
            pieces.append((_stretched(run.text, place - line.start, spaces), style))
            place += len(run.text)
        return pieces

    def _selected(self, strip: Strip, selected: tuple[int, int]) -> Strip:
        style = self.screen.get_component_rich_style("screen--selection")
        text = strip.text.rstrip()
        start = max(selected[0], self._margin)
        end = len(text) if selected[1] == -1 else min(selected[1], len(text))
        if start >= end:
            return strip
        left, right = cells(text[:start]), cells(text[:end])
        parts = [strip.crop(0, left), strip.crop(left, right), strip.crop(right, strip.cell_length)]
        marked = Strip([Segment(t, (s or Style.null()) + style) for t, s, _ in parts[1]], right - left)
        return Strip.join([parts[0], marked, parts[2]])

    def selected_span(self, selection: Selection) -> Span | None:
        """What of the body is selected; `None` when nothing is."""
        from reader.model import Span

        if self._wrapped is None or self.document is None or not self._wrapped.height:
            return None
        start = 0 if selection.start is None else self._offset(selection.start.y, selection.start.x)
        end = (
            len(self.document.article.body)
            if selection.end is None
            else self._offset(selection.end.y, selection.end.x)
        )
        return Span(start, end) if start < end else None

    def _offset(self, number: int, x: int) -> int:
        line = self._body_line(number)
        if line is None:
            return 0 if number < len(self._head) or self.document is None else len(self.document.article.body)
        from reader.layout.justify import index_of

        inside = index_of(max(x - self._margin - line.indent, 0), self._doubled(line))
        return line.start + min(inside, line.end - line.start)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text of the body, with its own line breaks."""
        span = self.selected_span(selection)
        if span is None or self.document is None:
            return None
        return span.slice(self.document.article.body), "\n\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Textual calls this while the mouse drags."""
        self.forget()

    def offset_at(self, x: int, y: int) -> int:
        """The code point of the body drawn at a cell of the widget."""
        line = self._body_line(y + self.scroll_offset.y)
        if line is None:
            return 0
        from reader.layout.justify import index_of

        spaces = self._doubled(line)
        index = index_at(_stretched(line.text, 0, spaces), x - self._margin - line.indent)
        return line.start + index_of(index, spaces)


def _stretched(text: str, start: int, spaces: tuple[int, ...]) -> str:
    """A part of a line that begins at `start`, with its spaces doubled."""
    if not spaces:
        return text
    return "".join(letter * 2 if start + index in spaces else letter for index, letter in enumerate(text))
