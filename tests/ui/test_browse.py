"""The reading room, by keys."""

from __future__ import annotations

import re

from textual import events

from tests.conftest import make_article
from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine


class SampleEngine(FakeEngine):
    """An engine on the sample library."""

    @property
    def place(self) -> str:
        return "sample library"


async def test_first_screen_shows_stories_sources_and_an_article(room: Opened) -> None:
    async with room() as r:
        assert "3 sources  1 quote · 1 differs" in r.text
        assert re.search(r"Civic Post +1", r.text)
        assert "The ferries Saga and Maren collided" in r.text


async def test_one_pane_at_a_time_at_80_columns(room: Opened) -> None:
    async with room(size=(80, 24)) as r:
        assert "Saga and Maren" not in r.text
        await r.press("enter")
        assert "Saga and Maren" in r.text
        await r.press("q")
        assert "Saga and Maren" not in r.text


async def test_search_shows_hits_while_typing(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", "c", "r", "o", "s")
        assert "2 hits" in r.text
        assert r.engine.calls.count("search cros") == 1
        assert "suspended all crossings" in r.text


async def test_next_hit_goes_on_into_the_next_article(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", "f", "o", "g", "enter", "l")
        first = r.app.session.selected
        await r.press("n", "n", "n")
        assert r.app.session.selected != first
        assert "1/" in r.app.browse.status.text


async def test_escape_clears_the_query(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", "f", "o", "g", "enter", "escape")
        assert r.app.session.query == ""
        assert "3 sources" in r.text


async def test_choosing_a_source_filters_the_list(room: Opened) -> None:
    async with room() as r:
        await r.press("h", "j", "enter")
        assert "Civic Post" in r.app.browse.status.text
        assert r.app.browse.article_list.listing.articles == 1


async def test_marks_are_numbered_in_the_order_of_marking(room: Opened) -> None:
    async with room() as r:
        await r.press("x", "x")
        assert list(r.app.session.marks) == ["harbour-ledger/ferries", "northern-wire/ferries"]
        assert "2 marked" in r.text


async def test_q_at_the_list_quits(room: Opened) -> None:
    async with room() as r:
        await r.press("q")
        assert r.app.return_code == 0


async def test_an_empty_library_says_what_to_do(room: Opened) -> None:
    async with room(FakeEngine([])) as r:
        assert "No articles in articles yet" in r.text
        assert "then press r" in r.text
        await r.press("enter", "c", "j", "x", "space")
        assert "No articles in articles yet" in r.text


async def test_help_lists_the_keys_of_the_screen_and_filters(room: Opened) -> None:
    async with room() as r:
        await r.press("question_mark")
        assert "Search as you type" in r.text
        await r.press("slash", "q", "u", "i", "t")
        assert "Quit at once" in r.text
        assert "Search as you type" not in r.text
        await r.press("escape", "escape")
        assert r.app.screen is r.app.browse


async def test_footer_survives_60_columns(room: Opened) -> None:
    async with room(size=(60, 20)) as r:
        assert "? Help" in r.grid()[-1]
        assert "q Back" in r.grid()[-1]


async def test_forty_by_twelve_works(room: Opened) -> None:
    async with room(size=(40, 12)) as r:
        await r.press("enter", "j", "c")
        assert "? Help" in r.grid()[-1]


async def test_keys_typed_ahead_reach_the_search_box(room: Opened) -> None:
    async with room() as r:
        for key in ("slash", "c", "r", "o", "s"):
            r.app.post_message(events.Key(key, "/" if key == "slash" else key))
        await r.settle()
        assert r.app.session.query == "cros"
        assert r.app.screen is r.app.browse


async def test_keys_typed_ahead_after_enter_are_commands(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", "f", "o", "g")
        for key in ("enter", "j"):
            r.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await r.settle()
        assert r.app.session.query == "fog"
        assert r.app.browse.article_list.cursor == 1


async def test_what_the_engine_has_to_tell_is_said_once_it_is_open(room: Opened) -> None:
    engine = FakeEngine()
    engine.told = ("the index is being built afresh",)
    async with room(engine) as r:
        assert "the index is being built afresh" in r.text


async def test_sample_library_opens_on_the_story_with_its_two_findings(room: Opened) -> None:
    first = make_article("On the ice", "They met on the ice.", id="civic-post/2025-08-15-alaska-summit")
    newer = make_article("A newer story", "Something else happened.", id="a/newer", published="2026-01-01")
    async with room(SampleEngine([newer, first])) as r:
        assert r.app.session.selected == first.id
