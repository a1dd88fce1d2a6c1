"""The last grouping of a library and what its terms weighed, kept as JSON lines and checked when read."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from reader.compare.stories import GROUPING_VERSION
from reader.compare.story_features import FEATURES_VERSION
from reader.compare.story_vectors import Rarity
from reader.model import CancelToken

Decision = tuple[str, ...]
Shape = tuple[tuple[str, ...], tuple[str, ...]]
"""The ids of a story of several articles, in its order, and what holds it together."""

_MAX_LINE = 16_000_000
_CHUNK = 500
_VERSIONS = [GROUPING_VERSION, FEATURES_VERSION]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Stories of several articles, and of what they were made."""

    window_days: int | None
    """The setting."""
    merged: tuple[Decision, ...] = ()
    """What the reader put together, sorted."""
    split: tuple[Decision, ...] = ()
    """What the reader parted, sorted."""
    shapes: tuple[Shape, ...] = ()
    """Every other article stands alone."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of all articles that were grouped, by id."""
    weighed: int = 0
    """So many articles there were when terms were weighed."""
    changes: int = 0
    """So many have changed since then."""


def load_grouping(path: Path, cancel: CancelToken) -> Grouping | None:
    """The grouping at `path`; `None` when there is none that can be used."""
    shapes: list[Shape] = []
    digests: dict[str, str] = {}
    try:
        rows = _rows(path, cancel)
        kind, window, merged, split, weighed, changes = _list(next(rows))
        if kind != ["stories", *_VERSIONS]:
            return None
        days = None if window is None else _whole(window)
        together, apart = (tuple(sorted(map(_texts, _list(each)))) for each in (merged, split))
        for each in rows:
            what, row = _list(each)
            if what == "story":
                ids, evidence = _list(row)
                shapes.append((_texts(ids), _texts(evidence)))
            elif what == "articles":
                texts = _texts(row)
                digests.update(zip(texts[::2], texts[1::2], strict=True))
            elif what == "end":
                counts = _whole(weighed), _whole(changes)
                return Grouping(days, together, apart, tuple(shapes), digests, *counts)
    except (OSError, ValueError, RecursionError, StopIteration):
        return None
    return None


def save_grouping(path: Path, grouping: Grouping) -> None:
    """Keep a grouping; one that cannot be kept (full disk, read-only folder) only costs time later."""

    def rows() -> Iterator[object]:
        head = (grouping.window_days, grouping.merged, grouping.split, grouping.weighed, grouping.changes)
        yield [["stories", *_VERSIONS], *head]
        for shape in grouping.shapes:
            yield ["story", shape]
        pairs = iter(grouping.digests.items())
        while chunk := [text for pair in islice(pairs, _CHUNK) for text in pair]:
            yield ["articles", chunk]
        yield ["end", None]

    _save(path, rows())


def load_rarity(path: Path, cancel: CancelToken) -> Rarity | None:
    """The weights at `path`; `None` when there are none that can be used."""
    held_by: dict[str, int] = {}
    try:
        rows = _rows(path, cancel)
        kind, articles = _list(next(rows))
        if kind != ["rarity", *_VERSIONS]:
            return None
        for row in rows:
            if row == "end":
                return Rarity(_whole(articles), held_by)
            if not isinstance(row, dict) or set(map(type, row.values())) != {int}:
                return None
            held_by.update(row)
    except (OSError, ValueError, RecursionError, StopIteration):
        return None
    return None


def save_rarity(path: Path, rarity: Rarity) -> None:
    """Keep weights; see `save_grouping`."""

    def rows() -> Iterator[object]:
        yield [["rarity", *_VERSIONS], rarity.articles]
        pairs = iter(rarity.held_by.items())
        while chunk := dict(islice(pairs, _CHUNK)):
            yield chunk
        yield "end"

    _save(path, rows())


def sorted_decisions(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """In the order in which they are kept."""
    return tuple(sorted(map(tuple, decisions)))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _whole(value: object) -> int:
    if type(value) is not int:
        raise ValueError("not a whole number")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not set(map(type, value)) <= {str}:
        raise ValueError("not a list of texts")
    return tuple(value)


def _rows(path: Path, cancel: CancelToken) -> Iterator[object]:
    with path.open("rb") as file:
        for line in iter(lambda: file.readline(_MAX_LINE), b""):
            cancel.check()
            yield json.loads(line)


def _save(path: Path, rows: Iterable[object]) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                for row in rows:
                    file.write(json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
