"""An open library: articles, index, stories, comparisons; what app and command line stand on."""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from reader.config import Settings
from reader.library.library import Library, Scan
from reader.model import Article, ArticleInfo, CancelToken, Problem, SourceCount, Span, Story
from reader.model.errors import CompareError, IndexUnusable, NotFound, StateError
from reader.model.query import All, Diagnostic, In, ParsedQuery, Query, Terms
from reader.model.results import FacetName, Hit, Page, SearchResults, Snippet, Sort
from reader.workspace.resolving import resolve
from reader.workspace.snapshot import Snapshot, snapshot
from reader.workspace.tidying import Tidier
from reader.workspace.updating import Updater

if TYPE_CHECKING:
    from reader.model.comparison import Comparison, Trace
    from reader.search.backend import Health
    from reader.search.whoosh.backend import WhooshBackend
    from reader.workspace.analyses import AnalysisCache
    from reader.workspace.keeping import Keeping

Report = Callable[[str, int, int], None]
"""Progress: what is being done, how many steps are done, how many there are (0 = unknown)."""

MAX_COMPARED = 20
"""Articles in one comparison."""
TRACED_ARTICLES = 200
"""Articles that a passage is looked for in: those that share most with it."""
TRACED_WORDS = 120
"""Words of a traced text that choose them."""


class Scope(Protocol):
    """Which articles a list or a search is about; all conditions hold together, `None` sets none."""

    @property
    def source(self) -> str | None:
        """Only this source."""

    @property
    def story(self) -> str | None:
        """Only this story, by id."""

    @property
    def article_ids(self) -> tuple[str, ...] | None:
        """Only these articles."""


class _Everywhere:
    source: str | None = None
    story: str | None = None
    article_ids: tuple[str, ...] | None = None


_EVERYWHERE = _Everywhere()


