"""What waits in the app with a real library: a tick of 5 ms while it works, and the first hits of a key.

A machine that does other work makes every wait longer, so two figures are given beside each: what an idle app
waits in the same run, and how much of the wait the process spent working itself.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, NamedTuple

from textual import events
from textual.app import App
from textual.pilot import Pilot

from reader.ui.app import SWITCH_S, ReaderApp
from reader.workspace.workspace import Workspace
from tests.bench.ui_keys import FixedApp
from tests.bench.ui_library import Place

TICK_S = 0.005
QUERIES = ("company profit", "wheat export", "oil price", "bank of japan", "merger talks")
"""Typed letter by letter."""
LIMIT_S = 30.0


class Waits(NamedTuple):
    """Milliseconds, sorted."""

    wall: list[float]
    """By the clock."""
    own: list[float]
    """At most what the process worked in that time: the rest was another's."""

    def p(self, share: float) -> tuple[float, float]:
        """One percentile of both."""
        return self.wall[int(share * (len(self.wall) - 1))], self.own[int(share * (len(self.own) - 1))]


@asynccontextmanager
async def opened(place: Place) -> AsyncIterator[tuple[ReaderApp, Pilot[int]]]:
    """The app on a library, when nothing happens any more."""
    app = ReaderApp(Workspace(place.settings, may_fork=True))
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.browse.is_open:
            await pilot.pause(0.1)
        await pilot.pause(3.0)
        gc.freeze()  # this and the next as the command does
        sys.setswitchinterval(SWITCH_S)
        yield app, pilot


async def ticks(until: Callable[[], bool]) -> Waits:
    """How late a tick comes, again and again."""
    wall: list[float] = []
    own: list[float] = []
    while not until():
        worked, due = time.process_time(), time.perf_counter() + TICK_S
        await asyncio.sleep(TICK_S)
        late = (time.perf_counter() - due) * 1000
        wall.append(late)
        own.append(min(late, (time.process_time() - worked) * 1000))
    return Waits(sorted(wall), sorted(own))


async def idle(seconds: float = 5.0) -> Waits:
    """The same tick in an app that does nothing."""
    app = FixedApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        end = time.perf_counter() + seconds
        return await ticks(lambda: time.perf_counter() > end)


async def while_typing(place: Place) -> Waits:
    """Ticks while queries are typed and taken back, twenty keys a second."""
    async with opened(place) as (app, pilot):
        await pilot.press("slash")
        task = asyncio.create_task(_type(app))
        return await ticks(task.done)


async def _type(app: App[Any]) -> None:
    for query in QUERIES:
        for character in query:
            app.post_message(_key(character))
            await asyncio.sleep(0.05)
        for _ in query:
            app.post_message(events.Key("backspace", None))
            await asyncio.sleep(0.02)


async def while_indexing(place: Place) -> Waits:
    """Ticks from the first frame until a library that was never read is open, with keys pressed."""
    app = ReaderApp(Workspace(place.settings, may_fork=True))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        return await ticks(lambda: app.browse.is_open)


async def first_hits(place: Place) -> tuple[list[float], list[float]]:
    """Wall and CPU milliseconds from a key in the search box to the frame with its hits, sorted."""
    wall: list[float] = []
    cpu: list[float] = []
    async with opened(place) as (app, pilot):
        await pilot.press("slash")
        frames = Frames(app)
        for query in QUERIES:
            for length in range(1, len(query) + 1):
                typed = query[:length]
                took = await frames.after(_key(typed[-1]), partial(_shows, app, typed))
                wall.append(took[0])
                cpu.append(took[1])
                await asyncio.sleep(0.1)
            for _ in query:
                app.post_message(events.Key("backspace", None))
            await asyncio.sleep(0.5)
    return sorted(wall), sorted(cpu)


async def one_key() -> tuple[list[float], list[float]]:
    """The same of a line down in the app of fixed strips."""
    wall: list[float] = []
    cpu: list[float] = []
    app = FixedApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.5)
        frames = Frames(app)
        for number in range(60):
            took = await frames.after(_key("jk"[number % 2]), lambda: True)
            wall.append(took[0])
            cpu.append(took[1])
            await asyncio.sleep(0.05)
    return sorted(wall), sorted(cpu)


class Frames:
    """Tells when a frame was drawn."""

    def __init__(self, app: App[Any]) -> None:
        self._shown: Callable[[], bool] = bool
        self._drawn = asyncio.Event()
        self._at = (0.0, 0.0)
        display = app._display

        def noted(*args: Any) -> None:
            display(*args)
            if not self._drawn.is_set() and self._shown():
                self._at = (time.perf_counter(), time.process_time())
                self._drawn.set()

        setattr(app, "_display", noted)  # noqa: B010  the type checker knows it as a method
        self._app = app

    async def after(self, event: events.Event, shown: Callable[[], bool]) -> tuple[float, float]:
        """Milliseconds by the clock and of CPU until the first frame for which `shown` holds."""
        self._shown = shown
        self._drawn.clear()
        began = (time.perf_counter(), time.process_time())
        self._app.post_message(event)
        await asyncio.wait_for(self._drawn.wait(), LIMIT_S)
        return (self._at[0] - began[0]) * 1000, (self._at[1] - began[1]) * 1000


def _shows(app: ReaderApp, query: str) -> bool:
    results = app.browse.article_list.listing.results
    return results is not None and results.query == query.strip()


def _key(character: str) -> events.Key:
    return events.Key("space" if character == " " else character, character)
