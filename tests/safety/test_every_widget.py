"""Every class of widget the app uses is shown hostile text; a new class fails here until it is."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.containers import Horizontal, Vertical
from textual.events import Paste
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

import reader.ui
from tests.safety.test_wall_two import PAYLOADS, QUERIES, TOUR, hostile_engine, raw_characters
from tests.ui.conftest import Opened, Room
from tests.ui.fake_keep import FakeKeep

MORE_SCREENS = (
    *(
        "escape",
        "escape",
        "escape",
        "c",
        "M",
        "j",
        "w",
        "escape",
        "escape",
        "ctrl+p",
        "o",
        "n",
        "e",
        "down",
        "escape",
    ),
    *("enter", "e", "enter", "escape", "vertical_line", "c", "a", "t", "enter", "enter", "down", "escape"),
)
"""Keys to what the tour passes by: matrix, names in the palette, a file's name, a program's output."""
Containers = Horizontal | Vertical
"""Draw nothing but what is in them."""
WITHOUT_OUTSIDE_TEXT = {
    "KeyBar": "keys and labels of our own table",
    "KeyList": "the help sheet: the same table",
    "Minimap": "shapes only",
    "Label": "the letters of a jump",
    "LoadingIndicator": "moving dots",
    "SearchIcon": "one sign",
    "CommandInput": "what is typed into the palette",
}
"""Widgets that draw no word of an article, and why."""


def modules() -> list[object]:
    """Every module of the app's screens and widgets."""
    return [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(reader.ui.__path__, f"{reader.ui.__name__}.")
    ]


def widget_classes() -> set[type[Widget]]:
    """Our own classes of widgets and those of Textual that our modules name."""
    return {
        held
        for module in modules()
        for held in vars(module).values()
        if inspect.isclass(held) and issubclass(held, Widget) and held is not Widget
    }


async def toured(
    room: Opened, payloads: Sequence[str], size: tuple[int, int]
) -> tuple[set[type[Widget]], set[type[Widget]], list[tuple[str, str]]]:
    """Classes that were mounted, those that drew a replaced character, and what came out raw."""
    mounted: set[type[Widget]] = set()
    replaced: set[type[Widget]] = set()
    raw: list[tuple[str, str]] = []
    async with room(hostile_engine(payloads), size=size, keep=FakeKeep()) as r:
        for key in ("", *TOUR, *MORE_SCREENS):
            await r.press(*filter(None, [key]))
            raw += [(key, what) for what in raw_characters(r)]
            look(r, mounted, replaced)
            if key == "slash" and isinstance(r.app.focused, Input):
                r.app.focused.post_message(Paste(payloads[0]))
                await r.settle()
                raw += [("paste", what) for what in raw_characters(r)]
                look(r, mounted, replaced)
        assert r.app.return_code is None
    return mounted, replaced, raw


def look(r: Room, mounted: set[type[Widget]], replaced: set[type[Widget]]) -> None:
    strips = r.app.screen._compositor.render_strips()
    mounted.add(type(r.app.screen))
    for widget in r.app.screen.walk_children(Widget):
        mounted.add(type(widget))
        region = widget.region
        if len(widget.children) == 0 and any(
            "\ufffd" in strip.crop(region.x, region.right).text for strip in strips[region.y : region.bottom]
        ):
            replaced.add(type(widget))


@pytest.mark.quick
async def test_every_widget_class_draws_hostile_text_and_nothing_of_it_comes_out_raw(room: Opened) -> None:
    mounted, replaced, raw = await toured(room, [*PAYLOADS, *QUERIES], (120, 40))
    assert raw == []
    assert [
        known.__name__ for known in widget_classes() if not any(issubclass(seen, known) for seen in mounted)
    ] == []
    leaves = {seen.__name__ for seen in mounted if not issubclass(seen, Screen | Containers)}
    assert leaves - {seen.__name__ for seen in replaced} <= set(WITHOUT_OUTSIDE_TEXT)


@pytest.mark.data
@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(12))
async def test_none_of_the_collected_payloads_leaves_any_widget(
    room: Opened, eval_data: Path, part: int
) -> None:
    """All 92, eight at a time, so that each of them stands on the screen."""
    lines = (eval_data / "hostile/more/own_terminal_and_text.jsonl").read_text(encoding="utf-8").strip()
    payloads = [json.loads(line)["payload"][:400] for line in lines.split("\n")]
    assert len(payloads) == 92
    _, _, raw = await toured(room, payloads[part * 8 : part * 8 + 8], (120, 40))
    assert raw == []
