"""Counted filters in the left column and in a sheet, and the ways on from an empty list."""

from __future__ import annotations

import re

from reader.model import CancelToken
from reader.ui.facets import facets
from reader.ui.listing import ChoiceRow, SearchAsked
from reader.ui.scope import EVERYWHERE
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep


def _opened() -> FakeEngine:
    engine = FakeEngine()
    engine.open(lambda *_: None, CancelToken())
    return engine


def _choices(r: Room) -> list[str]:
    return [row.text for row in r.app.browse.article_list.listing.rows if isinstance(row, ChoiceRow)]


def test_what_all_hits_have_narrows_nothing() -> None:
    found = facets(_opened(), SearchAsked("fog", EVERYWHERE), None, {}, CancelToken())
    assert [(one.kind, one.label, one.articles) for one in found] == [
        ("Sources", "Civic Post", 1),
        ("Sources", "Harbour Ledger", 1),
        ("Sources", "Northern Wire", 1),
    ]


def test_months_stories_and_tags_are_counted() -> None:
    tags = {"sea": frozenset({"harbour-ledger/ferries", "elsewhere"})}
    found = facets(_opened(), SearchAsked("", EVERYWHERE), None, tags, CancelToken())
    counted = {(one.kind, one.label, one.term): one.articles for one in found}
    assert counted["Stories", "Two ferries collide in fog, 14 hurt", 'story:"harbour-ledger/ferries"'] == 3
    assert counted["Tags", "sea", 'tag:"sea"'] == 1
    assert counted["Sources", "Harbour Ledger", 'source:"Harbour Ledger"'] == 3


def test_without_tags_all_is_counted_in_one_search() -> None:
    engine = _opened()
    found = facets(engine, SearchAsked("the", EVERYWHERE), None, {}, CancelToken())
    assert [one.articles for one in found if one.kind == "Stories"] == [3, 2]
    assert engine.calls.count("search the") == 1


async def test_the_left_column_counts_what_was_found(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"the", "enter")
        column = "\n".join(line[:20] for line in r.grid())
        assert "Sources found" in column
        assert re.search(r"Northern Wire +[12]", column)


async def test_choosing_a_source_narrows_the_query_and_backspace_widens_it(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fog", "enter", "h", "j", "enter")
        assert r.app.session.query == 'fog source:"Civic Post"'
        assert r.app.browse.article_list.listing.articles == 1
        await r.press("backspace")
        assert r.app.session.query == "fog"
        assert r.app.browse.article_list.listing.articles == 3


async def test_a_filter_of_the_query_is_dropped_by_choosing_it_again(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fog", "enter", "h", "j", "enter", "h")
        assert "Narrowed to" in r.text
        r.app.browse.source_list.go(2)
        await r.press("enter")
        assert r.app.session.query == "fog"


async def test_comma_offers_the_same_in_a_sheet_at_80_columns(room: Opened) -> None:
    async with room(size=(80, 24)) as r:
        await r.press("slash", *"fog", "enter", "comma")
        assert "1  source: Harbour Ledger" in r.text
        await r.press("j", "enter")
        assert r.app.session.query == 'fog source:"Harbour Ledger"'


async def test_a_typed_filter_is_dropped_too(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fog date:2025", "enter", "backspace")
        assert r.app.session.query == "fog"


async def test_clearing_the_query_brings_the_sources_back(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fog", "enter", "escape")
        assert "Sources found" not in r.text


async def test_ways_on_from_nothing_have_true_counts_and_digits(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *'fog source:"Nobody"', "enter")
        assert _choices(r) == ['1  Drop source:"Nobody" (3 hits)']
        assert "hits)" in r.text
        await r.press("1")
        assert r.app.session.query == "fog"


async def test_did_you_mean_says_how_many_that_finds(room: Opened) -> None:
    async with room() as r:
        await r.press("slash", *"fery", "enter")
        assert _choices(r) == ["1  Did you mean ferry? (1 hit)"]
        await r.press("enter")
        assert r.app.session.query == "ferry"


async def test_searching_the_whole_library_forgets_unread_alone(room: Opened) -> None:
    keep = FakeKeep()
    keep.mark_read([info.id for info in _opened().articles()], True)
    async with room(keep=keep) as r:
        await r.press("2", "slash", *"fog", "enter", "1")
        assert r.app.session.only == "all"
        assert r.app.browse.article_list.listing.articles == 3
