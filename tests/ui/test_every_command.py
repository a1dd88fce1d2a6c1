"""Every command of the table, on every screen where it applies: what it does is seen."""

from __future__ import annotations

import webbrowser
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reader.ui.commands import COMMANDS, ScreenName, commands_for
from tests.ui.conftest import Opened
from tests.ui.effects import Case
from tests.ui.effects_browse import BROWSE
from tests.ui.effects_compare import COMPARE, MATRIX
from tests.ui.effects_sheets import HELP, SHEET
from tests.ui.fake_keep import FakeKeep
from tests.ui.telling_library import library

CASES: dict[ScreenName, tuple[Case, ...]] = {
    "browse": BROWSE,
    "compare": COMPARE,
    "matrix": MATRIX,
    "help": HELP,
    "sheet": SHEET,
}
WAY: dict[ScreenName, tuple[str, ...]] = {
    "browse": (),
    "compare": ("c",),
    "matrix": ("c", "M"),
    "help": ("question_mark",),
    "sheet": ("e",),
}
"""Keys that lead to each screen from the first."""
KEY = {command.id: command.keys.split(",")[0] for command in COMMANDS}
SIZE = (100, 16)


def _params() -> list[Any]:
    """Every case, named by screen, command and, where a command has several, a number."""
    params = []
    for screen, cases in CASES.items():
        times: Counter[str] = Counter()
        for case in cases:
            times[case.id] += 1
            number = f"-{times[case.id]}" if times[case.id] > 1 else ""
            params.append(pytest.param(screen, case, id=f"{screen}-{case.id}{number}"))
    return params


@pytest.mark.parametrize("screen", CASES)
def test_every_command_of_a_screen_has_a_case(screen: ScreenName) -> None:
    assert {case.id for case in CASES[screen]} == {command.id for command in commands_for(screen)}


def test_every_screen_of_the_table_has_cases() -> None:
    named = {screen for command in COMMANDS for screen in command.screens}
    assert named - {"app"} == set(CASES)


def test_no_case_expects_nothing() -> None:
    assert [case.id for cases in CASES.values() for case in cases if case.was == case.now] == []


@pytest.mark.parametrize("screen", CASES)
async def test_every_key_of_a_command_is_its_own(room: Opened, screen: ScreenName) -> None:
    async with room(library(), keep=FakeKeep(), size=SIZE) as r:
        await r.press(*WAY[screen])
        bound = {key: active.binding.id for key, active in r.app.screen.active_bindings.items()}
        meant = {key: command.id for command in commands_for(screen) for key in command.keys.split(",")}
        assert {key: bound.get(key) for key in meant} == meant


@pytest.mark.parametrize(("screen", "case"), _params())
async def test_command_does_what_it_says(
    room: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, screen: ScreenName, case: Case
) -> None:
    monkeypatch.chdir(tmp_path)
    async with room(library(), keep=FakeKeep(), size=SIZE) as r:
        monkeypatch.setattr(webbrowser, "open", lambda address: r.engine.calls.append(f"browser {address}"))
        await r.press(*WAY[screen], *case.before)
        assert case.look(r) == case.was
        await r.press(KEY[case.id], *case.after)
        assert case.look(r) == case.now
