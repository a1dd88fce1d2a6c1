"""Marks, notes and searches by keys, and the key that takes each of them back."""

from __future__ import annotations

import re

from reader.ui.keep import NotePlace
from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

FERRY = "harbour-ledger/ferries"


async def test_star_and_undo(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("s")
        assert FERRY in keep.marks().starred
        assert "* Harbour Ledger" in r.text.replace("›", "")
        await r.press("u")
        assert keep.marks().starred == frozenset()
        await r.press("ctrl+r")
        assert FERRY in keep.marks().starred


async def test_reading_an_article_marks_it_read(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("enter")
        assert keep.marks().read == {FERRY}


async def test_bulk_on_marked_articles_is_one_step_of_undo(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("x", "x", "m")
        assert len(keep.marks().read) == 2
        await r.press("u")
        assert keep.marks().read == frozenset()


async def test_tags_are_added_and_removed_by_name(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("t", *"fog", "enter")
        assert keep.marks().tags == {"fog": {FERRY}}
        await r.press("t", "minus", *"fog", "enter")
        assert keep.marks().tags == {}


async def test_a_note_stands_on_the_passage_and_is_shown(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("enter", "a", *"why", "enter", "i")
        (note,) = keep.notes(FERRY)
        assert note.places[0].quoted.startswith("The ferries Saga and Maren")
        assert "why" in r.text


async def test_a_note_on_a_pair_has_two_places(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("c", "a", "enter")
        (note,) = keep.notes()
        assert [place.article_id for place in note.places] == [FERRY, "northern-wire/ferries"]


async def test_taking_a_merge_back_groups_the_stories_again(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("x", "x", "ampersand", "u")
        assert keep.merged == []
        assert r.engine.calls.count("refresh") == 2


async def test_notes_are_listed_changed_removed_and_brought_back(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("enter", "a", *"why", "enter", "apostrophe")
        assert "Harbour Ledger, 4 Mar 2025: why" in r.text
        await r.press("enter", "j", "enter", *"!", "enter")
        assert [note.text for note in keep.notes()] == ["why!"]
        await r.press("apostrophe", "enter", "j", "j", "enter")
        assert keep.notes() == ()
        await r.press("u")
        assert [note.text for note in keep.notes()] == ["why!"]


async def test_a_note_leads_to_its_passage_from_the_list(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("enter", "a", "enter", "escape", "G", "apostrophe", "enter", "enter")
        assert r.app.browse.active_view.document is not None
        assert r.app.browse.active_view.document.article.id == FERRY


async def test_a_note_whose_words_are_gone_is_shown_with_them(room: Opened) -> None:
    keep = FakeKeep()
    keep.add_note([NotePlace(FERRY, 0, 9, "old", "Words of before.")], "why")
    keep.detach()
    async with room(keep=keep) as r:
        await r.press("enter", "i")
        assert "Words of before." in r.text
        assert "no longer" in r.text
        await r.press("apostrophe")
        assert "(words gone): why" in r.text
        await r.press("enter")
        assert "Open the article" in r.text


async def test_a_saved_search_stands_in_the_left_column(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("slash", *"fog", "enter", "ctrl+s", "enter")
        assert [search.query for search in keep.searches()] == ["fog"]
        await r.settle()
        assert re.search(r"fog +3", r.text)
        assert "Saved searches" in r.text


async def test_unread_alone_are_listed_by_2_and_all_by_1(room: Opened) -> None:
    keep = FakeKeep()
    keep.mark_read([FERRY], True)
    async with room(keep=keep) as r:
        await r.press("2")
        assert r.app.browse.article_list.listing.articles == 5
        await r.press("1")
        assert r.app.browse.article_list.listing.articles == 6


async def test_marked_articles_are_merged_and_the_library_read_again(room: Opened) -> None:
    keep, engine = FakeKeep(), FakeEngine()
    async with room(engine, keep=keep) as r:
        await r.press("x", "x", "ampersand")
        assert keep.merged == [[FERRY, "northern-wire/ferries"]]
        assert "refresh" in engine.calls


async def test_the_place_is_kept_on_leaving(room: Opened) -> None:
    keep = FakeKeep()
    async with room(keep=keep) as r:
        await r.press("j", "plus", "q")
        assert "northern-wire/ferries" in (keep.place() or "")
    async with room(keep=keep) as again:
        assert again.app.session.selected == "northern-wire/ferries"
        assert again.app.session.measure == 76


async def test_what_the_state_has_to_say_is_said(room: Opened) -> None:
    async with room(keep=FakeKeep(notice="restored from yesterday's backup")) as r:
        assert "restored from yesterday's backup" in r.text
