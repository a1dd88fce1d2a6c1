"""An engine in memory for the app's tests: it answers at once, or when it is told to."""
# ruff: noqa: E501  the texts read best as they are

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from reader.model import Article, ArticleInfo, CancelToken, Problem, SourceCount, Span, Story, chronological
from reader.model.comparison import (
    Claim,
    Comparison,
    Difference,
    HeadlineItem,
    Headlines,
    Level,
    Link,
    Only,
    Place,
    QuotePlace,
    Share,
    SharedQuote,
    Trace,
    TraceHit,
    Weight,
)
from reader.model.errors import NotFound
from reader.model.results import FacetCount, FacetName, Hit, Page, SearchResults, Snippet, Sort
from reader.ui.engine import EVERYWHERE, Report, Scope
from tests.conftest import make_article

FERRY_LEDGER = """The ferries Saga and Maren collided in thick fog off Port Ansel on Tuesday, and 14 people were hurt.

The ferry company, Coastline, suspended all crossings until Thursday.

“It is too early to say who turned first, and I will not guess while people are still in surgery,” harbour master Ingrid Sølheim said.

Divers went down in the afternoon."""

FERRY_WIRE = """Two ferries collided in thick fog off Port Ansel on Tuesday and 17 people were hurt.

All crossings are suspended until Friday, the company said.

“It is too early to say who turned first…” harbour master Ingrid Sølheim told reporters.

Nobody was killed.

READ ALSO: Fog on the coast"""

FERRY_CIVIC = """Port Ansel woke to sirens on Tuesday when two ferries collided in thick fog.

A nurse counted the hurt twice and came to a number she did not want to repeat."""

VOTE_LEDGER = """The council voted nine to six on Monday to close the old swimming hall.

Rain was forecast for the week."""

VOTE_WIRE = """By nine votes to six the council decided on Monday to close the swimming hall."""

LONER = """A heron has nested on the roof of the town hall for the third year.

Nobody knows what it eats."""


def sample() -> tuple[Article, ...]:
    """Six articles: one story of three, one of two, one alone."""
    return (
        make_article(
            "Two ferries collide in fog, 14 hurt",
            FERRY_LEDGER,
            source="Harbour Ledger",
            published="2025-03-04",
            id="harbour-ledger/ferries",
        ),
        make_article(
            "Ferry collision near Port Ansel injures 17",
            FERRY_WIRE,
            source="Northern Wire",
            published="2025-03-04",
            id="northern-wire/ferries",
        ),
        make_article(
            "The morning of the sirens",
            FERRY_CIVIC,
            source="Civic Post",
            published="2025-03-05",
            id="civic-post/ferries",
        ),
        make_article(
            "Council closes the swimming hall",
            VOTE_LEDGER,
            source="Harbour Ledger",
            published="2025-03-03",
            id="harbour-ledger/vote",
        ),
        make_article(
            "Swimming hall to close",
            VOTE_WIRE,
            source="Northern Wire",
            published="2025-03-03",
            id="northern-wire/vote",
        ),
        make_article(
            "A heron on the roof", LONER, source="Harbour Ledger", published=None, id="harbour-ledger/heron"
        ),
    )


