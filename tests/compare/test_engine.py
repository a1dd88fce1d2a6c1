from __future__ import annotations

import pytest

from reader.compare.analysis import Analysis, analyse
from reader.compare.engine import MOST_ARTICLES, compare
from reader.model import CancelToken
from reader.model.errors import Cancelled, CompareError
from tests.conftest import make_article

HERALD = """Mayor Ada Brandt opened the new harbour bridge on Monday after four years of building.

“We said it would stand before the winter and here it stands,” Brandt told the crowd.

The bridge cost 12 million crowns, twice what the council had planned in 2019."""
COURIER = """The harbour bridge was opened by Mayor Ada Brandt on Monday, four years after building began.

“We said it would stand before the winter,” the mayor said.

Fishermen from Oster complained that boats with tall masts can no longer reach the old quay."""


def analysed(
    body: str, headline: str | None = None, source: str = "Herald", id: str = "herald/one"
) -> Analysis:
    return analyse(make_article(headline, body, source=source, id=id))


@pytest.fixture
def pair() -> tuple[Analysis, Analysis]:
    return (
        analysed(HERALD, headline="Harbour bridge opens", source="Herald", id="herald/bridge"),
        analysed(COURIER, headline="Bridge opens, boats shut out", source="Courier", id="courier/bridge"),
    )


def test_reworded_passages_are_linked_with_reasons_that_add_up(pair: tuple[Analysis, Analysis]) -> None:
    link = compare(pair).links[0]
    assert link.a.text.startswith("Mayor Ada Brandt opened")
    assert link.b.text.startswith("The harbour bridge was opened")
    assert sum(weight.weight for weight in link.why) == pytest.approx(link.score)


def test_only_here_is_what_no_link_reaches(pair: tuple[Analysis, Analysis]) -> None:
    assert [one.place.text.split()[0] for one in compare(pair).only] == ["The", "Fishermen"]


def test_a_text_compared_with_itself_is_one_verbatim_whole() -> None:
    article = analysed(HERALD)
    found = compare([article, article])
    assert {(link.level, link.score) for link in found.links} == {("verbatim", 1.0)}
    assert [(link.a.start, link.a.end) for link in found.links] == [
        (link.b.start, link.b.end) for link in found.links
    ]
    assert [share.shared for share in found.shares] == [1.0, 1.0]
    assert found.only == ()


def test_swapping_the_articles_changes_only_their_numbers(pair: tuple[Analysis, Analysis]) -> None:
    there, back = compare(pair), compare(pair[::-1])
    assert {(link.a.text, link.b.text, link.level, link.score) for link in there.links} == {
        (link.b.text, link.a.text, link.level, link.score) for link in back.links
    }


@pytest.mark.parametrize("count", [0, 1, MOST_ARTICLES + 1])
def test_too_few_or_too_many_articles_are_refused(count: int) -> None:
    with pytest.raises(CompareError):
        compare([analysed("One. Two.")] * count)


def test_a_cancelled_comparison_stops(pair: tuple[Analysis, Analysis]) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        compare(pair, token)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "word",
        "\n\n",
        "総理大臣は会議を開いた。首相は来週も会う。",
        "الرئيس التقى الوزير يوم الجمعة.",
        "“““",
        "1," * 500,
    ],
    ids=["empty", "word", "blank", "chinese", "arabic", "marks", "commas"],
)
def test_any_text_is_compared(body: str) -> None:
    found = compare([analysed(body, id="a"), analysed(HERALD, id="b")])
    assert len(found.shares) == 2
