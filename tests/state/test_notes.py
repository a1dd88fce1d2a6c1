from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Span
from reader.model.errors import NotFound, StateError
from reader.state.notes import Note, NotePlace, NoteStore, anchor
from reader.state.store import Store

BODY = "The ferry left at noon.\nIt sank at dusk. It sank slowly."


def place(quoted: str, start: int | None = None, article: str = "a", digest: str = "d1") -> NotePlace:
    first = BODY.index(quoted) if start is None else start
    return NotePlace(article, first, first + len(quoted), digest, quoted)


def test_note_on_a_passage_is_kept(store: Store) -> None:
    added = store.notes.add(place("left at noon"), "Which time zone?")
    assert store.notes.get(added.id) == added
    assert added == Note(
        added.id, (place("left at noon"),), "Which time zone?", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"
    )


def test_note_without_text_is_a_highlight(store: Store) -> None:
    assert store.notes.add(place("ferry")).is_highlight
    assert store.undo() == "removed the highlight"
    assert store.notes.all() == ()


def test_note_on_a_pair_is_found_from_both_articles(store: Store) -> None:
    pair = store.notes.add(place("ferry"), "same ship?", place("sank slowly", article="b"))
    assert store.notes.all("a") == store.notes.all("b") == (pair,)
    assert store.notes.all("c") == ()


def test_notes_come_in_the_order_of_the_text(store: Store) -> None:
    late = store.notes.add(place("dusk"))
    early = store.notes.add(place("ferry"))
    assert store.notes.all() == (early, late)


def test_edited_note_comes_back_by_undo(store: Store) -> None:
    added = store.notes.add(place("ferry"), "first")
    assert store.notes.edit(added.id, "second") == "changed the note"
    assert store.notes.get(added.id).text == "second"
    assert store.undo() == "put back the note as it was"
    assert store.notes.get(added.id) == added


def test_note_edited_to_the_same_text_is_no_step(store: Store) -> None:
    added = store.notes.add(place("ferry"), "first")
    assert store.notes.edit(added.id, " first\n") is None


def test_removed_notes_come_back_with_their_ids(store: Store) -> None:
    notes = [store.notes.add(place(word), word) for word in ("ferry", "noon")]
    assert store.notes.remove([each.id for each in notes] + ["none"]) == "deleted 2 notes"
    assert store.undo() == "brought back 2 notes"
    assert store.notes.all() == tuple(notes)


def test_note_text_is_cleaned(store: Store) -> None:
    assert store.notes.add(place("ferry"), "a\x1b]0;x\x07\r\nb").text == "a␛]0;x␇\nb"


@pytest.mark.parametrize(
    "bad", [NotePlace("a", 3, 3, "d", "x"), NotePlace("a", -1, 2, "d", "x"), NotePlace("a", 0, 1, "d", "")]
)
def test_note_needs_a_passage(store: Store, bad: NotePlace) -> None:
    with pytest.raises(StateError, match="needs a passage"):
        store.notes.add(bad, "text")


def test_note_that_is_too_long_is_refused_in_words(store: Store) -> None:
    with pytest.raises(StateError, match="100,000 characters"):
        store.notes.add(place("ferry"), "x" * 100_001)


def test_unknown_note_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="no note 99"):
        store.notes.get("99")
    with pytest.raises(NotFound, match="no note 99"):
        store.notes.edit("99", "text")


def test_note_ids_are_never_used_again(store: Store) -> None:
    removed = store.notes.add(place("ferry"))
    store.notes.remove([removed.id])
    assert store.notes.add(place("ferry")).id != removed.id


def test_conditions_tell_notes_from_highlights(store: Store) -> None:
    store.notes.add(place("ferry"), "text", place("noon", article="b"))
    store.notes.add(place("ferry", article="c"))
    assert store.ids_with("has", "note") == frozenset("ab")
    assert store.ids_with("has", "highlight") == frozenset("c")
    assert store.counts(["a", "c", "d"]).noted == 1


def test_id_source_can_be_given(store: Store) -> None:
    assert NoteStore(store.notes._database, lambda: "0f").add(place("ferry")).id == "0f"


def test_anchor_stays_where_the_words_still_stand() -> None:
    assert anchor(place("It sank", BODY.rindex("It sank")), BODY) == Span(41, 48)


def test_anchor_follows_words_that_moved() -> None:
    assert anchor(place("left at noon"), "Update: " + BODY) == Span(18, 30)


def test_anchor_follows_words_that_were_wrapped_anew() -> None:
    body = BODY.replace("left at noon", "left\n  at noon")
    assert anchor(place("ferry left at"), body) == Span(4, 19)


def test_anchor_does_not_guess_between_two_places() -> None:
    assert anchor(place("It sank", 24), "Update: " + BODY) is None


@pytest.mark.parametrize("body", ["", "The ferry stayed.", "left at"])
def test_anchor_of_words_that_are_gone_is_none(body: str) -> None:
    assert anchor(place("left at noon"), body) is None


def test_anchor_of_white_space_is_none() -> None:
    assert anchor(NotePlace("a", 23, 24, "d", "\n"), "a b c") is None


@given(st.text("ab \n", max_size=30), st.integers(0, 29), st.integers(1, 9), st.text("ab \n", max_size=9))
def test_anchor_never_points_at_other_words(body: str, start: int, length: int, before: str) -> None:
    quoted = body[start : start + length]
    moved = before + body
    found = anchor(NotePlace("a", start, start + len(quoted), "d", quoted), moved)
    assert found is None or found.slice(moved).split() == quoted.split()
