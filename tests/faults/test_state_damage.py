"""A state file with any damage gives back what was kept, from itself or from its newest backup."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from pathlib import Path

import pytest

from reader.state.kept import Kept
from reader.state.notes import NotePlace
from reader.state.store import Store
from tests.state.writing import LIBRARY

DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def opened(path: Path, day: int) -> Store:
    return Store.open(path, LIBRARY, clock=lambda: DAY + dt.timedelta(days=day))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state file whose newest backup holds all that it holds."""
    path = tmp_path_factory.mktemp("sound") / "reader" / "state.db"
    with opened(path, 0) as store:
        store.marks.mark_read([f"outlet/2026-02-{number:03}" for number in range(300)])
        store.marks.tag([f"outlet/2026-02-{number:03}" for number in range(40)], ["ferry", "sea"])
        for number in range(30):
            store.notes.add(NotePlace(f"outlet/{number}", 0, 3, "d", "The"), f"note {number} " * 40)
            store.searches.save(f"search {number}", "ice OR floe")
            store.stories.merge([f"outlet/{number}", f"wire/{number}"])
            store.trail.leave(f"outlet/{number}", number, "d")
        store.undo()
    opened(path, 1).close()
    return path


def undoable(kept: Kept) -> tuple[object, ...]:
    return (kept.marks, kept.notes, kept.searches, kept.decisions)


def mutate(content: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(content))
    length = chance.choice((1, 2, 16, 300, 4096))
    match chance.randrange(7):
        case 0:
            content[at] ^= 1 << chance.randrange(8)
        case 1:
            content[at : at + length] = chance.randbytes(len(content[at : at + length]))
        case 2:
            content[at : at + length] = bytes(len(content[at : at + length]))
        case 3:
            del content[at:]
        case 4:
            content += chance.randbytes(length)
        case 5:
            page, other = (4096 * chance.randrange(len(content) // 4096) for _ in range(2))
            content[page : page + 4096] = content[other : other + 4096]
        case _:
            # The header decides how everything else is read.
            content[chance.randrange(100)] ^= 1 << chance.randrange(8)
    return content


@pytest.mark.parametrize(
    "count", [pytest.param(20, marks=pytest.mark.quick), pytest.param(200, marks=pytest.mark.full)]
)
@pytest.mark.timeout(900)
def test_mutated_file_gives_back_all_that_was_kept(sound: Path, tmp_path: Path, count: int) -> None:
    with opened(sound, 1) as store:
        expected, undo, redo = undoable(store.everything()), store.next_undo(), store.next_redo()
    restored = 0
    for number in range(count):
        path = tmp_path / str(number) / "state.db"
        shutil.copytree(sound.parent, path.parent)
        path.write_bytes(mutate(bytearray(path.read_bytes()), random.Random(number)))
        with opened(path, 1) as store:
            assert undoable(store.everything()) == expected, number
            assert (store.next_undo(), store.next_redo()) == (undo, redo)
            if store.notice is not None:
                restored += 1
                assert "was restored" in store.notice
                assert store.notice.isprintable()
                assert list(path.parent.glob("state.db.bad-*"))
            assert store.marks.star(["one more"]) == "starred 1 article"
        shutil.rmtree(path.parent)
    assert restored > count // 3


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.6, 0.99], ids=str)
@pytest.mark.parametrize("extra", [0, 1], ids=["at a page", "inside a page"])
def test_truncated_file_gives_back_all_that_was_kept(
    sound: Path, tmp_path: Path, part: float, extra: int
) -> None:
    path = tmp_path / "copy" / "state.db"
    shutil.copytree(sound.parent, path.parent)
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content)) // 4096 * 4096 + extra])
    with opened(sound, 1) as store, opened(path, 1) as copy:
        assert undoable(copy.everything()) == undoable(store.everything())
        assert "was restored" in (copy.notice or "")


@pytest.mark.parametrize("damage", ["cut", "flip", "zero"])
def test_damaged_log_loses_at_most_its_tail(sound: Path, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "copy" / "state.db"
    live = tmp_path / "live" / "state.db"
    shutil.copytree(sound.parent, live.parent)
    with opened(live, 1) as store:
        for number in range(10):
            store.marks.star([f"late/{number}"])
        # As a kill leaves it: the log was not folded in.
        shutil.copytree(live.parent, path.parent)
    log = path.with_name("state.db-wal")
    content = bytearray(log.read_bytes())
    half = len(content) // 2
    if damage == "cut":
        del content[half:]
    else:
        content[half : half + 64] = (
            bytes(64) if damage == "zero" else bytes(255 - b for b in content[half : half + 64])
        )
    log.write_bytes(content)
    with opened(path, 1) as store:
        late = {each.article_id for each in store.everything().marks if each.mark == "starred"}
        assert late == {f"late/{number}" for number in range(len(late))}
        assert 0 < len(late) < 10


def test_when_every_backup_is_bad_the_state_starts_empty_and_says_so(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy" / "state.db"
    shutil.copytree(sound.parent, path.parent)
    for backup in (path.parent / "backups").iterdir():
        backup.write_bytes(backup.read_bytes()[:-1])
    path.write_bytes(b"x" * 10_000)
    with opened(path, 1) as store:
        assert store.everything() == Kept()
        assert "there was no good backup" in (store.notice or "")
    assert path.with_name("state.db.bad-2026-03-02").read_bytes() == b"x" * 10_000
