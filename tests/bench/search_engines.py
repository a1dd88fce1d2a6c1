"""What the benchmark asks of an engine, and which engines there are."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from tests.bench.corpus import Corpus, Document
from tests.bench.search_queries import BenchQuery, Kind

TOP = 20
"""Hits wanted of every query, with their ids."""

DEBIAN_MODULES = "/usr/lib/python3/dist-packages"
"""Where Debian's python3-xapian lives; put last on the path when it is needed."""

Answer = tuple[list[str], int]
"""Ids of the top hits, or facet values; and how many documents match (-1: the engine does not say)."""


class Engine(Protocol):
    """One engine with the best settings known for this corpus."""

    unsupported: frozenset[Kind]
    """What it cannot answer."""

    def build(self, documents: Iterable[Document], folder: Path) -> None:
        """Index everything into an empty folder, durably."""

    def open(self, folder: Path, corpus: Corpus | None) -> None:
        """Get ready to search."""

    def search(self, query: BenchQuery) -> Answer:
        """Answer one query."""

    def change(self, document: Document) -> None:
        """Replace one document, commit, and be ready to search the new state."""

    def version(self) -> str:
        """Of the package."""

    def close(self) -> None:
        """Let go of all files."""


MODULES = {
    "ours": "tests.bench.search_ours",
    "sqlite": "tests.bench.search_sqlite",
    "tantivy": "tests.bench.search_tantivy",
    "xapian": "tests.bench.search_xapian",
    "whoosh": "tests.bench.search_whoosh",
}


def load(name: str) -> Engine:
    """An engine by name. Raises `ImportError` where its package is not installed."""
    if name == "xapian" and DEBIAN_MODULES not in sys.path:
        sys.path.append(DEBIAN_MODULES)
    module = importlib.import_module(MODULES[name])
    engine: Engine = module.engine()
    return engine


def size_bytes(folder: Path) -> int:
    """Of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
