from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import ArticleInfo
from reader.model.errors import StateError
from reader.state.exporting import from_json, notes_markdown, to_json
from reader.state.kept import Kept
from reader.state.notes import Note, NotePlace
from reader.state.store import Store
from tests.state.conftest import Hands

TIME = "2026-03-01T12:00:00Z"


@pytest.fixture
def other(tmp_path: Path, clock: Hands) -> Iterator[Store]:
    with Store.open(tmp_path / "other" / "state.db", "library one", clock=clock) as opened:
        yield opened


def fill(store: Store) -> None:
    store.marks.mark_read(["a", "b"])
    store.marks.star(["b"])
    store.marks.tag(["a"], ["Ferry"])
    store.notes.add(NotePlace("a", 4, 9, "d1", "ferry"), "Who owns it?", NotePlace("b", 0, 3, "d2", "The"))
    store.stories.merge(["a", "b"])
    store.stories.split(["c"], ["a", "b"])
    store.searches.save("ice", "floe -cream")
    store.trail.leave("a", 12, "d1")
    store.trail.asked("ferry")
    store.trail.opened("a")
    store.trail.stay("article a")


def test_export_comes_back_whole(store: Store, other: Store) -> None:
    fill(store)
    text = to_json(store.everything())
    other.take_in(from_json(text))
    assert other.everything() == store.everything()
    assert to_json(other.everything()) == text


def test_export_names_schema_and_kind(store: Store) -> None:
    document = json.loads(to_json(store.everything()))
    assert (document["schema"], document["kind"]) == (1, "state")


def test_import_says_what_it_did_and_is_one_step(store: Store, other: Store) -> None:
    fill(store)
    said = other.take_in(store.everything())
    assert said == "imported 4 marks, 1 note, 2 decisions on stories, 1 search"
    assert other.undo() == "took back the import of 4 marks, 1 note, 2 decisions on stories, 1 search"
    assert other.everything().notes == ()
    assert other.redo() == said


def test_import_of_what_is_there_changes_nothing(store: Store) -> None:
    fill(store)
    before = store.everything()
    assert store.take_in(before) is None
    assert store.everything() == before


def test_import_adds_to_what_is_there(store: Store, other: Store) -> None:
    fill(store)
    other.marks.star(["z"])
    other.marks.tag(["z"], ["FERRY"])
    other.take_in(store.everything())
    assert other.marks.all().starred == frozenset("bz")
    assert other.marks.all().tagged("ferry") == frozenset("az")


def test_import_that_replaces_keeps_nothing_else(store: Store, other: Store) -> None:
    fill(store)
    other.marks.star(["z"])
    other.trail.leave("z", 1, "d")
    other.take_in(store.everything(), replace=True)
    assert other.everything() == store.everything()
    other.undo()
    assert other.marks.all().starred == frozenset("z")


def test_newer_version_of_a_note_stays(store: Store, other: Store, clock: Hands) -> None:
    fill(store)
    other.take_in(store.everything())
    clock.move(hours=1)
    (note,) = store.notes.all()
    store.notes.edit(note.id, "newer")
    other.take_in(store.everything())
    store.take_in(Kept(notes=(note,)))
    assert other.notes.get(note.id).text == store.notes.get(note.id).text == "newer"


def test_newer_search_and_position_stay(store: Store, clock: Hands) -> None:
    fill(store)
    old = store.everything()
    clock.move(hours=1)
    store.searches.save("ice", "newer")
    store.trail.leave("a", 99, "d1")
    assert store.take_in(old) is None
    assert [each.query for each in store.searches.all()] == ["newer"]
    assert [each.offset for each in store.trail.positions()] == [99]


def document(**parts: Any) -> str:
    return json.dumps({"schema": 1, "kind": "state", **parts})


