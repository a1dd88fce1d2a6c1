"""What the user keeps as plain text: JSON to carry and take in again, Markdown of notes to quote from.

Pure functions. JSON is sorted with a line for each value, so that version control shows what changed;
its shape is in `docs/formats.md`. What is taken in is outside text: cleaned and checked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from reader.export.markdown import escaped
from reader.export.wording import published
from reader.model import ArticleInfo, published_seconds
from reader.model.errors import StateError
from reader.state.kept import Kept, Mark
from reader.state.marks import READ, STARRED, TAG, TAG_LIMIT
from reader.state.notes import TEXT_LIMIT, Note, NotePlace
from reader.state.searches import NAME_LIMIT, QUERY_LIMIT, SavedSearch
from reader.state.stories import Decision
from reader.state.trail import Position, Visit
from reader.text.clean import clean, clean_line

SCHEMA = 1
"""Version of the JSON."""
KIND = "state"
"""What the JSON says it is."""
ID_LIMIT = 4_096
"""Characters of an article's id."""


def to_json(kept: Kept) -> str:
    """All that is kept, as JSON that ends with a newline."""
    tags: dict[str, list[dict[str, object]]] = {}
    for mark in kept.marks:
        if mark.mark.startswith(TAG):
            tags.setdefault(mark.mark[len(TAG) :], []).append(_marked(mark))
    document = {
        "schema": SCHEMA,
        "kind": KIND,
        "read": [_marked(mark) for mark in kept.marks if mark.mark == READ],
        "starred": [_marked(mark) for mark in kept.marks if mark.mark == STARRED],
        "tags": dict(sorted(tags.items())),
        "notes": [_noted(note) for note in kept.notes],
        "stories": [_decided(decision) for decision in kept.decisions],
        "searches": [{"name": each.name, "query": each.query, "at": each.at} for each in kept.searches],
        "positions": [
            {"id": each.article_id, "offset": each.offset, "digest": each.digest, "at": each.at}
            for each in kept.positions
        ],
        "queries": [{"query": each.value, "at": each.at} for each in kept.visits if each.kind == "query"],
        "opened": [{"id": each.value, "at": each.at} for each in kept.visits if each.kind == "article"],
        "place": kept.place,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Kept:
    """What an export holds. Raises `StateError` that names the first thing that does not fit."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StateError(
            f"this is not JSON ({error}); nothing was imported: choose an export of reader"
        ) from error
    root = _Value(document, "the export")
    if root.get("kind").held != KIND:
        raise StateError('this is no export of marks and notes (its "kind" is another); nothing was imported')
    if root.get("schema").number() > SCHEMA:
        raise StateError("this export is of a newer version of reader; nothing was imported: update reader")
    marks = [
        *_marks(root.get("read"), READ),
        *_marks(root.get("starred"), STARRED),
        *(mark for name, each in root.get("tags").items() for mark in _marks(each, TAG + name)),
    ]
    visits = [
        *(Visit("query", each.get("query").line(QUERY_LIMIT), each.time()) for each in root.get("queries")),
        *(Visit("article", each.get("id").id(), each.time()) for each in root.get("opened")),
    ]
    place = root.get("place")
    return Kept(
        tuple(sorted(set(marks))),
        tuple(_note(each) for each in root.get("notes")),
        tuple(_decision(each) for each in root.get("stories")),
        tuple(
            SavedSearch(each.get("name").line(NAME_LIMIT), each.get("query").line(QUERY_LIMIT), each.time())
            for each in root.get("searches")
        ),
        tuple(
            Position(
                each.get("id").id(), each.get("offset").number(), each.get("digest").line(64), each.time()
            )
            for each in root.get("positions")
        ),
        tuple(sorted(visits, key=lambda visit: visit.at)),
        None if place.held is None else place.line(QUERY_LIMIT),
    )


def notes_markdown(
    notes: Iterable[Note], infos: Mapping[str, ArticleInfo], text_changed: Collection[str] = ()
) -> str:
    """Notes under their articles, each passage quoted with source, headline, date and id.

    Articles in order of date, undated last; a note on a pair stands under its first passage. The ids of
    notes whose passage is not in its article any more are `text_changed`. Outside text is escaped.
    """

    def place_in_file(note: Note) -> tuple[bool, int, str, int, str]:
        first = note.places[0]
        info = infos.get(first.article_id)
        seconds = published_seconds(info.published) if info else None
        return (seconds is None, seconds or 0, first.article_id, first.start, note.id)

    lines = ["# Notes", ""]
    article_id = None
    for note in sorted(notes, key=place_in_file):
        first = note.places[0].article_id
        if first != article_id:
            article_id = first
            info = infos.get(first)
            lines += [f"## {escaped(info.headline if info and info.headline else first)}", ""]
        for place in note.places:
            lines += [f"> {escaped(line)}".rstrip() for line in place.quoted.split("\n")]
            lines += [">", f"> — {citation(place.article_id, infos)}", ""]
        if note.id in text_changed:
            lines += ["*The article's text has changed since; the passage is quoted as it was.*", ""]
        if note.text:
            lines += [*map(escaped, note.text.split("\n")), ""]
    return "\n".join(lines)


def citation(article_id: str, infos: Mapping[str, ArticleInfo]) -> str:
    """Source, headline, date and id of an article, in Markdown."""
    info = infos.get(article_id)
    if info is None:
        return f"{escaped(article_id)} (not in the library any more)"
    parts = (
        escaped(info.source),
        f"“{escaped(info.headline)}”" if info.headline else "no headline",
        published(info),
        escaped(info.id),
    )
    return ", ".join(parts)


class _Value:
    """A value of the JSON and where it stands, for messages."""

    # Whatever `json.loads` gave: of no known type until one of the methods has looked.
    def __init__(self, held: object, where: str) -> None:
        self.held = held
        self.where = where

    def __iter__(self) -> Iterator[_Value]:
        if self.held is None:
            return
        if not isinstance(self.held, list):
            raise self._wrong("a list")
        for number, each in enumerate(self.held):
            yield _Value(each, f"{self.where}[{number}]")

    def get(self, key: str) -> _Value:
        if not isinstance(self.held, dict):
            raise self._wrong("an object")
        return _Value(self.held.get(key), f"{self.where}.{key}")

    def items(self) -> Iterator[tuple[str, _Value]]:
        if self.held is None:
            return
        if not isinstance(self.held, dict):
            raise self._wrong("an object")
        for key, each in self.held.items():
            yield _Value(key, f"the name of a tag in {self.where}").line(TAG_LIMIT), _Value(each, self.where)

    def text(self, limit: int) -> str:
        if not isinstance(self.held, str) or len(self.held) > limit:
            raise self._wrong(f"text of at most {limit:,} characters")
        return clean(self.held).text

    def line(self, limit: int) -> str:
        cleaned = clean_line(self.text(max(limit, ID_LIMIT)), limit)
        if not cleaned:
            raise self._wrong("text")
        return cleaned

    def id(self) -> str:
        cleaned = self.text(ID_LIMIT)
        if not cleaned or "\n" in cleaned:
            raise self._wrong("the id of an article")
        return cleaned

    def number(self) -> int:
        if type(self.held) is not int or not 0 <= self.held < 1 << 53:
            raise self._wrong("a number")
        return self.held

    def time(self, key: str = "at") -> str:
        told = self.get(key)
        if not isinstance(told.held, str) or not re.fullmatch(
            r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ", told.held, re.ASCII
        ):
            raise told._wrong("a time such as 2026-03-01T12:00:00Z")
        return told.held

    def _wrong(self, wanted: str) -> StateError:
        return StateError(f"{self.where} is not {wanted}; nothing was imported: mend it, or export once more")


def _marked(mark: Mark) -> dict[str, object]:
    return {"id": mark.article_id, "at": mark.at}


def _noted(note: Note) -> dict[str, object]:
    return {
        "id": note.id,
        "places": [
            {
                "id": place.article_id,
                "start": place.start,
                "end": place.end,
                "digest": place.digest,
                "quoted": place.quoted,
            }
            for place in note.places
        ],
        "text": note.text,
        "created": note.created,
        "changed": note.changed,
    }


def _decided(decision: Decision) -> dict[str, object]:
    if decision.kind == "merge":
        return {"kind": "merge", "ids": decision.groups[0], "at": decision.at}
    return {"kind": "split", "ids": decision.groups[0], "from": decision.groups[1], "at": decision.at}


def _marks(values: _Value, mark: str) -> Iterator[Mark]:
    return (Mark(each.get("id").id(), mark, each.time()) for each in values)


def _note(value: _Value) -> Note:
    places = tuple(
        NotePlace(
            each.get("id").id(),
            each.get("start").number(),
            each.get("end").number(),
            each.get("digest").line(64),
            each.get("quoted").text(TEXT_LIMIT),
        )
        for each in value.get("places")
    )
    note_id = value.get("id").line(64)
    is_sound = len(places) in (1, 2) and all(place.start < place.end and place.quoted for place in places)
    if not is_sound or not re.fullmatch("[0-9a-f]{1,64}", note_id):
        raise StateError(f"{value.where} is not a note; nothing was imported: mend it, or export once more")
    return Note(
        note_id, places, value.get("text").text(TEXT_LIMIT), value.time("created"), value.time("changed")
    )


def _decision(value: _Value) -> Decision:
    def group(key: str) -> tuple[str, ...]:
        return tuple(sorted({each.id() for each in value.get(key)}))

    ids, others, at = group("ids"), group("from"), value.time()
    kind = value.get("kind").held
    if kind == "merge" and len(ids) > 1:
        return Decision("merge", (ids,), at)
    if kind == "split" and ids and others and not set(ids) & set(others):
        return Decision("split", (ids, others), at)
    raise StateError(f"{value.where} is not a decision; nothing was imported: mend it, or export once more")
