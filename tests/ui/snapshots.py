"""Screens as text and styles, kept beside the tests: `READER_UPDATE_SNAPSHOTS=1` renews them.

A snapshot is the grid of characters, and below it one letter for the look of each cell that is not plain:
`b`old, `i`talic, `u`nderlined, `r`everse, `d`im. Colours are left to the theme; nothing depends on them.

A painted snapshot has the colours as well: the grid, a legend with a letter for each look on the screen, and
the lines' runs of cells with a look other than the most frequent one: `3: b4-10` is cells 4 to 10 of line 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from string import ascii_letters

from rich.color import Color
from rich.style import Style
from textual.strip import Strip

from tests.ui.conftest import Room

FOLDER = Path(__file__).parent / "snapshots"
PAINTED = FOLDER / "painted"
RULE = "-" * 20


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
    strips = room.strips()
    grid = "\n".join(strip.text.rstrip() for strip in strips)
    weights = "\n".join(looks(strip) for strip in strips)
    return f"{grid}\n{RULE}\n{weights}\n"


def _name(color: Color | None) -> str:
    if color is None:
        return "default"
    return color.name if color.triplet is None else color.triplet.hex


def full_look(style: Style | None) -> str:
    """A style in words: both colours, then what else is on."""
    style = style or Style.null()
    kinds = ("bold", "italic", "underline", "reverse", "dim", "strike")
    worn = (kind for kind in kinds if getattr(style, kind))
    return " ".join([_name(style.color), "on", _name(style.bgcolor), *worn])


def painted_picture(room: Room) -> str:
    """The screen as text, and how it is painted."""
    strips = room.strips()
    lines = [[full_look(part.style) for part in strip for _ in range(part.cell_length)] for strip in strips]
    counted = Counter(look for line in lines for look in line)
    (plain, _), *_ = counted.most_common(1)
    assert len(counted) <= len(ascii_letters)
    letters = dict(zip(sorted(counted.keys() - {plain}), ascii_letters, strict=False))
    legend = [f"  {plain}", *(f"{sign} {look}" for look, sign in letters.items())]
    painted = [f"{n}: {runs}" for n, line in enumerate(lines) if (runs := " ".join(_runs(line, letters)))]
    grid = [strip.text.rstrip() for strip in strips]
    return "\n".join([*grid, RULE, *legend, RULE, *painted, ""])


def _runs(line: list[str], letters: dict[str, str]) -> Iterator[str]:
    first = 0
    for look, cells in groupby(line):
        after = first + sum(1 for _ in cells)
        if look in letters:
            yield f"{letters[look]}{first}-{after - 1}"
        first = after


def _compare(shown: str, kept: Path, update: bool) -> None:
    if update:
        kept.write_text(shown, encoding="utf-8")
    assert kept.exists(), f"no snapshot {kept.name}: run with READER_UPDATE_SNAPSHOTS=1 and look at it"
    assert shown == kept.read_text(encoding="utf-8")


def check(room: Room, name: str, update: bool) -> None:
    """Compare the screen with the kept one, or keep it."""
    _compare(picture(room), FOLDER / f"{name}.txt", update)


def check_painted(room: Room, name: str, update: bool) -> None:
    """Compare the screen, its colours included, with the kept one, or keep it."""
    _compare(painted_picture(room), PAINTED / f"{name}.txt", update)
