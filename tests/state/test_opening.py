from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from reader.model.errors import StateError
from reader.state import backups
from reader.state.connecting import connect
from reader.state.store import Store
from tests.state.conftest import Hands


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def starred(path: Path, library: str = "library one") -> frozenset[str]:
    with Store.open(path, library) as store:
        return store.marks.all().starred


def setting(store: Store, name: str) -> object:
    with store._database.reading("look") as (connection, _):
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_folder_and_files_are_private(store: Store) -> None:
    store.marks.star(["a"])
    held = {entry.name: mode(entry) for entry in store.path.parent.iterdir()}
    assert mode(store.path.parent) == 0o700
    assert held == {
        "state.db": 0o600,
        "state.db-wal": 0o600,
        "state.db-shm": 0o600,
        "state.db.lock": 0o600,
        "backups": 0o700,
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("trusted_schema", 0),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
    ],
)
def test_setting_that_keeps_what_was_saved(store: Store, name: str, expected: object) -> None:
    assert setting(store, name) == expected


def test_ordinary_opening_has_no_notice(store: Store) -> None:
    store.close()
    with Store.open(store.path, "library one") as again:
        assert again.notice is None
        assert not again.is_read_only


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_a_folder_that_others_may_change_is_told(store: Store, mode: int) -> None:
    store.close()
    store.path.parent.chmod(mode)
    with Store.open(store.path, "library one") as again:
        folder = store.path.parent
        assert again.notice == (
            f"other users may change what is in {folder}: `chmod 700` keeps your marks and notes yours"
        )
        assert again.marks.star(["a"]) == "starred 1 article"


def test_a_folder_that_others_may_only_look_into_is_not_told(store: Store) -> None:
    store.close()
    store.path.parent.chmod(0o755)
    with Store.open(store.path, "library one") as again:
        assert again.notice is None


class NoSharedMemory(sqlite3.Connection):
    """Answers as a network file system does."""

    def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
        return super().execute("PRAGMA journal_mode" if sql == "PRAGMA journal_mode=WAL" else sql, *rest)  # type: ignore[arg-type]  # typeshed has overloads here


def without_wal(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=NoSharedMemory,
    )


def test_without_a_log_the_old_journal_is_used(path: Path) -> None:
    with Store.open(path, "library one", connect=without_wal) as store:
        store.marks.star(["a"])
        assert setting(store, "journal_mode") == "delete"
        assert store.marks.all().starred == {"a"}


def test_newer_version_is_refused_and_left_as_it_is(store: Store) -> None:
    store.marks.star(["a"])
    store.close()
    connection = connect(store.path)
    connection.execute("UPDATE about SET version = 7")
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = store.path.read_bytes()
    with pytest.raises(
        StateError, match=r"newer version of reader \(format 7, this one knows 1\).*not touched"
    ):
        Store.open(store.path, "library one")
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("version", [0, 1, 9])
def test_database_of_another_program_is_refused_and_left_as_it_is(path: Path, version: int) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StateError, match="not touched"):
        Store.open(path, "library one")
    assert path.read_bytes() == before


def test_pipe_in_place_of_the_file_is_refused(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    with pytest.raises(StateError, match="not an ordinary file"):
        Store.open(path, "library one")


def test_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StateError, match="not an ordinary file"):
        Store.open(path, "library one")


def test_file_in_place_of_the_folder_gives_an_empty_state_to_read(path: Path) -> None:
    path.parent.write_text("not a folder", encoding="utf-8")
    with Store.open(path, "library one") as store:
        assert store.notice is not None
        assert store.notice.startswith(f"{path} can only be read (its folder is a file)")
        assert store.marks.all().starred == frozenset()
        with pytest.raises(StateError, match="nothing was changed"):
            store.marks.star(["a"])


def test_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StateError, match="is closed"):
        store.marks.star(["a"])
    with pytest.raises(StateError, match="is closed"):
        store.marks.all()


def backed_up(path: Path, clock: Hands, *stars: str) -> None:
    """A closed file with stars, whose newest backup has all of them."""
    with Store.open(path, "library one", clock=clock) as store:
        store.marks.star(stars)
    clock.move(days=1)
    Store.open(path, "library one", clock=clock).close()


def spoil(path: Path, content: bytes = b"this is no database") -> None:
    path.write_bytes(content)


