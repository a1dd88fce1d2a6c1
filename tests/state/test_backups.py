from __future__ import annotations

import hashlib
from pathlib import Path

from reader.state import backups
from reader.state.store import Store
from tests.state.conftest import Hands


def days(path: Path) -> list[str]:
    return [f"{backups.moment(each):%m-%d}" for each in backups.backups(backups.folder_for(path))]


def open_on_days(path: Path, clock: Hands, count: int) -> None:
    for number in range(count):
        with Store.open(path, "library one", clock=clock) as store:
            store.marks.star([str(number)])
        clock.move(days=1)


def test_one_backup_a_day(path: Path, clock: Hands) -> None:
    Store.open(path, "library one", clock=clock).close()
    clock.move(hours=3)
    Store.open(path, "library one", clock=clock).close()
    assert days(path) == ["03-01"]


def test_three_backups_are_kept(path: Path, clock: Hands) -> None:
    open_on_days(path, clock, 5)
    assert days(path) == ["03-05", "03-04", "03-03"]


def test_backup_carries_the_digest_of_its_content(path: Path, clock: Hands) -> None:
    open_on_days(path, clock, 1)
    (backup,) = backups.backups(backups.folder_for(path))
    assert hashlib.blake2b(backup.read_bytes(), digest_size=16).hexdigest() in backup.name
    assert backups.is_whole(backup)
    assert backup.stat().st_mode & 0o777 == 0o600


def test_backup_holds_what_was_kept_when_it_was_made(path: Path, clock: Hands, tmp_path: Path) -> None:
    open_on_days(path, clock, 3)
    copy = tmp_path / "copy" / "state.db"
    copy.parent.mkdir()
    copy.write_bytes(backups.backups(backups.folder_for(path))[0].read_bytes())
    with Store.open(copy, "library one", clock=clock) as store:
        assert store.marks.all().starred == {"0", "1"}


def test_rest_of_an_unfinished_backup_is_no_backup(path: Path, clock: Hands) -> None:
    open_on_days(path, clock, 1)
    folder = backups.folder_for(path)
    (folder / "unfinished.db").write_bytes(b"half")
    (folder / "state-2026-03-09T000000-short.db").write_bytes(b"")
    open_on_days(path, clock, 1)
    assert days(path) == ["03-02", "03-01"]
    assert not (folder / "unfinished.db").exists()


def test_clock_that_goes_back_makes_a_backup_too(path: Path, clock: Hands) -> None:
    open_on_days(path, clock, 1)
    clock.move(days=-3)
    Store.open(path, "library one", clock=clock).close()
    assert len(days(path)) == 2
