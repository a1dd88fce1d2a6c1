"""CPU of a key press, from the event to the end of the screen update, beside an app of fixed strips."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.compare.analysis import analyse
from reader.compare.engine import compare
from reader.library.library import Library
from reader.model import Article, CancelToken
from reader.model.comparison import Comparison
from reader.ui.app import ReaderApp
from reader.ui.commands import bindings
from reader.ui.widgets.key_bar import KeyBar
from tests.conftest import ROOT, make_article
from tests.ui.fake_engine import FakeEngine

QUIET_S = 0.06
"""How long nothing happens after a key before its CPU is read."""
COMPARISONS = 9
"""Of their times the median is told."""
SENTENCE = "The harbour office counted {n} ferries on day {n} and said that crossing {m} would not sail. "


class Fixed(ScrollView, can_focus=True):
    """As many lines as an article has, made once."""

    def __init__(self) -> None:
        super().__init__()
        self._strips = [
            Strip([Segment(f"line {n} ".ljust(200), Style(color="white"))], 200) for n in range(400)
        ]
        self.virtual_size = Size(200, len(self._strips))

    def render_line(self, y: int) -> Strip:
        """One of them."""
        return self._strips[y + self.scroll_offset.y].crop(0, self.size.width)


class FixedScreen(Screen[None]):
    """Three scroll views side by side, scrolled together, and our footer."""

    BINDINGS: ClassVar[list[Any]] = bindings("browse")
    CSS = "Fixed { width: 1fr; scrollbar-size-vertical: 1; }"

    def compose(self) -> ComposeResult:
        """The views."""
        with Horizontal():
            yield Fixed()
            yield Fixed()
            yield Fixed()
        yield KeyBar("browse")

    def _scroll(self, lines: int) -> None:
        for view in self.query(Fixed):
            view.scroll_to(y=view.scroll_offset.y + lines, animate=False)

    def action_down(self) -> None:
        """A line."""
        self._scroll(1)

    def action_up(self) -> None:
        """A line back."""
        self._scroll(-1)


class FixedApp(App[None]):
    """The yardstick."""

    def get_default_screen(self) -> Screen[None]:
        """Its only screen."""
        return FixedScreen()


class ComparingEngine(FakeEngine):
    """In memory, with the real comparison."""

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:
        """As the workspace does it, without a cache."""
        return compare([analyse(self.article(article_id)) for article_id in article_ids], cancel)


def text_of(characters: int, seed: int = 0) -> str:
    """Sentences in paragraphs."""
    parts: list[str] = []
    size = number = 0
    while size < characters:
        paragraph = "".join(SENTENCE.format(n=seed + number + k, m=number * 7 + k) for k in range(3)).strip()
        parts.append(paragraph)
        size += len(paragraph) + 2
        number += 3
    return "\n\n".join(parts)


def library() -> tuple[Article, ...]:
    """Two articles of 4,500 characters on one story, forty small ones, one of 10 kB and one of 1 MB."""
    bodies = _sample("alaska-summit")
    pair = [
        make_article("A summit", body[:4_500], source=f"S{number}", id=f"s{number}/pair")
        for number, body in enumerate(bodies[:2])
    ]
    small = [make_article(f"Small {n}", text_of(3_000, n), source="S3", id=f"s3/small{n}") for n in range(40)]
    sizes = [
        make_article("Short", text_of(10_000), id="z/a10k"),
        make_article("Long", text_of(1_000_000), id="z/b1m"),
    ]
    return (*pair, *small, *sizes)


def _sample(name: str) -> list[str]:
    library = Library(ROOT / "articles")
    return [library.read(info.id).body for info in library.scan(None).infos if name in info.id]


async def cpu_of(app: App[Any], key: str) -> float:
    """Milliseconds of CPU that one key costs."""
    start = time.process_time()
    app.post_message(events.Key(key, key if len(key) == 1 else None))
    await asyncio.sleep(QUIET_S)
    return (time.process_time() - start) * 1000


async def p95(app: App[Any], keys: Sequence[str], rounds: int) -> float:
    """The 95th percentile over keys pressed one after the other."""
    times = sorted([await cpu_of(app, keys[n % len(keys)]) for n in range(rounds)])
    return times[int(0.95 * (len(times) - 1))]


async def settled(pilot: Pilot[Any]) -> None:
    """Until nothing happens any more."""
    await pilot.pause(0.5)


async def yardstick(rounds: int) -> float:
    """p95 of a line down in the app of fixed strips."""
    app = FixedApp()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        gc.freeze()
        return await p95(app, ("j", "k"), rounds)


async def ours(rounds: int) -> dict[str, float]:
    """p95 of what a reader presses most, and the CPU of opening and comparing, in milliseconds."""
    app = ReaderApp(ComparingEngine(library()))
    found: dict[str, float] = {}
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.pause(1.0)
        gc.freeze()  # as the command does after the first frame
        found["list j"] = await p95(app, ("j", "j", "k"), rounds)
        found["list page"] = await p95(app, ("pagedown", "pageup"), rounds)
        await pilot.press("enter")
        await settled(pilot)
        found["article j"] = await p95(app, ("j", "k"), rounds)
        found["article page"] = await p95(app, ("pagedown", "pageup"), rounds)
        await pilot.press("escape", "slash", *"harbour", "enter", "enter")
        await settled(pilot)
        found["article n"] = await p95(app, ("n", "n", "N"), rounds)
        await pilot.press("escape", "escape")
        await settled(pilot)
        found["open 10 kB"] = await _open(app, pilot, "z/a10k")
        found["open 1 MB"] = await _open(app, pilot, "z/b1m")
        app.browse.go_to_article("s0/pair")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        found["compare n"] = await p95(app, ("n", "n", "N"), rounds)
        times = []
        for _ in range(COMPARISONS):
            await pilot.press("q")
            await settled(pilot)
            start = time.process_time()
            app.post_message(events.Key("c", "c"))
            await asyncio.sleep(1.0)
            times.append((time.process_time() - start) * 1000)
        found["compare two"] = sorted(times)[COMPARISONS // 2]
    return found


async def _open(app: ReaderApp, pilot: Pilot[Any], article_id: str) -> float:
    times = []
    for _ in range(5):
        app.browse.go_to_article("s0/pair")
        await settled(pilot)
        start = time.process_time()
        app.browse.go_to_article(article_id)
        await asyncio.sleep(0.5)
        times.append((time.process_time() - start) * 1000)
    return sorted(times)[len(times) // 2]
