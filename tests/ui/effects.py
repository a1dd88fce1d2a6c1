"""What a command does that can be seen: what is looked at before its key and after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from reader.ui.screens.browse import BrowseScreen
from reader.ui.screens.compare import CompareScreen
from reader.ui.screens.moving import Moving
from reader.ui.widgets.compare_pane import ComparePane
from reader.ui.widgets.line_list import LineList
from tests.ui.conftest import Room
from tests.ui.fake_keep import FakeKeep

Look = Callable[[Room], object]


class Case(NamedTuple):
    """One command on one screen."""

    id: str
    """Of the command."""
    look: Look
    """What is looked at."""
    was: object
    """What it is before the key."""
    now: object
    """What it is after the key."""
    before: tuple[str, ...] = ()
    """Keys that prepare the screen."""
    after: tuple[str, ...] = ()
    """Keys that answer what the command asks."""


def screen(r: Room) -> object:
    """The kind of screen on top."""
    return type(r.app.screen).__name__


def typing(r: Room) -> object:
    """Whether what is typed goes into a box."""
    return type(r.app.focused).__name__ == "SearchBox"


def place(r: Room) -> object:
    """Where the keys of movement have led: the item under the cursor, or the line at the top."""
    assert isinstance(r.app.screen, Moving)
    target = r.app.screen.moving_target()
    return target.cursor if isinstance(target, LineList) else target.scroll_offset.y


def theme(r: Room) -> object:
    """Light or dark."""
    return r.app.theme


def code(r: Room) -> object:
    """The exit code, once the app has been left."""
    return r.app.return_code


def shows(text: str) -> Look:
    """Whether the screen has a text."""
    return lambda r: text in r.text


def copied(text: str) -> Look:
    """Whether the clipboard has a text."""
    return lambda r: text in r.app.clipboard


def asked(call: str) -> Look:
    """Whether the engine, or the browser, was asked for something."""
    return lambda r: call in r.engine.calls


def files(r: Room) -> object:
    """What was written into the working folder."""
    return sorted(path.suffix for path in Path.cwd().iterdir())


def browse(r: Room) -> BrowseScreen:
    """The reading room."""
    return r.app.browse


def pane(r: Room) -> object:
    """The pane with the focus."""
    return r.app.browse.pane


def reading(r: Room) -> object:
    """The article that is shown."""
    document = r.app.browse.article_view.document
    return None if document is None else document.article.id


def session(field: str) -> Look:
    """A field of the session."""
    return lambda r: getattr(r.app.session, field)


def marks(r: Room) -> object:
    """The marked articles."""
    return list(r.app.session.marks)


def compare(r: Room) -> CompareScreen:
    """The comparison on top."""
    assert isinstance(r.app.screen, CompareScreen)
    return r.app.screen


def row(r: Room) -> object:
    """The row of the comparison that has the focus."""
    return compare(r).pane.row


def side(r: Room) -> object:
    """The active side."""
    return compare(r).pane.side


def compared(r: Room) -> object:
    """The first article of the comparison."""
    return compare(r).ids[0]


def columns(r: Room) -> object:
    """Which articles stand in the columns."""
    return compare(r).shown


def scroll(r: Room) -> object:
    """The line of the comparison at the top."""
    return r.app.screen.query_one(ComparePane).scroll_offset.y


def keep(r: Room) -> FakeKeep:
    """The state."""
    assert isinstance(r.app.keep, FakeKeep)
    return r.app.keep


def read(r: Room) -> object:
    """What is marked read."""
    return sorted(keep(r).marks().read)


def starred(r: Room) -> object:
    """What has a star."""
    return sorted(keep(r).marks().starred)


def tags(r: Room) -> object:
    """Tags and what has them."""
    return {name: sorted(held) for name, held in keep(r).marks().tags.items()}


def noted(r: Room) -> object:
    """The articles of each note, and its text."""
    return [([there.article_id for there in note.places], note.text) for note in keep(r).notes()]


def saved(r: Room) -> object:
    """The queries of the saved searches."""
    return [search.query for search in keep(r).searches()]
