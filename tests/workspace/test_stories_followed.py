"""Stories that are formed anew only where something has changed, and the files that this needs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Settings, settings
from reader.model import Story
from reader.workspace import grouping
from reader.workspace.workspace import Workspace
from tests.bench.corpus import documents

ARTICLES = 240


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A library of some hundred articles, large enough to be followed."""
    monkeypatch.setattr(grouping, "FOLLOWED_FROM", 100)
    monkeypatch.setattr(grouping, "_FOLLOWED_AT_ONCE", 0.1)
    for document in documents(ARTICLES, "short", None):
        put(tmp_path / "articles", document.id, f"{document.headline}\n\n{document.body}", document.date)
    return settings(tmp_path / "articles", tmp_path / "index", tmp_path / "state", environment={})


def put(root: Path, name: str, text: str, date: str = "2021-03-04") -> None:
    """Write an article file that is not so new that it must be read again."""
    file = root / f"{name}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"date: {date}\ntitle: {text}", encoding="utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def opened(many: Settings) -> Iterator[Workspace]:
    """That library, grouped once."""
    workspace = Workspace(many)
    workspace.open()
    yield workspace
    workspace.close()


FERRY = (
    "Ferries collide in fog\n\nTwo ferries collided in thick fog off Port Ansel, injuring 14 passengers,"
    " the coastguard of Skarvik said.\n\nCoastline suspended all crossings from Port Ansel to Skarvik."
)
FERRY_TOO = (
    "Fog: two ferries collide\n\nTwo ferries collided off Port Ansel in thick fog, the Skarvik coastguard"
    " said; 14 passengers were hurt.\n\nAll crossings of Coastline to Skarvik are suspended."
)


def grouped_anew(opened: Workspace, chosen: Settings, tmp_path: Path) -> set[Story]:
    """The stories of the same articles in a library that was never opened before."""
    fresh = Workspace(settings(chosen.articles, tmp_path / "other", tmp_path / "state", environment={}))
    fresh.open()
    found = set(fresh.stories())
    fresh.close()
    return found


def members(stories: set[Story]) -> set[tuple[str, ...]]:
    return {story.article_ids for story in stories}


@pytest.fixture
def never_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nobody may group the whole library."""

    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("all articles were grouped")

    monkeypatch.setattr(grouping.StoryBook, "group", refuse)


def test_a_new_article_joins_its_story(opened: Workspace, many: Settings, never_all: None) -> None:
    put(many.articles, "ledger/ferries", FERRY)
    opened.refresh()
    put(many.articles, "wire/ferries", FERRY_TOO, "2021-03-05")
    opened.refresh()
    story = opened.story_of("wire/ferries")
    assert story is not None
    assert story.article_ids == ("ledger/ferries", "wire/ferries")
    assert {"ferries", "Skarvik"} & set(story.evidence)


def test_what_is_followed_is_what_grouping_anew_finds(
    opened: Workspace, many: Settings, tmp_path: Path
) -> None:
    put(many.articles, "ledger/ferries", FERRY)
    put(many.articles, "wire/ferries", FERRY_TOO)
    file = sorted(many.articles.rglob("*.txt"))[7]
    file.unlink()
    opened.refresh()
    assert members(set(opened.stories())) == members(grouped_anew(opened, many, tmp_path))


def test_a_removed_article_leaves_its_story(opened: Workspace, many: Settings) -> None:
    put(many.articles, "ledger/ferries", FERRY)
    put(many.articles, "wire/ferries", FERRY_TOO)
    opened.refresh()
    (many.articles / "ledger/ferries.txt").unlink()
    opened.refresh()
    story = opened.story_of("wire/ferries")
    assert story is not None
    assert (story.article_ids, story.evidence) == (("wire/ferries",), ())
    assert opened.story_of("ledger/ferries") is None


def test_a_changed_article_changes_its_story(opened: Workspace, many: Settings, never_all: None) -> None:
    put(many.articles, "ledger/ferries", FERRY)
    put(many.articles, "wire/ferries", "A heron\n\nA heron has nested on the roof of the town hall.")
    opened.refresh()
    put(many.articles, "wire/ferries", FERRY_TOO)
    opened.refresh()
    story = opened.story_of("wire/ferries")
    assert story is not None
    assert len(story.article_ids) == 2


def test_a_decision_of_the_reader_is_followed_and_taken_back(
    opened: Workspace, many: Settings, never_all: None
) -> None:
    put(many.articles, "ledger/ferries", FERRY)
    put(many.articles, "wire/ferries", FERRY_TOO)
    opened.refresh()
    opened.keeping().store.stories.split(["wire/ferries"], ["ledger/ferries"])
    opened.refresh()
    parted = opened.story_of("wire/ferries")
    opened.keeping().store.undo()
    opened.refresh()
    joined = opened.story_of("wire/ferries")
    assert parted is not None
    assert joined is not None
    assert (len(parted.article_ids), len(joined.article_ids)) == (1, 2)


def test_stories_of_the_last_time_are_read_without_grouping(
    opened: Workspace, many: Settings, never_all: None
) -> None:
    again = Workspace(many)
    again.open()
    assert set(again.stories()) == set(opened.stories())
    again.close()


@pytest.mark.parametrize("name", ["stories.jsonl", "features.jsonl", "rarity.jsonl"])
@pytest.mark.parametrize(
    "damage", [b"", b"null\n", b"\xff\x00", b'["stories"]\n', b"[" * 5000], ids=lambda each: repr(each[:8])
)
def test_damaged_files_are_made_anew(opened: Workspace, many: Settings, name: str, damage: bytes) -> None:
    (file,) = many.index.rglob(name)
    whole = file.read_bytes()
    file.write_bytes(damage + whole[len(whole) // 2 :])
    put(many.articles, "ledger/ferries", FERRY)
    put(many.articles, "wire/ferries", FERRY_TOO)
    again = Workspace(many)
    again.open()
    story = again.story_of("wire/ferries")
    again.close()
    assert story is not None
    assert len(story.article_ids) == 2
