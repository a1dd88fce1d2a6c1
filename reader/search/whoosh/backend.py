"""The embedded search backend: one folder, one index, any number of searching threads, one writer.

Errors of a broken index never reach the caller of `open`: an index that cannot be trusted or read is left
unopened and built afresh, and `message` says so in one line.
"""

from __future__ import annotations

import hashlib
import pickle
import struct
import sys
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from whoosh.index import IndexError as WhooshIndexError

from reader.model import Article, CancelToken
from reader.model.errors import IndexUnusable
from reader.model.query import Query
from reader.model.refusals import in_words, reason, remedy
from reader.model.results import FacetName, Hit, Page, SearchResults, Sort
from reader.search.analysis import ANALYZER_VERSION
from reader.search.backend import CommitInfo, Health, Report, Suggestion
from reader.search.whoosh.commit import (
    MANY_SEGMENTS,
    MAX_DELETED_SHARE,
    Change,
    Yielding,
    apply,
    lives_of,
    open_segments,
    write_lock,
)
from reader.search.whoosh.lexicon import LexiconView
from reader.search.whoosh.lists import ListCache
from reader.search.whoosh.pool import SPILL_BYTES
from reader.search.whoosh.schema import SCHEMA_VERSION, index_schema
from reader.search.whoosh.seal import (
    SealBroken,
    Sealed,
    SealUnreadable,
    load_key,
    private_folder,
    read_seal,
    verify_files,
)
from reader.search.whoosh.searcher import search
from reader.search.whoosh.segment import Segment
from reader.search.whoosh.similar import similar_query
from reader.search.whoosh.snapshot import Holder, Snapshot
from reader.search.whoosh.storage import SealedStorage
from reader.search.whoosh.verify import check_segments

State = Literal["opened", "fresh", "rebuilt"]
"""Opened as it was; empty because there was none; empty because what was there could not be used."""

_OPEN_TRIES = 3
_DAMAGE = (
    IndexUnusable,
    WhooshIndexError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    MemoryError,
    struct.error,
    pickle.UnpicklingError,
)
"""Everything reading a damaged Whoosh index was seen to raise, and its kin."""


def folder_name(library: Path) -> str:
    """Name of a library's folder below the index root: version and digest of its resolved path."""
    path = str(library.resolve()).encode("utf-8", "surrogateescape")
    return f"{SCHEMA_VERSION}.{ANALYZER_VERSION}-{hashlib.blake2b(path).hexdigest()[:12]}"


