"""The comparison, by keys."""

from __future__ import annotations

import pytest

from reader.layout.cells import cells
from reader.layout.row import GLYPHS
from reader.ui.saved import compared_of
from reader.ui.screens.compare import CompareScreen
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep


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


async def test_slash_finds_in_both_sides_and_n_goes_on(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "slash", *"fog", "enter")
        assert "2 rows with “fog”" in r.text
        first = _screen(r).pane.row
        await r.press("n")
        assert _screen(r).pane.row > first
        await r.press("escape")
        assert "with “fog”" not in r.text
        assert isinstance(r.app.screen, CompareScreen)


async def test_sentences_are_selected_from_the_keyboard_and_copied(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "v", "j", "y")
        assert r.app.session.copied.startswith("“The ferries Saga and Maren")
        assert "suspended all crossings until Thursday.”" in r.app.session.copied
        assert _screen(r).selection is None


async def test_what_was_found_is_listed_and_leads_to_its_row(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "i")
        assert "quote · stops early" in r.text
        await r.press("j", "enter")
        row = _screen(r).row
        assert row is not None
        assert row.quotes


async def test_one_step_back_from_the_full_article_is_the_comparison_as_it_was(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "n", "l")
        row, shown = _screen(r).row, _screen(r).shown
        await r.press("enter", "q")
        assert (_screen(r).row, _screen(r).shown, _screen(r).pane.side) == (row, shown, 1)


async def test_a_comparison_is_saved_and_compared_again(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("c", "ctrl+s", "enter")
        (saved,) = keep.searches()
        assert set(compared_of(saved.query)) == set(_screen(r).ids)


async def test_marks_are_those_of_the_active_side(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("c", "l", "s", "m")
        assert keep.marks().starred == {"northern-wire/ferries"}
        assert "northern-wire/ferries" in keep.marks().read


async def test_the_next_story_is_compared_without_leaving(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "J")
        assert _screen(r).ids == ("harbour-ledger/vote", "northern-wire/vote")
        await r.press("K")
        assert "harbour-ledger/ferries" in _screen(r).ids


async def test_neighbours_answer_for_the_active_side_alone(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "G")
        own = _screen(r).own_row
        assert own is not None
        assert [cell is None for cell in own.cells] == [False, True]
        assert "only here: Harbour Ledger" in r.text
        await r.press("l")
        assert "only here: Northern Wire" in r.text


async def test_a_comparison_opens_on_the_pair_with_most_that_differs(room: Opened) -> None:
    async with room() as r:
        await r.press("x", "j", "x", "k", "k", "x", "c")
        compared = _screen(r).compared
        assert compared is not None
        assert {compared.names[index] for index in _screen(r).shown} == {"Harbour Ledger", "Northern Wire"}


STRANGE = {
    "wide": "漢字仮名交じり文の記事です。港で船が衝突した。" * 6,
    "combining": "Re\u0301sume\u0301 de l\u2019affaire\u0300 a\u0308u\u0308o\u0308 " * 12,
    "emoji": "👩‍👩‍👧‍👦 met 🇺🇦 and 👍🏽 at the port 🚢 " * 10,
    "right-to-left": "اصطدمت عبارتان في الضباب قبالة الميناء يوم الثلاثاء " * 8 + "שתי מעבורות התנגשו ",
    "one long word": "Donaudampfschifffahrtsgesellschaft" * 12,
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)], ids=["80", "120", "40"])
async def test_no_script_tears_a_column(room: Opened, kind: str, size: tuple[int, int]) -> None:
    text = f"{STRANGE[kind]}\n\nTwo ferries met in fog at the port on Tuesday.\n\n{STRANGE[kind]}"
    engine = FakeEngine(
        [make_article(STRANGE[kind][:60], text, source=name, id=f"{name}/x") for name in ("A", "B")]
    )
    async with room(engine, size=size) as r:
        for keys in ((), ("c",)):
            await r.press(*keys)
            assert {strip.cell_length for strip in r.app.screen._compositor.render_strips()} == {size[0]}
        pane = _screen(r).pane
        if not pane.columns.stacked:
            edge = pane.columns.left + pane.columns.width
            gutters = [pane.render_line(y).crop(edge, edge + 1).text for y in range(pane.size.height)]
            assert set(gutters) <= {" ", *GLYPHS.values()}
            assert {cells(pane.render_line(y).crop(0, edge).text) for y in range(pane.size.height)} == {edge}
