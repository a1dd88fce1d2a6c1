"""The app on a real library that does what libraries do: vanish, change, be shared, lose its state."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from reader import config
from reader.config import Settings
from reader.state.store import FILE_NAME
from reader.ui.app import ReaderApp
from reader.ui.screens.compare import CompareScreen
from reader.ui.unopened import Unopened
from reader.workspace.keeping import Keeping
from reader.workspace.workspace import Workspace
from tests.ui.conftest import Room

NOBODY = 65_534
FERRY = (
    "Two ferries collide\n\nThe ferry company suspended all crossings until Thursday. Nobody was killed.\n"
)
OTHER = (
    "Ferry collision\n\nAll crossings of the ferry company are suspended until Friday. Nobody was killed.\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two articles by two outlets, nothing indexed, nothing kept."""
    for name, text in {"ledger/ferry": FERRY, "wire/ferry": OTHER}.items():
        path = tmp_path / "articles" / f"{name}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return config.settings(tmp_path / "articles", tmp_path / "index", tmp_path / "state")


@asynccontextmanager
async def window(settings: Settings) -> AsyncIterator[Room]:
    """The app as the command starts it."""

    def load() -> tuple[Workspace, Keeping]:
        workspace = Workspace(settings)
        return workspace, workspace.keeping()

    app = ReaderApp(Unopened(settings.place), load=load)
    async with app.run_test(size=(120, 40)) as pilot:
        room = Room(app, None, pilot)  # type: ignore[arg-type]  # no fake stands behind it
        await room.settle()
        yield room
    app.engine.close()


async def test_a_library_that_vanishes_is_said_and_the_app_goes_on(settings: Settings) -> None:
    async with window(settings) as r:
        await r.press("enter")
        settings.articles.rename(settings.articles.with_name("elsewhere"))
        await r.press("r")
        assert "there is no articles folder" in r.text.replace("\n", " ")
        await r.press("escape", "j", "enter", "c", "q", "slash", *"ferry", "enter", "n")
        assert r.app._exception is None
        settings.articles.with_name("elsewhere").rename(settings.articles)
        await r.press("escape", "escape", "escape", "r")
        assert "Two ferries collide" in r.text


async def test_an_article_that_is_deleted_while_it_is_listed_is_said(settings: Settings) -> None:
    async with window(settings) as r:
        for path in settings.articles.rglob("*.txt"):
            path.unlink()
        await r.press("j", "k", "enter", "c", "q")
        assert r.app._exception is None
        await r.press("escape", "r")
        assert "No articles in" in r.text


async def test_an_article_that_changes_is_read_anew_after_r(settings: Settings) -> None:
    async with window(settings) as r:
        path = settings.articles / "ledger/ferry.txt"
        path.write_text(FERRY.replace("Nobody was killed", "Fourteen people were hurt"), encoding="utf-8")
        await r.press("r", "slash", *"fourteen", "enter", "enter")
        assert "Fourteen people were hurt" in r.text


async def test_below_a_saved_comparison_that_was_opened_its_articles_are_listed(settings: Settings) -> None:
    (settings.articles / "ledger/late.txt").write_text(
        "A late text\n\nOn swimming halls.\n", encoding="utf-8"
    )
    async with window(settings) as r:
        await r.press("c", "ctrl+s", "enter", "q")
        assert "A late text" in r.text
        await r.press("ctrl+p", *"saved search", "enter")
        assert isinstance(r.app.screen, CompareScreen)
        await r.press("q")
        assert "Two ferries collide" in r.text
        assert "A late text" not in r.text


@contextmanager
def only_reading(folder: Path) -> Iterator[None]:
    """Nothing below the folder may be written; a superuser becomes nobody for the while."""
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_superuser = os.geteuid() == 0
    if is_superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_superuser:
            os.seteuid(0)
        for path in paths:
            path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.fixture
def shared(settings: Settings) -> Iterator[Settings]:
    """The same library where other users may look, which they may not in a temporary folder of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="reader-read-only-"))
    folder.chmod(0o755)
    shutil.copytree(settings.articles, folder / "articles")
    yield config.settings(folder / "articles", folder / "index", folder / "state")
    shutil.rmtree(folder)


async def test_everything_that_may_only_be_read_is_shown_and_changes_are_refused_in_words(
    shared: Settings,
) -> None:
    async with window(shared) as r:
        await r.press("j", "s")
        starred = r.app.session.kept.starred
    with only_reading(shared.articles.parent):
        async with window(shared) as r:
            assert "Two ferries collide" in r.text
            assert r.app.session.kept.starred == starred
            await r.press("c", "q", "j", "s")
            assert "can only be read" in " ".join(r.text.split())
            assert r.app.session.kept.starred == starred
            assert r.app._exception is None


async def test_two_windows_on_one_library_and_one_state_see_each_other(settings: Settings) -> None:
    async with window(settings) as one, window(settings) as two:
        await one.press("j", "s")
        await two.press("j", "s", "u")
        await one.press("m")
        (settings.articles / "ledger/late.txt").write_text("A late text\n\nOn ferries.\n", encoding="utf-8")
        await one.press("r")
        await two.press("r")
        assert one.app.session.kept.starred == two.app.session.kept.starred
        assert "A late text" in one.text
        assert "A late text" in two.text
        assert one.app._exception is two.app._exception is None


async def test_a_damaged_state_is_restored_from_its_backup_and_said(settings: Settings) -> None:
    async with window(settings) as r:
        await r.press("j", "s")
    async with window(settings):
        pass
    (settings.state / FILE_NAME).write_bytes(b"this is no database" * 99)
    async with window(settings) as r:
        assert "was damaged" in r.text
        assert "was restored" in " ".join(r.text.split())
        await r.press("j", "s")
        assert r.app.session.kept.starred


async def test_an_index_that_cannot_be_written_is_said(settings: Settings) -> None:
    settings.index.write_text("a file where a folder is wanted", encoding="utf-8")
    async with window(settings) as r:
        assert r.app._exception is None
        assert "cannot be used: file exists" in " ".join(r.text.split())
