"""What holds of every comparison, whatever the texts."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.compare.analysis import Analysis, analyse, from_json, to_json
from reader.compare.engine import compare
from reader.model import Article, Paragraph, Span
from reader.model.comparison import Comparison, Place
from tests.conftest import make_article

WORDS = (
    "Mayor Ada Brandt opened the harbour bridge on Monday “we said it would stand” not 12 million U.S. … –"
)
SENTENCE = st.lists(st.sampled_from([*WORDS.split(" "), ".", "\n\n", "總統", "قال"]), max_size=30).map(
    " ".join
)
TEXT = SENTENCE | st.text(max_size=120)


def analysed(body: str, number: int = 0) -> Analysis:
    return analyse(make_article(f"Bridge {number}", body, source=f"s{number}", id=f"s{number}/a"))


def places(found: Comparison) -> Iterator[Place]:
    for link in found.links:
        yield link.a
        yield link.b
        for difference in link.differs:
            yield difference.a
            yield difference.b
    for quote in found.quotes:
        yield from (quoted.place for quoted in quote.places)
    for figure in found.figures:
        yield from (there.place for there in figure.places)
    for claim in found.claims:
        yield from claim.members
    for share in found.shares:
        yield from share.credited
    yield from (only.place for only in found.only)
    yield from found.boilerplate


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=2, max_size=4))
def test_every_span_slices_to_its_text(bodies: list[str]) -> None:
    found = compare([analysed(body, number) for number, body in enumerate(bodies)])
    for place in places(found):
        assert bodies[place.article][place.start : place.end] == place.text
    for link in found.links:
        assert link.a.article < link.b.article
        assert abs(sum(weight.weight for weight in link.why) - link.score) < 1e-9
    assert all(0 <= share.shared <= 1 for share in found.shares)
    assert all(0 <= only.weight <= 1 for only in found.only)


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_a_text_and_itself_are_one_verbatim_whole(body: str) -> None:
    article = analysed(body)
    found = compare([article, article])
    assert all(link.level == "verbatim" for link in found.links)
    linked = {link.a.start for link in found.links}
    assert {p.span.start for p in article.passages if p.is_linkable} <= linked
    assert all(not link.differs for link in found.links if link.a.text == link.b.text)
    assert len({share.shared for share in found.shares}) == 1


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_the_order_of_two_articles_changes_only_numbers(one: str, two: str) -> None:
    there = compare([analysed(one, 1), analysed(two, 2)])
    back = compare([analysed(two, 2), analysed(one, 1)])
    assert sorted(
        (link.a.text, link.b.text, link.level, link.score, len(link.differs)) for link in there.links
    ) == sorted((link.b.text, link.a.text, link.level, link.score, len(link.differs)) for link in back.links)
    assert sorted(quote.flags for quote in there.quotes) == sorted(quote.flags for quote in back.quotes)
    assert {share.article: share.shared for share in there.shares} == {
        1 - share.article: share.shared for share in back.shares
    }
    assert sorted((only.place.text, only.weight) for only in there.only) == sorted(
        (only.place.text, only.weight) for only in back.only
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXT, min_size=2, max_size=3))
def test_the_same_articles_give_the_same_comparison(bodies: list[str]) -> None:
    first = [analysed(body, number) for number, body in enumerate(bodies)]
    again = [analysed(body, number) for number, body in enumerate(bodies)]
    assert first == again
    assert compare(first) == compare(again)


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_an_analysis_survives_json(body: str) -> None:
    article = make_article("Bridge", body)
    made = analyse(article)
    assert from_json(json.loads(json.dumps(to_json(made))), article) == made


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=9))
def test_any_other_json_is_refused(found: object) -> None:
    article = make_article("Bridge", "Mayor Ada Brandt opened the bridge.")
    stored = {**to_json(analyse(article)), "found": found}
    assert from_json(stored, article) is None


def test_paragraphs_of_other_kinds_are_never_compared() -> None:
    body = "The Harbour Bridge Question\nMayor Ada Brandt opened the harbour bridge on Monday."
    paragraphs = (Paragraph(Span(0, 27), "heading"), Paragraph(Span(28, len(body)), "body"))
    article = make_article(None, body)
    marked = Article(
        article.id, "s", None, None, None, None, None, paragraphs, body, article.digest, article.path
    )
    found = compare([analyse(marked), analyse(marked)])
    assert {link.a.start for link in found.links} == {28}
