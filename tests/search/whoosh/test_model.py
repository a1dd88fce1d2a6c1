"""An index driven at random against a plain dictionary: add, change, remove, merge, crash, open again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.model import Article
from reader.model.query import EVERYTHING, All, AnyOf, Not, Phrase, Prefix, Query, Terms
from reader.model.results import Page
from reader.search.whoosh import commit
from reader.search.whoosh.backend import WhooshBackend
from tests.conftest import make_article
from tests.search.whoosh.oracle import Oracle

WORDS = ["peace", "talk", "summit", "land", "rain", "wheat", "bank", "vote"]
IDS = [f"herald/{number}" for number in range(12)]
EVERY = Page(0, 1_000)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
batches = st.dictionaries(st.sampled_from(IDS), st.tuples(texts, texts), min_size=1, max_size=5)
gone = st.sets(st.sampled_from(IDS), max_size=4)


class _PowerCut(BaseException):
    """Ends a commit as a crash would: nothing after it runs."""


@contextmanager
def _crashing(backend: WhooshBackend, step: str) -> Iterator[None]:
    """Cuts a commit short at one of its steps and leaves whatever is on disk."""

    def cut(*_: object, **__: object) -> None:
        raise _PowerCut

    originals = {name: getattr(commit, name) for name in (step, "_undo")}
    setattr(commit, step, cut)
    commit._undo = lambda *_: None  # a crash undoes nothing
    try:
        yield
    except _PowerCut:
        backend.close()
    finally:
        for name, original in originals.items():
            setattr(commit, name, original)


class IndexMachine(RuleBasedStateMachine):
    """The index must always hold and find what the dictionary holds."""

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="index-model-"))
        self.held: dict[str, Article] = {}
        self.backend = self._open()

    def teardown(self) -> None:
        if hasattr(self, "root"):
            self.backend.close()
            shutil.rmtree(self.root)

    @rule(batch=batches, delete=gone)
    def write(self, batch: dict[str, tuple[str, str]], delete: set[str]) -> None:
        articles = self._articles(batch)
        self.backend.write(articles, delete=delete - batch.keys())
        self._apply(articles, delete - batch.keys())

    @rule(
        batch=batches,
        step=st.sampled_from(["_merge", "digest_file", "fsync_file", "fsync_folder", "write_seal"]),
    )
    def crash(self, batch: dict[str, tuple[str, str]], step: str) -> None:
        with _crashing(self.backend, step):
            self.backend.write(self._articles(batch))
        self.backend = self._open()

    @rule(batch=batches)
    def crash_after_the_seal(self, batch: dict[str, tuple[str, str]]) -> None:
        articles = self._articles(batch)
        with _crashing(self.backend, "_sweep_quietly"):
            self.backend.write(articles)
        self._apply(articles, set())
        self.backend = self._open()

    @rule()
    def merge(self) -> None:
        self.backend.merge()

    @rule()
    def open_again(self) -> None:
        self.backend.close()
        self.backend = self._open()

    @rule()
    def other_window_removes_one(self) -> None:
        if self.held:
            first = min(self.held)
            other = self._open()
            other.write([], delete=[first])
            other.close()
            del self.held[first]
            self.backend.refresh()

    @invariant()
    def holds_the_same(self) -> None:
        expected = {article.id: article.digest for article in self.held.values()}
        assert dict(self.backend.digests()) == expected

    @invariant()
    def finds_the_same(self) -> None:
        oracle = Oracle(self.held.values())
        ids = self.held.keys()
        land = {one.article.id for one in oracle.any_of(["land"])}
        peace = {one.article.id for one in oracle.any_of(["peac"])}
        assert self._found(EVERYTHING) == ids
        assert self._found(Terms(("land",))) == land
        assert self._found(All((Terms(("land",)), Terms(("peace",))))) == land & peace
        assert self._found(AnyOf((Terms(("land",)), Terms(("peace",))))) == land | peace
        assert self._found(Not(Terms(("land",)))) == ids - land
        assert self._found(Phrase(("peace", "talk"))) == {
            one.article.id for one in oracle.phrase(["peac", "talk"])
        }
        assert self._found(Prefix("su")) == {one.article.id for one in oracle.any_of(["summit"])}

    def _open(self) -> WhooshBackend:
        backend = WhooshBackend.open(self.root / "index", self.root / "articles", self.root / "key")
        assert backend.state == ("opened" if (backend.folder / "SEAL").exists() else backend.state)
        return backend

    def _articles(self, batch: dict[str, tuple[str, str]]) -> list[Article]:
        return [make_article(head, body, id=article_id) for article_id, (head, body) in batch.items()]

    def _apply(self, articles: list[Article], delete: set[str]) -> None:
        for article_id in delete:
            self.held.pop(article_id, None)
        self.held.update((article.id, article) for article in articles)

    def _found(self, query: Query) -> set[str]:
        results = self.backend.search(query, page=EVERY)
        found = {hit.article_id for hit in results.hits}
        assert results.total == len(found) == len(results.hits)
        return found


TestIndex = IndexMachine.TestCase
TestIndex.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
