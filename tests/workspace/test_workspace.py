from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.config import Settings, settings
from reader.model import CancelToken, SourceCount
from reader.model.errors import Cancelled, CompareError, LibraryError, NotFound
from reader.model.results import Page
from reader.ui.engine import Engine, Scope
from reader.workspace.workspace import Workspace


def test_workspace_is_the_engine_of_the_app(workspace: Workspace) -> None:
    engine: Engine = workspace
    assert engine.generation


def test_lists_are_empty_before_opening(chosen: Settings) -> None:
    closed = Workspace(chosen)
    assert (closed.articles(), closed.generation) == ((), "")


def test_articles_stand_newest_first(workspace: Workspace) -> None:
    assert [info.id for info in workspace.articles()] == ["ledger/ferries", "wire/ferries", "ledger/heron"]


def test_source_is_header_else_folder(workspace: Workspace) -> None:
    assert workspace.sources() == (SourceCount("ledger", 2), SourceCount("Northern Wire", 1))


def test_two_tellings_of_one_event_are_a_story(workspace: Workspace) -> None:
    (story,) = workspace.stories(min_sources=2)
    assert story.article_ids == ("ledger/ferries", "wire/ferries")
    assert workspace.story_of("wire/ferries") == story
    assert story.evidence


def test_search_finds_stems_and_counts(workspace: Workspace) -> None:
    found = workspace.search("injured")
    assert ({hit.article_id for hit in found.hits}, found.total) == ({"ledger/ferries", "wire/ferries"}, 2)


def test_search_within_a_scope(workspace: Workspace) -> None:
    found = workspace.search("ferries", scope=Scope(source="Northern Wire"))
    assert [hit.article_id for hit in found.hits] == ["wire/ferries"]


def test_story_condition_is_resolved(workspace: Workspace) -> None:
    found = workspace.search("story:wire/ferries")
    assert {hit.article_id for hit in found.hits} == {"ledger/ferries", "wire/ferries"}


def test_unknown_story_is_said_and_finds_nothing(workspace: Workspace) -> None:
    found = workspace.search("story:nowhere")
    assert (found.total, [d.message for d in found.diagnostics]) == (
        0,
        ["story:nowhere matches nothing here"],
    )


def test_absent_word_finds_nothing(workspace: Workspace) -> None:
    assert workspace.search("zeppelin").hits == ()


def test_misspelt_word_is_offered_as_the_library_spells_it(workspace: Workspace) -> None:
    found = workspace.search("binoculers")
    assert (found.total, found.suggestion) == (0, "binoculars")


def test_found_word_gets_no_other_spelling(workspace: Workspace) -> None:
    assert workspace.search("binoculars").suggestion is None


def test_spellings_can_be_turned_off(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("Zelenskyy spoke in Kyiv.\n", encoding="utf-8")
    off = {"READER_SEARCH__VARIANTS": "false"}
    totals = []
    for environment in ({}, off):
        opened = Workspace(settings(folder, tmp_path / "i", tmp_path / "s", environment=environment))
        opened.open()
        totals.append(opened.search("zelenski").total)
        opened.close()
    assert totals == [1, 0]


def test_hits_are_counted_by_source_month_and_story(workspace: Workspace) -> None:
    found = workspace.search("ferries heron", page=Page(limit=1), facets=("source", "month", "story"))
    counted = {name: {one.value: one.count for one in counts} for name, counts in found.facets}
    assert counted == {
        "source": {"ledger": 2, "Northern Wire": 1},
        "month": {"2026-10": 2, "2026-04": 1},
        "story": {"ledger/ferries": 2, "ledger/heron": 1},
    }


def test_highlight_covers_the_inflected_word(workspace: Workspace) -> None:
    body = workspace.article("ledger/ferries").body
    assert {span.slice(body) for span in workspace.highlights("collide", "ledger/ferries")} == {"collided"}


def test_snippet_marks_what_matched(workspace: Workspace) -> None:
    snippet = workspace.snippets("binoculars", ["ledger/heron"])["ledger/heron"]
    assert [span.slice(snippet.text) for span in snippet.spans] == ["binoculars"]


def test_comparison_finds_quote_and_difference(workspace: Workspace) -> None:
    found = workspace.compare(["ledger/ferries", "wire/ferries"])
    assert [quote.flags for quote in found.quotes] == [("elided",)]
    assert any(figure.state == "differs" for figure in found.figures)


def test_comparison_from_the_cache_is_the_same(workspace: Workspace, chosen: Settings) -> None:
    first = workspace.compare(["ledger/ferries", "wire/ferries"])
    again = Workspace(chosen)
    again.scan()
    assert again.compare(["ledger/ferries", "wire/ferries"]) == first


@pytest.mark.parametrize(
    "ids", [[], ["ledger/heron"], ["ledger/heron"] * 2], ids=["none", "one", "same twice"]
)
def test_comparison_wants_two_different_articles(workspace: Workspace, ids: list[str]) -> None:
    with pytest.raises(CompareError, match="2 to 20 different articles"):
        workspace.compare(ids)


def test_trace_finds_the_words_elsewhere_and_not_at_home(workspace: Workspace) -> None:
    text = "Coastline suspended all crossings between Port Ansel and Skarvik until Friday."
    trace = workspace.trace(text, origin="wire/ferries")
    assert [hit.article_id for hit in trace.hits] == ["ledger/ferries"]


def test_path_inside_the_library_is_an_id(workspace: Workspace, folder: Path) -> None:
    assert workspace.resolve(str(folder / "wire" / "ferries.txt")) == "wire/ferries"


def test_unknown_id_names_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="did you mean wire/ferries"):
        workspace.resolve("wire/ferry")


