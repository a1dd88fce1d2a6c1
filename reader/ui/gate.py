"""Wall two: the last thing every line passes before the terminal. A net, not a renderer.

Whatever a widget draws, no ESC, control, bidi or tag character and no terminal hyperlink leaves the app.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
"""A class of characters that a terminal might obey instead of showing. None of them is printable."""


@cache
def _unsafe() -> re.Pattern[str]:
    # Compiled when it is first needed: planes beyond the first make that slow, and the first frame is clean.
    return re.compile(UNSAFE)


def make_safe(text: str) -> str:
    """Replace what a terminal might obey; line feeds are replaced too."""
    return text if text.isprintable() else _unsafe().sub("\ufffd", text)


def make_safe_lines(text: str) -> str:
    """The same for text of several lines, whose line feeds stay."""
    return "\n".join(make_safe(line) for line in text.split("\n"))


class ControlGate(LineFilter):
    """Replaces unsafe characters by U+FFFD (one cell where they had none) and drops hyperlinks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments when they are clean, which is nearly always."""
        for text, style, _ in segments:
            if not text.isprintable() or (style is not None and style.link):
                return self._gated(segments)
        return segments

    def _gated(self, segments: list[Segment]) -> list[Segment]:
        return [
            Segment(
                make_safe(text),
                style.update_link(None) if style is not None and style.link else style,
                control,
            )
            for text, style, control in segments
        ]
