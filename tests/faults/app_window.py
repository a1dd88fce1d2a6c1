"""One window of the app in a process of its own, without a screen, that keeps things as fast as it can.

`python -m tests.faults.app_window FOLDER NAME COUNT`; says how many changes it was told were made.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import sys
from collections.abc import Callable
from pathlib import Path

from reader.config import settings
from reader.model.keeping import NotePlace
from reader.ui.app import ReaderApp
from reader.ui.latest import is_idle
from reader.workspace.keeping import Keeping
from reader.workspace.workspace import Workspace

Action = Callable[[], str | None]


def workspace(folder: Path) -> Workspace:
    """The library of a folder, with index and state beside it."""
    places = settings(folder / "articles", folder / "index", folder / "state", environment={}, folder=folder)
    return Workspace(places, today=lambda: dt.date(2026, 3, 1))


def actions(keep: Keeping, name: str, count: int) -> list[Action]:
    """Changes drawn by the name, on articles of its own; on any state they lead to the same."""
    chance = random.Random(name)
    return [_action(keep, chance, name, number) for number in range(count)]


def _action(keep: Keeping, chance: random.Random, name: str, number: int) -> Action:
    ids = [f"{name}/{chance.randrange(20):02}" for _ in range(chance.randint(1, 4))]
    wanted = chance.random() < 0.6
    tags: tuple[list[str], list[str]] = (["ferry"], []) if wanted else ([], ["ferry"])
    place = NotePlace(ids[0], 0, 3, "d", "The")
    choices: tuple[Action, ...] = (
        lambda: keep.star(ids, wanted),
        lambda: keep.mark_read(ids, wanted),
        lambda: keep.tag(ids, *tags),
        lambda: keep.add_note([place], f"{name} {number}"),
        lambda: keep.save_search(f"{name} {number}", ids[0]),
        lambda: keep.merge([*ids, f"{name}/20"]),
    )
    return choices[chance.randrange(len(choices))]


async def act(folder: Path, name: str, count: int) -> int:
    """Hand every change to the app as a key press would, and wait until all have been answered."""
    library = workspace(folder)
    keep = library.keeping()
    made = 0

    def counted() -> None:
        nonlocal made
        made += 1

    app = ReaderApp(library, keep)
    async with app.run_test(size=(100, 30)) as pilot:
        for number, action in enumerate(actions(keep, name, count)):
            app.change(action, quiet=True, then=counted)
            if number % 20 == 0:
                await pilot.pause()
        while not is_idle(app):
            await app.workers.wait_for_complete()
            await pilot.pause()
        shown = app.session.kept
        held = keep.marks()
        # The other window may be at work still: only our own articles must be as kept.
        own = {f"{name}/{each:02}" for each in range(21)}
        assert (shown.starred & own, shown.read & own) == (held.starred & own, held.read & own)
    library.close()
    return made


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(act(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))}\n")