class Workspace:
    """A library with its index. Lists answer from an immutable snapshot and may be asked in any thread.

    `scan`, `open`, `refresh` and `rebuild` are slow and run one at a time; searching and comparing may run
    beside them and beside each other.
    """

    def __init__(
        self, settings: Settings, *, today: Callable[[], dt.date] = dt.date.today, may_fork: bool = False
    ) -> None:
        """Nothing is read or written before `scan` or `open`.

        With `may_fork` a large update of the index runs in a process of its own, so that no thread of this
        one is late.
        """
        self.settings = settings
        self._today = today
        self._library = Library(settings.articles)
        self._updater = Updater(settings, self._library, may_fork=may_fork)
        self._tidier = Tidier(settings, lambda: self._updater.backend, may_fork=may_fork)
        self._snapshot = Snapshot()
        self._serial = 0
        self._stories: tuple[Snapshot, Mapping[str, str]] | None = None
        self._changing = threading.Lock()
        self._opening_state = threading.Lock()
        self._keeping: Keeping | None = None
        self._analyses: AnalysisCache | None = None
        self._notices: list[str] = list(settings.warnings)

    @property
    def place(self) -> str:
        """The library's folder, for people."""
        return self.settings.place

    @property
    def generation(self) -> str:
        """Changes whenever what lists show changes; empty until something was read."""
        return str(self._serial) if self._serial else ""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told once: a rebuilt index, an unusable setting."""
        return (*self._notices, *self._updater.notices)

    def tell(self, notice: str) -> None:
        """Add to what a person should be told."""
        self._notices.append(notice)

    def scan(self, report: Report | None = None, cancel: CancelToken | None = None) -> None:
        """Slow. Read what files there are, without index and stories. Raises `LibraryError`."""
        with self._changing:
            self._publish_scan(self._updater.scan(report, cancel))

    def open(self, report: Report | None = None, cancel: CancelToken | None = None) -> None:
        """Slow. Read the library, bring the index up to date, group the stories.

        An index that cannot be used is said in `notices`; all but searching then works.
        """
        with self._changing:
            self._update(report, cancel)

    def rebuild(self, report: Report | None = None, cancel: CancelToken | None = None) -> None:
        """Slow. Build the index afresh from the articles, whatever there was. Raises `IndexUnusable`."""
        with self._changing:
            self._update(report, cancel, rebuild=True)
            if self._updater.broken is not None:
                raise self._updater.broken

    def refresh(self, report: Report | None = None, cancel: CancelToken | None = None) -> bool:
        """Slow. Scan again and follow; whether anything that lists show changed."""
        before = self._snapshot
        self.open(report, cancel)
        return self._snapshot != before

    def is_tidying_due(self, idle_s: float) -> bool:
        """Whether to call `tidy` now that nobody has asked for anything for so many seconds."""
        return self._tidier.is_due(idle_s)

    def tidy(self, cancel: CancelToken | None = None) -> bool:
        """Slow. Merge the index if it is worth it; whether it was done. Searches and updates end it."""
        return self._tidier.tidy(cancel)

    def close(self) -> None:
        """Let go of the index and the state."""
        self._tidier.stop(wait=True)
        self._updater.close()
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            keeping.close()

    def articles(self, scope: Scope = _EVERYWHERE) -> tuple[ArticleInfo, ...]:
        """Newest first, undated last, then by id."""
        return self._snapshot.chosen(scope.source, scope.story, scope.article_ids)

    def sources(self) -> tuple[SourceCount, ...]:
        """By name, unknown last."""
        return self._snapshot.sources

    def stories(self, min_sources: int = 1) -> tuple[Story, ...]:
        """Most sources first, then newest; empty until stories are grouped."""
        return tuple(story for story in self._snapshot.stories if len(story.sources) >= min_sources)

    def story_of(self, article_id: str) -> Story | None:
        """The story an article belongs to; `None` for an unknown id."""
        return self._snapshot.story_by_article.get(article_id)

    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be read, by path."""
        return self._snapshot.problems

    def refused(self) -> tuple[Problem, ...]:
        """Those of them that the system refused to read: any answer is without what they say."""
        from reader.library.problems import is_refusal

        return tuple(problem for problem in self._snapshot.problems if is_refusal(problem))

    def article(self, article_id: str) -> Article:
        """The whole article, read from its file now. Raises `NotFound` or `LibraryError`."""
        return self._library.read(article_id)

    def resolve(self, id_or_path: str) -> str:
        """The id that a person means by an id or a path inside the library. Raises `NotFound`."""
        found = self._library.resolve(id_or_path)
        if found is not None:
            return found
        ids = list(self._snapshot.by_id)
        tails = {article_id.rpartition("/")[2]: article_id for article_id in ids}
        near = difflib.get_close_matches(id_or_path, ids, 1) or [
            tails[tail] for tail in difflib.get_close_matches(id_or_path, list(tails), 1)
        ]
        hint = f"did you mean {near[0]}?" if near else "`reader list` shows all ids"
        raise NotFound(f"no article has the id {id_or_path}; {hint}")

    def resolve_story(self, story_or_article: str) -> Story:
        """The story of that id, or the one an article of that id belongs to. Raises `NotFound`."""
        story = next((each for each in self._snapshot.stories if each.id == story_or_article), None)
        story = story or self._snapshot.story_by_article.get(self._library.resolve(story_or_article) or "")
        if story is None:
            raise NotFound(f"no story has the id {story_or_article}; `reader stories` shows all ids")
        return story

    def parse(self, text: str, *, as_you_type: bool = False) -> ParsedQuery:
        """Read a typed query as of today; conditions on stories and marks are still in it."""
        from reader.search.query_parser import parse
        from reader.search.query_tree import as_spelled

        parsed = parse(text, today=self._today(), as_you_type=as_you_type)
        return parsed if self.settings.variants else replace(parsed, query=as_spelled(parsed.query))

    def search(
        self,
        text: str,
        *,
        scope: Scope = _EVERYWHERE,
        sort: Sort = "score",
        page: Page = Page(),
        facets: Collection[FacetName] = (),
        as_you_type: bool = False,
        cancel: CancelToken | None = None,
    ) -> SearchResults:
        """Slow. Never raises for what was typed; `as_you_type` reads the last word as a prefix."""
        parsed = self.parse(text, as_you_type=as_you_type)
        return self.search_parsed(parsed, scope=scope, sort=sort, page=page, facets=facets, cancel=cancel)

    def search_parsed(
        self,
        parsed: ParsedQuery,
        *,
        scope: Scope = _EVERYWHERE,
        sort: Sort = "score",
        page: Page = Page(),
        facets: Collection[FacetName] = (),
        cancel: CancelToken | None = None,
    ) -> SearchResults:
        """Slow. Search a query that `parse` read."""
        from reader.search.suggest import did_you_mean

        self._tidier.stop()
        backend = self._opened()
        query, unknown = resolve(_within(parsed.query, scope), self._ids_with)
        stories = self._story_ids() if "story" in facets else None
        found = backend.search(query, page=page, sort=sort, facets=facets, stories=stories, cancel=cancel)
        diagnostics = [*parsed.diagnostics, *found.diagnostics]
        diagnostics += [
            Diagnostic(f"{field}:{value} matches nothing here", max(parsed.text.find(f"{field}:"), 0))
            for field, value in unknown
        ]
        suggestion = did_you_mean(parsed.text, backend.lexicon) if found.total == 0 else None
        return replace(found, query=parsed.text, diagnostics=tuple(diagnostics), suggestion=suggestion)

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:
        """Slow. Compare two to twenty articles. Raises `CompareError`, `NotFound` or `LibraryError`."""
        from reader.compare.engine import compare

        wanted = tuple(dict.fromkeys(article_ids))
        if not 2 <= len(wanted) <= MAX_COMPARED:
            raise CompareError(
                f"a comparison takes 2 to {MAX_COMPARED} different articles; {len(wanted)} were given"
            )
        token = cancel or CancelToken()
        return compare(self._cache().all_of(map(self.article, wanted), token.check), cancel)

    def trace(self, text: str, *, origin: str | None = None, cancel: CancelToken | None = None) -> Trace:
        """Slow. Where else the words or the claim of `text` stand, among the articles most like it."""
        from reader.compare.trace import trace

        token = cancel or CancelToken()
        words = tuple(text.split()[:TRACED_WORDS])
        found = self._opened().search(Terms(words), page=Page(limit=TRACED_ARTICLES), cancel=cancel)
        articles = self._library.iter_articles(hit.article_id for hit in found.hits)
        return trace(text, self._cache().all_of(articles, token.check), origin=origin, cancel=cancel)

    def similar(self, article_id: str, limit: int = 10) -> tuple[Hit, ...]:
        """Slow. Articles that share the most telling words of one, best first."""
        return self._opened().similar(self.article(article_id), limit)

    def snippets(
        self, text: str, article_ids: Sequence[str], *, as_you_type: bool = False, width: int = 160
    ) -> dict[str, Snippet]:
        """Slow. The best excerpt of each article for a query; articles that are gone are left out."""
        from reader.search.snippets import snippet

        query = self.parse(text, as_you_type=as_you_type).query
        return {
            article.id: snippet(query, article.body, width=width, paragraphs=article.paragraphs)
            for article in self._library.iter_articles(article_ids)
        }

    def highlights(self, text: str, article_id: str, *, as_you_type: bool = False) -> tuple[Span, ...]:
        """Slow. Every place in the body that a query matches; sorted, disjoint."""
        from reader.search.highlight import highlights

        return highlights(self.parse(text, as_you_type=as_you_type).query, self.article(article_id).body)

    def index_check(self) -> Health:
        """Slow. Verify every part of the index."""
        return self._opened().verify()

    def _update(self, report: Report | None, cancel: CancelToken | None, *, rebuild: bool = False) -> None:
        updater = self._updater
        self._tidier.stop(wait=True)
        if not rebuild:
            # Without it everything is only read here instead.
            with contextlib.suppress(IndexUnusable):
                updater.read_ahead(report, cancel, self._publish_scan)
        scan = updater.scan(report, cancel)
        self._publish_scan(scan)
        updater.index(scan, report, cancel, rebuild=rebuild)
        stories = updater.stories(scan, self._decisions(), report, cancel)
        self._publish(snapshot(scan.infos, stories, scan.problems))

    def _publish_scan(self, scan: Scan) -> None:
        held = {info.id for info in scan.infos}
        whole = [story for story in self._snapshot.stories if held.issuperset(story.article_ids)]
        self._publish(snapshot(scan.infos, whole, scan.problems))

    def _decisions(self) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
        # A library that nobody kept anything of gets no state file.
        state = self.settings.state
        if not ((state / "state.db").exists() or (state / "backups").exists()):
            return (), ()
        try:
            return self.keeping().decisions()
        except StateError as error:
            self._notices.append(str(error))
            return (), ()

    def _publish(self, fresh: Snapshot) -> None:
        if fresh != self._snapshot or not self._serial:
            self._snapshot = fresh
            self._serial += 1

    def _opened(self) -> WhooshBackend:
        backend = self._updater.backend
        if backend is None:
            raise self._updater.broken or IndexUnusable(
                "the articles are not indexed yet; they can be read, and searched once they are"
            )
        return backend

    def _cache(self) -> AnalysisCache:
        from reader.workspace.analyses import AnalysisCache

        if self._analyses is None:
            self._analyses = AnalysisCache(self._updater.folder / "analysis")
        return self._analyses

    def keeping(self) -> Keeping:
        """Marks, notes and saved searches; opened on first use. Raises `StateError`."""
        from reader.workspace.keeping import Keeping

        with self._opening_state:
            if self._keeping is None:
                self._keeping = Keeping.open(self.settings.state, self.settings.articles, self.article)
            return self._keeping

    def _story_ids(self) -> Mapping[str, str]:
        """Article id to story id; the same object for the same snapshot, so that an index may keep it."""
        known = self._stories
        if known is None or known[0] is not self._snapshot:
            present = self._snapshot
            ids = {article_id: story.id for article_id, story in present.story_by_article.items()}
            known = self._stories = (present, ids)
        return known[1]

    def _ids_with(self, field: str, value: str) -> Collection[str] | None:
        if field == "story":
            story = next((each for each in self._snapshot.stories if each.id == value), None)
            story = story or self._snapshot.story_by_article.get(value)
            return None if story is None else story.article_ids
        return self.keeping().ids_with(field, value, self._snapshot.by_id)


def _within(query: Query, scope: Scope) -> Query:
    parts: list[Query] = [query]
    if scope.source is not None:
        parts.append(In("source", (scope.source,)))
    if scope.story is not None:
        parts.append(In("story", (scope.story,)))
    if scope.article_ids is not None:
        parts.append(In("id", scope.article_ids))
    return query if len(parts) == 1 else All(tuple(parts))
