"""What the app costs, as ratios to peers in the same run: first paint, keys, opening, comparing, a late tick.

`python -m tests.bench ui [--articles DIR] [--runs N] [--rounds N] [--only paint|keys|tick]`. The peer of the
first paint is a Textual app of one widget; that of the keys three scroll views over fixed strips, our footer.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.bench.ui_keys import lateness, ours, yardstick
from tests.bench.ui_paint import paint
from tests.conftest import ROOT

TARGETS = {"paint": 1.35, "keys": 1.5, "open": 2.0, "compare": 150.0, "p99": 20.0, "worst": 60.0}


def main(argv: list[str]) -> int:
    """Print a line for each figure with its target; 1 when one is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench ui", description=__doc__)
    parser.add_argument("--articles", type=Path, default=ROOT / "articles")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--only", choices=("paint", "keys", "tick"))
    options = parser.parse_args(argv)
    met = True
    if options.only in (None, "paint"):
        with tempfile.TemporaryDirectory() as folder:
            bare, own = paint(options.articles, Path(folder) / "index", Path(folder) / "state", options.runs)
        met &= tell("first paint, bare app", own / bare, TARGETS["paint"], f"{own:.3f} s beside {bare:.3f} s")
    if options.only in (None, "keys"):
        met &= keys(options.rounds)
    if options.only in (None, "tick"):
        with tempfile.TemporaryDirectory() as folder:
            p99, worst = asyncio.run(lateness(options.articles, Path(folder), options.rounds))
        met &= tell("5 ms tick while typing, p99 ms", p99, TARGETS["p99"])
        met &= tell("5 ms tick while typing, worst ms", worst, TARGETS["worst"])
    return 0 if met else 1


def keys(rounds: int) -> bool:
    """Keys against the yardstick, opening large against small, comparing in milliseconds."""
    base = asyncio.run(yardstick(rounds))
    found = asyncio.run(ours(rounds))
    met = True
    for name in ("list j", "article j", "article page", "compare n"):
        met &= tell(
            f"{name}, p95 CPU", found[name] / base, TARGETS["keys"], f"{found[name]:.1f} ms beside {base:.1f}"
        )
    ratio = found["open 1 MB"] / found["open 10 kB"]
    note = f"{found['open 1 MB']:.1f} ms beside {found['open 10 kB']:.1f}"
    met &= tell("open 1 MB beside 10 kB", ratio, TARGETS["open"], note)
    return met & tell("compare two of 4,500 characters, CPU ms", found["compare two"], TARGETS["compare"])


def tell(name: str, figure: float, target: float, note: str = "") -> bool:
    """One line; whether the target is met."""
    met = figure <= target
    print(f"{'met   ' if met else 'MISSED'} {name}: {figure:.2f} (target {target:g}) {note}".rstrip())
    return met
