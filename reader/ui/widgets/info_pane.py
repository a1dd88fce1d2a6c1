"""The drawer beside an article: its facts, its headings, the other sources of the story, its notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.style import Style
from textual.strip import Strip

from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.painted import make_strip


class Entry(NamedTuple):
    """One thing worth knowing."""

    text: str
    """Wrapped in the drawer."""
    offset: int | None = None
    """Where it stands in the body; `None` for what stands nowhere."""
    article_id: str | None = None
    """Another article it leads to."""
    is_title: bool = False
    """Whether it only names what follows."""


class InfoPane(LineList):
    """Entries; choosing one goes there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"info-pane--title"}
    DEFAULT_CSS = """
    InfoPane { display: none; }
    InfoPane > .info-pane--title { color: $primary; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        if tuple(entries) != self.entries:
            self.entries = tuple(entries)
            self.relist(0)

    @property
    def item_count(self) -> int:
        """How many entries."""
        return len(self.entries)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def selectable(self, index: int) -> bool:
        """Titles are passed over."""
        return not self.entries[index].is_title

    def _lines(self, index: int, width: int) -> list[str]:
        text = self.entries[index].text
        from reader.layout.wrap import wrap_span
        from reader.model import Span

        return [line.text for line in wrap_span(text, Span(0, len(text)), "body", 0, width - 3)] or [""]

    def height_of(self, index: int, width: int) -> int:
        """Lines of an entry; a title has a blank line above it."""
        return len(self._lines(index, width)) + (self.entries[index].is_title and index > 0)

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """The lines of an entry."""
        entry = self.entries[index]
        look = self.look("info-pane--title") if entry.is_title else Style.null()
        lead = " " if entry.is_title else "  "
        strips = [make_strip([(lead + line, look)], width, base) for line in self._lines(index, width)]
        if entry.is_title and index:
            strips.insert(0, make_strip([], width, base))
        return tuple(strips)
