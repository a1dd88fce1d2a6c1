from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.model.errors import StateError
from reader.state import backups
from reader.state.schema import MIGRATIONS, Migration, migrate, version
from reader.state.store import Store
from tests.state.conftest import Hands


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT ''")


def break_off(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM mark")
    raise sqlite3.OperationalError("disk I/O error")


SECOND: tuple[Migration, ...] = (*MIGRATIONS, add_colour)


def tables(connection: sqlite3.Connection) -> list[tuple[str]]:
    return connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()


def test_empty_file_gets_the_newest_version(path: Path) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    assert migrate(connection) == 0
    assert version(connection) == len(MIGRATIONS)


def test_migration_a_second_time_does_nothing() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    before = tables(connection)
    assert migrate(connection) == 1
    assert tables(connection) == before


def test_file_of_a_newer_version_is_never_taken_back() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, SECOND)
    migrate(connection, MIGRATIONS)
    assert version(connection) == 2


def test_older_file_is_brought_up_to_date_with_all_it_holds(store: Store, clock: Hands) -> None:
    store.marks.star(["a"])
    store.close()
    with Store.open(store.path, "library one", clock=clock, migrations=SECOND) as newer:
        assert newer.marks.all().starred == {"a"}
        assert newer.undo() == "unstarred 1 article"
        assert newer.notice is None


def test_older_file_is_backed_up_before_it_is_brought_up_to_date(store: Store, clock: Hands) -> None:
    store.close()
    clock.move(minutes=1)
    Store.open(store.path, "library one", clock=clock, migrations=SECOND).close()
    newest, _ = backups.backups(backups.folder_for(store.path))
    connection = sqlite3.connect(newest)
    assert version(connection) == 1
    connection.close()


def test_failed_migration_leaves_the_file_as_it_was(store: Store, clock: Hands) -> None:
    store.marks.star(["a"])
    store.close()
    with pytest.raises(StateError, match="disk I/O error"):
        Store.open(store.path, "library one", clock=clock, migrations=(*SECOND, break_off))
    with Store.open(store.path, "library one", clock=clock) as again:
        assert again.marks.all().starred == {"a"}
        assert again.notice is None
