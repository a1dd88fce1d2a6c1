"""What the app shows while the library is read, and how that is stopped."""

from __future__ import annotations

import time

import pytest

from reader.model import CancelToken
from reader.ui.engine import Report
from reader.ui.listing import EMPTY
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep


class SlowEngine(FakeEngine):
    """Reads until it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.is_slow = False

    def open(self, report: Report, cancel: CancelToken) -> None:
        super().open(report, cancel)
        self._wait(report, cancel)

    def refresh(self, report: Report, cancel: CancelToken) -> bool:
        self._wait(report, cancel)
        return super().refresh(report, cancel)

    def _wait(self, report: Report, cancel: CancelToken) -> None:
        while self.is_slow:
            report("reading", 5, 4_000)
            cancel.check()
            time.sleep(0.001)


async def begin_again(room: Room) -> None:
    """Press `r` and wait until progress is shown."""
    await room.pilot.press("r")
    while "5 of 4,000" not in room.text:
        await room.pilot.pause()


async def test_progress_says_how_far_it_is_and_what_stops_it(room: Opened) -> None:
    engine = SlowEngine()
    async with room(engine) as r:
        engine.is_slow = True
        await begin_again(r)
        assert "Esc stops" in r.grid()[0]
        engine.is_slow = False
        await r.settle()


async def test_esc_stops_looking_for_changes_and_leaves_the_list(room: Opened) -> None:
    engine = SlowEngine()
    async with room(engine) as r:
        engine.is_slow = True
        await begin_again(r)
        await r.press("escape")
        assert "Stopped. The list is as it was" in r.text
        assert "6 articles" in r.text


async def test_esc_while_the_library_is_opened_says_how_to_go_on(room: Opened) -> None:
    engine = SlowEngine()
    async with room(engine) as r:
        r.app.browse.is_open = False
        engine.is_slow = True
        await begin_again(r)
        await r.press("escape")
        assert "Stopped before all articles" in r.text
        engine.is_slow = False
        await r.press("r")
        assert "6 articles" in r.text


async def begin_first(room: Room, engine: SlowEngine) -> None:
    """As if the library were read for the first time, until its articles are known."""
    room.app.browse.is_open = engine.is_open = False
    room.app.browse.article_list.show(EMPTY)
    engine.is_slow = True
    await begin_again(room)
    while not room.app.browse.is_open:
        await room.pilot.pause()


async def finish(room: Room, engine: SlowEngine) -> None:
    """Let the library be read to its end."""
    engine.is_slow = False
    await room.settle()


async def test_articles_are_listed_and_read_before_all_is_indexed(room: Opened) -> None:
    engine = SlowEngine()
    async with room(engine) as r:
        await begin_first(r, engine)
        while "Two ferries collide" not in r.text:
            await r.pilot.pause()
        await r.pilot.press("enter")
        while r.app.browse.article_view.document is None:
            await r.pilot.pause()
        assert r.app.is_updating
        await finish(r, engine)


async def test_the_first_run_of_stories_is_waited_for_in_words(
    room: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = SlowEngine()
    async with room(engine) as r:
        monkeypatch.setattr(engine, "stories", lambda min_sources=1: ())
        monkeypatch.setattr(engine, "story_of", lambda article_id: None)
        await begin_first(r, engine)
        await r.pilot.press("c")
        while "still being formed" not in r.text:
            await r.pilot.pause()
        await finish(r, engine)


async def test_the_place_of_the_last_time_is_taken_once(room: Opened) -> None:
    engine, keep = SlowEngine(), FakeKeep()
    async with room(engine, keep=keep) as r:
        await begin_first(r, engine)
        await r.pilot.press("j", "j")
        selected = r.app.session.selected
        await finish(r, engine)
        assert r.app.session.selected == selected
