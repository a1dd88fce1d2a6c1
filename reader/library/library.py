"""A folder of articles: scan it, read one, read many. It is never written to."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.library import problems
from reader.library.catalogue import Catalogue, Entry
from reader.library.parse import parse, plain_id
from reader.library.scan import (
    UNSETTLED,
    Fingerprint,
    Found,
    FoundFile,
    NotReadable,
    is_settled,
    read_bytes,
    walk,
)
from reader.model import Article, ArticleInfo, CancelToken, Problem
from reader.model.errors import LibraryError, NotFound
from reader.text.clean import clean_line

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how many files are done, how many there are."""

READING = "reading articles"
"""What a scan reports."""
_REPORT_EVERY = 64


@dataclass(frozen=True, slots=True)
class Scan:
    """A library as it was found, and what is new since the last catalogue."""

    infos: tuple[ArticleInfo, ...]
    """Every readable article, by id."""
    added: tuple[str, ...]
    """Ids that the last catalogue did not have, sorted."""
    changed: tuple[str, ...]
    """Ids whose file has another digest, sorted."""
    removed: tuple[str, ...]
    """Ids that are gone, sorted."""
    problems: tuple[Problem, ...]
    """Files that could not be read, by path."""
    catalogue: Catalogue
    """To save, and to hand to the next scan."""
    read: int
    """How many files had to be read."""


