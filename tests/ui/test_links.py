"""Letters on the addresses of an article."""

from __future__ import annotations

import webbrowser

import pytest

from reader.ui.preferences import Preferences
from reader.ui.screens.asking import ChoiceList
from reader.ui.screens.hints import labels
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine

BODY = "Read https://a.example/one first, then http://b.example/two.\n\nUnsafe: https://user@c.example/."
LONG = (
    "The ferries lay in thick fog off the port and nobody could say when they would sail again that day. " * 4
)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked for."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", asked.append)
    return asked


def _engine(body: str = BODY) -> FakeEngine:
    return FakeEngine([make_article("Links", body, id="a/links")])


def test_no_label_begins_another() -> None:
    many = labels(40)
    assert len(set(many)) == 40
    assert {len(label) for label in many} == {2}


async def test_a_letter_stands_on_each_address_and_names_it(room: Opened, opened: list[str]) -> None:
    async with room(_engine()) as r:
        await r.press("enter", "f")
        assert "Enter lists all" in r.text
        await r.press("s")
        assert "http://b.example/two" in r.text
        assert opened == []
        await r.press("enter")
        assert opened == ["http://b.example/two"]


async def test_enter_lists_all_and_only_those_that_may_be_opened(room: Opened) -> None:
    async with room(_engine()) as r:
        await r.press("enter", "f", "enter")
        assert "Open which address?" in r.text
        assert "c.example" not in r.text.split("Open which address?")[1]


async def test_any_other_key_leaves(room: Opened, opened: list[str]) -> None:
    async with room(_engine()) as r:
        await r.press("enter", "f", "x")
        assert r.app.screen is r.app.browse
        assert opened == []


async def test_addresses_are_labelled_where_they_stand_in_justified_text(room: Opened) -> None:
    body = LONG + "See https://a.example/one for more of it, as the harbour office said on Tuesday. " + LONG
    async with room(_engine(body), preferences=Preferences(justify=True)) as r:
        await r.press("enter", "f")
        (label,) = r.app.screen.query("#hint-a")
        line = r.grid()[label.region.y]
        assert line[label.region.right :].startswith("https://a.example/one")


async def test_justified_lines_end_at_one_column_and_copy_without_extra_spaces(room: Opened) -> None:
    async with room(_engine(LONG), size=(80, 24), preferences=Preferences(justify=True)) as r:
        await r.press("enter")
        lines = [line for line in r.grid() if "ferries" in line or "again" in line]
        assert any("  " in line.strip() for line in lines)
        await r.press("v", "y")
        assert LONG.split(". ", maxsplit=1)[0] in r.app.clipboard


LONG_ADDRESS = "https://xn--bcher-kva.example/" + "-".join(f"part{n}" for n in range(60))


def _sheet(r: Room) -> str:
    """What the list of addresses shows, without the breaks of its lines."""
    place = r.app.screen.query_one(ChoiceList).region
    strips = r.app.screen._compositor.render_strips()[place.y : place.bottom]
    return "".join(strip.crop(place.x, place.right).text.strip() for strip in strips)


async def test_an_address_is_shown_in_full_before_it_is_opened(room: Opened, opened: list[str]) -> None:
    typed = LONG_ADDRESS.replace("xn--bcher-kva", "bücher")
    async with room(_engine(f"See {typed} for more."), size=(80, 40)) as r:
        await r.press("enter", "f", "a")
        assert LONG_ADDRESS in _sheet(r)
        await r.press("enter")
        assert opened == [LONG_ADDRESS]


async def test_a_comparison_shows_addresses_in_full_as_well(room: Opened, opened: list[str]) -> None:
    body = f"The ferries met in fog. See {LONG_ADDRESS} for more."
    articles = [make_article("Fog", body, source=name, id=f"{name}/fog") for name in ("A", "B")]
    async with room(FakeEngine(articles), size=(80, 40)) as r:
        await r.press("c", "f")
        assert LONG_ADDRESS in _sheet(r)
        await r.press("enter")
        assert opened == [LONG_ADDRESS]
