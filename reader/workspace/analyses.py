"""Analyses of articles, kept in memory and as JSON beside the index; never trusted, always checked."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path

from reader.compare.analysis import ANALYSIS_VERSION, Analysis, analyse, from_json, to_json
from reader.model import Article

KEPT = 128
"""Analyses in memory; one of a 4,500-character article takes about 200 kB."""

MAX_FILE = 16 * 1024 * 1024
"""Bytes; a larger file was not written by us."""


class AnalysisCache:
    """Analyses by the digest of their article. Safe to use from several threads and several programs."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first analysis is kept."""
        self._folder = folder
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, Analysis] = OrderedDict()

    def of(self, article: Article) -> Analysis:
        """The analysis of an article: from memory, from disk, or made and kept."""
        with self._lock:
            analysis = self._recent.get(article.digest)
            if analysis is not None and analysis.info == article.info:
                self._recent.move_to_end(article.digest)
                return analysis
        analysis = self._read(article)
        if analysis is None:
            analysis = analyse(article)
            self._write(article.digest, analysis)
        with self._lock:
            self._recent[article.digest] = analysis
            while len(self._recent) > KEPT:
                self._recent.popitem(last=False)
        return analysis

    def all_of(self, articles: Iterable[Article], check: Callable[[], None]) -> list[Analysis]:
        """The analyses of several articles; `check` is called before each and may raise."""
        found = []
        for article in articles:
            check()
            found.append(self.of(article))
        return found

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}-{ANALYSIS_VERSION}.json"

    def _read(self, article: Article) -> Analysis | None:
        try:
            path = self._path(article.digest)
            if path.stat().st_size > MAX_FILE:
                return None
            return from_json(json.loads(path.read_bytes()), article)
        except (OSError, ValueError, RecursionError):
            return None

    def _write(self, digest: str, analysis: Analysis) -> None:
        # A cache that cannot be written (full disk, read-only folder) only costs time at the next start.
        path = self._path(digest)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.new")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                temporary.write_bytes(json.dumps(to_json(analysis), ensure_ascii=True).encode())
                os.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
