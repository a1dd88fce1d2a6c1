"""Signs in ASCII for terminals and fonts that lack the others: cell for cell, at the last step of all.

Every list, gutter, minimap and border passes here, so no widget has to know. Each kind of row keeps a sign
of its own: `= % ~ " ! . x`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from reader.layout.cells import cells

if TYPE_CHECKING:
    from textual.color import Color

_SAME = {
    "≈": "%", "⇄": "x", "·": ".", "•": "*", "›": ">", "‹": "<", "»": '"', "«": '"', "…": "~",
    "“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "‚": ",", "′": "'", "″": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "×": "x", "÷": "/", "°": "o", "¦": "|",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "↔": "x", "▸": ">", "▾": "v", "▲": "^", "▼": "v",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "✓": "v", "✗": "x", "★": "*", "☆": "o",
}  # fmt: skip
_TABLE = str.maketrans(_SAME)
_BEYOND = re.compile("[^\x00-\x7f]")
_HORIZONTAL = re.compile("[─━┄┅┈┉╌╍═▔▁▂▃]")
_VERTICAL = re.compile("[│┃┆┇┊┋╎╏║▏▎▍▌▕▐]")
_CORNER = re.compile("[┌-╋╒-╬╭-╰]")
_BLOCK = re.compile("[▄-█▀░▒▓■-◿]")


def plain_signs(text: str, letters: bool = False) -> str:
    """The text in as many cells, its signs in ASCII; with `letters` its letters as well.

    A letter loses its accents, or is `?`; a wide one is `??`.
    """
    if text.isascii():
        return text
    text = text.translate(_TABLE)
    text = _CORNER.sub("+", _VERTICAL.sub("|", _HORIZONTAL.sub("-", text)))
    text = _BLOCK.sub("#", text)
    return text if text.isascii() or not letters else _BEYOND.sub(_plain_letter, text)


def _plain_letter(found: re.Match[str]) -> str:
    width = cells(found[0])
    base = unicodedata.normalize("NFKD", found[0]).encode("ascii", "ignore").decode("ascii")
    return base if base and len(base) == width else "?" * width


class PlainSigns(LineFilter):
    """Writes every line in ASCII signs."""

    def __init__(self, letters: bool = False) -> None:
        super().__init__()
        self._letters = letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments when nothing is to be replaced."""
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [
            Segment(plain_signs(text, self._letters), style, control) for text, style, control in segments
        ]
