"""One change of the index from lock to seal: enter, delete, merge, make durable, sweep.

Until the new seal stands, the old one and all its files do; a crash at any moment leaves one of the two.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex
from whoosh.util.filelock import try_for

from reader.model import Article, CancelToken
from reader.model.errors import IndexUnusable
from reader.model.refusals import reason
from reader.search.backend import Report
from reader.search.whoosh.pool import SPILL_BYTES
from reader.search.whoosh.schema import index_schema
from reader.search.whoosh.seal import (
    LOCK_NAME,
    Sealed,
    digest_file,
    fsync_file,
    fsync_folder,
    sweep,
    write_seal,
)
from reader.search.whoosh.snapshot import Live, Snapshot
from reader.search.whoosh.storage import SealedStorage
from reader.search.whoosh.writer import ArticleWriter, PausedCollector

INDEX_NAME = "MAIN"
LOCK_SECONDS = 5
MAX_SEGMENTS = 8
"""More are merged at once, the small ones into one."""
MAX_DELETED_SHARE = 0.2
"""A segment with more deleted documents is written anew."""
SMALL_MERGE = 5_000
"""Documents that a merge inside an ordinary write may move; larger ones wait for an idle moment."""
MANY_SEGMENTS = 4
"""More are worth making one of in an idle moment."""
WANTED_NAME = "MAIN_WANTED"
"""A file that whoever waits for the lock keeps making; merging in an idle moment ends when it appears."""
_LOOK_S = 0.05
_BUSY = "another window is updating the index; try again in a moment"


@dataclass(slots=True)
class Change:
    """What is to become of the index."""

    articles: Iterable[Article] = ()
    """To enter; those of known ids replace the old."""
    delete: Collection[str] = ()
    """Ids to take out."""
    afresh: bool = False
    """Leave out everything the index had."""
    optimize: bool = False
    """Merge whatever is worth it, however large."""
    report: Report | None = None
    cancel: CancelToken | None = None
    spill_bytes: int = SPILL_BYTES


@dataclass(slots=True)
class Outcome:
    """What a change did."""

    sealed: Sealed
    added: int = 0
    deleted: int = 0
    segments: list[Any] = field(default_factory=list)


class Yielding(CancelToken):
    """Set when another token is, or when another program waits for the lock of this index."""

    __slots__ = ("_looked", "_other", "_wanted")

    def __init__(self, folder: Path, other: CancelToken | None) -> None:
        super().__init__()
        self._wanted = folder / WANTED_NAME
        self._other = other
        self._looked = time.monotonic()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop; looks for the other program every twentieth of a second."""
        if self._other is not None and self._other.cancelled:
            return True
        now = time.monotonic()
        if now - self._looked >= _LOOK_S:
            self._looked = now
            if self._wanted.exists():
                self.cancel()
        return super().cancelled

    def check(self) -> None:
        """Raise `Cancelled` once somebody asked to stop."""
        if self.cancelled:
            self.cancel()
        super().check()


@contextmanager
def write_lock(folder: Path, wait_s: float | None = None) -> Iterator[None]:
    """The one writer's lock. Raises `IndexUnusable` when another program has it for five seconds.

    With `wait_s` 0 it is not waited for, and the program that has it is not asked to hurry.
    """
    lock = SealedStorage(folder, ()).lock(LOCK_NAME)
    patience = LOCK_SECONDS if wait_s is None else wait_s

    def acquire() -> bool:
        if lock.acquire():
            return True
        if patience:
            with suppress(OSError):
                (folder / WANTED_NAME).touch(mode=0o600)
        return False

    if not try_for(acquire, timeout=patience, delay=_LOOK_S):
        raise IndexUnusable(_BUSY)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.release()


def apply(folder: Path, key: bytes, sealed: Sealed | None, base: Snapshot, change: Change) -> Outcome:
    """Make the change to the sealed state that `base` shows; the caller holds the lock.

    `sealed` is `None` where nothing is sealed yet. On any failure nothing has changed. Raises `IndexUnusable`
    in words for a full disk and the like, `Cancelled` once the token is set.
    """
    storage = SealedStorage(folder, sealed.files if sealed else ())
    try:
        sweep(folder, sealed.files if sealed else ())
        if sealed is None:
            (folder / "SEAL").unlink(missing_ok=True)
        outcome = _write(storage, sealed, base, change)
        outcome.sealed, is_durable = _seal(folder, key, storage, sealed, outcome.sealed.generation)
    except OSError as error:
        _undo(folder, storage)
        raise IndexUnusable(
            f"the index in {folder} could not be written: {reason(error)}; what was indexed before still is"
        ) from error
    except BaseException:
        _undo(folder, storage)
        raise
    if is_durable:
        _sweep_quietly(folder, outcome.sealed)
    return outcome


def open_segments(storage: SealedStorage, generation: int) -> list[Any]:
    """Whoosh's segments of a sealed generation, read through the guarded unpickler."""
    toc = TOC.read(storage, INDEX_NAME, gen=generation, schema=index_schema())
    return list(toc.segments)


