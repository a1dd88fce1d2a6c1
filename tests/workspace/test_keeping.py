"""Notes where their words stand today, and what becomes of those whose words are gone."""

from __future__ import annotations

from pathlib import Path

from reader.model.keeping import NotePlace
from reader.workspace.keeping import Keeping
from tests.conftest import make_article


def _place(quoted: str, start: int) -> NotePlace:
    return NotePlace("a/fog", start, start + len(quoted), "then", quoted)


def test_a_note_follows_its_words_and_is_detached_when_they_are_gone(tmp_path: Path) -> None:
    bodies = ["Fog lay on the sea. Nobody saw it."]
    keeping = Keeping.open(tmp_path, tmp_path, lambda _: make_article("Fog", bodies[0], id="a/fog"))
    keeping.add_note([_place("Nobody saw it.", 20)], "why")
    bodies[0] = "At dawn. Fog lay on the sea. Nobody saw it."
    (moved,) = keeping.notes("a/fog")
    assert (moved.places[0].start, moved.is_detached) == (29, False)
    bodies[0] = "Fog lay on the sea."
    (gone,) = keeping.notes("a/fog")
    assert (gone.places[0].quoted, gone.is_detached) == ("Nobody saw it.", True)
    assert keeping.remove_notes([gone.id]) == "deleted 1 note"
    keeping.undo()
    assert len(keeping.notes()) == 1
    keeping.close()


def test_merging_and_parting_can_be_taken_back(tmp_path: Path) -> None:
    keeping = Keeping.open(tmp_path, tmp_path, lambda _: make_article("Fog", "Fog."))
    before = keeping.decisions()
    keeping.merge(["a", "b"])
    merged = keeping.decisions()
    keeping.split(["a"], ["c"])
    keeping.undo()
    assert keeping.decisions() == merged != before
    keeping.undo()
    assert keeping.decisions() == before
    keeping.close()
