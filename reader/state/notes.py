"""Notes and highlights on a passage or on a pair of passages, and how they survive a changed article."""

from __future__ import annotations

import dataclasses
import json
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reader.model import Span
from reader.model.errors import NotFound, StateError
from reader.state.database import Database
from reader.state.schema import Row
from reader.state.undo import Sentences, Transaction
from reader.text.clean import clean

TEXT_LIMIT = 100_000
"""Characters of a note's text, and of a quoted passage."""


@dataclass(frozen=True, slots=True)
class NotePlace:
    """The passage that a note is on."""

    article_id: str
    """The article's id."""
    start: int
    """Code point in the body it had then."""
    end: int
    """One past the last."""
    digest: str
    """The digest the article had then."""
    quoted: str
    """That slice of the body."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note on one passage or on a pair; one without text is a highlight."""

    id: str
    """Hexadecimal, unique over all libraries, never used again."""
    places: tuple[NotePlace, ...]
    """One, or two for a pair."""
    text: str
    """Cleaned; empty for a highlight."""
    created: str
    """UTC time in ISO 8601."""
    changed: str
    """UTC time of its last change."""

    @property
    def is_highlight(self) -> bool:
        """Whether it has no text."""
        return not self.text


class NoteStore:
    """Notes of a library; every change is a step of undo."""

    def __init__(self, database: Database, new_id: Callable[[], str] = lambda: secrets.token_hex(8)) -> None:
        self._database = database
        self._new_id = new_id

    def add(self, place: NotePlace, text: str = "", second: NotePlace | None = None) -> Note:
        """Put a note on a passage or a pair; without text it is a highlight."""
        places = (place,) if second is None else (place, second)
        cleaned = _checked(text, places)
        note_id = self._new_id()

        def work(transaction: Transaction) -> Sentences:
            transaction.put(
                "note", note_id, places_to_text(places), cleaned, transaction.now, transaction.now
            )
            return _added(bool(cleaned))

        self._database.change("save the note", work)
        return self.get(note_id)

    def edit(self, note_id: str, text: str) -> str | None:
        """Give a note another text; an empty one leaves a highlight. `None` when it had that text.

        Raises `NotFound`.
        """
        cleaned = _checked(text, ())

        def work(transaction: Transaction) -> Sentences | None:
            row = transaction.row("note", note_id)
            if row is None:
                raise _no_such(note_id)
            _, places, before, created, _ = row
            if before == cleaned:
                return None
            transaction.put("note", note_id, places, cleaned, created, transaction.now)
            return Sentences("changed the note", "put back the note as it was")

        return self._database.change("save the note", work)

    def remove(self, note_ids: Iterable[str]) -> str | None:
        """Delete notes; what it did, or `None` when there were none of them."""
        ids = tuple(dict.fromkeys(note_ids))

        def work(transaction: Transaction) -> Sentences:
            removed = sum(transaction.remove("note", each) for each in ids)
            what = "1 note" if removed == 1 else f"{removed:,} notes"
            return Sentences(f"deleted {what}", f"brought back {what}")

        return self._database.change("delete the notes", work)

    def get(self, note_id: str) -> Note:
        """One note. Raises `NotFound`."""
        with self._database.reading("read your notes") as (connection, library):
            row = connection.execute(
                "SELECT id, places, text, created, changed FROM note WHERE library = ? AND id = ?",
                (library, note_id),
            ).fetchone()
        if row is None:
            raise _no_such(note_id)
        return note(row)

    def all(self, article_id: str | None = None) -> tuple[Note, ...]:
        """All notes, or those with a place in one article; by article, place and id."""
        with self._database.reading("read your notes") as (connection, library):
            rows = connection.execute(
                "SELECT id, places, text, created, changed FROM note WHERE library = ?", (library,)
            ).fetchall()
        notes = map(note, rows)
        return tuple(
            sorted(
                (
                    each
                    for each in notes
                    if article_id is None or any(place.article_id == article_id for place in each.places)
                ),
                key=lambda each: (each.places[0].article_id, each.places[0].start, each.id),
            )
        )


def anchor(place: NotePlace, body: str) -> Span | None:
    """Where a note's passage stands in a body; `None` when the text changed.

    The old place if the words stand there still; else the only other place where they do, white space
    aside. Linear in the body.
    """
    if not place.quoted.strip():
        return None
    old = Span(place.start, place.end)
    if old.slice(body) == place.quoted:
        return old
    first = body.find(place.quoted)
    if first >= 0:
        is_unique = body.find(place.quoted, first + 1) < 0
        return Span(first, first + len(place.quoted)) if is_unique else None
    reflowed = re.compile(r"\s+".join(map(re.escape, place.quoted.split())))
    found = list(_at_most_two(reflowed, body))
    return found[0] if len(found) == 1 else None


def places_to_text(places: Iterable[NotePlace]) -> str:
    """How the places of a note are stored."""
    return json.dumps(
        [dataclasses.astuple(place) for place in places], ensure_ascii=False, separators=(",", ":")
    )


def note(row: Row) -> Note:
    """A note from its row."""
    note_id, places, text, created, changed = map(str, row)
    return Note(note_id, tuple(NotePlace(*place) for place in json.loads(places)), text, created, changed)


def _at_most_two(pattern: re.Pattern[str], body: str) -> Iterable[Span]:
    start = 0
    for _ in range(2):
        match = pattern.search(body, start)
        if match is None:
            return
        yield Span(match.start(), match.end())
        start = match.start() + 1


def _checked(text: str, places: Iterable[NotePlace]) -> str:
    cleaned = clean(text).text.strip()
    if max((len(cleaned), *(len(place.quoted) for place in places))) > TEXT_LIMIT:
        raise StateError(
            f"a note may have {TEXT_LIMIT:,} characters; nothing was saved: make it shorter, or two of it"
        )
    for place in places:
        if not 0 <= place.start < place.end or not place.quoted:
            raise StateError("a note needs a passage to stand on; nothing was saved: select some text first")
    return cleaned


def _added(has_text: bool) -> Sentences:
    if has_text:
        return Sentences("added a note", "removed the note")
    return Sentences("highlighted a passage", "removed the highlight")


def _no_such(note_id: str) -> NotFound:
    return NotFound(f"there is no note {note_id}; `reader note` lists them")