class FakeEngine:
    """Searches by substring, compares by shared words. `calls` remembers what was asked."""

    def __init__(self, articles: Sequence[Article] | None = None, problems: Sequence[Problem] = ()) -> None:
        self._articles = {a.id: a for a in (sample() if articles is None else articles)}
        self._problems = tuple(problems)
        self.is_open = False
        self.closed = False
        self.calls: list[str] = []
        self.told: tuple[str, ...] = ()
        self.is_untidy = False
        self.tidied: list[CancelToken] = []
        self.may_finish = threading.Event()

    @property
    def place(self) -> str:
        return "articles"

    @property
    def notices(self) -> tuple[str, ...]:
        return self.told

    @property
    def generation(self) -> str:
        return "1" if self.is_open else ""

    def open(self, report: Report, cancel: CancelToken) -> None:
        self.calls.append("open")
        report("reading", len(self._articles), len(self._articles))
        cancel.check()
        self.is_open = True

    def refresh(self, report: Report, cancel: CancelToken) -> bool:
        self.calls.append("refresh")
        return False

    def is_tidying_due(self, idle_s: float) -> bool:
        return self.is_untidy and idle_s >= 0

    def tidy(self, cancel: CancelToken | None = None) -> bool:
        assert cancel is not None
        self.tidied.append(cancel)
        self.may_finish.wait(timeout=30)
        self.is_untidy = False
        return True

    def close(self) -> None:
        self.closed = True

    def articles(self, scope: Scope = EVERYWHERE) -> tuple[ArticleInfo, ...]:
        if not self.is_open:
            return ()
        found = [a.info for a in self._articles.values() if self._in(a, scope)]
        return tuple(
            sorted(found, key=lambda info: (info.published is None, _backwards(info.published), info.id))
        )

    def _in(self, article: Article, scope: Scope) -> bool:
        if scope.source is not None and article.source != scope.source:
            return False
        if scope.article_ids is not None and article.id not in scope.article_ids:
            return False
        return scope.story is None or article.id in next(
            s.article_ids for s in self.stories() if s.id == scope.story
        )

    def sources(self) -> tuple[SourceCount, ...]:
        names = sorted({a.source for a in self._articles.values()})
        return tuple(SourceCount(n, sum(a.source == n for a in self._articles.values())) for n in names)

    def stories(self, min_sources: int = 1) -> tuple[Story, ...]:
        groups: dict[str, list[Article]] = {}
        for article in self._articles.values():
            groups.setdefault(article.id.rpartition("/")[2], []).append(article)
        found = []
        for members in groups.values():
            members.sort(key=chronological)
            sources = tuple(sorted({a.source for a in members}))
            evidence = ("ferry", "Port Ansel", "fog") if "ferries" in members[0].id else ("council",)
            found.append(
                Story(
                    members[0].id,
                    members[0].headline,
                    tuple(a.id for a in members),
                    sources,
                    evidence if len(members) > 1 else (),
                )
            )
        found.sort(key=lambda story: (-len(story.sources), story.id))
        return tuple(story for story in found if len(story.sources) >= min_sources)

    def story_of(self, article_id: str) -> Story | None:
        return next((story for story in self.stories() if article_id in story.article_ids), None)

    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def article(self, article_id: str) -> Article:
        self.calls.append(f"article {article_id}")
        if article_id not in self._articles:
            raise NotFound(f"no article {article_id}")
        return self._articles[article_id]

    def search(
        self,
        text: str,
        *,
        scope: Scope = EVERYWHERE,
        sort: Sort = "score",
        page: Page = Page(),
        facets: Collection[FacetName] = (),
        as_you_type: bool = False,
        cancel: CancelToken | None = None,
    ) -> SearchResults:
        self.calls.append(f"search {text}")
        words, conditions = _parsed(text)
        hits = []
        for info in self.articles(scope):
            found = len(self.highlights(words, info.id)) if words else 1
            if found and all(_meets(info, *condition) for condition in conditions):
                hits.append(Hit(info.id, float(found), (words.casefold(),) if words else ()))
        hits.sort(key=lambda hit: (-hit.score, hit.article_id))
        suggestion = "ferry" if not hits and text == "fery" else None
        return SearchResults(
            text,
            tuple(hits[page.offset : page.offset + page.limit]),
            len(hits),
            facets=tuple((name, self._facet(name, hits)) for name in facets),
            suggestion=suggestion,
        )

    def _facet(self, name: FacetName, hits: Sequence[Hit]) -> tuple[FacetCount, ...]:
        infos = [self._articles[hit.article_id].info for hit in hits]
        if name == "story":
            values = [story.id for info in infos if (story := self.story_of(info.id)) is not None]
        else:
            values = [info.source if name == "source" else (info.published or "")[:7] for info in infos]
        return tuple(FacetCount(value, times) for value, times in Counter(values).most_common())

    def snippets(
        self, text: str, article_ids: Sequence[str], *, as_you_type: bool = False
    ) -> dict[str, Snippet]:
        found = {}
        for article_id in article_ids:
            spans = self.highlights(text, article_id)
            if spans:
                body = self._articles[article_id].body.replace("\n", " ")
                start = max(spans[0].start - 30, 0)
                found[article_id] = Snippet(
                    body[start : start + 120], (Span(spans[0].start - start, spans[0].end - start),)
                )
        return found

    def highlights(self, text: str, article_id: str, *, as_you_type: bool = False) -> tuple[Span, ...]:
        body = self._articles[article_id].body
        text = _parsed(text)[0]
        return (
            tuple(Span(m.start(), m.end()) for m in re.finditer(re.escape(text), body, re.I)) if text else ()
        )

    def compare(self, article_ids: Sequence[str], cancel: CancelToken | None = None) -> Comparison:
        self.calls.append(f"compare {' '.join(article_ids)}")
        return compare_by_words([self.article(article_id) for article_id in article_ids])

    def trace(self, text: str, *, origin: str | None = None, cancel: CancelToken | None = None) -> Trace:
        words = _words(text)
        hits = []
        for article in self._articles.values():
            for place in _passages(article, 0):
                shared = len(words & _words(place.text)) / max(len(words), 1)
                if article.id != origin and shared > 0.3:
                    hits.append(
                        TraceHit(
                            article.id, article.source, place.start, place.end, place.text, "reworded", shared
                        )
                    )
        return Trace(text, tuple(sorted(hits, key=lambda hit: -hit.score)))


