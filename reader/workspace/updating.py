"""Bringing what is known of a library up to date: catalogue, index, stories. One update at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config import Settings
from reader.library.catalogue import Catalogue, load
from reader.library.library import READING, Library, Scan
from reader.library.scan import walk
from reader.model import Article, CancelToken, Story
from reader.model.errors import IndexUnusable, LibraryError
from reader.model.refusals import in_words
from reader.workspace.child import update_in_child

if TYPE_CHECKING:
    from reader.compare.stories import StoryFeatures
    from reader.compare.story_vectors import Rarity
    from reader.search.whoosh.backend import WhooshBackend
    from reader.workspace.grouping import StoryBook

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how many steps are done, how many there are (0 = unknown)."""
Decisions = tuple[Sequence[tuple[str, ...]], Sequence[tuple[str, ...]]]
"""Groups of articles that the reader made one story, and pairs that the reader parted."""

CHILD_FROM = 200
"""So many new or changed files are read and indexed in a process of its own, if that is allowed."""
LARGE_LIBRARY = 5_000
"""In a library of so many articles any change is."""


class Updater:
    """The slow side of a workspace. Not safe between threads: the workspace lets one in at a time."""

    def __init__(self, settings: Settings, library: Library, *, may_fork: bool) -> None:
        """Nothing is read or written yet."""
        self.backend: WhooshBackend | None = None
        """The open index; `None` before the first update and while none can be used."""
        self.broken: IndexUnusable | None = None
        """Why there is no index."""
        self.notices: list[str] = []
        """What a person should be told."""
        self._settings = settings
        self._library = library
        self._may_fork = may_fork
        self._catalogue: Catalogue | None = None
        self._book: StoryBook | None = None

    @property
    def folder(self) -> Path:
        """Of this library's index, catalogue and analyses."""
        from reader.search.whoosh.backend import folder_name

        return self._settings.index / folder_name(self._settings.articles)

    def close(self) -> None:
        """Let go of the index."""
        backend, self.backend = self.backend, None
        if backend is not None:
            backend.close()

    def scan(self, report: Report | None, cancel: CancelToken | None) -> Scan:
        """Find the articles, reading only files that are new or changed, and keep the catalogue."""
        from reader.search.whoosh.seal import private_folder

        scan = self._library.scan(self._known(cancel), report, cancel)
        self._catalogue = scan.catalogue
        file = self.folder / "catalogue.jsonl"
        if scan.read or scan.removed or not file.exists():
            try:
                private_folder(file.parent)
                scan.catalogue.save(file, cancel=cancel)
            except (LibraryError, OSError) as error:
                self._say(f"{in_words(error)}; everything is read again at the next start")
        return scan

    def read_ahead(
        self, report: Report | None, cancel: CancelToken | None, listed: Callable[[Scan], None]
    ) -> None:
        """Where much is new, let a process of its own do all the work first.

        The first time, `listed` is called once it knows the articles: indexing and grouping them takes many
        times longer.
        """
        if not self._may_fork:
            return
        known = self._known(cancel).entries
        files = walk(self._library.root, cancel).files
        fresh = 0
        for file in files:
            entry = known.get(file.path)
            fresh += entry is None or entry.fingerprint != file.fingerprint
        if fresh >= CHILD_FROM or (fresh and len(files) >= LARGE_LIBRARY):
            # What was listed before stays meanwhile: walking the folder once more would only cost time.
            watch = report if known else _Watch(report, lambda: listed(self._as_read(cancel)))
            try:
                self._in_child(watch, cancel)
            finally:
                self._catalogue = None

    def _as_read(self, cancel: CancelToken | None) -> Scan:
        """The library as another process has read it a moment ago."""
        self._catalogue = load(self.folder / "catalogue.jsonl", cancel=cancel)
        return self._library.scan(self._catalogue, None, cancel)

    def index(
        self, scan: Scan, report: Report | None, cancel: CancelToken | None, *, rebuild: bool = False
    ) -> None:
        """Bring the index up to date. An index that cannot be made leaves `broken` set instead of raising."""
        try:
            self._index(scan, report, cancel, rebuild=rebuild)
        except IndexUnusable as error:
            self.close()
            self.broken = error
            self._say(f"{error}; until then nothing can be searched")
        else:
            self.broken = None

    def stories(
        self, scan: Scan, decisions: Decisions, report: Report | None, cancel: CancelToken | None
    ) -> tuple[Story, ...]:
        """Take the grouping that was kept, follow what little has changed, or group all articles."""
        from reader.workspace.grouping import StoryBook, Wanted

        if self._book is None:
            self._book = StoryBook(self.folder / "analysis")
        book = self._book
        wanted = Wanted(scan.infos, self._settings.story_window_days, *decisions)
        stories = book.known(wanted, cancel)
        if stories is None and self.backend is not None and book.can_follow(wanted, cancel):
            stories = book.follow(wanted, self._library.iter_articles, self._near, cancel)
        if stories is None and self._may_fork and len(scan.infos) >= LARGE_LIBRARY:
            self._in_child(report, cancel)
            stories = book.known(wanted, cancel)
        return stories or book.group(wanted, self._library.iter_articles, report=report, cancel=cancel)

    def _near(self, article: Article, made: StoryFeatures, rarity: Rarity) -> Collection[str]:
        from reader.workspace.candidates import candidates

        assert self.backend is not None
        return candidates(self.backend, article, made, rarity, self._settings.story_window_days)

    def _known(self, cancel: CancelToken | None) -> Catalogue:
        if self._catalogue is None:
            self._catalogue = load(self.folder / "catalogue.jsonl", cancel=cancel)
        return self._catalogue

    def _index(self, scan: Scan, report: Report | None, cancel: CancelToken | None, *, rebuild: bool) -> None:
        if rebuild:
            self.close()
        backend = self.backend = self.backend or self._open_backend(rebuild=rebuild)
        backend.refresh()
        indexed = {} if rebuild else backend.digests()
        wanted = {info.id: info.digest for info in scan.infos}
        missing = [article_id for article_id, digest in wanted.items() if indexed.get(article_id) != digest]
        gone = [article_id for article_id in indexed if article_id not in wanted]
        if self._may_fork and not rebuild and len(missing) + len(gone) >= CHILD_FROM:
            self._in_child(report, cancel)
            backend.refresh()
        elif missing or gone or rebuild:
            told = report and _with_total(report, len(missing))
            backend.write(self._library.iter_articles(missing), delete=gone, report=told, cancel=cancel)

    def _in_child(self, report: Report | None, cancel: CancelToken | None) -> None:
        try:
            update_in_child(self._settings, report, cancel or CancelToken())
        finally:
            if self._book is not None:
                self._book.forget()

    def _open_backend(self, *, rebuild: bool) -> WhooshBackend:
        from reader.search.whoosh.backend import WhooshBackend

        settings = self._settings
        key_file = settings.state / "index.key"
        backend = WhooshBackend.open(settings.index, settings.articles, key_file, rebuild=rebuild)
        if backend.message:
            self._say(backend.message)
        return backend

    def _say(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


class _Watch:
    """Hands progress on, and says once when reading the articles is over."""

    def __init__(self, report: Report | None, was_read: Callable[[], None]) -> None:
        self._report = report
        self._was_read: Callable[[], None] | None = was_read

    def __call__(self, what: str, done: int, of: int) -> None:
        if self._report is not None:
            self._report(what, done, of)
        if what != READING and self._was_read is not None:
            was_read, self._was_read = self._was_read, None
            was_read()


def _with_total(report: Report, total: int) -> Report:
    """Says how many articles there will be: the index takes them one by one and cannot know."""

    def told(what: str, done: int, of: int) -> None:
        report(what, done, of or (total if done else 0))

    return told
