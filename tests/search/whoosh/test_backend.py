"""What the workspace sees of the index: writes, searches, orders, facets, words."""

from __future__ import annotations

import pytest

from reader.model import Article, CancelToken, Paragraph, Span
from reader.model.errors import Cancelled
from reader.model.query import (
    EVERYTHING,
    All,
    AnyOf,
    Fuzzy,
    In,
    Not,
    Phrase,
    Prefix,
    Query,
    Range,
    Terms,
    Wildcard,
)
from reader.model.results import FacetCount, FacetName, Page, Sort
from reader.search.backend import SearchBackend
from reader.search.whoosh.backend import WhooshBackend
from tests.conftest import make_article
from tests.search.whoosh.conftest import OpenIndex

LIBRARY = [
    make_article(
        "Leaders meet in Alaska",
        "Volodymyr Zelenskyy was not invited. Air Force One landed early.",
        id="gazette/alaska",
        source="The Gazette",
        published="2025-08-15T10:00:00+00:00",
    ),
    make_article(
        "Talks end without a ceasefire",
        "Zelenskiy said the talks changed nothing. No land was ceded in Alaska.",
        id="times/talks",
        source="Morning Times",
        published="2025-08-16",
    ),
    make_article(
        "Harvest begins early",
        "Farmers began to harvest wheat. The harvest is large this year.",
        id="times/harvest",
        source="Morning Times",
        published="2025-07-30T23:30:00-05:00",
    ),
    make_article(
        "To be or not to be",
        "The question was asked again.",
        id="gazette/question",
        source="The Gazette",
        published=None,
    ),
]


@pytest.fixture
def index(open_index: OpenIndex) -> WhooshBackend:
    backend = open_index()
    backend.write(LIBRARY)
    return backend


def _found(index: WhooshBackend, query: Query, **options: object) -> list[str]:
    hits = index.search(query, **options).hits  # type: ignore[arg-type]  # passed through by name
    return [hit.article_id for hit in hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Terms(("alaska",)), ["gazette/alaska", "times/talks"]),
        (Terms(("alaska", "ceasefire")), ["times/talks", "gazette/alaska"]),
        (Terms(("alaska",), "headline"), ["gazette/alaska"]),
        (Phrase(("air", "force", "one")), ["gazette/alaska"]),
        (Phrase(("force", "air")), []),
        (Phrase(("alaska", "Volodymyr")), []),
        (Phrase(("air", "one"), 1), ["gazette/alaska"]),
        (Phrase(("leaders", "alaska"), 2, "headline"), ["gazette/alaska"]),
        (Phrase(("to", "be")), ["gazette/question"]),
        (Terms(("to", "be")), ["gazette/question"]),
        (Prefix("harv"), ["times/harvest"]),
        (Prefix("cease", "headline"), ["times/talks"]),
        (Wildcard("h*st"), ["times/harvest"]),
        (Wildcard("w?eat"), ["times/harvest"]),
        (Fuzzy("harvets"), ["times/harvest"]),
        (Fuzzy("whaet", 2), ["times/harvest"]),
        (Range("date", "2025-08-15", "2025-08-15"), ["gazette/alaska"]),
        (Range("date", None, "2025-07-30"), ["times/harvest"]),
        (In("source", ("morning times",)), ["times/talks", "times/harvest"]),
        (In("source", ("gazette",)), ["gazette/alaska", "gazette/question"]),
        (In("id", ("times/talks", "nobody")), ["times/talks"]),
        (In("id", ()), []),
        (All((Terms(("alaska",)), Not(Terms(("ceasefire",))))), ["gazette/alaska"]),
        (All((Terms(("alaska",)), Range("date", "2025-08-16", None))), ["times/talks"]),
        (AnyOf((Terms(("wheat",)), Phrase(("air", "force")))), ["gazette/alaska", "times/harvest"]),
        (AnyOf((Terms(("harv",)), Prefix("harv"))), ["times/harvest"]),
        (AnyOf(()), []),
        (EVERYTHING, ["times/talks", "gazette/alaska", "times/harvest", "gazette/question"]),
        (Not(Terms(("alaska",))), ["times/harvest", "gazette/question"]),
        (Terms(("nowhere",)), []),
        (Prefix("qqq"), []),
        (Terms(("the",)), []),
    ],
    ids=str,
)
def test_query_finds_exactly(index: WhooshBackend, query: Query, expected: list[str]) -> None:
    assert _found(index, query) == expected


def test_other_spellings_of_a_name_are_found_and_said(index: WhooshBackend) -> None:
    found = index.search(Terms(("Zelenskyy",)))
    assert {hit.article_id for hit in found.hits} == {"gazette/alaska", "times/talks"}
    assert found.hits[0].article_id == "gazette/alaska"
    assert "zelenskiy" in found.diagnostics[0].message.lower()


