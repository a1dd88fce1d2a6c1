"""One table of commands, and everything that is made from it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from textual.command import Hit
from textual.screen import Screen

from reader.ui.app import ReaderApp
from reader.ui.commands import (
    COMMANDS,
    Command,
    ScreenName,
    bindings,
    commands_for,
    footer_for,
    shown_key,
    shown_keys,
)
from reader.ui.palette import ReaderCommands
from reader.ui.screens.browse import BrowseScreen
from reader.ui.screens.compare import CompareScreen
from reader.ui.screens.help import HelpScreen
from reader.ui.screens.matrix import MatrixScreen
from tests.ui.conftest import Opened, Room
from tests.ui.fake_keep import FakeKeep

SCREENS: dict[ScreenName, tuple[type[Screen[Any]], tuple[str, ...]]] = {
    "browse": (BrowseScreen, ()),
    "compare": (CompareScreen, ("c",)),
    "matrix": (MatrixScreen, ("c", "M")),
    "help": (HelpScreen, ("question_mark",)),
}
ENDING = {"quit"}


def _cases() -> list[Any]:
    return [
        pytest.param(screen, command, id=f"{screen}-{command.id}")
        for screen in SCREENS
        for command in commands_for(screen)
        if command.id not in ENDING
    ]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_does_two_things_on_one_screen(screen: ScreenName) -> None:
    keys = Counter(key for command in commands_for(screen) for key in command.keys.split(","))
    assert [key for key, times in keys.items() if times > 1] == []


def test_ids_are_unique() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize(("screen", "command"), _cases())
def test_every_command_has_its_action(screen: ScreenName, command: Command) -> None:
    owner = ReaderApp if "app" in command.screens else SCREENS[screen][0]
    assert hasattr(owner, f"action_{command.action}")


@pytest.mark.parametrize("screen", SCREENS)
def test_footer_names_at_most_seven_keys(screen: ScreenName) -> None:
    assert 0 < len(footer_for(screen)) <= 7


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_key_of_the_footer_is_there_in_sixty_columns(room: Opened, screen: ScreenName) -> None:
    async with room(size=(60, 20)) as r:
        await r.press(*SCREENS[screen][1])
        line = r.grid()[-1].split()
        named = [(shown_key(c.keys.split(",")[0]), c.label) for c in footer_for(screen)]
        assert list(zip(line[::2], line[1::2], strict=True)) == named
        assert {"help", "palette", "back"} <= {c.id for c in footer_for(screen)}


def test_every_binding_has_an_id() -> None:
    assert all(getattr(binding, "id", None) for screen in SCREENS for binding in bindings(screen))


@pytest.mark.parametrize(
    ("key", "shown"), [("question_mark", "?"), ("ctrl+p", "^p"), ("alt+left", "Alt-←"), ("G", "G")]
)
def test_keys_are_shown_as_people_write_them(key: str, shown: str) -> None:
    assert shown_key(key) == shown


def _listed(r: Room) -> set[str]:
    screen = r.app.screen
    assert isinstance(screen, HelpScreen)
    return {row.id for row in screen.keys.rows if isinstance(row, Command)}


async def test_help_lists_exactly_the_commands_of_the_screen_below(room: Opened) -> None:
    async with room() as r:
        await r.press("c", "question_mark")
        assert _listed(r) == {command.id for command in commands_for("compare")}


async def test_keys_can_be_rebound_by_id(room: Opened) -> None:
    async with room(keymap={"compare": "v"}) as r:
        await r.press("v")
        assert isinstance(r.app.screen, CompareScreen)
        await r.press("v")
        assert "v Compare" in r.grid()[-1]


async def test_palette_finds_a_story_and_lists_it(room: Opened) -> None:
    async with room() as r:
        await r.press("ctrl+p", *"Council closes")
        await r.pilot.pause(0.3)
        await r.press("enter")
        assert r.app.session.scope.story == "harbour-ledger/vote"


@pytest.mark.parametrize("screen", SCREENS)
async def test_palette_offers_every_command_of_its_screen(room: Opened, screen: ScreenName) -> None:
    async with room() as r:
        await r.press(*SCREENS[screen][1])
        offered = [str(hit.text) async for hit in ReaderCommands(r.app.screen).discover()]
        labels = [f"{c.label}  {shown_keys(c.keys)}" for c in commands_for(screen) if c.id != "palette"]
        assert offered[: len(labels)] == labels


KEPT = (
    "Saved search: about boats",
    "Source: Civic Post",
    "Source: Harbour Ledger",
    "Source: Northern Wire",
    "Story: Two ferries collide in fog, 14 hurt",
    "Story: Council closes the swimming hall",
)
"""All there is beside commands, in the sample and with one search saved."""


@pytest.mark.parametrize("screen", SCREENS)
async def test_palette_offers_every_source_story_and_saved_search(room: Opened, screen: ScreenName) -> None:
    keep = FakeKeep()
    keep.save_search("about boats", "fog")
    async with room(keep=keep) as r:
        await r.press(*SCREENS[screen][1])
        palette = ReaderCommands(r.app.screen)
        offered = {str(hit.text) for name in KEPT async for hit in palette.search(name)}
        assert sorted(set(KEPT) - offered) == []


async def test_palette_leads_to_a_saved_search_from_a_comparison(room: Opened) -> None:
    keep = FakeKeep()
    keep.save_search("about boats", "fog")
    async with room(keep=keep) as r:
        await r.press("c")
        (hit,) = [one async for one in ReaderCommands(r.app.screen).search("about boats")]
        assert isinstance(hit, Hit)
        hit.command()
        await r.settle()
        assert r.app.session.query == "fog"
        assert r.app.screen is r.app.browse
