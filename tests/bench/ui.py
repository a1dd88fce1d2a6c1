"""What the app costs, as ratios to peers in the same run: first paint, keys, first hits, late ticks, leaving.

`python -m tests.bench ui [--large N] [--library DIR] [--runs N] [--rounds N] [--only PART]`. The peer of the
first paint is a Textual app of one widget; that of the keys three scroll views over fixed strips, our footer.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.bench import ui_late
from tests.bench.ui_exit import exit_s
from tests.bench.ui_keys import ours, yardstick
from tests.bench.ui_library import Place, generated, two, write
from tests.bench.ui_paint import MARKER, command, paint

TARGETS = {
    "paint": 1.35,
    "keys": 1.5,
    "open": 2.0,
    "compare": 150.0,
    "hits": 50.0,
    "p99": 20.0,
    "worst": 60.0,
}
LEAVING_S = 0.2
"""CPU seconds from ctrl+q to the prompt; our own target."""
NEW = 1_000
"""Articles of the library that is indexed while ticks are counted and keys pressed."""
PARTS = ("paint", "keys", "hits", "tick", "exit")


def main(argv: list[str]) -> int:
    """Print a line for each figure with its target; 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench ui", description=__doc__)
    parser.add_argument("--large", type=int, default=10_000, help="articles of the large library (10,000)")
    parser.add_argument("--library", type=Path, help="folder where large libraries are kept for the next run")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args(argv)
    parts = options.only or PARTS
    met = True
    with tempfile.TemporaryDirectory() as folder:
        small = two(Path(folder) / "two")
        if {"paint", "hits", "tick"}.intersection(parts):
            large = generated(options.library or Path(folder), options.large)
        if "paint" in parts:
            met &= first_paint(small, large, options.runs)
        if "keys" in parts:
            met &= keys(options.rounds)
        if "hits" in parts:
            met &= hits(large)
        if "tick" in parts:
            met &= late(large, write(Place(Path(folder) / "new", NEW), NEW))
        if "exit" in parts:
            met &= leaving(small, write(Place(Path(folder) / "begun", NEW), NEW))
    return 0 if met else 1


def first_paint(small: Place, large: Place, runs: int) -> bool:
    """Both libraries beside the bare app."""
    bare, *own = paint((small, large), runs)
    met = True
    for place, took in zip((small, large), own, strict=True):
        name = f"first paint at {place.size:,} articles, bare app"
        met &= tell(name, took / bare, TARGETS["paint"], f"{took:.3f} s beside {bare:.3f} s")
    return met


def keys(rounds: int) -> bool:
    """Keys against the yardstick, opening large against small, comparing in milliseconds."""
    base = asyncio.run(yardstick(rounds))
    found = asyncio.run(ours(rounds))
    met = True
    for name in ("list j", "list page", "article j", "article page", "article n", "compare n"):
        met &= tell(
            f"{name}, p95 CPU", found[name] / base, TARGETS["keys"], f"{found[name]:.1f} ms beside {base:.1f}"
        )
    ratio = found["open 1 MB"] / found["open 10 kB"]
    note = f"{found['open 1 MB']:.1f} ms beside {found['open 10 kB']:.1f}"
    met &= tell("open 1 MB beside 10 kB", ratio, TARGETS["open"], note)
    return met & tell("compare two of 4,500 characters, CPU ms", found["compare two"], TARGETS["compare"])


def hits(large: Place) -> bool:
    """From a key to its first hits, less a key of the yardstick."""
    base, own = asyncio.run(ui_late.one_key()), asyncio.run(ui_late.first_hits(large))
    met = True
    for name, before, took in zip(("wall", "CPU"), base, own, strict=True):
        more = p95(took) - p95(before)
        note = f"{p95(took):.1f} ms beside {p95(before):.1f}, median {took[len(took) // 2]:.1f}"
        met &= tell(f"first hits at {large.size:,} articles, p95 {name} ms more", more, TARGETS["hits"], note)
    return met


def late(large: Place, new: Place) -> bool:
    """Ticks beside those of an idle app; the targets are for a machine that does nothing else."""
    idle = asyncio.run(ui_late.idle())
    rest = f"idle app p99 {idle.p(0.99)[0]:.1f}, worst {idle.p(1)[0]:.1f}"
    waits = {
        f"typing at {large.size:,} articles": asyncio.run(ui_late.while_typing(large)),
        f"indexing {new.size:,} articles": asyncio.run(ui_late.while_indexing(new)),
    }
    met = True
    for name, found in waits.items():
        for what, share in (("p99", 0.99), ("worst", 1.0)):
            wall, own = found.p(share)
            note = f"of which own work {own:.1f}; {rest}"
            met &= tell(f"5 ms tick while {name}, {what} ms", wall, TARGETS[what], note)
    return met


def leaving(small: Place, begun: Place) -> bool:
    """From ctrl+q to the prompt, in peace and in the middle of indexing."""
    met = True
    for name, place in (("in peace", small), ("while indexing", begun)):
        wall, cpu = exit_s(command(place), MARKER, 1.5)
        met &= tell(f"leaving {name}, CPU s", cpu, LEAVING_S, f"{wall:.2f} s by the clock")
    return met


def p95(times: list[float]) -> float:
    """Of sorted figures."""
    return times[int(0.95 * (len(times) - 1))]


def tell(name: str, figure: float, target: float, note: str = "") -> bool:
    """One line; whether the target is met."""
    met = figure <= target
    print(
        f"{'met   ' if met else 'MISSED'} {name}: {figure:.2f} (target {target:g}) {note}".rstrip(),
        flush=True,
    )
    return met
