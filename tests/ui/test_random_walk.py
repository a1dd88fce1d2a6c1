"""Thousands of keys and resizes posted straight to the app: nothing may raise, memory may not grow."""

from __future__ import annotations

import gc
import random
import tracemalloc

import pytest
from textual import events
from textual.geometry import Size

from reader.ui.commands import COMMANDS
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine, sample
from tests.ui.fake_keep import FakeKeep

LEAVING = {"quit", "export", "pipe", "open_url", "hints"}
"""Commands that end the walk, write files, run programs or reach for the browser."""
KEYS = [key for command in COMMANDS if command.id not in LEAVING for key in command.keys.split(",")]
KEYS += ["enter", "escape", "escape", "down", "down", "f", "o", "g", "backspace"]
SIZES = [Size(120, 40), Size(80, 24), Size(200, 60), Size(60, 16), Size(40, 12), Size(100, 30), Size(20, 5)]


def _post(room: Room, rng: random.Random) -> None:
    dice = rng.random()
    if dice < 0.02:
        size = rng.choice(SIZES)
        room.app.post_message(events.Resize(size, size))
        return
    key = rng.choice(KEYS)
    at_root = room.app.screen is room.app.browse and room.app.browse.pane in ("articles", "sources")
    if key == "q" and at_root:
        key = "escape"
    character = key if len(key) == 1 else None
    room.app.post_message(events.Key(key, character))


async def _walk(room: Room, keys: int, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(keys):
        _post(room, rng)
        if number % 5 == 0:
            await room.pilot.pause()
        if number % 100 == 0:
            await room.settle()
    await room.settle()


@pytest.mark.quick
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_random_walk_raises_nothing(room: Opened, seed: int) -> None:
    async with room(FakeEngine(sample()), keep=FakeKeep()) as r:
        await _walk(r, 1_000, seed)
        assert r.app.return_code is None


@pytest.mark.full
@pytest.mark.timeout(3_000)
async def test_a_long_random_walk_does_not_grow(room: Opened) -> None:
    async with room(FakeEngine(sample()), keep=FakeKeep()) as r:
        await _walk(r, 5_000, 3)
        gc.collect()
        tracemalloc.start()
        await _walk(r, 2_000, 4)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        await _walk(r, 15_000, 5)
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert r.app.return_code is None
        assert after - before < 0.05 * 60_000_000
