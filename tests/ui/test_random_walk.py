"""Thousands of keys, clicks, resizes and changes of the library, posted straight to the app.

Nothing may raise, every screen is reached, and neither memory nor descriptors may grow.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import webbrowser
from collections import Counter
from itertools import cycle
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from reader.model import CancelToken, Span
from reader.ui.app import ReaderApp
from reader.ui.commands import COMMANDS
from reader.ui.engine import Report
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine, sample
from tests.ui.fake_keep import FakeKeep

KEYS = [key for command in COMMANDS for key in command.keys.split(",")]
KEYS += ["enter", "enter", "escape", "down", "down", "f", "o", "g", "backspace", "ctrl+w"]
PATHS = (
    ("c", "M"),
    ("c", "d", "n", "n", "T"),
    ("c", "e", "enter"),
    ("ctrl+p", "c", "o", "enter"),
    ("ctrl+p", "s", "escape"),
    ("question_mark", "slash", "n", "escape"),
    ("t", "a", "b", "enter"),
    ("a", "x", "y", "enter"),
    ("ctrl+o", "a"),
    ("slash", "f", "e", "r", "r", "y", "enter", "n", "n"),
    ("slash", "x", "q", "escape", "escape"),
    ("ctrl+s", "z", "enter"),
    ("f", "enter"),
    ("e", "enter"),
    ("v", "j", "y"),
    ("comma", "j", "enter"),
    ("vertical_line", "c", "a", "t", "enter"),
)
"""Ways to what random keys seldom find."""
SCREENS = {
    "BrowseScreen",
    "CompareScreen",
    "MatrixScreen",
    "HelpScreen",
    "Palette",
    "AskScreen",
    "PickScreen",
    "JumpScreen",
    "SearchBox",
}
"""Every kind of screen, and the search box: a walk that misses one tests less than it says."""
SIZES = [
    *(Size(120, 40), Size(80, 24), Size(200, 60), Size(60, 16), Size(40, 12), Size(100, 30)),
    *(Size(20, 5), Size(1, 1), Size(500, 200), Size(80, 0), Size(0, 0), Size(160, 2)),
]


class Changing(FakeEngine):
    """A library that gains an article at one refresh and loses it at the next."""

    def refresh(self, report: Report, cancel: CancelToken) -> bool:
        super().refresh(report, cancel)
        self.calls.clear()
        articles = dict(self._articles)
        if articles.pop("z/late", None) is None:
            articles["z/late"] = make_article("Late", "A late text on ferries.", source="Z", id="z/late")
        self._articles = articles
        return True

    def highlights(self, text: str, article_id: str, *, as_you_type: bool = False) -> tuple[Span, ...]:
        if article_id not in self._articles:
            return ()
        return super().highlights(text, article_id, as_you_type=as_you_type)


class Walker:
    """Chooses the steps and remembers where it was."""

    def __init__(self, room: Room, seed: int, ahead: int = 5) -> None:
        """`ahead` keys are posted before their answers are waited for."""
        self.room = room
        self.ahead = ahead
        self.rng = random.Random(seed)
        self.paths = cycle(PATHS)
        self.seen: Counter[str] = Counter()

    async def walk(self, keys: int) -> None:
        """So many steps."""
        for number in range(keys):
            await self._step()
            if number % self.ahead == 0:
                await self.room.pilot.pause()
                self._look()
                # What is posted to an app that has ended would only pile up.
                assert self.room.app._exception is None
            if number % 100 == 0:
                await self.room.settle()
        await self.room.settle()

    async def tour(self) -> None:
        """Every way at every size: what screens need at most is held from then on."""
        for size in SIZES:
            self._resize(size)
            await self.room.settle()
            for path in PATHS:
                for key in ("escape", "escape", "escape", *path):
                    self._press(key)
                await self.room.settle()

    async def rest(self) -> None:
        """To the list at one size, so that what is held can be compared with another time."""
        self._resize(Size(120, 40))
        for _ in range(12):
            self._press("escape")
            await self.room.settle()

    async def _step(self) -> None:
        app, dice = self.room.app, self.rng.random()
        if dice < 0.02:
            self._resize(self.rng.choice(SIZES))
        elif dice < 0.06:
            self._mouse()
        elif dice < 0.065 and app.browse.is_open:
            app.open_library(again=True)
        elif dice < 0.09:
            for key in ("escape", "escape", "escape", *next(self.paths)):
                self._press(key)
                await self.room.settle()
                self._look()
        else:
            self._press(self.rng.choice(KEYS))

    def _press(self, key: str) -> None:
        self.room.app.post_message(events.Key(key, key if len(key) == 1 else None))

    def _resize(self, size: Size) -> None:
        app = self.room.app
        if app._driver is not None:
            app._driver._size = size
        app.post_message(events.Resize(size, size))

    def _mouse(self) -> None:
        app, rng = self.room.app, self.rng
        x, y = rng.randrange(max(app.size.width, 1)), rng.randrange(max(app.size.height, 1))
        where = (x, y, 0, 0, rng.choice([0, 1, 1, 3]), False, False, False, x, y)
        if rng.random() < 0.3:
            app.post_message(rng.choice([events.MouseScrollDown, events.MouseScrollUp])(None, *where))
            return
        app.post_message(events.MouseMove(None, *where))
        app.post_message(events.MouseDown(None, *where))
        app.post_message(events.MouseUp(None, *where))

    def _look(self) -> None:
        app = self.room.app
        self.seen[type(app.screen).__name__] += 1
        if app.focused is not None:
            self.seen[type(app.focused).__name__] += 1


@pytest.fixture(autouse=True)
def harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exports go to a folder of the test, links and pipes to nobody, and whoever leaves is still there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ReaderApp, "exit", lambda *_, **__: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(webbrowser, "open", lambda *_, **__: True)


@pytest.mark.quick
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_random_walk_raises_nothing(room: Opened, seed: int) -> None:
    async with room(Changing(sample()), keep=FakeKeep()) as r:
        walker = Walker(r, seed, ahead=10 * seed)
        await walker.walk(1_000)
        assert r.app._exception is None
        assert SCREENS - set(walker.seen) == set()


@pytest.mark.full
@pytest.mark.timeout(3_000)
async def test_a_long_random_walk_does_not_grow(room: Opened) -> None:
    async with room(Changing(sample()), keep=FakeKeep()) as r:
        walker, held = Walker(r, 3), []
        await walker.tour()
        for _ in range(4):
            await walker.walk(5_000)
            await walker.rest()
            held.append(_held())
            sys.stderr.write(f"blocks, bytes, descriptors: {held[-1]}\n")
        before, after = held[0], held[-1]
        sys.stderr.write(f"{dict(walker.seen)}\n")
        assert r.app._exception is None
        assert after[0] < 1.05 * before[0]
        assert after[1] < 1.05 * before[1]
        assert after[2] == before[2]


def _held() -> tuple[int, int, int]:
    """Blocks of memory in use, bytes of the process, open descriptors."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return sys.getallocatedblocks(), pages * os.sysconf("SC_PAGE_SIZE"), len(os.listdir("/proc/self/fd"))
