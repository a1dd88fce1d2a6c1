"""State in memory: what the app's tests keep, with undo by whole copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from reader.ui.keep import KeptMarks, KeptNote, KeptSearch, NotePlace


@dataclass(frozen=True)
class _Held:
    read: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()
    tags: dict[str, frozenset[str]] = field(default_factory=dict)
    notes: tuple[KeptNote, ...] = ()
    searches: tuple[KeptSearch, ...] = ()


class FakeKeep:
    """Every change is a step of undo."""

    def __init__(self, notice: str | None = None) -> None:
        self.notice = notice
        self._held = _Held()
        self._undo: list[_Held] = []
        self._redo: list[_Held] = []
        self._positions: dict[str, int] = {}
        self._place: str | None = None
        self._numbers = 0
        self._last_is_a_merge = False
        self.merged: list[list[str]] = []
        self.parted: list[list[str]] = []

    def marks(self) -> KeptMarks:
        held = self._held
        noted = frozenset(place.article_id for note in held.notes for place in note.places)
        return KeptMarks(held.read, held.starred, held.tags, noted)

    def notes(self, article_id: str | None = None) -> tuple[KeptNote, ...]:
        return tuple(
            note
            for note in self._held.notes
            if article_id is None or any(place.article_id == article_id for place in note.places)
        )

    def searches(self) -> tuple[KeptSearch, ...]:
        return self._held.searches

    def position(self, article_id: str) -> int:
        return self._positions.get(article_id, 0)

    def place(self) -> str | None:
        return self._place

    def _change(self, said: str, change: Callable[[_Held], _Held]) -> str | None:
        changed = change(self._held)
        if changed == self._held:
            return None
        self._undo.append(self._held)
        self._redo = []
        self._held = changed
        return said

    def mark_read(self, article_ids: Iterable[str], is_read: bool) -> str | None:
        ids = frozenset(article_ids)
        return self._change(
            f"marked {len(ids)} read", lambda h: replace(h, read=h.read | ids if is_read else h.read - ids)
        )

    def star(self, article_ids: Iterable[str], is_starred: bool) -> str | None:
        ids = frozenset(article_ids)
        return self._change(
            f"starred {len(ids)}",
            lambda h: replace(h, starred=h.starred | ids if is_starred else h.starred - ids),
        )

    def tag(self, article_ids: Iterable[str], add: Iterable[str], remove: Iterable[str]) -> str | None:
        ids, added, removed = frozenset(article_ids), list(add), set(remove)

        def change(held: _Held) -> _Held:
            tags = dict(held.tags)
            for name in added:
                tags[name] = tags.get(name, frozenset()) | ids
            for name in removed & set(tags):
                tags[name] -= ids
            return replace(held, tags={name: kept for name, kept in sorted(tags.items()) if kept})

        return self._change(f"tagged {len(ids)}", change)

    def add_note(self, places: Sequence[NotePlace], text: str) -> str | None:
        self._numbers += 1
        note = KeptNote(str(self._numbers), tuple(places), text)
        return self._change("added a note", lambda h: replace(h, notes=(*h.notes, note)))

    def detach(self) -> None:
        """The words of every note are gone."""
        self._held = replace(
            self._held, notes=tuple(replace(note, is_detached=True) for note in self._held.notes)
        )

    def edit_note(self, note_id: str, text: str) -> str | None:
        return self._change(
            "changed the note",
            lambda h: replace(
                h, notes=tuple(replace(n, text=text) if n.id == note_id else n for n in h.notes)
            ),
        )

    def remove_notes(self, note_ids: Iterable[str]) -> str | None:
        gone = set(note_ids)
        return self._change(
            "deleted notes", lambda h: replace(h, notes=tuple(n for n in h.notes if n.id not in gone))
        )

    def save_search(self, name: str, query: str) -> str | None:
        return self._change(
            f"saved the search {name}", lambda h: replace(h, searches=(*h.searches, KeptSearch(name, query)))
        )

    def remove_search(self, name: str) -> str | None:
        return self._change(
            f"removed the search {name}",
            lambda h: replace(h, searches=tuple(s for s in h.searches if s.name != name)),
        )

    def merge(self, article_ids: Iterable[str]) -> str | None:
        self.merged.append(list(article_ids))
        self._last_is_a_merge = True
        return "merged"

    def split(self, article_ids: Iterable[str], away_from: Iterable[str]) -> str | None:
        self.parted.append(list(article_ids))
        return "split"

    def decisions(self) -> object:
        return tuple(map(tuple, self.merged)), tuple(map(tuple, self.parted))

    def leave(self, article_id: str, offset: int, digest: str) -> None:
        self._positions[article_id] = offset

    def stay(self, place: str) -> None:
        self._place = place

    def undo(self) -> str | None:
        if self._last_is_a_merge:
            self._last_is_a_merge = False
            self.merged.pop()
            return "took the merge back"
        if not self._undo:
            return None
        self._redo.append(self._held)
        self._held = self._undo.pop()
        return "took it back"

    def redo(self) -> str | None:
        if not self._redo:
            return None
        self._undo.append(self._held)
        self._held = self._redo.pop()
        return "made it again"