NOTE = {
    "id": "0f",
    "places": [{"id": "a", "start": 0, "end": 3, "digest": "d", "quoted": "The"}],
    "text": "",
    "created": TIME,
    "changed": TIME,
}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an object"),
        ('{"kind": "comparison", "schema": 1}', "no export of marks and notes"),
        ('{"kind": "state", "schema": 2}', "newer version"),
        ('{"kind": "state", "schema": true}', "schema is not a number"),
        (document(read={}), r"read is not a list"),
        (document(read=[1]), r"read\[0\] is not an object"),
        (document(read=[{"id": "", "at": TIME}]), r"read\[0\].id is not the id of an article"),
        (document(starred=[{"id": "a", "at": "yesterday"}]), r"starred\[0\].at is not a time"),
        (document(tags={" ": []}), "the name of a tag"),
        (document(notes=[{**NOTE, "id": "zz"}]), r"notes\[0\] is not a note"),
        (document(notes=[{**NOTE, "places": []}]), r"notes\[0\] is not a note"),
        (
            document(notes=[{**NOTE, "places": [{**NOTE["places"][0], "start": -1}]}]),  # type: ignore[dict-item]  # a list of dicts
            r"notes\[0\].places\[0\].start is not a number",
        ),
        (document(stories=[{"kind": "merge", "ids": ["a"], "at": TIME}]), r"stories\[0\] is not a decision"),
        (document(stories=[{"kind": "split", "ids": ["a"], "from": ["a"], "at": TIME}]), "not a decision"),
        (document(searches=[{"name": "x", "query": "", "at": TIME}]), r"searches\[0\].query is not text"),
        (document(positions=[{"id": "a", "offset": 1 << 60, "digest": "d", "at": TIME}]), "not a number"),
    ],
)
def test_import_of_something_else_says_what_is_wrong(text: str, complaint: str) -> None:
    with pytest.raises(StateError, match=complaint):
        from_json(text)


def test_import_cleans_what_it_takes_in(store: Store) -> None:
    text = document(tags={"x\x1b[2J": [{"id": "a\u202e", "at": TIME}]}, notes=[{**NOTE, "text": "\x07"}])
    kept = from_json(text)
    assert kept.marks[0].mark == "tag:x␛[2J"
    assert kept.marks[0].article_id == "a\ufffd"
    assert kept.notes[0].text == "␇"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(TIME),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "at", "places", "start", "end", "digest", "quoted", "text", "kind", "ids"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
PARTS = ["read", "tags", "notes", "stories", "searches", "positions", "queries", "opened", "place"]


@given(st.dictionaries(st.sampled_from(PARTS), JSON_VALUES, max_size=4))
def test_import_of_anything_is_kept_or_refused_in_words(parts: dict[str, object]) -> None:
    try:
        kept = from_json(document(**parts))
    except StateError:
        return
    assert from_json(to_json(kept)) == kept


INFOS = {
    "herald/ferry": ArticleInfo("herald/ferry", "Herald", "The [ferry] sank", "2026-02-01", "p", 9, "d"),
    "wire/ferry": ArticleInfo("wire/ferry", "Wire", None, None, "p", 9, "d"),
}


def test_notes_as_markdown_carry_citations() -> None:
    pair = Note(
        "0f",
        (
            NotePlace("herald/ferry", 0, 9, "d", "The ferry\nsank."),
            NotePlace("wire/ferry", 5, 9, "d", "*down*"),
        ),
        "Same hour?\n# check",
        TIME,
        TIME,
    )
    gone = Note("1f", (NotePlace("old/one", 0, 3, "d", "Ice"),), "", TIME, TIME)
    assert notes_markdown([gone, pair], INFOS, text_changed={"0f"}) == (
        "# Notes\n"
        "\n"
        "## The \\[ferry\\] sank\n"
        "\n"
        "> The ferry\n"
        "> sank.\n"
        ">\n"
        "> — Herald, “The \\[ferry\\] sank”, 2026-02-01, herald/ferry\n"
        "\n"
        "> \\*down\\*\n"
        ">\n"
        "> — Wire, no headline, date unknown, wire/ferry\n"
        "\n"
        "*The article's text has changed since; the passage is quoted as it was.*\n"
        "\n"
        "Same hour?\n"
        "\\# check\n"
        "\n"
        "## old/one\n"
        "\n"
        "> Ice\n"
        ">\n"
        "> — old/one (not in the library any more)\n"
    )