def _write(storage: SealedStorage, sealed: Sealed | None, base: Snapshot, change: Change) -> Outcome:
    schema = index_schema()
    generation = sealed.generation if sealed else 0
    if sealed is None or change.afresh:
        generation += 1
        TOC(schema, [], generation).write(storage, INDEX_NAME)
        base = Snapshot("", generation, ())
    index = FileIndex(storage, schema=schema, indexname=INDEX_NAME)
    writer = ArticleWriter(index, change.spill_bytes, change.cancel)
    try:
        with PausedCollector():
            outcome = _fill(writer, base, change)
    except BaseException:
        if not writer.is_closed:
            _abandon(writer)
        raise
    outcome.sealed = Sealed(writer.generation, "")
    return outcome


def _fill(writer: ArticleWriter, base: Snapshot, change: Change) -> Outcome:
    articles = change.articles
    total = len(articles) if isinstance(articles, Collection) else 0
    gone: dict[int, set[int]] = {number: set(live.deleted) for number, live in enumerate(base.lives)}
    entered: set[str] = set()
    removed = 0

    def take_out(article_id: str) -> int:
        place = base.find(article_id)
        if place is None:
            return 0
        live, doc = place
        number = base.lives.index(live)
        if doc in gone[number]:
            return 0
        gone[number].add(doc)
        writer.delete_document(live.base + doc)
        return 1

    for article_id in change.delete:
        removed += take_out(article_id)
    for done, article in enumerate(articles):
        if change.cancel is not None:
            change.cancel.check()
        if change.report is not None and done % 64 == 0:
            change.report("indexing", done, total)
        if article.id in entered:
            raise ValueError(f"{article.id} stands twice in one batch")
        entered.add(article.id)
        removed += take_out(article.id)
        writer.enter(article)
    if change.report is not None:
        change.report("indexing", len(entered), total or len(entered))
    absorbed = _merge(writer, base, gone, change)
    if change.report is not None:
        change.report("writing", 0, 0)
    writer.finish(keep=lambda segment: segment.segment_id() not in absorbed)
    return Outcome(Sealed(0, ""), len(entered), removed)


def _merge(writer: ArticleWriter, base: Snapshot, gone: dict[int, set[int]], change: Change) -> set[str]:
    """Copy the segments that are due into the new one; their names."""
    chosen = _due(base, gone, change.optimize, has_new=writer.entered > 0)
    for number in chosen:
        if change.report is not None:
            change.report("merging", chosen.index(number), len(chosen))
        writer.absorb(base.lives[number].segment, gone[number], change.cancel)
    return {base.lives[number].segment.name for number in chosen}


def _due(base: Snapshot, gone: dict[int, set[int]], optimize: bool, *, has_new: bool) -> list[int]:
    """Numbers of the segments to merge now, in order."""
    sizes = [live.segment.count for live in base.lives]
    if optimize:
        return list(range(len(sizes))) if len(sizes) > 1 or any(gone.values()) else []
    chosen: set[int] = set()
    for number, size in enumerate(sizes):
        kept = size - len(gone[number])
        if not kept:
            # Nothing is left of it, so leaving it out costs nothing.
            chosen.add(number)
        elif len(gone[number]) > MAX_DELETED_SHARE * size and kept <= SMALL_MERGE:
            chosen.add(number)
    left = [number for number in range(len(sizes)) if number not in chosen]
    if len(left) + has_new > MAX_SEGMENTS:
        # Smallest first, as long as each is small beside what is merged anyway: a document moves log n times.
        moved = 0
        for taken, number in enumerate(sorted(left, key=lambda number: sizes[number])):
            if sizes[number] > SMALL_MERGE or (taken > 1 and sizes[number] > 2 * moved + 16):
                break
            chosen.add(number)
            moved += sizes[number]
    return sorted(chosen)


def _seal(
    folder: Path, key: bytes, storage: SealedStorage, sealed: Sealed | None, generation: int
) -> tuple[Sealed, bool]:
    """See every new file onto the disk, then seal the whole state."""
    before = sealed.files if sealed else {}
    files: dict[str, tuple[int, str]] = {}
    for name in storage.list():
        if name in storage.written:
            fsync_file(folder / name)
            files[name] = digest_file(folder / name)
        else:
            files[name] = before[name]
    fsync_folder(folder)
    fresh = Sealed(generation, secrets.token_hex(8), files)
    return fresh, write_seal(folder, key, fresh)


def _abandon(writer: ArticleWriter) -> None:
    """Close a writer after a failure; what it wrote is removed by name afterwards."""
    try:
        writer.cancel()
    except (OSError, ValueError):
        # A full disk also keeps buffers from being flushed on closing.
        writer.pool.cleanup()


def _undo(folder: Path, storage: SealedStorage) -> None:
    for name in (*storage.written, "SEAL.new"):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / f"{INDEX_NAME}.tmp", ignore_errors=True)


def _sweep_quietly(folder: Path, sealed: Sealed) -> None:
    """What cannot be removed now is removed by the next commit; no seal names it."""
    with suppress(OSError):
        sweep(folder, sealed.files)


def lives_of(segments: Iterable[Any], known: Callable[[Any], Any]) -> list[Live]:
    """Whoosh's segments with our open ones, numbered through."""
    lives: list[Live] = []
    base = 0
    for segment in segments:
        live = Live(known(segment), frozenset(segment.deleted_docs()), base)
        base += live.segment.count
        lives.append(live)
    return lives