class Library:
    """The articles below one folder. Methods may be called from any thread; only one may scan at a time."""

    def __init__(self, root: Path) -> None:
        """Nothing is touched before the first scan."""
        self._root = Path(os.path.abspath(root))
        self._paths: dict[str, str] | None = None
        self._ids: dict[str, str] = {}

    @property
    def root(self) -> Path:
        """The folder, absolute."""
        return self._root

    def scan(
        self,
        previous: Catalogue | None = None,
        report: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> Scan:
        """Find all articles; files that look as they did in `previous` are not read.

        Costs a walk and one `stat` a file, and reading what is new. One bad file never hides
        another. Raises `LibraryError` when the folder cannot be listed.
        """
        known = previous.entries if previous is not None else {}
        found = walk(self._root, cancel)
        ids = _ids(found.files)
        entries: dict[str, Entry] = {}
        read = 0
        for number, file in enumerate(found.files):
            if cancel is not None:
                cancel.check()
            if report is not None and number % _REPORT_EVERY == 0:
                report(READING, number, len(found.files))
            before = known.get(file.path)
            if before is not None and before.fingerprint == file.fingerprint and is_settled(file.fingerprint):
                shown = before.content.path
                # One string for both, where the path needed no cleaning.
                entries[shown if shown == file.path else file.path] = _with_id(before, ids[file.path])
                continue
            read += 1
            content = self._article(file.path, ids[file.path])
            if isinstance(content, Article):
                entries[file.path] = Entry(file.fingerprint, content.info)
            elif content is not None:
                entries[file.path] = Entry(_to_try_again(file.fingerprint), content)
        if report is not None:
            report(READING, len(found.files), len(found.files))
        self._remember(entries)
        return _scan(found, entries, known.values(), read)

    def read(self, article_id: str) -> Article:
        """The article of that id, read from its file now. Raises `NotFound` or `LibraryError`."""
        path = self._known_paths().get(article_id)
        if path is None:
            raise NotFound(
                f"no article has the id {clean_line(article_id, 200)}; `reader list` shows all ids"
            )
        article = self._article(path, article_id)
        if isinstance(article, Problem):
            raise LibraryError(f"{article.path} {article.reason}; {article.remedy}")
        if article is None:
            raise NotFound(f"{clean_line(path, 500)} is gone since the last scan; refresh the library")
        return article

    def iter_articles(
        self, article_ids: Iterable[str], failed: Callable[[Problem], None] | None = None
    ) -> Iterator[Article]:
        """The articles of these ids in that order, one in memory at a time.

        A file that cannot be read any more is handed to `failed` and passed over, as are ids that
        are unknown or gone.
        """
        paths = self._known_paths()
        for article_id in article_ids:
            path = paths.get(article_id)
            article = None if path is None else self._article(path, article_id)
            if isinstance(article, Article):
                yield article
            elif article is not None and failed is not None:
                failed(article)

    def resolve(self, id_or_path: str) -> str | None:
        """The id that a person means: an id, or a path inside the library, absolute or relative.

        A relative path may start from the library or from the working folder, with suffix or
        without. `None` for anything else, and for whatever lies outside.
        """
        paths = self._known_paths()
        if id_or_path in paths:
            return id_or_path
        if "\0" in id_or_path:
            return None
        for below in self._below(id_or_path):
            if below in self._ids:
                return self._ids[below]
            for article_id in (below, problems.shown_path(below), plain_id(below)):
                if article_id in paths:
                    return article_id
        return None

    def _below(self, path: str) -> Iterator[str]:
        """What `path` could be called from the library folder; nothing outside it."""
        real_root = os.path.realpath(self._root)
        for start in ("", str(self._root)):
            full = os.path.abspath(os.path.join(start, path))
            real = os.path.join(os.path.realpath(os.path.dirname(full)), os.path.basename(full))
            for base, candidate in ((str(self._root), full), (real_root, real)):
                prefix = base.rstrip("/") + "/"
                if candidate.startswith(prefix):
                    yield candidate[len(prefix) :]

    def _known_paths(self) -> dict[str, str]:
        if self._paths is None:
            ids = _ids(walk(self._root).files)
            self._ids = ids
            self._paths = {article_id: path for path, article_id in ids.items()}
        return self._paths

    def _remember(self, entries: dict[str, Entry]) -> None:
        ids = {path: e.content.id for path, e in entries.items() if isinstance(e.content, ArticleInfo)}
        self._ids = ids
        self._paths = {article_id: path for path, article_id in ids.items()}

    def _article(self, path: str, article_id: str) -> Article | Problem | None:
        """The parsed file, what is wrong with it, or `None` when it is gone."""
        try:
            data = read_bytes(self._root, path)
        except FileNotFoundError:
            return None
        except OSError as error:
            return problems.from_os_error(path, error)
        except NotReadable as error:
            return error.problem
        folder = path.partition("/")[0] if "/" in path else None
        return parse(data, path, folder, article_id=article_id)


def _ids(files: Sequence[FoundFile]) -> dict[str, str]:
    """The id of each path: without suffix, unless a file before it in sort order has that id."""
    taken: set[str] = set()
    ids: dict[str, str] = {}
    for file in files:
        article_id = plain_id(file.path)
        if article_id in taken:
            article_id = problems.shown_path(file.path)
        number = 2
        unnumbered = article_id
        # Two names can differ in nothing but what cleaning replaced.
        while article_id in taken:
            article_id = f"{unnumbered}~{number}"
            number += 1
        taken.add(article_id)
        ids[file.path] = article_id
    return ids


def _to_try_again(fingerprint: Fingerprint) -> Fingerprint:
    # What failed may succeed though the file looks the same: a right was given, a descriptor is free.
    return (UNSETTLED, *fingerprint[1:])


def _with_id(entry: Entry, article_id: str) -> Entry:
    content = entry.content
    if isinstance(content, Problem) or content.id == article_id:
        return entry
    return Entry(entry.fingerprint, dataclasses.replace(content, id=article_id))


def _scan(found: Found, entries: dict[str, Entry], known: Iterable[Entry], read: int) -> Scan:
    before = {e.content.id: e.content.digest for e in known if isinstance(e.content, ArticleInfo)}
    infos = sorted((e.content for e in entries.values() if isinstance(e.content, ArticleInfo)), key=_by_id)
    bad = [e.content for e in entries.values() if isinstance(e.content, Problem)]
    present = {info.id for info in infos}
    return Scan(
        infos=tuple(infos),
        added=tuple(info.id for info in infos if info.id not in before),
        changed=tuple(info.id for info in infos if before.get(info.id, info.digest) != info.digest),
        removed=tuple(sorted(before.keys() - present)),
        problems=tuple(sorted([*found.problems, *bad], key=lambda problem: problem.path)),
        catalogue=Catalogue(entries),
        read=read,
    )


def _by_id(info: ArticleInfo) -> str:
    return info.id
