"""A window of its own: a process that changes a state file. It ends by itself after a minute at most.

`python -m tests.state.writing WHAT PATH ARGUMENT...`; what it did goes to standard output.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reader.model.errors import StateError
from reader.state.notes import NotePlace
from reader.state.store import Store

LIFETIME_S = 60.0
"""A child that nobody kills stops after so long."""
LIBRARY = "library one"
"""The library that all windows write to."""


def acknowledge(path: Path, first: str) -> None:
    """Change without end, and say the number of each change once it is saved."""
    deadline = time.monotonic() + LIFETIME_S
    with Store.open(path, LIBRARY) as store:
        say(store.notice or "open")
        number = int(first)
        while time.monotonic() < deadline:
            one_of_three(store, number)
            say(str(number))
            number += 1


def one_of_three(store: Store, number: int) -> None:
    """A star, a note or a search, by the number."""
    match number % 3:
        case 0:
            store.marks.star([f"article/{number}"])
        case 1:
            store.notes.add(NotePlace(f"article/{number}", 0, 3, "d", "The"), f"note {number}")
        case _:
            store.searches.save(f"search {number}", "ice")


def star(path: Path, name: str, count: str) -> None:
    """Star so many articles, one by one."""
    with Store.open(path, LIBRARY) as store:
        for number in range(int(count)):
            store.marks.star([f"{name}/{number}"])
    say("done")


def act(path: Path, name: str, count: str, seed: str) -> None:
    """So many actions of every kind on articles of its own."""
    with Store.open(path, LIBRARY) as store:
        effective = sum(bool(action()) for action in actions(store, name, int(count), seed))
    say(str(effective))


def actions(store: Store, name: str, count: int, seed: str) -> list[Callable[[], object]]:
    """Actions drawn by a seed; on any store they lead to the same marks, notes and searches of `name`."""
    chance = random.Random(f"{name} {seed}")
    drawn: list[Callable[[], object]] = []
    for number in range(count):
        ids = [f"{name}/{chance.randrange(20)}" for _ in range(chance.randint(1, 4))]
        wanted = chance.random() < 0.6
        kind = chance.randrange(6)
        drawn.append(_action(store, kind, ids, wanted, f"{name} {number}"))
    return drawn


def _action(store: Store, kind: int, ids: list[str], wanted: bool, label: str) -> Callable[[], object]:
    place = NotePlace(ids[0], 0, 3, "d", "The")
    tags: tuple[tuple[str, ...], tuple[str, ...]] = (("ferry",), ()) if wanted else ((), ("ferry",))
    choices: tuple[Callable[[], object], ...] = (
        lambda: store.marks.star(ids, wanted),
        lambda: store.marks.mark_read(ids, wanted),
        lambda: store.marks.tag(ids, *tags),
        lambda: store.notes.add(place, label),
        lambda: store.searches.save(label, ids[0]),
        lambda: store.stories.merge([*ids, f"{ids[0]}+"]),
    )
    return choices[kind]


def with_few_files(path: Path, files: str) -> None:
    """One star with so many files at most, the open ones included."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(files), int(files)))
    report(path)


def as_nobody(path: Path) -> None:
    """Look at a state file and try to change it, without the rights of root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    report(path)


def report(path: Path) -> None:
    """Say what is starred, what was to be told, and how one more star went."""
    told: dict[str, object] = {}
    try:
        with Store.open(path, LIBRARY) as store:
            told |= {"notice": store.notice, "starred": sorted(store.marks.all().starred)}
            told |= {"undo": store.next_undo()}
            told |= {"did": store.marks.star(["new"])}
    except StateError as error:
        told["error"] = str(error)
    say(json.dumps(told))


def say(line: str) -> None:
    """Tell the parent at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


COMMANDS: dict[str, Callable[..., None]] = {
    "acknowledge": acknowledge,
    "star": star,
    "act": act,
    "with_few_files": with_few_files,
    "as_nobody": as_nobody,
}

if __name__ == "__main__":
    # The parent may go first.
    with contextlib.suppress(BrokenPipeError):
        COMMANDS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
