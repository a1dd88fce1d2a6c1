"""Text of our two themes can be read: WCAG 2.1 asks for a contrast of 4.5 to 1 (success criterion 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from rich.color import Color as Painted
from textual.color import Color
from textual.theme import Theme

from reader.ui.themes import DARK, LIGHT
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

LEAST = 4.5
TEXTS = (
    "foreground",
    "foreground-muted",
    "primary",
    "secondary",
    "accent",
    "warning",
    "error",
    "success",
    "footer-key-foreground",
)
GROUNDS = (
    "background",
    "surface",
    "panel",
    "block-cursor-background",
    "block-cursor-blurred-background",
)
SCREENS = {
    "browse": (),
    "article": ("enter",),
    "drawer": ("enter", "i"),
    "search": ("slash", "f", "o", "g", "enter"),
    "compare": ("c",),
    "matrix": ("c", "M"),
}


def _luminance(color: Color) -> float:
    """Relative luminance, WCAG 2.1, section 7."""
    shares = [value / 255 for value in (color.r, color.g, color.b)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of two opaque colours, WCAG 2.1, section 7; 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _colors(theme: Theme) -> dict[str, Color]:
    """The theme's colours by name, as style sheets see them."""
    named = {**theme.to_color_system().generate(), **theme.variables}
    return {name: Color.parse(named[name]) for name in (*TEXTS, *GROUNDS, "block-cursor-foreground")}


@pytest.mark.parametrize(
    ("text", "ground", "ratio"), [("#000", "#fff", 21), ("#777", "#fff", 4.48), ("#f00", "#00f", 2.15)]
)
def test_contrast_of_known_pairs(text: str, ground: str, ratio: float) -> None:
    assert contrast(Color.parse(text), Color.parse(ground)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    colors = _colors(theme)
    below = colors[ground]
    above = below.blend(colors[text], colors[text].a, 1)
    assert contrast(above, below) >= LEAST


def _unreadable(room: Room) -> Iterator[str]:
    """What of the words and signs on the screen has too little contrast, with its colours."""
    for strip in room.strips():
        for text, style, _ in strip:
            if style is None or not text.strip():
                continue
            above, below = _opaque(style.color), _opaque(style.bgcolor)
            if contrast(above, below) < LEAST:
                yield f"{text.strip()!r}: {above.hex} on {below.hex}"


def _opaque(color: Painted | None) -> Color:
    assert color is not None
    assert color.triplet is not None
    return Color(*color.triplet)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("screen", SCREENS)
async def test_everything_on_a_screen_can_be_read(room: Opened, theme: Theme, screen: str) -> None:
    async with room(FakeEngine(), theme=theme.name, keep=FakeKeep()) as r:
        await r.press(*SCREENS[screen])
        assert list(_unreadable(r)) == []


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
async def test_boilerplate_can_be_read_and_is_told_by_its_slant(room: Opened, theme: Theme) -> None:
    article = make_article("Fog", "The ferries met in fog.\n\nREAD ALSO: the fog of last year")
    story, boilerplate = article.paragraphs
    article = replace(article, paragraphs=(story, replace(boilerplate, kind="boilerplate")))
    async with room(FakeEngine([article]), theme=theme.name) as r:
        await r.press("enter")
        assert list(_unreadable(r)) == []
        (style,) = [style for strip in r.strips() for text, style, _ in strip if "READ ALSO" in text]
        assert style is not None
        assert style.italic
