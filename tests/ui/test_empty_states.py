"""What stands where nothing is listed, and which key leads on."""

from __future__ import annotations

import pytest

from reader.model import CancelToken
from reader.model.errors import LibraryError
from reader.ui.engine import Report
from tests.ui.conftest import Opened
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

SIZES = [(80, 24), (120, 40), (40, 12)]


class Broken(FakeEngine):
    """A library whose folder is not there."""

    def open(self, report: Report, cancel: CancelToken) -> None:
        raise LibraryError("there is no articles folder here; create it, or name another with --articles DIR")


class Vanishing(FakeEngine):
    """A library whose folder goes away while it is read."""

    def refresh(self, report: Report, cancel: CancelToken) -> bool:
        raise LibraryError("there is no articles folder here")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_library_says_what_to_press(room: Opened, size: tuple[int, int]) -> None:
    async with room(FakeEngine([]), size=size) as r:
        assert "press r" in r.text
        await r.press("enter", "space", "c", "e", "y")
        assert "press r" in r.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_library_that_cannot_be_opened_says_what_to_press(
    room: Opened, size: tuple[int, int]
) -> None:
    async with room(Broken(), size=size) as r:
        assert "create it" in r.text
        assert "r tries again" in r.text


async def test_a_library_that_vanishes_stays_listed(room: Opened) -> None:
    async with room(Vanishing()) as r:
        await r.press("r")
        assert "What was read before is still there" in " ".join(r.text.split())
        assert "Harbour Ledger" in r.text


async def test_nothing_starred_says_what_to_press(room: Opened) -> None:
    async with room(keep=FakeKeep()) as r:
        await r.press("3")
        assert "1 lists all articles" in " ".join(r.text.split())
        await r.press("1")
        assert r.app.browse.article_list.listing.articles == 6


async def test_a_long_notice_is_not_cut(room: Opened) -> None:
    async with room(size=(60, 20)) as r:
        r.app.say("fog " * 30 + "end")
        await r.settle()
        assert "end" in r.text
        r.app.say("short")
        await r.settle()
        assert r.app.browse.notice.size.height == 1