class WhooshBackend:
    """See `SearchBackend`. Safe between threads; writes wait for each other."""

    def __init__(self, folder: Path, key: bytes, spill_bytes: int = SPILL_BYTES) -> None:
        self.folder = folder
        """Of this library; `catalogue.jsonl` and `analysis/` in it are the workspace's."""
        self.state: State = "fresh"
        """How the index was found."""
        self.message = ""
        """One line for the user where it had to be built afresh."""
        self._key = key
        self._spill_bytes = spill_bytes
        self._cache = ListCache()
        self._sealed: Sealed | None = None
        self._afresh = False
        self._holder = Holder(Snapshot("", 0, ()))
        self._changing = threading.RLock()
        self._digests: tuple[Snapshot, dict[str, str]] | None = None

    @classmethod
    def open(
        cls,
        index_root: Path,
        library: Path,
        key_file: Path,
        *,
        rebuild: bool = False,
        spill_bytes: int = SPILL_BYTES,
    ) -> WhooshBackend:
        """Open a library's index, verified, or an empty one for the caller to fill.

        Reads and digests every file once (0.7 s for 100,000 articles). With `rebuild` the index starts empty;
        what was there stays until the first write replaces it. Raises `IndexUnusable` only when no index can
        be made in `index_root` at all.
        """
        # Threads change over every 5 ms by default; at 1 ms an event loop beside a search is a third as late.
        sys.setswitchinterval(min(sys.getswitchinterval(), 0.001))
        folder = index_root / folder_name(library)
        try:
            private_folder(folder)
        except OSError as error:
            raise IndexUnusable(f"{folder} cannot hold an index: {reason(error)} (set --index)") from error
        backend = cls(folder, load_key(key_file), spill_bytes)
        backend._load_or_start(rebuild)
        return backend

    @property
    def generation(self) -> str:
        """Changes with every commit; empty before the first."""
        return self._holder.present.serial

    @property
    def count(self) -> int:
        """Articles."""
        return self._holder.present.count

    @property
    def lexicon(self) -> LexiconView:
        """The words of the present snapshot."""
        return self._holder.present.lexicon

    def digests(self) -> Mapping[str, str]:
        """Article id -> digest of every article the index holds. Made once per snapshot."""
        snapshot = self._holder.present
        if self._digests is None or self._digests[0] is not snapshot:
            self._digests = (snapshot, dict(snapshot.digests()))
        return self._digests[1]

    def write(
        self,
        batch: Iterable[Article],
        *,
        delete: Collection[str] = (),
        report: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> CommitInfo:
        """Enter articles (replacing those of the same id) and take others out, in one durable commit.

        All or nothing: after `Cancelled` or `IndexUnusable` the index is as it was.
        """
        return self._change(Change(batch, delete, report=report, cancel=cancel))

    def is_untidy(self) -> bool:
        """Whether merging in an idle moment is due: many segments, or a fifth of the articles deleted."""
        snapshot = self._holder.present
        deleted = snapshot.count_all - snapshot.count
        is_scattered = len(snapshot.lives) > MANY_SEGMENTS
        return is_scattered or 0 < snapshot.count_all * MAX_DELETED_SHARE <= deleted

    def merge(
        self, *, report: Report | None = None, cancel: CancelToken | None = None, patient: bool = True
    ) -> CommitInfo | None:
        """Make one segment of many and drop deleted articles; `None` where there is nothing to gain.

        Raises `Cancelled`; then nothing has changed. Not `patient`, it gives up at once where another program
        writes, and ends as soon as another program wants to.
        """
        snapshot = self._holder.present
        if len(snapshot.lives) < 2 and snapshot.count_all == snapshot.count:
            return None
        if patient:
            return self._change(Change(optimize=True, report=report, cancel=cancel))
        token = Yielding(self.folder, cancel)
        return self._change(Change(optimize=True, report=report, cancel=token), wait_s=0)

    def refresh(self) -> bool:
        """Look whether another program has changed the index, and take its state; whether it had."""
        with self._changing:
            try:
                sealed = read_seal(self.folder, self._key)
                if self._sealed is not None and sealed.serial == self._sealed.serial:
                    return False
                self._load(sealed)
            except _DAMAGE:
                # The present snapshot goes on answering; the next write starts from what is then on disk.
                return False
            return True

    def search(
        self,
        query: Query,
        *,
        page: Page = Page(),
        sort: Sort = "score",
        facets: Collection[FacetName] = (),
        stories: Mapping[str, str] | None = None,
        cancel: CancelToken | None = None,
    ) -> SearchResults:
        """One page of hits; `query` of the result is left to the caller. Raises `Cancelled`."""
        snapshot = self._holder.hold()
        try:
            return search(snapshot, query, page, sort, facets, cancel, stories)
        finally:
            self._holder.release(snapshot)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Folded words that complete a prefix, most frequent first."""
        return tuple(Suggestion(word, count) for word, count in self.lexicon.completions(prefix, limit))

    def similar(self, article: Article, limit: int = 10) -> tuple[Hit, ...]:
        """Articles that share the most telling words of this one, best first, without itself."""
        snapshot = self._holder.hold()
        try:
            return similar_query(snapshot, article, limit)
        finally:
            self._holder.release(snapshot)

    def verify(self) -> Health:
        """Check every file against the seal and every posting list against its form; slow."""
        snapshot = self._holder.hold()
        try:
            if self._sealed is None:
                return Health(True, "the index is empty", snapshot.count)
            verify_files(self.folder, self._sealed)
            check_segments(snapshot)
        except _DAMAGE as error:
            told = in_words(error) or type(error).__name__
            return Health(False, f"{told}; rebuild it with reader index --rebuild")
        finally:
            self._holder.release(snapshot)
        size = sum(size for size, _ in self._sealed.files.values())
        return Health(True, "every file is as it was written", snapshot.count, len(snapshot.lives), size)

    def close(self) -> None:
        """Let go of all files once the last search has ended."""
        self._holder.swap(Snapshot("", 0, ()))

    def _load_or_start(self, rebuild: bool) -> None:
        if rebuild:
            self.state, self._afresh = "rebuilt", True
            self.message = "the index is being built afresh, as asked"
            return
        problem = self._try_load()
        if problem is None:
            self.state = "opened"
        elif self._has_files():
            self.state = "rebuilt"
            self.message = f"the index is being built afresh: {problem}"

    def _has_files(self) -> bool:
        """Whether an index was there; nobody need be told that there was none."""
        try:
            return any(entry.suffix == ".toc" or entry.name == "SEAL" for entry in self.folder.iterdir())
        except OSError:
            return True

    def _try_load(self) -> str | None:
        """Open the sealed state; what was wrong where that is not possible."""
        for tries in range(_OPEN_TRIES):
            try:
                self._load(read_seal(self.folder, self._key))
            except FileNotFoundError:
                # Another program may have committed and swept between our two looks.
                if tries + 1 < _OPEN_TRIES:
                    time.sleep(0.02)
                    continue
                return "a file of it is missing"
            except _DAMAGE as error:
                return in_words(error) or type(error).__name__
            return None
        return "it keeps changing"

    def _load(self, sealed: Sealed, known: dict[str, tuple[int, str]] | None = None) -> None:
        """Verify the new files of a sealed state, open it and make it the present one."""
        if known is None and self._sealed is not None:
            known = self._sealed.files
        verify_files(self.folder, sealed, known)
        storage = SealedStorage(self.folder, sealed.files)
        opened = {live.segment.name: live.segment for live in self._holder.present.lives}
        schema = index_schema()
        fresh: list[Segment] = []

        def known_or_opened(segment: Any) -> Segment:
            found = opened.get(segment.segment_id())
            if found is None:
                found = Segment(storage, schema, segment, self._cache)
                fresh.append(found)
            return found

        try:
            lives = lives_of(open_segments(storage, sealed.generation), known_or_opened)
        except BaseException:
            for segment in fresh:
                segment.close()
            raise
        self._holder.swap(Snapshot(sealed.serial, sealed.generation, lives))
        self._sealed = sealed

    def _change(self, change: Change, wait_s: float | None = None) -> CommitInfo:
        started = time.perf_counter()
        change.spill_bytes = self._spill_bytes
        change.afresh = self._afresh
        with self._changing, self._in_words(), write_lock(self.folder, wait_s):
            sealed = self._current()
            snapshot = self._holder.hold()
            try:
                outcome = apply(self.folder, self._key, sealed, snapshot, change)
            finally:
                self._holder.release(snapshot)
            self._afresh = False
            # What was just written need not be read again to be verified.
            self._load(outcome.sealed, outcome.sealed.files)
        present = self._holder.present
        elapsed = time.perf_counter() - started
        return CommitInfo(present.serial, outcome.added, outcome.deleted, present.count, elapsed)

    def _current(self) -> Sealed | None:
        """The state to start from, with the lock held: another program may have written since."""
        try:
            sealed = read_seal(self.folder, self._key)
        except SealUnreadable:
            raise
        except SealBroken:
            # Gone or damaged under our feet: what is written now starts a new index.
            if self._sealed is not None:
                self._sealed = None
                self._holder.swap(Snapshot("", 0, ()))
            return None
        if self._afresh:
            return sealed
        if self._sealed is None or self._sealed.serial != sealed.serial:
            try:
                self._load(sealed)
            except (SealUnreadable, OSError):
                raise
            except _DAMAGE:
                self._sealed = None
                self._holder.swap(Snapshot("", 0, ()))
                return None
        return sealed

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """System errors of a change, said so that a person can act on them."""
        try:
            yield
        except OSError as error:
            told = f"{reason(error)}; {remedy(error)}"
            raise IndexUnusable(f"the index in {self.folder} cannot be updated: {told}") from error
