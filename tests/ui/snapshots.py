"""Screens as text and styles, kept beside the tests: `READER_UPDATE_SNAPSHOTS=1` renews them.

A snapshot is the grid of characters, and below it one letter for the look of each cell that is not plain:
`b`old, `i`talic, `u`nderlined, `r`everse, `d`im. Colours are left to the theme; nothing depends on them.
"""

from __future__ import annotations

from pathlib import Path

from rich.style import Style
from textual.strip import Strip

from tests.ui.conftest import Room

FOLDER = Path(__file__).parent / "snapshots"


def letter(style: Style | None) -> str:
    """The look of a cell in one letter; a space for plain."""
    if style is None:
        return " "
    looks = (style.reverse, style.underline, style.bold, style.italic, style.dim)
    return next((mark for mark, on in zip("rubid", looks, strict=True) if on), " ")


def looks(strip: Strip) -> str:
    """The looks of a line, a letter a cell."""
    return "".join(letter(segment.style) * segment.cell_length for segment in strip).rstrip()


def picture(room: Room) -> str:
    """The screen as text."""
    strips = room.app.screen._compositor.render_strips()
    grid = "\n".join(strip.text.rstrip() for strip in strips)
    weights = "\n".join(looks(strip) for strip in strips)
    return f"{grid}\n{'-' * 20}\n{weights}\n"


def check(room: Room, name: str, update: bool) -> None:
    """Compare the screen with the kept one, or keep it."""
    kept = FOLDER / f"{name}.txt"
    shown = picture(room)
    if update:
        kept.write_text(shown, encoding="utf-8")
    assert kept.exists(), f"no snapshot {name}: run with READER_UPDATE_SNAPSHOTS=1 and look at it"
    assert shown == kept.read_text(encoding="utf-8")
