"""One library's marks, notes and searches as the app and the command line see them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from reader.model import Article
from reader.model.errors import ReaderError
from reader.model.keeping import KeptMarks, KeptNote, KeptSearch, NotePlace
from reader.state import notes as stored
from reader.state.notes import Note, anchor
from reader.state.store import FILE_NAME, Store


class Keeping:
    """See `ui.keep.Keep`. The state file is opened on first use, from any thread."""

    def __init__(self, store: Store, read: Callable[[str], Article]) -> None:
        """`read` gives an article as it is now; notes are shown where their words stand today."""
        self.store = store
        self._read = read

    @classmethod
    def open(cls, folder: Path, library: Path, read: Callable[[str], Article]) -> Keeping:
        """Open the state of a library below the state folder. Raises `StateError`."""
        path = str(library.resolve()).encode("utf-8", "surrogateescape")
        name = hashlib.blake2b(path, digest_size=16).hexdigest()
        return cls(Store.open(folder / FILE_NAME, name), read)

    @property
    def notice(self) -> str | None:
        """What the reader must be told: restored from a backup, read-only."""
        return self.store.notice

    def close(self) -> None:
        """Close the state file."""
        self.store.close()

    def marks(self) -> KeptMarks:
        """Every mark."""
        marks = self.store.marks.all()
        noted = frozenset(place.article_id for note in self.store.notes.all() for place in note.places)
        return KeptMarks(marks.read, marks.starred, marks.tags, noted)

    def ids_with(self, field: str, value: str, among: Collection[str]) -> Collection[str] | None:
        """The articles that meet `is:`, `has:` or `tag:`; `None` when the value means nothing."""
        return self.store.ids_with(field, value, among)

    def notes(self, article_id: str | None = None) -> tuple[KeptNote, ...]:
        """All notes, or those of one article, in order of place; those whose words are gone are detached."""
        bodies: dict[str, str | None] = {}
        return tuple(self._shown(note, bodies) for note in self.store.notes.all(article_id))

    def searches(self) -> tuple[KeptSearch, ...]:
        """By name."""
        return tuple(KeptSearch(search.name, search.query) for search in self.store.searches.all())

    def position(self, article_id: str) -> int:
        """The code point reading stopped at; 0 when it was never left."""
        position = self.store.trail.position(article_id)
        return 0 if position is None else position.offset

    def place(self) -> str | None:
        """What `stay` was told last."""
        return self.store.trail.place()

    def mark_read(self, article_ids: Iterable[str], is_read: bool) -> str | None:
        """Slow. Mark read or unread."""
        return self.store.marks.mark_read(article_ids, is_read)

    def star(self, article_ids: Iterable[str], is_starred: bool) -> str | None:
        """Slow. Star, or take the stars."""
        return self.store.marks.star(article_ids, is_starred)

    def tag(self, article_ids: Iterable[str], add: Iterable[str], remove: Iterable[str]) -> str | None:
        """Slow. Add and remove tags. Raises `StateError`."""
        return self.store.marks.tag(article_ids, add=add, remove=remove)

    def add_note(self, places: Sequence[NotePlace], text: str) -> str | None:
        """Slow. A note on one place or two; without text a highlight. Raises `StateError`."""
        first, *second = (stored.NotePlace(*dataclasses.astuple(place)) for place in places)
        self.store.notes.add(first, text, second[0] if second else None)
        return "added a note" if text.strip() else "highlighted a passage"

    def edit_note(self, note_id: str, text: str) -> str | None:
        """Slow. Another text. Raises `StateError` or `NotFound`."""
        return self.store.notes.edit(note_id, text)

    def remove_notes(self, note_ids: Iterable[str]) -> str | None:
        """Slow. Delete notes."""
        return self.store.notes.remove(note_ids)

    def save_search(self, name: str, query: str) -> str | None:
        """Slow. Raises `StateError`."""
        return self.store.searches.save(name, query)

    def remove_search(self, name: str) -> str | None:
        """Slow. Raises `NotFound`."""
        return self.store.searches.remove(name)

    def merge(self, article_ids: Iterable[str]) -> str | None:
        """Slow. These are one story; seen after the next refresh of the library."""
        return self.store.stories.merge(article_ids)

    def split(self, article_ids: Iterable[str], away_from: Iterable[str]) -> str | None:
        """Slow. These are not one story with those."""
        return self.store.stories.split(article_ids, away_from)

    def decisions(self) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
        """Groups that are one story, and pairs that are not."""
        verdict = self.store.stories.verdict()
        return verdict.merged, verdict.split

    def leave(self, article_id: str, offset: int, digest: str) -> None:
        """Slow. Remember where reading stopped; no step of undo."""
        self.store.trail.leave(article_id, offset, digest)

    def stay(self, place: str) -> None:
        """Slow. Remember the last place in the app; no step of undo."""
        self.store.trail.stay(place)

    def undo(self) -> str | None:
        """Slow. Take back the latest change; what that did."""
        return self.store.undo()

    def redo(self) -> str | None:
        """Slow. Make it again."""
        return self.store.redo()

    def _shown(self, note: Note, bodies: dict[str, str | None]) -> KeptNote:
        places = []
        is_detached = False
        for place in note.places:
            if place.article_id not in bodies:
                bodies[place.article_id] = self._body(place.article_id)
            body = bodies[place.article_id]
            span = None if body is None else anchor(place, body)
            is_detached = is_detached or span is None
            start, end = (place.start, place.end) if span is None else (span.start, span.end)
            places.append(NotePlace(place.article_id, start, end, place.digest, place.quoted))
        return KeptNote(note.id, tuple(places), note.text, is_detached)

    def _body(self, article_id: str) -> str | None:
        try:
            return self._read(article_id).body
        except ReaderError:
            return None
