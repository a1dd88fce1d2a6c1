"""A few whole screens at the sizes people have, light, dark and with the terminal's own colours."""

from __future__ import annotations

import pytest

from reader.ui.preferences import Preferences
from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep
from tests.ui.snapshots import check, check_painted

SCREENS = {
    "browse": (),
    "article": ("enter",),
    "search": ("slash", "f", "o", "g", "enter"),
    "compare": ("c",),
    "matrix": ("c", "M"),
    "help": ("question_mark",),
}
SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
async def test_screen_looks_as_it_was_kept(
    room: Opened, screen: str, size: str, update_snapshots: bool
) -> None:
    async with room(FakeEngine(), size=SIZES[size], keep=FakeKeep()) as r:
        await r.press(*SCREENS[screen])
        check(r, f"{screen}-{size}", update_snapshots)


@pytest.mark.parametrize("size", [(60, 16), (40, 12)], ids=["60x16", "40x12"])
@pytest.mark.parametrize("screen", ["browse", "compare"])
async def test_small_screen_looks_as_it_was_kept(
    room: Opened, screen: str, size: tuple[int, int], update_snapshots: bool
) -> None:
    async with room(FakeEngine(), size=size, keep=FakeKeep()) as r:
        await r.press(*SCREENS[screen])
        check(r, f"{screen}-{size[0]}x{size[1]}", update_snapshots)


@pytest.mark.parametrize("theme", ["reader-light", "ansi-dark"])
async def test_theme_changes_no_character(room: Opened, theme: str) -> None:
    async with room(theme=theme) as r:
        await r.press("c")
        other = r.grid()
        assert r.app.theme == theme
    async with room() as r:
        await r.press("c")
        assert r.grid() == other


@pytest.mark.parametrize(
    ("theme", "screen", "size"),
    [
        ("reader-light", "browse", "80x24"),
        ("reader-light", "article", "120x40"),
        ("reader-light", "compare", "80x24"),
        ("reader-light", "compare", "120x40"),
        ("reader-dark", "browse", "200x60"),
        ("reader-dark", "article", "80x24"),
        ("reader-dark", "search", "120x40"),
        ("reader-dark", "compare", "120x40"),
        ("ansi-dark", "search", "120x40"),
        ("ansi-dark", "compare", "200x60"),
    ],
)
async def test_screen_is_painted_as_it_was_kept(
    room: Opened, theme: str, screen: str, size: str, update_snapshots: bool
) -> None:
    async with room(FakeEngine(), size=SIZES[size], theme=theme, keep=FakeKeep()) as r:
        await r.press(*SCREENS[screen])
        check_painted(r, f"{screen}-{size}-{theme}", update_snapshots)


async def test_screen_without_colours_is_painted_as_it_was_kept(
    room: Opened, monkeypatch: pytest.MonkeyPatch, update_snapshots: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with room(FakeEngine(), size=(80, 24), keep=FakeKeep()) as r:
        await r.press("c")
        check_painted(r, "compare-80x24-no-color", update_snapshots)


async def test_screen_in_ascii_is_painted_as_it_was_kept(room: Opened, update_snapshots: bool) -> None:
    ascii_signs = Preferences(ascii=True)
    async with room(FakeEngine(), size=(120, 40), keep=FakeKeep(), preferences=ascii_signs) as r:
        await r.press("c")
        check_painted(r, "compare-120x40-ascii", update_snapshots)