def _parsed(text: str) -> tuple[str, list[tuple[str, str]]]:
    conditions = re.findall(r'\b(source|date):(?:"([^"]*)"|(\S+))', text)
    words = " ".join(re.sub(r'\b(source|date):("[^"]*"|\S+)', " ", text).split())
    return words, [(field, quoted or bare) for field, quoted, bare in conditions]


def _meets(info: ArticleInfo, field: str, value: str) -> bool:
    return info.source == value if field == "source" else (info.published or "").startswith(value)


def _backwards(published: str | None) -> int:
    return -int((published or "0").replace("-", "")[:8])


@lru_cache(4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3 or word.isdigit())


def _passages(article: Article, index: int) -> list[Place]:
    return [
        Place(index, p.span.start, p.span.end, p.span.slice(article.body))
        for p in article.paragraphs
        if not p.span.slice(article.body).startswith("READ ALSO")
    ]


def compare_by_words(articles: Sequence[Article]) -> Comparison:
    """Links paragraphs that share words; good enough to look at."""
    passages = [_passages(article, index) for index, article in enumerate(articles)]
    links: list[Link] = []
    for first in range(len(articles)):
        for second in range(first + 1, len(articles)):
            links.extend(_links(passages[first], passages[second]))
    linked = {place for link in links for place in (link.a, link.b)}
    quotes = []
    quoted = [place for found in passages for place in found if "too early" in place.text]
    if len(quoted) > 1:
        places = tuple(
            QuotePlace(place, "harbour master Ingrid Sølheim", "Ingrid Sølheim") for place in quoted
        )
        quotes.append(SharedQuote(places, ("shortened",)))
    claims = tuple(Claim((link.a, link.b), 2) for link in links)
    return Comparison(
        tuple(article.info for article in articles),
        tuple(links),
        tuple(quotes),
        (),
        (),
        claims,
        tuple(Share(index, 0.25, ()) for index in range(len(articles))),
        Headlines((), tuple(HeadlineItem(index, a.headline, (), ()) for index, a in enumerate(articles))),
        tuple(Only(p, 0.5) for found in passages for p in found if p not in linked),
        (),
    )


def _links(ours: Sequence[Place], theirs: Sequence[Place]) -> list[Link]:
    found = []
    for a in ours:
        for b in theirs:
            shared = sorted(_words(a.text) & _words(b.text))
            score = len(shared) / max(len(_words(a.text) | _words(b.text)), 1)
            if score > 0.2:
                level: Level = "verbatim" if score > 0.8 else "reworded"
                differs = _numbers(a, b)
                why = tuple(Weight(word, score / len(shared)) for word in shared)
                found.append(Link(a, b, level, score, differs, why))
    return found


def _numbers(a: Place, b: Place) -> tuple[Difference, ...]:
    x, y = re.search(r"\d+", a.text), re.search(r"\d+", b.text)
    if x is None or y is None or x[0] == y[0]:
        return ()
    return (
        Difference(
            "figure",
            Place(a.article, a.start + x.start(), a.start + x.end(), x[0]),
            Place(b.article, b.start + y.start(), b.start + y.end(), y[0]),
        ),
    )