def test_damaged_file_is_kept_and_the_newest_backup_restored(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a", "b")
    spoil(path)
    with Store.open(path, "library one", clock=clock) as store:
        assert store.marks.all().starred == {"a", "b"}
        assert store.notice == (
            f"{path} was damaged (file is not a database): the backup of 2026-03-02 12:00 UTC was restored; "
            "later changes are not in it; it is kept as state.db.bad-2026-03-02"
        )
    assert path.with_name("state.db.bad-2026-03-02").read_bytes() == b"this is no database"
    assert mode(path) == 0o600


def test_second_damaged_file_of_a_day_gets_another_name(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a")
    for content in (b"first" * 99, b"second" * 99):
        spoil(path, content)
        Store.open(path, "library one", clock=clock).close()
    assert path.with_name("state.db.bad-2026-03-02-2").read_bytes() == b"second" * 99


def test_damaged_file_without_backup_is_kept_and_the_state_starts_empty(path: Path, clock: Hands) -> None:
    path.parent.mkdir()
    spoil(path)
    with Store.open(path, "library one", clock=clock) as store:
        assert store.notice is not None
        assert "marks and notes start empty; it is kept as state.db.bad-2026-03-01" in store.notice
        assert store.marks.star(["a"]) == "starred 1 article"


def test_backup_whose_digest_differs_is_passed_over(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a")
    with Store.open(path, "library one", clock=clock) as store:
        store.marks.star(["b"])
    clock.move(days=1)
    Store.open(path, "library one", clock=clock).close()
    newest = backups.backups(backups.folder_for(path))[0]
    content = bytearray(newest.read_bytes())
    content[-1] ^= 1
    newest.write_bytes(content)
    spoil(path)
    assert starred(path) == {"a"}


@pytest.mark.parametrize("remains", ["", None], ids=["empty", "missing"])
def test_file_that_lost_its_content_is_restored(path: Path, clock: Hands, remains: str | None) -> None:
    backed_up(path, clock, "a")
    path.unlink()
    if remains is not None:
        path.write_text(remains, encoding="utf-8")
    with Store.open(path, "library one", clock=clock) as store:
        assert store.marks.all().starred == {"a"}
        assert store.notice is not None
        assert "is missing or empty: the backup of 2026-03-02 12:00 UTC was restored" in store.notice


def test_log_of_a_damaged_file_does_not_meet_its_successor(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a")
    spoil(path)
    path.with_name("state.db-wal").write_bytes(b"log" * 4000)
    assert starred(path) == {"a"}
    assert (
        path.with_name("state.db.bad-2026-03-02-wal").exists() or not path.with_name("state.db-wal").exists()
    )


def test_other_text_in_sound_pages_is_found(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "the-first-article")
    path.write_bytes(path.read_bytes().replace(b"the-first-article", b"the-worst-article"))
    with Store.open(path, "library one", clock=clock) as store:
        assert store.marks.all().starred == {"the-first-article"}
        assert "does not add up" in (store.notice or "")


def test_header_that_tells_another_version_than_the_content_is_damage(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a")
    connection = connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with Store.open(path, "library one", clock=clock) as store:
        assert "header says version 7, its content version 1" in (store.notice or "")
        assert store.marks.all().starred == {"a"}


def test_open_window_follows_a_file_that_another_window_restored(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a")
    with Store.open(path, "library one", clock=clock) as early:
        early.marks.star(["b"])
        before = early.generation
        spoil(path)
        with Store.open(path, "library one", clock=clock) as late:
            assert late.marks.all().starred == {"a"}
            assert early.marks.star(["c"]) == "starred 1 article"
            assert late.marks.all().starred == {"a", "c"}
            assert early.generation not in (before, before + 1)
            late.marks.star(["d"])
            assert early.marks.all().starred == {"a", "c", "d"}
    assert starred(path) == {"a", "c", "d"}


def test_open_window_goes_on_when_the_file_is_deleted(path: Path, clock: Hands) -> None:
    backed_up(path, clock, "a")
    with Store.open(path, "library one", clock=clock) as store:
        path.unlink()
        store.marks.star(["b"])
        assert "was restored" in (store.notice or "")
    assert starred(path) == {"a", "b"}


def test_window_of_another_version_is_told_to_start_again(store: Store) -> None:
    connection = connect(store.path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(StateError, match="another version of reader"):
        store.marks.star(["a"])
