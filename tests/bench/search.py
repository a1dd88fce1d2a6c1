"""`python -m tests.bench search`: our search and its peers on the same articles and queries, in one run.

All engines are built first, each in a process of its own. Then every query goes to each engine in turn, in
rotating order, one warm-up round and three timed ones. Trust the ratios, not the milliseconds.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.corpus import write
from tests.bench.search_child import MISSING
from tests.bench.search_engines import MODULES, Engine, load
from tests.bench.search_queries import FAMILIES, BenchQuery, queries
from tests.conftest import EVAL_DATA

CUT_S = 12.0
"""A family whose timed rounds take one engine longer is cut there."""
SAMPLE = 20_000
"""Documents that queries are drawn from."""
PARTIAL = 5
"""Exit code: some engine is not installed."""

_ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Times:
    """What one engine took for one family."""

    wall_ms: list[float] = field(default_factory=list)
    first_ms: list[float] = field(default_factory=list)
    """Of the round that warms up: the price of a query nobody asked before."""
    cpu_ms: list[float] = field(default_factory=list)
    hits: int = 0
    spent_s: float = 0.0

    def summary(self) -> dict[str, float | int]:
        """As it stands in the JSON."""
        ordered = sorted(self.wall_ms)
        return {
            "p50_ms": _quantile(ordered, 0.50),
            "p95_ms": _quantile(ordered, 0.95),
            "p99_ms": _quantile(ordered, 0.99),
            "first_p50_ms": _quantile(sorted(self.first_ms), 0.50),
            "cpu_ms": round(sum(self.cpu_ms) / max(1, len(self.cpu_ms)), 4),
            "n": len(ordered),
            "hits": self.hits,
        }


def _quantile(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 4) if ordered else 0.0


class Bench:
    """One run."""

    def __init__(self, options: argparse.Namespace, work: Path) -> None:
        self.options = options
        self.work = work
        self.corpus_path = work / "corpus.jsonl"
        self.names = ["ours", *options.against]
        self.missing: dict[str, str] = {}
        self.report: dict[str, Any] = {
            "schema": 1,
            "kind": "bench",
            "docs": options.docs,
            "profile": options.profile,
            "versions": {"python": platform.python_version(), "machine": platform.machine()},
            "build": {},
            "queries": {},
            "missing": self.missing,
        }

    def run(self) -> dict[str, Any]:
        """All of it, in order."""
        data = EVAL_DATA if EVAL_DATA.is_dir() else None
        _say(f"generating {self.options.docs:,} articles ({self.options.profile})")
        corpus = write(self.corpus_path, self.options.docs, self.options.profile, data)
        asked = queries(islice(corpus, SAMPLE), self.options.queries)
        for name in self.names:
            self._build(name)
        present = {name: load(name) for name in self.names if name not in self.missing}
        for name, engine in present.items():
            engine.open(self.work / name, corpus)
            self.report["versions"][name] = engine.version()
        for family, _ in FAMILIES:
            self._family(family, asked[family], present)
        for engine in present.values():
            engine.close()
        self._stream_stock_prefix()
        self._changes(list(present))
        self.report["ticks"] = self._child("ticks", "ours", self.corpus_path, self.work / "ours")
        add_ratios(self.report)
        return self.report

    def _build(self, name: str) -> None:
        _say(f"building {name}")
        folder = self.work / name
        folder.mkdir()
        built = self._child("build", name, self.corpus_path, folder)
        if "missing" in built:
            self.missing[name] = built["missing"]
            return
        built.update(self._child("cold", name, self.corpus_path, folder))
        self.report["build"][name] = built

    def _family(self, family: str, asked: Sequence[BenchQuery], present: dict[str, Engine]) -> None:
        _say(f"asking {family}")
        able = [name for name, engine in present.items() if self._asks(name, family, engine, asked)]
        times = {name: Times() for name in able}
        gc.collect()
        for turn in range(1 + self.options.rounds):
            for number, query in enumerate(asked):
                first = (turn + number) % len(able)
                for name in able[first:] + able[:first]:
                    if times[name].spent_s < CUT_S:
                        _ask(present[name], query, times[name], is_timed=turn > 0)
        self.report["queries"][family] = {name: taken.summary() for name, taken in times.items()}

    def _asks(self, name: str, family: str, engine: Engine, asked: Sequence[BenchQuery]) -> bool:
        # Stock Whoosh took up to 130 s for one prefix, which no in-process cut can stop.
        return asked[0].kind not in engine.unsupported and not (name == "whoosh" and family == "prefix")

    def _stream_stock_prefix(self) -> None:
        """Stock Whoosh's prefixes, in a child that is ended after twelve seconds."""
        if "whoosh" not in self.names or "whoosh" in self.missing:
            return
        command = self._command("stream", "whoosh", self.corpus_path, self.work / "whoosh")
        child = subprocess.Popen(
            command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert child.stderr is not None
        # Opening is not part of the twelve seconds.
        child.stderr.readline()
        try:
            output, _ = child.communicate(timeout=CUT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            output, _ = child.communicate()
        times = Times(wall_ms=[json.loads(line)["ms"] for line in output.splitlines()])
        asked = self.report["queries"]["prefix"]["ours"]["n"] // max(1, self.options.rounds)
        self.report["queries"]["prefix"]["whoosh"] = {**times.summary(), "cut_s": CUT_S, "asked": asked}

    def _changes(self, names: Iterable[str]) -> None:
        """One changed article, at full size and at 1,000."""
        small = self.work / "small.jsonl"
        write(small, 1000, self.options.profile, EVAL_DATA if EVAL_DATA.is_dir() else None)
        for name in names:
            _say(f"changing one article in {name}")
            folder = self.work / f"small-{name}"
            folder.mkdir()
            self._child("build", name, small, folder)
            at_1000 = self._child("change", name, small, folder)
            at_full = self._child("change", name, self.corpus_path, self.work / name)
            self.report["build"][name]["add_ms"] = at_full["wall_ms"]
            self.report["build"][name]["change"] = {"at_1000": at_1000, "at_full": at_full}

    def _command(self, task: str, name: str, corpus: Path, folder: Path) -> list[str]:
        return [sys.executable, "-m", "tests.bench.search_child", task, name, str(corpus), str(folder)]

    def _child(self, task: str, name: str, corpus: Path, folder: Path) -> Any:
        command = self._command(task, name, corpus, folder)
        done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode not in (0, MISSING):
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
        return json.loads(done.stdout)


def _ask(engine: Engine, query: BenchQuery, taken: Times, *, is_timed: bool) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    _, hits = engine.search(query)
    elapsed = time.perf_counter() - wall
    if is_timed:
        taken.spent_s += elapsed
        taken.wall_ms.append(elapsed * 1000)
        taken.cpu_ms.append((time.process_time() - cpu) * 1000)
        return
    taken.first_ms.append(elapsed * 1000)
    if hits >= 0:
        taken.hits += hits
    elif (count := getattr(engine, "count", None)) is not None:
        taken.hits += count(query)


def add_ratios(report: dict[str, Any]) -> None:
    """Work out all ratios, ours to theirs, from what was measured."""
    for key, quantile in (("ratios", "p50_ms"), ("ratios_p95", "p95_ms")):
        report[key] = {
            family: {
                name: _ratio(by_engine["ours"][quantile], theirs, quantile)
                for name, theirs in by_engine.items()
                if name != "ours"
            }
            for family, by_engine in report["queries"].items()
        }
    built = report["build"]
    for cost in ("cpu_s", "size_mb", "rss_mb", "cold_ms", "add_ms"):
        report["ratios"][f"build {cost}"] = {
            name: round(built["ours"][cost] / max(costs[cost], 1e-9), 3)
            for name, costs in built.items()
            if name != "ours"
        }


def _ratio(ours: float, theirs: dict[str, float], quantile: str) -> float | str | None:
    """Ours to theirs; for a peer that was ended, `> n`: it takes more than n times as long.

    That peer finished the quicker of its queries only, so their times are a lower bound. `None` when there is
    nothing to compare.
    """
    if theirs["n"] < theirs.get("asked", 0):
        finished = theirs[quantile] if theirs["n"] else theirs["cut_s"] * 1000
        return f"> {finished / max(ours, 1e-6):.0f}"
    if not theirs["n"]:
        return None
    return round(ours / max(theirs[quantile], 1e-6), 3)


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def table(report: dict[str, Any]) -> str:
    """`family ours theirs ratio`, one line a family and peer."""
    lines = [
        f"{'family':14} {'peer':8} {'ours p50':>9} {'theirs':>9} {'ratio':>8} {'p95':>8} {'p95 ratio':>9}"
    ]
    for family, by_engine in report["queries"].items():
        ours = by_engine["ours"]
        for name, theirs in by_engine.items():
            if name == "ours":
                continue
            lines.append(
                f"{family:14} {name:8} {ours['p50_ms']:9.2f} {theirs['p50_ms']:9.2f} "
                f"{report['ratios'][family][name]!s:>8} {ours['p95_ms']:8.2f} "
                f"{report['ratios_p95'][family][name]!s:>9}"
            )
    lines.append("")
    for name, built in report["build"].items():
        lines.append(f"build {name:8} " + " ".join(f"{k}={v}" for k, v in built.items() if k != "change"))
        lines.append(f"      change   {json.dumps(built.get('change'))}")
    lines.append(f"ticks {json.dumps(report.get('ticks'))}")
    lines.extend(f"missing {name}: {reason}" for name, reason in report["missing"].items())
    return "\n".join(lines)


def main(argv: Sequence[str]) -> int:
    """Run, print ratios, write JSON; 0, or 5 when an engine is missing."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench search", description="Our search and its peers."
    )
    parser.add_argument("--docs", type=int, default=10_000)
    parser.add_argument("--against", default="sqlite,tantivy,xapian,whoosh", type=_names)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--profile", choices=("short", "long"), default="short")
    parser.add_argument("--queries", type=int, default=20, help="of each family")
    parser.add_argument("--rounds", type=int, default=3, help="timed, after one to warm up")
    options = parser.parse_args(argv)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(_ROOT))))
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        report = Bench(options, Path(folder)).run()
    print(table(report))
    if options.json is not None:
        options.json.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return PARTIAL if report["missing"] else 0


def _names(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    unknown = sorted(set(names) - (MODULES.keys() - {"ours"}))
    if unknown:
        raise argparse.ArgumentTypeError(
            f"no engine {', '.join(unknown)} (there are sqlite, tantivy, xapian, whoosh)"
        )
    return names


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
