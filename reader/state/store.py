"""What the user keeps of one library: marks, notes, saved searches, decisions on stories, and undo.

Never holds an article's text beyond what a note quotes, and never writes into the library or the index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from reader.state import kept, undo
from reader.state.connecting import Connect, connect
from reader.state.database import Clock, Database
from reader.state.kept import Kept
from reader.state.marks import MarkStore
from reader.state.notes import NoteStore
from reader.state.opening import Opening
from reader.state.schema import MIGRATIONS, Migration
from reader.state.searches import SearchStore
from reader.state.stories import StoryStore
from reader.state.trail import Trail
from reader.state.undo import Sentences

FILE_NAME = "state.db"
"""Name of the state file in its folder."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles of a library have what; for lists of sources and the status line."""

    unread: int
    """Not marked read."""
    starred: int
    """Starred."""
    noted: int
    """With at least one note that has text."""
    highlighted: int
    """With at least one highlight."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """The state of one library; several libraries share one file.

    Safe to use from any thread. Reads take well under a millisecond; a change waits for the disk, and for
    other windows, so the UI makes changes in worker threads. Every change returns the sentence of what it
    did, and `None` when there was nothing to do.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.marks = MarkStore(database)
        """Read, star, tags."""
        self.notes = NoteStore(database)
        """Notes and highlights."""
        self.searches = SearchStore(database)
        """Saved searches."""
        self.stories = StoryStore(database)
        """Merge and split."""
        self.trail = Trail(database)
        """Positions, history, last place: no undo."""

    @classmethod
    def open(
        cls,
        path: Path,
        library: str,
        *,
        clock: Clock = _now,
        connect: Connect = connect,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> Store:
        """Open the state file, made with its folder when absent, restored from a backup when damaged.

        Args:
            path: The file; a private folder below the XDG state folder holds it.
            library: What the library is known by, such as the digest of its path; never shown.
            clock: Tells the time.
            connect: How to connect to the file.
            migrations: The versions this program knows.

        Raises `StateError` for a file of a newer version or of another program, both left untouched, and
        when it can be neither written nor read. A file that can only be read is read, and `notice` says so.
        """
        return cls(Database(Opening(path, library, connect, migrations), clock))

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; every later call raises `StateError`."""
        self._database.close()

    @property
    def path(self) -> Path:
        """The state file."""
        return self._database.path

    @property
    def notice(self) -> str | None:
        """What the user must be told (restored, read-only, no backup today); may come later, too."""
        return ". ".join(self._database.notices) or None

    @property
    def is_read_only(self) -> bool:
        """Whether changes are refused."""
        return self._database.is_read_only

    @property
    def generation(self) -> int:
        """Changes with every change of this library, also one made in another window.

        Positions, history and the last place do not count. About 20 µs.
        """
        with self._database.reading("look for changes") as (connection, library):
            return self._database.generation(connection, library)

    def undo(self) -> str | None:
        """Take back the latest change of this library, whichever window made it; what that did.

        `None` when there is nothing to take back.
        """
        taken = self._database.write("undo", undo.undo)
        return taken.undid if isinstance(taken, Sentences) else None

    def redo(self) -> str | None:
        """Make the change again that was taken back last; `None` when there is none."""
        done = self._database.write("redo", undo.redo)
        return done.did if isinstance(done, Sentences) else None

    def next_undo(self) -> str | None:
        """What the change did that undo would take back."""
        with self._database.reading("read the undo history") as (connection, library):
            return undo.waiting(connection, library)[0]

    def next_redo(self) -> str | None:
        """What redo would do."""
        with self._database.reading("read the undo history") as (connection, library):
            return undo.waiting(connection, library)[1]

    def everything(self) -> Kept:
        """All that is kept of this library but the undo stack, of one moment; see `exporting`."""
        return kept.everything(self._database)

    def take_in(self, all_kept: Kept, *, replace: bool = False) -> str | None:
        """Add what is not there yet, the newer of two versions; or with `replace` keep only this.

        One step of undo, positions and history aside; `None` when nothing else changed.
        """
        return kept.take_in(self._database, all_kept, replace=replace)

    def ids_with(self, field: str, value: str, library_ids: Collection[str] = ()) -> frozenset[str] | None:
        """Article ids that meet a condition of a query; `None` when it means nothing.

        Knows `is:read|unread|starred`, `has:note|highlight|tag` and `tag:NAME`. `is:unread` is all of
        `library_ids` that are not read. Ids that left the library may be among the others.
        """
        wanted = value.casefold()
        if field == "tag":
            return self.marks.all().tagged(value)
        match (field, wanted):
            case ("is", "read"):
                return self.marks.all().read
            case ("is", "unread"):
                return frozenset(library_ids) - self.marks.all().read
            case ("is", "starred" | "star"):
                return self.marks.all().starred
            case ("has", "tag" | "tags"):
                return frozenset().union(*self.marks.all().tags.values())
            case ("has", "note" | "notes" | "highlight" | "highlights"):
                return self._noted(highlights=wanted.startswith("highlight"))
            case _:
                return None

    def counts(self, library_ids: Collection[str]) -> Counts:
        """How many of these articles have what."""
        held = frozenset(library_ids)
        marks = self.marks.all()
        return Counts(
            len(held - marks.read),
            len(held & marks.starred),
            len(held & self._noted(highlights=False)),
            len(held & self._noted(highlights=True)),
        )

    def _noted(self, *, highlights: bool) -> frozenset[str]:
        return frozenset(
            place.article_id
            for note in self.notes.all()
            if note.is_highlight == highlights
            for place in note.places
        )
