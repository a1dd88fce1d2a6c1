from __future__ import annotations

from reader.model import ArticleInfo, Problem, SourceCount, Story
from reader.workspace.snapshot import snapshot


def info(id: str, source: str = "Herald", published: str | None = None) -> ArticleInfo:
    return ArticleInfo(id, source, None, published, f"{id}.txt", 1, "0" * 32)


def test_newest_first_and_undated_last() -> None:
    held = snapshot([info("c"), info("b", published="2026-01-02"), info("a", published="2026-01-01")], [], [])
    assert [each.id for each in held.infos] == ["b", "a", "c"]


def test_time_with_offset_sorts_by_its_instant() -> None:
    early = info("early", published="2026-01-02T01:00:00+03:00")
    late = info("late", published="2026-01-01T23:00:00+00:00")
    assert [each.id for each in snapshot([early, late], [], []).infos] == ["late", "early"]


def test_sources_are_counted_and_unknown_stands_last() -> None:
    held = snapshot([info("a", "unknown"), info("b", "wire"), info("c", "Herald"), info("d", "wire")], [], [])
    assert held.sources == (SourceCount("Herald", 1), SourceCount("wire", 2), SourceCount("unknown", 1))


def test_story_with_most_sources_stands_first() -> None:
    lone = Story("a", None, ("a",), ("Herald",), ())
    pair = Story("b", None, ("b", "c"), ("Herald", "Wire"), ("ferry",))
    held = snapshot([info("a", published="2026-01-01"), info("b"), info("c", "Wire")], [lone, pair], [])
    assert held.stories == (pair, lone)
    assert held.story_by_article["c"] is pair


def test_conditions_hold_together() -> None:
    story = Story("a", None, ("a", "b"), ("Herald", "Wire"), ())
    held = snapshot([info("a"), info("b", "Wire"), info("c", "Wire")], [story], [])
    assert [each.id for each in held.chosen("Wire", "a", None)] == ["b"]
    assert [each.id for each in held.chosen(None, None, ["c", "a"])] == ["a", "c"]


def test_unknown_story_chooses_nothing() -> None:
    assert snapshot([info("a")], [], []).chosen(None, "nowhere", None) == ()


def test_problems_stand_by_path() -> None:
    held = snapshot([], [], [Problem("b", "r", "m"), Problem("a", "r", "m")])
    assert [problem.path for problem in held.problems] == ["a", "b"]