def test_an_exact_word_finds_no_other_spelling(index: WhooshBackend) -> None:
    assert _found(index, Phrase(("Zelenskyy",))) == ["gazette/alaska"]


def test_a_hit_says_what_matched(index: WhooshBackend) -> None:
    hits = index.search(Terms(("alaska", "zelenskyy"))).hits
    matched = {hit.article_id: hit.matched for hit in hits}
    assert matched == {"gazette/alaska": ("alaska", "zelenskyy"), "times/talks": ("alaska", "zelenskiy")}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("date", ["times/talks", "gazette/alaska", "times/harvest", "gazette/question"]),
        ("source", ["times/talks", "times/harvest", "gazette/alaska", "gazette/question"]),
    ],
)
def test_orders(index: WhooshBackend, sort: Sort, expected: list[str]) -> None:
    assert _found(index, EVERYTHING, sort=sort) == expected


@pytest.mark.parametrize("sort", ["score", "date", "source"])
def test_pages_continue_each_other(index: WhooshBackend, sort: Sort) -> None:
    whole = _found(index, EVERYTHING, sort=sort)
    pages = [_found(index, EVERYTHING, sort=sort, page=Page(offset, 1)) for offset in range(5)]
    assert [article_id for page in pages for article_id in page] == whole


def test_facets_count_all_hits(index: WhooshBackend) -> None:
    found = index.search(EVERYTHING, page=Page(0, 1), facets=("source", "month"))
    assert dict(found.facets) == {
        "source": (FacetCount("Morning Times", 2), FacetCount("The Gazette", 2)),
        "month": (FacetCount("2025-08", 2), FacetCount("", 1), FacetCount("2025-07", 1)),
    }


def test_stories_are_counted_as_they_are_handed_over(index: WhooshBackend) -> None:
    summit = {"gazette/alaska": "summit", "times/talks": "summit", "times/harvest": "harvest", "x/gone": "x"}
    counted = (("story", (FacetCount("summit", 2), FacetCount("harvest", 1))),)
    one = Page(0, 1)
    wanted: tuple[FacetName, ...] = ("story",)
    assert index.search(EVERYTHING, page=one, facets=wanted, stories=summit).facets == counted
    other = dict.fromkeys(summit, "all")
    found = index.search(Terms(("alaska", "ceasefire")), page=one, facets=wanted, stories=other)
    assert found.facets == (("story", (FacetCount("all", 2),)),)
    assert index.search(EVERYTHING, page=one, facets=wanted, stories=summit).facets == counted
    assert index.search(EVERYTHING, facets=wanted).facets == ()


def test_a_changed_article_is_found_by_its_new_words_only(index: WhooshBackend) -> None:
    info = index.write([make_article("Rain stops harvest", "It poured.", id="times/harvest")])
    assert (info.added, info.deleted, info.articles) == (1, 1, 4)
    assert _found(index, Terms(("wheat",))) == []
    assert _found(index, Terms(("harvest",))) == ["times/harvest"]


def test_a_removed_article_is_gone(index: WhooshBackend) -> None:
    index.write([], delete=["times/harvest", "nobody"])
    assert _found(index, Terms(("wheat",))) == []
    assert "times/harvest" not in index.digests()


def test_an_empty_index_answers(open_index: OpenIndex) -> None:
    empty = open_index()
    found = empty.search(Terms(("peace",)), facets=("source", "month"))
    assert (found.hits, found.total, empty.lexicon.count("peace")) == ((), 0, 0)
    assert empty.verify().ok


def test_articles_of_boilerplate_only_are_found_last(open_index: OpenIndex) -> None:
    body = "Subscribe to our newsletter."
    spans = (Paragraph(Span(0, len(body)), "boilerplate"),)
    notice = Article("a/notice", "A", None, None, None, None, None, spans, body, "d1", "a/notice.txt")
    index = open_index()
    index.write([notice, make_article("Newsletter sold", "The newsletter has a new owner.", id="a/news")])
    hits = index.search(Terms(("newsletter",))).hits
    assert [hit.article_id for hit in hits] == ["a/news", "a/notice"]
    assert hits[1].score == 0
    assert _found(index, Phrase(("our", "newsletter"))) == ["a/notice"]


def test_authors_are_searched_in_their_field_only(open_index: OpenIndex) -> None:
    by_jones = Article("a/1", "A", "Rain", None, None, "Mary Jones", None, (), "", "d1", "a/1.txt")
    index = open_index()
    index.write([by_jones, make_article("Jones resigns", "It was expected.", id="a/2")])
    assert _found(index, Terms(("jones",), "author")) == ["a/1"]
    assert _found(index, Phrase(("mary", "jones"), 0, "author")) == ["a/1"]
    assert _found(index, Terms(("jones",))) == ["a/2"]


