"""Story features of a library on disk: appended as they are made, so that what was made is made once.

One JSON line an article, the latest of an article counts. Read where it is asked for and never trusted: a
line that is damaged, foreign or of another digest is as good as none.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.compare.stories import StoryFeatures, features_from_json, features_to_json
from reader.compare.story_features import FEATURES_VERSION
from reader.model import ArticleInfo, CancelToken

_MAX_LINE = 1_000_000
_BLOCK = 1 << 20
_FIRST = json.dumps({"kind": "feature log", "version": FEATURES_VERSION}).encode() + b"\n"
_HEAD = re.compile(rb'\["((?:[^"\\]|\\.)*)","([0-9a-f]{1,64})",')
_STALE = 4 * 1024 * 1024
"""Bytes of lines that no longer count; with more than that, and more than those that do, all is rewritten."""


class FeatureLog:
    """The features of some articles, in one file. `open` first; one program writes at a time."""

    def __init__(self, path: Path) -> None:
        """Nothing is touched yet."""
        self._path = path
        self._descriptor: int | None = None
        self._offsets = array("q")
        self._waiting: list[tuple[int, bytes]] = []
        self._waiting_bytes = 0

    def open(self, infos: Sequence[ArticleInfo], cancel: CancelToken) -> list[int]:
        """Look for the features of these articles; the numbers of those that have none."""
        self._find(infos, cancel)
        if self._stale > max(_STALE, self._live):
            self._rewrite(cancel)
            self._find(infos, cancel)
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if not self._is_ours:
                os.ftruncate(self._descriptor, 0)
                os.write(self._descriptor, _FIRST)
            elif not self._is_whole:
                os.write(self._descriptor, b"\n")
        return [number for number, offset in enumerate(self._offsets) if offset < 0]

    def add(self, number: int, made: StoryFeatures) -> None:
        """Keep the features of the article of that number."""
        row = [made.id, made.digest, features_to_json(made)]
        line = json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        self._waiting.append((number, line))
        self._waiting_bytes += len(line)
        if self._waiting_bytes >= _BLOCK:
            self.flush()

    def get(self, number: int, info: ArticleInfo) -> StoryFeatures | None:
        """The features of the article of that number; `None` when there are none that fit."""
        offset = self._offsets[number]
        if offset < 0 or self._descriptor is None:
            return None
        try:
            line = os.pread(self._descriptor, 16_384, offset)
            while not (end := line.find(b"\n") + 1) and len(line) < _MAX_LINE:
                more = os.pread(self._descriptor, _MAX_LINE, offset + len(line))
                if not more:
                    return None
                line += more
            made = features_from_json(json.loads(line[:end])[2], info.digest)
        except (OSError, ValueError, TypeError, IndexError, KeyError, RecursionError):
            return None
        return made if made is not None and made.id == info.id else None

    def flush(self) -> None:
        """Write what waits; what cannot be written is made again when it is asked for."""
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        if self._descriptor is None or not waiting:
            return
        with contextlib.suppress(OSError):
            block = b"".join(line for _, line in waiting)
            if os.write(self._descriptor, block) < len(block):
                return
            # Whoever else appended meanwhile: this is where our block ends.
            offset = os.lseek(self._descriptor, 0, os.SEEK_CUR) - len(block)
            for number, line in waiting:
                self._offsets[number] = offset
                offset += len(line)

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.flush()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _find(self, infos: Sequence[ArticleInfo], cancel: CancelToken) -> None:
        self._offsets = array("q", [-1]) * len(infos)
        self._is_ours = self._is_whole = False
        self._stale = self._live = 0
        wanted = {info.id: number for number, info in enumerate(infos)}
        lengths: dict[int, int] = {}
        try:
            with self._path.open("rb") as file:
                self._is_ours = file.readline(_MAX_LINE) == _FIRST
                self._is_whole = True
                offset = len(_FIRST)
                while self._is_ours and (line := file.readline(_MAX_LINE)):
                    cancel.check()
                    number = _number(line, wanted, infos)
                    self._is_whole = line.endswith(b"\n")
                    if number is None or not self._is_whole:
                        self._stale += len(line)
                    else:
                        self._stale += lengths.get(number, 0)
                        self._live += len(line) - lengths.get(number, 0)
                        lengths[number] = len(line)
                        self._offsets[number] = offset
                    offset += len(line)
        except OSError:
            return

    def _rewrite(self, cancel: CancelToken) -> None:
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        with contextlib.suppress(OSError):
            try:
                with self._path.open("rb") as old, temporary.open("wb") as new:
                    new.write(_FIRST)
                    for offset in sorted(offset for offset in self._offsets if offset >= 0):
                        cancel.check()
                        old.seek(offset)
                        new.write(old.readline(_MAX_LINE))
                os.replace(temporary, self._path)
            finally:
                temporary.unlink(missing_ok=True)


def _number(line: bytes, wanted: Mapping[str, int], infos: Sequence[ArticleInfo]) -> int | None:
    """The number of the article whose features, in its present digest, a line says it has."""
    head = _HEAD.match(line)
    if head is None:
        return None
    try:
        article_id = json.loads(b'"%s"' % head[1]) if b"\\" in head[1] else head[1].decode("ascii")
    except ValueError:
        return None
    number = wanted.get(article_id)
    return number if number is not None and infos[number].digest.encode() == head[2] else None