def test_changed_added_and_removed_files_are_followed(workspace: Workspace, folder: Path) -> None:
    (folder / "ledger" / "heron.txt").unlink()
    (folder / "wire" / "owl.txt").write_text("An owl was seen in the belfry on Monday.\n", encoding="utf-8")
    before = workspace.generation
    assert workspace.refresh()
    assert workspace.generation != before
    assert [hit.article_id for hit in workspace.search("owl").hits] == ["wire/owl"]
    assert workspace.search("heron").hits == ()


def test_refresh_of_an_unchanged_library_changes_nothing(workspace: Workspace) -> None:
    before = workspace.generation
    assert not workspace.refresh()
    assert workspace.generation == before


def test_second_start_reads_no_article(
    workspace: Workspace, chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def must_not(*_: object) -> bytes:
        raise AssertionError("an unchanged file was read")

    monkeypatch.setattr("reader.library.library.read_bytes", must_not)
    second = Workspace(chosen)
    second.open()
    assert (second.stories(2), second.search("heron").total) == (workspace.stories(2), 1)
    second.close()


def test_bad_file_hides_no_other(chosen: Settings, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x7fELF\0\0\0\1" * 50)
    opened = Workspace(chosen)
    opened.open()
    assert len(opened.articles()) == 3
    assert [problem.path for problem in opened.problems()] == ["broken.txt"]
    opened.close()


def test_deleted_index_is_built_again(workspace: Workspace, chosen: Settings) -> None:
    workspace.close()
    for file in chosen.index.glob("*/*"):
        if file.is_file():
            file.unlink()
    again = Workspace(chosen)
    again.open()
    assert again.search("heron").total == 1
    again.close()


def test_two_libraries_have_two_folders(workspace: Workspace, chosen: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text("A kite over the dunes.\n", encoding="utf-8")
    second = Workspace(settings(other, chosen.index, chosen.state, environment={}))
    second.open()
    assert (second.search("kite").total, workspace.search("kite").total) == (1, 0)
    assert len(list(chosen.index.iterdir())) == 2
    second.close()


def test_missing_folder_is_an_error_in_words(tmp_path: Path) -> None:
    absent = Workspace(settings(tmp_path / "none", tmp_path / "i", tmp_path / "s", environment={}))
    with pytest.raises(LibraryError, match="none"):
        absent.open()


def test_cancelled_opening_stops(chosen: Settings) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Workspace(chosen).open(cancel=token)


def test_large_update_runs_in_a_child_and_is_seen(chosen: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.workspace.updating.CHILD_FROM", 1)
    said: list[str] = []
    opened = Workspace(chosen, may_fork=True)
    opened.open(lambda what, done, of: said.append(what))
    assert (opened.search("heron").total, len(opened.stories(2))) == (1, 1)
    assert said
    opened.close()


def test_articles_are_listed_before_a_child_has_indexed_them(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.workspace.updating.CHILD_FROM", 1)
    opened = Workspace(chosen, may_fork=True)
    listed: dict[str, int] = {}
    opened.open(lambda what, done, of: listed.update({what: len(opened.articles())}))
    assert listed["writing"] == len(opened.articles()) > 0
    opened.close()


def test_articles_are_never_written(workspace: Workspace, folder: Path) -> None:
    before = {path: (path.read_bytes(), os.stat(path).st_mtime_ns) for path in folder.rglob("*.txt")}
    workspace.compare(["ledger/ferries", "wire/ferries"])
    workspace.refresh()
    assert {path: (path.read_bytes(), os.stat(path).st_mtime_ns) for path in folder.rglob("*.txt")} == before


def test_indexing_says_how_many_articles_there_are(tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "wire"
    folder.mkdir(parents=True)
    for number in range(70):
        (folder / f"{number}.txt").write_text(f"Ferry number {number} sails again on Thursday.\n")
    told: list[tuple[str, int, int]] = []
    workspace = Workspace(settings(tmp_path / "articles", tmp_path / "index", tmp_path / "state"))
    workspace.open(lambda what, done, of: told.append((what, done, of)))
    workspace.close()
    assert ("indexing", 64, 70) in told