def test_a_cancelled_search_delivers_nothing(index: WhooshBackend) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        index.search(Terms(("alaska", "talks")), cancel=cancel)


def test_a_cancelled_write_changes_nothing(index: WhooshBackend) -> None:
    cancel = CancelToken()
    before = index.generation

    def report(_: str, done: int, __: int) -> None:
        if done:
            cancel.cancel()

    with pytest.raises(Cancelled):
        index.write(
            [make_article(f"New {number}", id=f"new/{number}") for number in range(200)],
            report=report,
            cancel=cancel,
        )
    assert index.generation == before
    assert len(index.digests()) == len(LIBRARY)
    assert index.write([make_article("New", id="new/1")]).articles == len(LIBRARY) + 1


def test_a_write_can_be_stopped_while_it_is_written_out(index: WhooshBackend) -> None:
    cancel = CancelToken()

    def report(step: str, _: int, __: int) -> None:
        if step == "writing":
            cancel.cancel()

    with pytest.raises(Cancelled):
        index.write([make_article("New", id="new/1")], report=report, cancel=cancel)
    assert len(index.digests()) == len(LIBRARY)
    assert index.verify().ok
    assert index.write([make_article("New", id="new/1")]).articles == len(LIBRARY) + 1


def test_the_backend_is_what_the_protocol_asks_for(index: WhooshBackend) -> None:
    backend: SearchBackend = index
    assert backend.generation


def test_an_index_opened_again_answers_the_same(index: WhooshBackend, open_index: OpenIndex) -> None:
    again = open_index()
    assert again.state == "opened"
    assert again.generation == index.generation
    query = Terms(("alaska", "talks"))
    assert again.search(query).hits == index.search(query).hits


def test_rebuilding_starts_empty_and_keeps_the_old_until_written(
    index: WhooshBackend, open_index: OpenIndex
) -> None:
    rebuilt = open_index(rebuild=True)
    assert (rebuilt.state, len(rebuilt.digests())) == ("rebuilt", 0)
    assert open_index().state == "opened"
    rebuilt.write(LIBRARY[:2])
    assert open_index().digests().keys() == {"gazette/alaska", "times/talks"}


def test_completions_and_suggestions_are_surface_forms(index: WhooshBackend) -> None:
    assert index.lexicon.completions("zelensk") == (("zelenskiy", 1), ("zelenskyy", 1))
    assert [one.word for one in index.suggest("harv")] == ["harvest"]
    assert index.lexicon.near("harvets", 1) == (("harvest", 1),)


def test_similar_articles_share_telling_words_and_leave_the_article_out(index: WhooshBackend) -> None:
    similar = [hit.article_id for hit in index.similar(LIBRARY[0])]
    assert similar[0] == "times/talks"
    assert "gazette/alaska" not in similar


def test_segments_are_merged_above_eight(open_index: OpenIndex) -> None:
    index = open_index()
    for number in range(30):
        index.write([make_article(f"Summit {number}", "Peace talks.", id=f"a/{number:02}")])
        assert index.verify().segments <= 8
    assert len(_found(index, Terms(("peace",)))) == 30


@pytest.mark.parametrize("deleted", [(), ("a/03", "a/17", "a/29")], ids=["whole", "with deletions"])
def test_a_merge_changes_no_answer(open_index: OpenIndex, deleted: tuple[str, ...]) -> None:
    index = open_index()
    for start in range(0, 30, 10):
        index.write(
            [
                make_article(f"Summit {number}", f"Peace talks. Word{number}.", id=f"a/{number:02}")
                for number in range(start, start + 10)
            ]
        )
    index.write([], delete=deleted)
    before = [
        _found(index, query) for query in (Terms(("peace", "word3")), Phrase(("peace", "talks")), EVERYTHING)
    ]
    assert index.merge() is not None
    assert index.verify().segments == 1
    after = [
        _found(index, query) for query in (Terms(("peace", "word3")), Phrase(("peace", "talks")), EVERYTHING)
    ]
    assert after == before
    assert index.lexicon.count("word17") == int("a/17" not in deleted)


def test_progress_is_reported(open_index: OpenIndex) -> None:
    steps: list[tuple[str, int, int]] = []
    open_index().write(LIBRARY, report=lambda *step: steps.append(step))
    assert steps[0] == ("indexing", 0, 4)
    assert steps[-2:] == [("indexing", 4, 4), ("writing", 0, 0)]


def test_a_search_that_began_before_a_write_ends_on_its_own_state(index: WhooshBackend) -> None:
    held = index._holder.hold()
    index.write([], delete=[article.id for article in LIBRARY])
    index.merge()
    assert sum(live.segment.block("text", b"wheat") is not None for live in held.lives) == 1
    index._holder.release(held)
