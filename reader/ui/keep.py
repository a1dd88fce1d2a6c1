"""What the app needs of the reader's own state: marks, notes, searches, places.

Reads answer in well under a millisecond. Changes wait for the disk and run in a worker; each returns the
sentence of what it did, `None` when there was nothing to do, and can be taken back by `undo`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from reader.model.keeping import KeptMarks, KeptNote, KeptSearch, NotePlace

__all__ = ["Keep", "KeptMarks", "KeptNote", "KeptSearch", "NotePlace"]


class Keep(Protocol):
    """One library's state."""

    @property
    def notice(self) -> str | None:
        """What the reader must be told: restored from a backup, read-only."""

    def marks(self) -> KeptMarks:
        """Every mark."""

    def notes(self, article_id: str | None = None) -> tuple[KeptNote, ...]:
        """All notes, or those of one article, in order of place; the detached among them."""

    def searches(self) -> tuple[KeptSearch, ...]:
        """By name."""

    def position(self, article_id: str) -> int:
        """The code point reading stopped at; 0 when it was never left."""

    def place(self) -> str | None:
        """What `stay` was told last."""

    def mark_read(self, article_ids: Iterable[str], is_read: bool) -> str | None:
        """Slow. Mark read or unread."""

    def star(self, article_ids: Iterable[str], is_starred: bool) -> str | None:
        """Slow. Star, or take the stars."""

    def tag(self, article_ids: Iterable[str], add: Iterable[str], remove: Iterable[str]) -> str | None:
        """Slow. Add and remove tags. Raises `StateError`."""

    def add_note(self, places: Sequence[NotePlace], text: str) -> str | None:
        """Slow. A note on one place or two; without text a highlight. Raises `StateError`."""

    def edit_note(self, note_id: str, text: str) -> str | None:
        """Slow. Another text. Raises `StateError` or `NotFound`."""

    def remove_notes(self, note_ids: Iterable[str]) -> str | None:
        """Slow. Delete notes."""

    def save_search(self, name: str, query: str) -> str | None:
        """Slow. Raises `StateError`."""

    def remove_search(self, name: str) -> str | None:
        """Slow. Raises `NotFound`."""

    def merge(self, article_ids: Iterable[str]) -> str | None:
        """Slow. These are one story; seen after the next refresh of the library."""

    def split(self, article_ids: Iterable[str], away_from: Iterable[str]) -> str | None:
        """Slow. These are not one story with those."""

    def decisions(self) -> object:
        """What `merge` and `split` decided so far; equal when nothing of it changed."""

    def leave(self, article_id: str, offset: int, digest: str) -> None:
        """Slow. Remember where reading stopped; no step of undo."""

    def stay(self, place: str) -> None:
        """Slow. Remember the last place in the app; no step of undo."""

    def undo(self) -> str | None:
        """Slow. Take back the latest change; what that did."""

    def redo(self) -> str | None:
        """Slow. Make it again."""
