"""The comparison, by keys."""

from __future__ import annotations

import pytest

from reader.ui.screens.compare import CompareScreen
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine


def _screen(r: Room) -> CompareScreen:
    assert isinstance(r.app.screen, CompareScreen)
    return r.app.screen


async def test_linked_passages_share_a_line(room: Opened) -> None:
    async with room() as r:
        await r.press("c")
        line = next(line for line in r.grid() if "suspended all" in line)
        assert "All crossings are suspended" in line
        assert " ~ " in line


async def test_the_evidence_names_what_differs(room: Opened) -> None:
    async with room() as r:
        await r.press("c")
        assert "differs · figure   Harbour Ledger: 14  |  Northern Wire: 17" in r.text


async def test_next_mark_moves_the_focus(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "n")
        assert "mark 2/3" in r.text
        await r.press("N")
        assert "mark 1/3" in r.text


@pytest.mark.parametrize(("size", "gap"), [((80, 24), " ~ "), ((60, 20), "~ Harbour Ledger")])
async def test_rows_stand_side_by_side_from_80_columns(room: Opened, size: tuple[int, int], gap: str) -> None:
    async with room(size=size) as r:
        await r.press("c")
        assert gap in r.text


async def test_swap_changes_the_sides(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "X")
        assert r.grid()[1].startswith("Northern Wire")


async def test_views_go_round(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "d")
        assert "differences only" in r.text
        assert "Nobody was killed" not in r.text


async def test_locking_again_keeps_each_sides_place(room: Opened) -> None:
    long = "\n\n".join(f"Paragraph {n} says one thing of its own." for n in range(60))
    engine = FakeEngine(
        [make_article("A", long, source="A", id="a/x"), make_article("B", long, source="B", id="b/x")]
    )
    async with room(engine) as r:
        await r.press("c", "equals_sign", "ctrl+d", "equals_sign")
        shifts = list(_screen(r).pane.shifts)
        await r.press("ctrl+d")
        assert shifts[0] != shifts[1]
        assert _screen(r).pane.shifts == shifts


async def test_enter_opens_the_side_in_full_at_the_passage(room: Opened) -> None:
    async with room(size=(80, 24)) as r:
        await r.press("c", "l", "enter")
        assert r.app.screen is r.app.browse
        assert r.app.browse.article_view.document is not None
        assert r.app.browse.article_view.document.article.id == "northern-wire/ferries"


async def test_the_matrix_names_every_source(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "M")
        assert "A Harbour Ledger  B Northern Wire  C Civic Post" in r.text
        await r.press("enter")
        assert isinstance(r.app.screen, CompareScreen)


async def test_equal_sources_are_told_apart_by_id(room: Opened) -> None:
    text = "The same words stand here in both."
    engine = FakeEngine(
        [
            make_article(None, text, source="unknown", id="000"),
            make_article(None, text, source="unknown", id="003"),
        ]
    )
    async with room(engine) as r:
        await r.press("x", "x", "c")
        assert "000" in r.grid()[1]
        assert "003" in r.grid()[1]
