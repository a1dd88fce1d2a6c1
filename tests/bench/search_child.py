"""What is measured in a process of its own: builds and their memory, cold starts, one changed article, ticks.

Run as `python -m tests.bench.search_child TASK ENGINE CORPUS FOLDER`; prints JSON lines.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from tests.bench.corpus import Corpus
from tests.bench.search_engines import load, size_bytes
from tests.bench.search_queries import BenchQuery, queries

MISSING = 3
"""Exit code: the engine's package is not installed."""

TICK_S = 0.005
"""How often an app's event loop would like to run."""

_CHANGES = 7
_TICKING_S = 5.0


def build(name: str, corpus: Corpus, folder: Path) -> None:
    """Index the corpus; CPU, wall clock, peak memory and size."""
    engine = load(name)
    cpu, wall = time.process_time(), time.perf_counter()
    engine.build(corpus, folder)
    print(
        json.dumps(
            {
                "cpu_s": round(time.process_time() - cpu, 2),
                "wall_s": round(time.perf_counter() - wall, 2),
                "rss_mb": peak_mb(),
                "size_mb": round(size_bytes(folder) / 1e6, 1),
            }
        )
    )


def cold(name: str, corpus: Corpus, folder: Path) -> None:
    """From the first import of the engine to the first page; the interpreter's start is not counted."""
    before = time.perf_counter()
    engine = load(name)
    engine.open(folder, corpus)
    engine.search(BenchQuery("or", ("company", "market", "rates")))
    print(json.dumps({"cold_ms": round((time.perf_counter() - before) * 1000, 1)}))


def change(name: str, corpus: Corpus, folder: Path) -> None:
    """One changed article: replaced, committed and open for searching; median of some."""
    engine = load(name)
    engine.open(folder, corpus)
    cpu_ms: list[float] = []
    wall_ms: list[float] = []
    for number in range(_CHANGES):
        document = corpus[(number * 7919) % len(corpus)]
        changed = document._replace(body=f"{document.body}\nThis was added later, in version {number}.")
        cpu, wall = time.process_time(), time.perf_counter()
        engine.change(changed)
        cpu_ms.append((time.process_time() - cpu) * 1000)
        wall_ms.append((time.perf_counter() - wall) * 1000)
    print(
        json.dumps(
            {
                "cpu_ms": round(statistics.median(cpu_ms), 2),
                "wall_ms": round(statistics.median(wall_ms), 2),
                "max_cpu_ms": round(max(cpu_ms), 2),
            }
        )
    )


def stream(name: str, corpus: Corpus, folder: Path) -> None:
    """One family query by query, each time printed at once: whoever started this may end it at any moment."""
    engine = load(name)
    engine.open(folder, corpus)
    asked = queries(islice(corpus, 20_000))["prefix"]
    print("ready", file=sys.stderr, flush=True)
    for query in asked:
        begun = time.perf_counter()
        engine.search(query)
        print(json.dumps({"ms": (time.perf_counter() - begun) * 1000}), flush=True)


def ticks(name: str, corpus: Corpus, folder: Path) -> None:
    """How late a 5 ms tick of an event loop is while a thread opens the index and then searches it."""
    asked = queries(islice(corpus, 20_000), count=10)
    engine = load(name)

    def search() -> None:
        until = time.perf_counter() + _TICKING_S
        while time.perf_counter() < until:
            for family in ("or", "prefix", "term common", "phrase", "facet", "date sort"):
                for query in asked[family]:
                    engine.search(query)

    late = {
        "idle": asyncio.run(_lateness(lambda: time.sleep(1))),
        "open": asyncio.run(_lateness(lambda: engine.open(folder, corpus))),
        "search": asyncio.run(_lateness(search)),
    }
    print(json.dumps(late))


async def _lateness(work: Callable[[], None]) -> dict[str, float]:
    done = threading.Event()

    def run() -> None:
        try:
            work()
        finally:
            done.set()

    thread = threading.Thread(target=run)
    thread.start()
    late: list[float] = []
    while not done.is_set():
        due = time.perf_counter() + TICK_S
        await asyncio.sleep(TICK_S)
        late.append((time.perf_counter() - due) * 1000)
    thread.join()
    late.sort()
    return {
        "p50_ms": round(late[len(late) // 2], 2),
        "p99_ms": round(late[min(len(late) - 1, len(late) * 99 // 100)], 2),
        "max_ms": round(late[-1], 2),
        "n": len(late),
    }


def peak_mb() -> int:
    """The most memory this process ever held; unlike `ru_maxrss` not inherited from its parent."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


_TASKS = {"build": build, "cold": cold, "change": change, "stream": stream, "ticks": ticks}


def main(argv: Sequence[str]) -> int:
    """Do one task."""
    task, name, corpus, folder = argv
    try:
        _TASKS[task](name, Corpus(Path(corpus)), Path(folder))
    except ImportError as error:
        print(json.dumps({"missing": str(error)}))
        return MISSING
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
