"""The app with a fake engine behind it, and the one way tests wait for it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from reader.ui.app import ReaderApp
from reader.ui.latest import is_idle
from reader.ui.preferences import Preferences
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

Opened = Callable[..., AbstractAsyncContextManager["Room"]]


class Room:
    """A running app."""

    def __init__(self, app: ReaderApp, engine: FakeEngine, pilot: Pilot[int]) -> None:
        self.app = app
        self.engine = engine
        self.pilot = pilot

    async def settle(self) -> None:
        """Until no worker runs and no message waits."""
        for _ in range(3):
            await self.pilot.pause()
            # Textual takes a process for idle that gets no time on a busy machine.
            while not (is_idle(self.app) and self._is_answered()):
                await self.app.workers.wait_for_complete()
                await self.pilot.pause()

    def _is_answered(self) -> bool:
        """Whether every screen is there and no message waits at any widget."""
        screens = self.app.screen_stack
        nodes = [self.app, *screens, *(node for screen in screens for node in screen.walk_children())]
        return all(screen.is_mounted for screen in screens) and not any(
            node.message_queue_size for node in nodes if node.is_running
        )

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each answered before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    def strips(self) -> list[Strip]:
        """What is on the screen, line by line, with its styles."""
        return list(self.app.screen._compositor.render_strips())

    def grid(self) -> list[str]:
        """What is on the screen, line by line, without trailing spaces."""
        return [strip.text.rstrip() for strip in self.strips()]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.grid())


@asynccontextmanager
async def _open_room(
    engine: FakeEngine | None = None,
    size: tuple[int, int] = (120, 40),
    theme: str = "reader-dark",
    keep: FakeKeep | None = None,
    keymap: dict[str, str] | None = None,
    preferences: Preferences = Preferences(),
) -> AsyncIterator[Room]:
    engine = engine or FakeEngine()
    app = ReaderApp(engine, keep, theme=theme, keymap=keymap, preferences=preferences)
    async with app.run_test(size=size) as pilot:
        room = Room(app, engine, pilot)
        await room.settle()
        yield room


@pytest.fixture
def room() -> Opened:
    """`async with room(engine, size=(80, 24)) as r: await r.press("c")`."""
    return _open_room


@pytest.fixture
def update_snapshots() -> bool:
    """Whether the kept screens are to be renewed: `READER_UPDATE_SNAPSHOTS=1`."""
    return os.environ.get("READER_UPDATE_SNAPSHOTS") == "1"
