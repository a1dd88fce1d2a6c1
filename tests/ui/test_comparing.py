"""The ways to a comparison, from it, and back to it."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from rich.console import RenderableType
from textual.screen import Screen

from reader.model import CancelToken
from reader.model.comparison import Comparison
from reader.ui.engine import Report
from reader.ui.screens.browse import BrowseScreen
from reader.ui.screens.compare import PATIENCE_S, CompareScreen
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine, sample
from tests.ui.fake_keep import FakeKeep

LEDGER, WIRE = "harbour-ledger/ferries", "northern-wire/ferries"


def _screen(r: Room) -> CompareScreen:
    assert isinstance(r.app.screen, CompareScreen)
    return r.app.screen


class Edited(FakeEngine):
    """A library in which the next refresh finds one article changed, or removed."""

    removed = False

    def refresh(self, report: Report, cancel: CancelToken) -> bool:
        super().refresh(report, cancel)
        articles = dict(self._articles)
        old = articles.pop(WIRE)
        if not self.removed:
            body = old.body.replace("Friday", "Sunday")
            articles[WIRE] = make_article(
                old.headline, body, source=old.source, published=old.published, id=WIRE
            )
        self._articles = articles
        return True


async def _save(r: Room) -> None:
    await r.press("c", "ctrl+s", "enter", "q")


async def _choose_saved(r: Room) -> None:
    shelves = r.app.browse.source_list.shelves
    r.app.browse.source_list.go(next(n for n, one in enumerate(shelves) if "id:" in (one.query or "")))
    r.app.browse.show_pane("sources")
    await r.press("enter")


async def test_a_saved_comparison_opens_as_a_comparison(room: Opened) -> None:
    async with room(keep=FakeKeep()) as r:
        await _save(r)
        await _choose_saved(r)
        assert {LEDGER, WIRE} <= set(_screen(r).ids)


async def test_a_saved_comparison_opens_from_the_palette(room: Opened) -> None:
    async with room(keep=FakeKeep()) as r:
        await _save(r)
        await r.press("ctrl+p", *"saved search", "enter")
        assert {LEDGER, WIRE} <= set(_screen(r).ids)


async def test_a_saved_comparison_without_its_articles_says_how_many_are_left(room: Opened) -> None:
    async with room(keep=FakeKeep()) as r:
        await _save(r)
        kept = [article for article in sample() if "ferries" not in article.id or article.id == WIRE]
        r.engine._articles = {article.id: article for article in kept}
        await _choose_saved(r)
        assert isinstance(r.app.screen, BrowseScreen)
        assert "Of this comparison 1 article of 3 can still be read" in r.text


async def test_one_step_on_is_the_comparison_that_was_just_left(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "n", "l")
        row, side = _screen(r).row, _screen(r).pane.side
        await r.press("q", "L")
        assert (_screen(r).row, _screen(r).pane.side) == (row, side)


async def test_one_step_on_elsewhere_is_not_that_comparison(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "q", "enter", "L")
        assert isinstance(r.app.screen, BrowseScreen)
        assert "Nothing further on" in r.text


async def test_one_step_back_in_history_from_a_side_is_its_comparison(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "n", "enter", "H")
        assert isinstance(r.app.screen, CompareScreen)


async def test_nothing_is_further_on_than_a_comparison(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "L")
        assert "Nothing further on" in r.text


async def test_reading_the_folder_again_compares_anew_what_has_changed(room: Opened) -> None:
    async with room(Edited(sample())) as r:
        await r.press("c", "n", "r")
        assert "Compared anew" in r.text
        assert "suspended until Sunday" in " ".join(r.text.split())


async def test_what_was_compared_anew_is_not_said_to_be_unchanged(room: Opened) -> None:
    class Telling(Edited):
        """Tells its articles before all is done."""

        generation = "1"

        def refresh(self, report: Report, cancel: CancelToken) -> bool:
            super().refresh(report, cancel)
            self.generation = "2"
            report("indexing", 1, 2)
            return True

    async with room(Telling(sample())) as r:
        await r.press("c", "n", "r")
        assert "Compared anew" in r.text


async def test_reading_the_folder_again_keeps_the_row(room: Opened) -> None:
    async with room(Edited(sample())) as r:
        await r.press("c", "n")
        before = _screen(r).pane.row
        assert before > 0
        await r.press("r")
        assert _screen(r).pane.row == before


async def test_unchanged_articles_are_not_compared_again(room: Opened) -> None:
    async with room() as r:
        await r.press("c")
        asked = [call for call in r.engine.calls if call.startswith("compare")]
        await r.press("r")
        assert "These articles have not changed" in r.text
        assert [call for call in r.engine.calls if call.startswith("compare")] == asked


async def test_a_removed_article_stays_as_it_was_read(room: Opened) -> None:
    async with room(Edited(sample())) as r:
        Edited.removed = True
        try:
            await r.press("c", "r")
        finally:
            Edited.removed = False
        assert f"{WIRE}: removed from the library; shown as last read" in r.text
        assert "suspended until" in " ".join(r.text.split())


async def test_sides_that_stand_one_under_the_other_get_no_letters(room: Opened) -> None:
    async with room(size=(60, 24)) as r:
        await r.press("c", "ctrl+o")
        assert isinstance(r.app.screen, CompareScreen)
        assert "one under the other" in r.text


@pytest.mark.parametrize(("letter", "side"), [("a", 0), ("s", 1), ("d", 2)])
async def test_a_letter_stands_on_each_side(room: Opened, letter: str, side: int) -> None:
    async with room(size=(200, 40)) as r:
        await r.press("c", "l", "ctrl+o", letter)
        assert _screen(r).pane.side == side


class Waiting(FakeEngine):
    """Compares when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_compare = threading.Event()

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:
        self.may_compare.wait(timeout=30)
        return super().compare(article_ids, cancel)


def _painted(r: Room, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The screen at each moment it was painted; grows."""
    painted: list[str] = []
    show = r.app._display

    def seen(screen: Screen[object], what: RenderableType | None) -> None:
        painted.append(r.text)
        show(screen, what)

    monkeypatch.setattr(r.app, "_display", seen)
    return painted


async def test_a_comparison_that_takes_long_shows_its_frame_meanwhile(
    room: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Waiting()
    async with room(engine) as r:
        painted = _painted(r, monkeypatch)
        await r.pilot.press("c")
        await r.pilot.pause(2 * PATIENCE_S)
        assert "comparing …" in painted[-1]
        engine.may_compare.set()
        await r.settle()
        assert "comparing …" not in painted[-1]


async def test_a_quick_comparison_is_painted_without_an_empty_frame(
    room: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room() as r:
        painted = _painted(r, monkeypatch)
        monkeypatch.setattr("reader.ui.screens.compare.PATIENCE_S", 30)
        await r.press("c")
        assert [text for text in painted if "comparing …" in text] == []
        assert "Northern Wire" in painted[-1]


async def test_a_library_that_changes_while_the_next_story_is_compared_does_no_harm(room: Opened) -> None:
    async with room(size=(200, 40)) as r:
        await r.press("c")
        assert len(_screen(r).shown) == 3
        screen = _screen(r)
        screen.action_next_story()
        screen.library_changed(is_done=True)
        await r.settle()
        assert screen.ids == ("harbour-ledger/vote", "northern-wire/vote")
        assert len(screen.shown) == 2
