"""What each source says of each claim: one line a claim, one column a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.screen import Screen
from textual.strip import Strip

from reader.layout.cells import fit
from reader.layout.matrix import matrix
from reader.layout.row import GLYPHS
from reader.ui.commands import bindings
from reader.ui.naming import count
from reader.ui.screens.leaving import leave
from reader.ui.screens.moving import Moving
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.painted import Painted, Piece, make_strip
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.ui.compared import Compared

LETTERS = "ABCDEFGHIJKLMNOPQRST"
"""One for each article."""


class ClaimList(LineList):
    """Claims, the most widely told first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"claim-list--has", "claim-list--lacks"}
    DEFAULT_CSS = """
    ClaimList > .claim-list--has { color: $accent; text-style: bold; }
    ClaimList > .claim-list--lacks { color: $foreground-muted; }
    """

    def __init__(self, compared: Compared) -> None:
        super().__init__(id="claims")
        self._compared = compared
        self.rows = matrix(compared.comparison)

    def on_mount(self) -> None:
        """Show them."""
        self.relist(0)

    @property
    def item_count(self) -> int:
        """How many claims."""
        return len(self.rows)

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """One claim."""
        row = self.rows[index]
        pieces: list[Piece] = [(" ", Style.null())]
        for article, mark in enumerate(row.marks):
            look = self.look("claim-list--lacks" if mark is None else "claim-list--has")
            pieces.append((" ·  " if mark is None else f"{LETTERS[article]}{GLYPHS[mark]}  ", look))
        text = " ".join(row.place.text.split())
        pieces.append((fit(text, max(width - 4 * len(row.marks) - 2, 4)), Style.null()))
        return (make_strip(pieces, width, base),)


class MatrixScreen(Moving, Screen[int | None]):
    """Claims against sources; its result is the claim to go to."""

    BINDINGS: ClassVar[list[Any]] = bindings("matrix")
    AUTO_FOCUS = "#claims"

    claims = query_one("#claims", ClaimList)

    def __init__(self, compared: Compared) -> None:
        super().__init__()
        self._compared = compared

    def compose(self) -> ComposeResult:
        """Title, legend, claims, keys."""
        yield StatusLine(id="matrix-status")
        yield StatusLine(id="legend")
        yield ClaimList(self._compared)
        yield KeyBar("matrix")

    def on_mount(self) -> None:
        """Say which letter is which source."""
        claims = len(self._compared.comparison.claims)
        self.query_one("#matrix-status", StatusLine).say(
            f"  {count(claims, 'claim')} that at least two articles make", strong="Matrix"
        )
        legend = "  ".join(f"{LETTERS[n]} {name}" for n, name in enumerate(self._compared.names))
        self.query_one("#legend", StatusLine).say(legend)

    def moving_target(self) -> Painted:
        """The claims."""
        return self.claims

    @on(LineList.Chosen)
    def _open(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """To the passages of the claim, side by side."""
        if self.claims.item_count:
            leave(self, self.claims.rows[self.claims.cursor].claim)

    def action_matrix(self) -> None:
        """Back to the rows."""
        leave(self, None)

    def action_cancel(self) -> None:
        """Back to the rows."""
        leave(self, None)

    def action_back(self) -> None:
        """Back to the rows."""
        leave(self, None)
