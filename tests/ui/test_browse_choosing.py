"""Selecting by sentence, ranges, everything listed, and the preview."""

from __future__ import annotations

import pytest

from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

FERRY = "harbour-ledger/ferries"
FIRST = "The ferries Saga and Maren collided in thick fog off Port Ansel on Tuesday, and 14 people were hurt."
SECOND = "The ferry company, Coastline, suspended all crossings until Thursday."


async def test_v_selects_the_sentence_and_j_the_next(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "v", "j", "y")
        assert r.app.clipboard.startswith(f"“{FIRST}\n\n{SECOND}”")


async def test_k_gives_a_sentence_back(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "v", "j", "j", "k", "k", "y")
        assert r.app.clipboard.startswith(f"“{FIRST}”")


async def test_what_is_selected_stays_selected_at_another_width(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "v", "j", "minus", "minus")
        await r.pilot.resize_terminal(70, 30)
        await r.settle()
        await r.press("y")
        assert r.app.clipboard.startswith(f"“{FIRST}\n\n{SECOND}”")


@pytest.mark.parametrize("key", ["v", "escape"])
async def test_selection_is_let_go(room: Opened, key: str) -> None:
    async with room() as r:
        await r.press("enter", "v", key)
        assert r.app.browse.article_view.chosen is None
        assert r.app.browse.pane == "article"
        await r.press("j", "y")
        assert SECOND not in r.app.clipboard


async def test_a_note_goes_on_what_v_selected(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("enter", "v", "j", "a", *"both", "enter")
        (note,) = keep.notes(FERRY)
        assert note.places[0].quoted == f"{FIRST}\n\n{SECOND}"


async def test_trace_begins_at_what_v_selected(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "v", "T")
        assert "Where else this stands" in r.text


async def test_v_in_the_list_marks_a_range_and_v_ends_it(room: Opened) -> None:
    async with room() as r:
        await r.press("v", "j", "j", "v", "j")
        assert list(r.app.session.marks) == [FERRY, "northern-wire/ferries", "civic-post/ferries"]


async def test_a_range_shrinks_again(room: Opened) -> None:
    async with room() as r:
        await r.press("v", "j", "j", "k")
        assert list(r.app.session.marks) == [FERRY, "northern-wire/ferries"]


async def test_all_that_is_found_is_marked_and_unmarked(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fog", "enter", "A")
        assert sorted(r.app.session.marks) == ["civic-post/ferries", FERRY, "northern-wire/ferries"]
        await r.press("A")
        assert not r.app.session.marks


async def test_a_whole_query_is_tagged_in_one_step_of_undo(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("slash", *"fog", "enter", "A", "t", *"sea", "enter")
        assert len(keep.marks().tags["sea"]) == 3
        await r.press("u")
        assert keep.marks().tags == {}


async def test_below_a_saved_search_only_its_hits_are_changed(room: Opened) -> None:
    keep = FakeKeep()
    keep.save_search("fog", "fog")
    async with room(keep=keep) as r:
        await r.press("h", "G", "m")
        assert keep.marks().read == {"civic-post/ferries", FERRY, "northern-wire/ferries"}


async def test_more_than_can_be_compared_are_said(room: Opened) -> None:
    async with room() as r:
        r.app.session.marks.update(dict.fromkeys(str(number) for number in range(21)))
        await r.press("c")
        assert "21 articles are too many to compare" in r.text


async def test_p_hides_the_preview_and_brings_it_back(room: Opened) -> None:
    async with room() as r:
        await r.press("p")
        assert "Saga and Maren" not in r.text
        await r.press("enter")
        assert "Saga and Maren" in r.text
        await r.press("escape", "p")
        assert "Saga and Maren" in r.text


async def test_preview_is_off_at_the_next_start_when_it_was_switched_off(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("p")
        r.app.browse.remember_place()
        await r.settle()
    async with room(FakeEngine(), keep=keep) as r:
        assert "Saga and Maren" not in r.text
