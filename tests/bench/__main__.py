"""Benchmarks as ratios against peers in one run: `python -m tests.bench AREA [options]`."""

from __future__ import annotations

import importlib
import sys

AREAS = ("compare", "relevance", "search", "ui")


def main(argv: list[str]) -> int:
    """Run one area's benchmark; 2 for an unknown area."""
    if not argv or argv[0] not in AREAS:
        print(f"usage: python -m tests.bench {'|'.join(AREAS)} [options]", file=sys.stderr)
        return 2
    # Each area brings its own development packages, so only the one asked for is imported.
    code: int = importlib.import_module(f"tests.bench.{argv[0]}").main(argv[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
