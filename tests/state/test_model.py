"""Any run of changes, undo, redo, closing and a second window, against a model in plain Python."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.state.kept import Kept
from reader.state.notes import NotePlace
from reader.state.store import Store

IDS = st.lists(st.sampled_from("abcde"), min_size=1, max_size=4)
TAGS = st.sampled_from(["ice", "Ferry", "sea"])
NAMES = st.sampled_from(["one", "two", "three"])
PLACE = NotePlace("a", 0, 3, "d", "The")


@dataclass(frozen=True)
class Held:
    """What a library holds, as plainly as can be."""

    read: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()
    tags: frozenset[tuple[str, str]] = frozenset()
    notes: tuple[tuple[str, str], ...] = ()
    searches: frozenset[tuple[str, str]] = frozenset()
    decisions: tuple[tuple[str, ...], ...] = ()


class Windows(RuleBasedStateMachine):
    """Two windows on one library; each rule acts in one of them, and both must show the same."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="reader-model-"))
        self.ticks = itertools.count()
        self.held = Held()
        self.exact = Kept()
        self.past: list[tuple[Held, Kept]] = []
        self.future: list[tuple[Held, Kept]] = []

    def clock(self) -> dt.datetime:
        return dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=next(self.ticks))

    def opened(self) -> Store:
        return Store.open(self.folder / "s" / "state.db", "library", clock=self.clock)

    @initialize()
    def open_both(self) -> None:
        self.windows = [self.opened(), self.opened()]

    def changed(self, said: str | None, held: Held) -> None:
        assert (said is not None) == (held != self.held)
        if said is not None:
            self.past.append((self.held, self.exact))
            self.future.clear()
            self.held = held
            self.exact = self.windows[0].everything()

    window = st.integers(0, 1)

    @rule(window=window, ids=IDS, wanted=st.booleans())
    def star(self, window: int, ids: list[str], wanted: bool) -> None:
        said = self.windows[window].marks.star(ids, wanted)
        starred = self.held.starred | set(ids) if wanted else self.held.starred - set(ids)
        self.changed(said, replace(self.held, starred=starred))

    @rule(window=window, ids=IDS, wanted=st.booleans())
    def mark_read(self, window: int, ids: list[str], wanted: bool) -> None:
        said = self.windows[window].marks.mark_read(ids, wanted)
        read = self.held.read | set(ids) if wanted else self.held.read - set(ids)
        self.changed(said, replace(self.held, read=read))

    @rule(window=window, ids=IDS, add=TAGS, remove=st.none() | TAGS)
    def tag(self, window: int, ids: list[str], add: str, remove: str | None) -> None:
        if add == remove:
            remove = None
        said = self.windows[window].marks.tag(ids, [add], [remove] if remove else [])
        tags = self.held.tags - {(remove or "", each) for each in ids} | {(add, each) for each in ids}
        self.changed(said, replace(self.held, tags=tags))

    @rule(window=window, text=st.sampled_from(["", "why?", "who?"]))
    def add_note(self, window: int, text: str) -> None:
        note = self.windows[window].notes.add(PLACE, text)
        self.changed("added", replace(self.held, notes=tuple(sorted((*self.held.notes, (note.id, text))))))

    @precondition(lambda self: self.held.notes)
    @rule(window=window, number=st.integers(0, 99), text=st.sampled_from(["", "why?", "when?"]))
    def edit_note(self, window: int, number: int, text: str) -> None:
        note_id, _ = self.held.notes[number % len(self.held.notes)]
        said = self.windows[window].notes.edit(note_id, text)
        notes = tuple((each, text if each == note_id else old) for each, old in self.held.notes)
        self.changed(said, replace(self.held, notes=notes))

    @precondition(lambda self: self.held.notes)
    @rule(window=window, number=st.integers(0, 99))
    def remove_note(self, window: int, number: int) -> None:
        gone = self.held.notes[number % len(self.held.notes)]
        said = self.windows[window].notes.remove([gone[0]])
        notes = tuple(each for each in self.held.notes if each != gone)
        self.changed(said, replace(self.held, notes=notes))

    @rule(window=window, name=NAMES, query=st.sampled_from(["ice", "floe"]))
    def save_search(self, window: int, name: str, query: str) -> None:
        said = self.windows[window].searches.save(name, query)
        others = {each for each in self.held.searches if each[0] != name}
        self.changed(said, replace(self.held, searches=frozenset({*others, (name, query)})))

    @precondition(lambda self: self.held.searches)
    @rule(window=window)
    def remove_search(self, window: int) -> None:
        gone = min(self.held.searches)
        said = self.windows[window].searches.remove(gone[0])
        self.changed(said, replace(self.held, searches=self.held.searches - {gone}))

    @rule(window=window, ids=st.lists(st.sampled_from("abcde"), min_size=2, max_size=4, unique=True))
    def merge(self, window: int, ids: list[str]) -> None:
        said = self.windows[window].stories.merge(ids)
        self.changed(said, replace(self.held, decisions=(*self.held.decisions, ("merge", *sorted(ids)))))

    @rule(window=window, ids=st.lists(st.sampled_from("abcde"), min_size=2, max_size=4, unique=True))
    def split(self, window: int, ids: list[str]) -> None:
        said = self.windows[window].stories.split(ids[:1], ids[1:])
        self.changed(
            said, replace(self.held, decisions=(*self.held.decisions, ("split", *ids[:1], *sorted(ids[1:]))))
        )

    @rule(window=window)
    def undo(self, window: int) -> None:
        said = self.windows[window].undo()
        assert (said is not None) == bool(self.past)
        if self.past:
            self.future.append((self.held, self.exact))
            self.held, self.exact = self.past.pop()

    @rule(window=window)
    def redo(self, window: int) -> None:
        said = self.windows[window].redo()
        assert (said is not None) == bool(self.future)
        if self.future:
            self.past.append((self.held, self.exact))
            self.held, self.exact = self.future.pop()

    @rule(window=window)
    def close_and_open(self, window: int) -> None:
        self.windows[window].close()
        self.windows[window] = self.opened()
        assert self.windows[window].notice is None

    @invariant()
    def both_windows_hold_what_the_model_holds(self) -> None:
        for window in getattr(self, "windows", ()):
            kept = window.everything()
            assert kept == self.exact
            assert {each.article_id for each in kept.marks if each.mark == "read"} == self.held.read
            assert {each.article_id for each in kept.marks if each.mark == "starred"} == self.held.starred
            tags = {(each.mark[4:], each.article_id) for each in kept.marks if each.mark[:4] == "tag:"}
            assert tags == self.held.tags
            assert tuple((each.id, each.text) for each in kept.notes) == self.held.notes
            assert {(each.name, each.query) for each in kept.searches} == self.held.searches
            decisions = tuple((each.kind, *itertools.chain(*each.groups)) for each in kept.decisions)
            assert decisions == self.held.decisions

    def teardown(self) -> None:
        for window in getattr(self, "windows", ()):
            window.close()
        shutil.rmtree(self.folder)


class ManyWindows(Windows):
    """The same, with the full count."""


Windows.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
ManyWindows.TestCase.settings = settings(max_examples=300, stateful_step_count=60, deadline=None)
TestFewRuns = pytest.mark.quick(Windows.TestCase)
TestManyRuns = pytest.mark.full(ManyWindows.TestCase)
