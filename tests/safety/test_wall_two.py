"""Wall two alone: articles that were never cleaned, on every screen of the app, and nothing gets out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from reader.model import Problem
from reader.ui.app import ReaderApp
from tests.conftest import make_article
from tests.ui.conftest import Opened, Room
from tests.ui.fake_engine import FakeEngine
from tests.ui.fake_keep import FakeKeep

RAW = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\U000e0000-\U000e007f\ud800-\udfff]"
)
PAYLOADS = [
    *("\x1b[31mred", "\x1b[2J", "\x1b]0;title\x07", "\x1b]52;c;QUJD\x07", "\x1bPq#0;2;0;0;0\x1b\\"),
    *(
        "\x1b]8;;http://x.invalid\x1b\\link\x1b]8;;\x1b\\",
        "\x1b_Ga=q\x1b\\",
        "\x1bc",
        "\x9b2J",
        "\x9d0;t\x9c",
    ),
    *("\x90q\x9c", "\x00", "\x07", "\x08\x08", "\r", "\x0b", "\x0c", "\x0e\x0f", "\x11\x13", "\x7f", "\x85"),
    *("\u2028", "\u2029", "\u202egnp.exe", "\u2066a\u2069", "\U000e0041\U000e007f", "e" + "\u0301" * 60),
    *("\u200b\ufeff", "👨\u200d👩\u200d👧", "[/b]", "[@click=app.quit]x[/]", "[link='http://x']y[/link]"),
    *("[red]", "\\[", "[bold"),
]
QUERIES = [
    *("\x1b]10;?\x1b\\", "\x1b]4;1;?\x07", "\x1b[21t", "\x1bP$qm\x1b\\", "\x05", "\x1b]52;c;?\x07"),
    *("\x1bP+q544e\x1b\\", "\x1b_Gi=1,a=q;\x1b\\", "\x1b[c"),
]
"""What a terminal would answer with key presses."""

TOUR = (
    *("enter", "space", "n", "i", "i", "f", "escape", "o", "escape", "ctrl+o", "escape", "w", "escape"),
    *("t", "escape", "a", "escape", "escape", "escape", "x", "j", "x", "c", "n", "w", "d", "d"),
    *("F", "M", "M", "T", "escape", "e", "escape", "escape", "escape", "question_mark", "escape", "ctrl+p"),
    *("escape", "s", "m", "u", "slash", "P", "U", "B", "escape", "escape", "h", "h", "down", "enter"),
)
"""Keys that lead over every screen and sheet."""


def hostile_engine(payloads: Sequence[str]) -> FakeEngine:
    """A library of two articles about one thing that carry the payloads wherever text can stand."""
    payloads = [re.sub("[\ud800-\udfff]", "", payload) for payload in payloads]
    bad = "".join(payloads)
    passages = (f"PUB {payload} end of the ferry passage {n}." for n, payload in enumerate(payloads))
    text = "\n\n".join(("See https://ferries.invalid/x for more.", *passages))
    articles = [
        make_article(
            f"Ferry {bad} headline",
            text,
            source=f"{source} {bad}",
            published="2025-03-04",
            id=f"{source}/ferries {bad}",
        )
        for source in ("one", "two")
    ]
    return FakeEngine(articles, [Problem(f"w/{bad}.txt", f"holds {bad}", f"do {bad}")])


def raw_characters(room: Room) -> list[str]:
    """What the screen would send to the terminal that it must not, with a little around it."""
    strips = room.app.screen._compositor.render_strips()
    text = "\n".join(segment.text for strip in strips for segment in strip if not segment.control)
    found = [ascii(text[max(0, m.start() - 8) : m.end() + 8]) for m in RAW.finditer(text.replace("\n", " "))]
    links = [s.style.link for strip in strips for s in strip if s.style is not None and s.style.link]
    return found + links


async def seen_raw(
    opened: Opened, payloads: Sequence[str], size: tuple[int, int], tour: Sequence[str] = TOUR
) -> list[tuple[str, str]]:
    """Each key of the tour after which the screen would have sent something raw, and what."""
    found = []
    visited = set()
    async with opened(hostile_engine(payloads), size=size, keep=FakeKeep()) as r:
        for key in ("", *tour):
            await r.press(*filter(None, [key]))
            visited.add(type(r.app.screen).__name__)
            found += [(key, what) for what in raw_characters(r)]
        assert r.app.return_code is None
    assert tour is not TOUR or len(visited) > 5, visited
    return found


@pytest.mark.full
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 60)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_nothing_hostile_leaves_any_screen_of_any_size(room: Opened, size: tuple[int, int]) -> None:
    assert await seen_raw(room, PAYLOADS, size) == []


@pytest.mark.full
@pytest.mark.parametrize("query", QUERIES, ids=ascii)
async def test_no_query_reaches_a_terminal_that_would_answer(room: Opened, query: str) -> None:
    assert await seen_raw(room, [query], (120, 40)) == []


async def test_without_the_wall_the_test_would_see_it(room: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderApp, "get_line_filters", lambda _self: [])
    assert await seen_raw(room, QUERIES[:1], (120, 40), ("enter",)) != []
