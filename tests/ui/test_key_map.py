"""Keys of the configuration: what is unknown or taken is said once, and what can be used is used."""

from __future__ import annotations

from reader.ui.key_map import checked
from reader.ui.screens.compare import CompareScreen
from tests.ui.conftest import Opened


def test_an_unknown_command_is_told_its_nearest_name() -> None:
    keymap, said = checked({"copmare": "v"})
    assert keymap == {}
    assert said == ("keys.copmare: there is no such command; did you mean compare?",)


def test_a_key_is_taken_from_the_command_that_was_not_remapped() -> None:
    keymap, said = checked({"compare": "v"})
    assert keymap["compare"] == "v"
    assert said == ("keys.compare: v was select, which is in the palette alone now",)


def test_a_command_keeps_its_other_keys() -> None:
    keymap, said = checked({"compare": "h"})
    assert keymap["pane_left"] == "left"
    assert said == ("keys.compare: h was pane_left, which is ← now",)


def test_two_commands_on_one_key_are_said_and_the_first_has_it() -> None:
    keymap, said = checked({"compare": "ctrl+f8", "star": "ctrl+f8"})
    assert keymap == {"compare": "ctrl+f8"}
    assert len(said) == 1
    assert "which keeps it" in said[0]


def test_two_screens_may_use_one_key() -> None:
    assert checked({"swap": "x"})[1] == ()


def test_keys_may_be_written_as_characters() -> None:
    assert checked({"compare": "§,;"})[0] == {"compare": "section_sign,semicolon"}


def test_no_key_at_all_is_said() -> None:
    keymap, said = checked({"compare": " "})
    assert keymap == {}
    assert "it keeps c" in said[0]


async def test_a_clash_is_said_once_on_the_screen(room: Opened) -> None:
    async with room(keymap={"compare": "v"}) as r:
        assert "keys.compare: v was select" in r.text
        await r.press("v")
        assert isinstance(r.app.screen, CompareScreen)
        await r.press("v", "r")
        assert "keys.compare" not in r.text
