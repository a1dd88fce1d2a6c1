"""The left column: the whole library, its sources, and how many articles each has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.style import Style
from textual.strip import Strip

from reader.layout.cells import cells, pad
from reader.ui.scope import EVERYWHERE, Scope
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.painted import make_strip

if TYPE_CHECKING:
    from reader.ui.session import Only


class Shelf(NamedTuple):
    """One line of the left column."""

    label: str
    """What it is called."""
    articles: int | None = None
    """How many articles it holds; `None` for a heading."""
    scope: Scope = EVERYWHERE
    """What the list shows when it is chosen."""
    query: str | None = None
    """The query of a saved search."""
    only: Only | None = None
    """Unread or starred articles alone."""
    term: str | None = None
    """A filter that choosing it adds to the query, or drops."""
    is_heading: bool = False
    """Whether it only names what follows."""


class SourceList(LineList):
    """Shelves; choosing one filters the list."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "source-list--heading",
        "source-list--count",
        "source-list--chosen",
    }
    DEFAULT_CSS = """
    SourceList > .source-list--heading { color: $foreground-muted; text-style: bold; }
    SourceList > .source-list--count { color: $foreground-muted; }
    SourceList > .source-list--chosen { color: $accent; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.shelves: tuple[Shelf, ...] = ()
        self.chosen: tuple[Scope, str | None, Only] = (EVERYWHERE, None, "all")

    def show(self, shelves: Sequence[Shelf]) -> None:
        """Show these; the cursor stays where it was, as far as it can."""
        self.shelves = tuple(shelves)
        self.relist(self.cursor)

    @property
    def item_count(self) -> int:
        """How many lines there are."""
        return len(self.shelves)

    @property
    def shelf(self) -> Shelf | None:
        """The shelf under the cursor."""
        return self.shelves[self.cursor] if self.cursor < len(self.shelves) else None

    def selectable(self, index: int) -> bool:
        """Headings are passed over."""
        return not self.shelves[index].is_heading

    def height_of(self, index: int, width: int) -> int:  # noqa: ARG002
        """A heading has a blank line above it."""
        return 2 if self.shelves[index].is_heading and index else 1

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """The lines of a shelf."""
        shelf = self.shelves[index]
        if shelf.is_heading:
            strip = make_strip(
                [(" " + pad(shelf.label, width - 1), self.look("source-list--heading"))], width, base
            )
            return (make_strip([], width, base), strip) if index else (strip,)
        tally = "" if shelf.articles is None else f"{shelf.articles:,}"
        room = width - cells(tally) - 4
        is_chosen = shelf.term is None and self.chosen == (shelf.scope, shelf.query, shelf.only or "all")
        look = self.look("source-list--chosen") if is_chosen else Style.null()
        pieces = [
            ("• " if is_chosen else "  ", look),
            (pad(shelf.label, room), look),
            (f" {tally} ", self.look("source-list--count")),
        ]
        return (make_strip(pieces, width, base),)
