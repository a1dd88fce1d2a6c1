"""What the mouse does: it drags over words, and what is under it is copied as from the keyboard."""

from __future__ import annotations

import pytest
from textual.geometry import Offset

from reader.ui.screens.compare import CompareScreen
from tests.ui.conftest import Opened, Room

WORDS = "suspended all crossings"


def _place_of(r: Room, words: str) -> Offset:
    """Where words stand on the screen, in the article."""
    left = r.app.browse.article_view.region.x
    for y, line in enumerate(r.grid()):
        at = line.find(words, left)
        if at >= 0:
            return Offset(at, y)
    raise AssertionError(r.text)


async def _drag(r: Room, start: Offset, end: Offset) -> None:
    await r.pilot.mouse_down(offset=start)
    step = 1 if end.x >= start.x else -1
    for x in range(start.x, end.x, step):
        await r.pilot.hover(offset=Offset(x, start.y))
    await r.pilot.hover(offset=end)
    await r.pilot.mouse_up(offset=end)
    await r.settle()


@pytest.mark.parametrize("key", ["y", "ctrl+c"])
async def test_words_dragged_over_are_copied(room: Opened, key: str) -> None:
    async with room(size=(120, 40)) as r:
        await r.press("enter")
        start = _place_of(r, WORDS)
        await _drag(r, start, start + Offset(len(WORDS) - 1, 0))
        await r.press(key)
        assert WORDS in r.app.clipboard
        assert "until Thursday" not in r.app.clipboard.split("\n")[0]


async def test_a_quotation_of_words_dragged_over_names_its_source(room: Opened) -> None:
    async with room(size=(120, 40)) as r:
        await r.press("enter")
        start = _place_of(r, WORDS)
        await _drag(r, start, start + Offset(len(WORDS) - 1, 0))
        await r.press("y")
        assert "Harbour Ledger" in r.app.clipboard


async def test_dragging_backwards_selects_the_same_words(room: Opened) -> None:
    async with room(size=(120, 40)) as r:
        await r.press("enter")
        start = _place_of(r, WORDS)
        await _drag(r, start + Offset(len(WORDS) - 1, 0), start)
        await r.press("y")
        assert WORDS in r.app.clipboard


async def _compared(r: Room, words: str) -> Offset:
    await r.press("c")
    y, line = next((y, line) for y, line in enumerate(r.grid()) if words in line)
    return Offset(line.index(words), y)


async def test_sentences_of_a_side_that_are_dragged_over_are_copied(room: Opened) -> None:
    async with room(size=(120, 40)) as r:
        start = await _compared(r, "All crossings are")
        await _drag(r, start, start + Offset(9, 0))
        assert "1 sentence selected" in r.text
        await r.press("y")
        assert r.app.clipboard.startswith("“All crossings are suspended until Friday, the company said.”")
        assert "Northern Wire" in r.app.clipboard


async def test_dragging_in_a_comparison_stays_on_its_side(room: Opened) -> None:
    async with room(size=(120, 40)) as r:
        start = await _compared(r, "The ferry company")
        await _drag(r, start, Offset(100, start.y + 3))
        await r.press("y")
        assert "Harbour Ledger" in r.app.clipboard
        assert "Northern Wire" not in r.app.clipboard


async def test_a_click_after_dragging_goes_to_its_row(room: Opened) -> None:
    async with room(size=(120, 40)) as r:
        start = await _compared(r, "All crossings are")
        await _drag(r, start, start + Offset(9, 0))
        top = await _place_in_rows(r, "The ferries Saga")
        await r.pilot.click(offset=top)
        await r.settle()
        assert isinstance(r.app.screen, CompareScreen)
        assert (r.app.screen.pane.row, r.app.screen.pane.side) == (0, 0)


async def _place_in_rows(r: Room, words: str) -> Offset:
    y, line = next((y, line) for y, line in enumerate(r.grid()) if words in line)
    return Offset(line.index(words), y)
