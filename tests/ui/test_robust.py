"""Mouse, resizes, hostile and huge articles, an engine that fails: the app stays usable and says why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

import pytest
from textual import events
from textual.command import CommandList, Hit
from textual.screen import Screen

from reader.model import CancelToken
from reader.model.comparison import Comparison
from reader.model.errors import CompareError, LibraryError
from reader.ui.app import ReaderApp
from reader.ui.engine import Report
from reader.ui.keep import Keep
from reader.ui.palette import ReaderCommands
from reader.ui.screens.compare import CompareScreen
from reader.ui.screens.leaving import leave
from reader.ui.unopened import Unopened
from tests.conftest import make_article
from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

HOSTILE = "[/b][@click=app.quit]x\x1b]52;c;x\x07\u202e"


async def test_a_click_moves_the_cursor_and_a_second_opens(room: Opened) -> None:
    async with room() as r:
        await r.pilot.click("#articles", offset=(5, 5))
        await r.settle()
        assert r.app.session.selected == "northern-wire/ferries"
        await r.pilot.click("#articles", offset=(5, 5))
        await r.settle()
        assert r.app.browse.pane == "article"


async def test_the_keys_in_the_bottom_line_can_be_clicked(room: Opened) -> None:
    async with room() as r:
        at = r.grid()[-1].index("Compare")
        await r.pilot.click("KeyBar", offset=(at, 0))
        await r.settle()
        assert isinstance(r.app.screen, CompareScreen)


async def test_a_click_on_a_head_makes_that_side_active(room: Opened) -> None:
    async with room() as r:
        await r.press("c")
        await r.pilot.click("#head", offset=(70, 0))
        await r.settle()
        assert isinstance(r.app.screen, CompareScreen)
        assert r.app.screen.pane.side == 1


async def test_the_first_line_stays_when_the_window_changes(room: Opened) -> None:
    body = "\n\n".join(f"Paragraph {n} has a few words that wrap when lines are short." for n in range(80))
    async with room(FakeEngine([make_article("Long", body, id="a/long")])) as r:
        await r.press("enter", "pagedown", "pagedown")
        view = r.app.browse.article_view
        before = view.top_offset
        await r.pilot.resize_terminal(60, 20)
        await r.settle()
        paragraph = body[: view.top_offset].count("\n\n")
        assert before > 0
        assert paragraph == body[:before].count("\n\n")


async def test_hostile_text_is_shown_and_does_nothing(room: Opened) -> None:
    article = make_article(HOSTILE, f"{HOSTILE} text.", source=HOSTILE, id="evil/one")
    async with room(FakeEngine([article, make_article("Calm", "Calm text.", id="calm/two")])) as r:
        await r.press("enter", "i", "escape", "escape", "x", "x", "c", "q", "ctrl+p", "e", "escape")
        assert r.app.return_code is None
        assert "\x1b" not in r.text


@pytest.mark.parametrize(
    "body", ["", "x" * 1_000_000, "a b\n\n" * 50_000], ids=["empty", "one line of 1 MB", "100,000 lines"]
)
async def test_articles_of_any_shape_open(room: Opened, body: str) -> None:
    async with room(FakeEngine([make_article("Shape", body, id="s/shape")])) as r:
        await r.press("enter", "G", "g", "pagedown", "plus", "z", "z", "x", "slash", *"zz", "enter")
        assert r.app.return_code is None


async def test_a_library_that_cannot_be_read_is_said(room: Opened) -> None:
    class Broken(FakeEngine):
        def open(self, report: Report, cancel: CancelToken) -> None:
            raise LibraryError("articles is not a folder: choose another with --articles")

    async with room(Broken()) as r:
        assert "articles is not a folder" in r.text


async def test_a_comparison_that_fails_is_said(room: Opened) -> None:
    class Unwilling(FakeEngine):
        def compare(self, article_ids: object, cancel: CancelToken | None = None) -> Comparison:
            raise CompareError("these two are one and the same file")

    async with room(Unwilling()) as r:
        await r.press("c")
        assert "these two are one and the same file" in r.text
        await r.press("q")
        assert r.app.screen is r.app.browse


async def test_the_engine_is_made_after_the_first_frame() -> None:
    engine = FakeEngine()

    def load() -> tuple[FakeEngine, Keep | None]:
        return engine, FakeKeep()

    app = ReaderApp(Unopened("somewhere"), load=load)
    async with app.run_test(size=(100, 30)) as pilot:
        while not app.browse.is_open:
            await pilot.pause(0.01)
        assert app.engine is engine
        assert app.session.keeps


async def test_nothing_found_offers_another_spelling_by_one_key(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fery", "enter")
        assert "Did you mean ferry?" in r.text
        await r.press("enter")
        assert r.app.session.query == "ferry"


async def test_the_second_outlet_stands_beside_at_160_columns(room: Opened) -> None:
    async with room(size=(200, 60)) as r:
        assert "The ferries Saga and Maren" in r.text
        assert "Nobody was killed" in r.text


async def test_history_goes_back_and_forward(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "right_square_bracket", "H")
        assert r.app.session.selected == "harbour-ledger/ferries"
        await r.press("L")
        assert r.app.session.selected == "northern-wire/ferries"


async def test_jump_letters_lead_to_a_pane(room: Opened) -> None:
    async with room() as r:
        await r.press("ctrl+o", "d")
        assert r.app.browse.pane == "article"


async def test_copying_puts_a_quotation_with_citation_on_the_clipboard(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "y")
        assert r.app.clipboard.startswith("“The ferries Saga and Maren")
        assert "Harbour Ledger, 4 Mar 2025 (harbour-ledger/ferries)" in r.app.clipboard


async def test_a_search_in_the_article_leaves_the_list_alone(room: Opened) -> None:
    async with room() as r:
        await r.press("enter", "slash", *"fog", "enter")
        assert r.app.session.query == ""
        assert r.app.browse.article_view.current_hit == 0
        assert "2 stories" in r.text


async def test_the_drawer_of_an_empty_library_opens_and_closes(room: Opened) -> None:
    async with room(FakeEngine([]), size=(80, 24)) as r:
        await r.press("i", "escape", "i", "i")
        assert r.app.return_code is None


@pytest.mark.parametrize("theme", ["reader-dark", "reader-light", "textual-dark", "ansi-dark"])
async def test_a_theme_can_be_changed_whichever_it_began_with(room: Opened, theme: str) -> None:
    async with room(theme=theme) as r:
        began_with = r.app.screen.styles.background
        r.app.theme = "nord"
        await r.settle()
        changed_to = r.app.screen.styles.background
        r.app.theme = theme
        await r.settle()
        assert changed_to != began_with
        assert r.app.screen.styles.background == began_with


async def test_an_untidy_index_is_put_in_order_while_idle_and_a_key_ends_that(room: Opened) -> None:
    async with room() as r:
        r.app.idling.look()
        assert r.engine.tidied == []
        r.engine.is_untidy = True
        r.app.idling.look()
        while not r.engine.tidied:
            await r.pilot.pause()
        r.app.idling.look()
        (token,) = r.engine.tidied
        before = token.cancelled
        await r.pilot.press("j")
        assert (before, token.cancelled) == (False, True)
        r.engine.may_finish.set()
        await r.settle()
        assert len(r.engine.tidied) == 1


async def test_keys_before_the_comparison_is_there_do_nothing(room: Opened) -> None:
    class Unwilling(FakeEngine):
        def compare(self, article_ids: object, cancel: CancelToken | None = None) -> Comparison:
            raise CompareError("these two are one and the same file")

    async with room(Unwilling()) as r:
        await r.press("c", *"jknNXM=dwG", "pageup", "pagedown", "space", "tab", "enter")
        assert r.app._exception is None


async def test_enter_pressed_twice_closes_the_palette_alone(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "ctrl+p")
        for key in (*"why", "enter", "enter", "enter"):
            r.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await r.settle()
        assert isinstance(r.app.screen, CompareScreen)


async def test_a_page_key_before_the_palette_has_lines_does_nothing(
    room: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with room() as r:
        await r.press("ctrl+p")
        commands = r.app.screen.query_one(CommandList)
        assert commands.option_count
        monkeypatch.setattr(CommandList, "_index_to_line", {})
        await r.press("pageup")
        assert r.app.screen.query_one(CommandList) is commands


class Asked(Screen[None]):
    """Asks for nothing in particular."""


async def test_a_question_closes_though_nobody_waits_for_the_answer(room: Opened) -> None:
    async with room() as r:

        async def ask() -> None:
            await r.app.push_screen_wait(Asked())

        worker = r.app.run_worker(ask())
        await r.pilot.pause()
        asked = r.app.screen
        assert isinstance(asked, Asked)
        worker.cancel()
        await r.pilot.pause()
        leave(asked)
        await r.pilot.pause()
        assert r.app.screen is r.app.browse


async def test_a_command_of_the_palette_for_a_screen_that_has_gone_does_nothing(room: Opened) -> None:
    async with room() as r:
        await r.press("comma")
        offered = [hit async for hit in ReaderCommands(r.app.screen).search("open") if isinstance(hit, Hit)]
        await r.press("escape")
        (run,) = [hit.command for hit in offered if str(hit.text).startswith("Open ")]
        await cast("Callable[[], Awaitable[None]]", run)()
        assert type(r.app.screen).__name__ == "BrowseScreen"
