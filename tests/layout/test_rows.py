"""Aligned rows: what stands beside what."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.layout.row import Row, RowMark, heights
from reader.layout.rows import rows
from reader.layout.views import one_side, row_at
from reader.model import Article, Paragraph, Span
from reader.model.comparison import (
    Comparison,
    Difference,
    Figure,
    FigurePlace,
    Link,
    Name,
    Place,
    Spelling,
)
from tests.conftest import make_article
from tests.layout.comparisons import compared, link, place, quote

LEDGER = make_article(
    "Ledger",
    "Two ferries met in fog. Fourteen were hurt.\n\nThe company stopped all crossings until Thursday.\n\n"
    "“It is too early to say,” she said.",
    id="ledger/one",
)
WIRE = make_article(
    "Wire",
    "Ferries collided near the port. At least 17 were injured.\n\nNobody was killed.\n\n"
    "Crossings are suspended until Friday.\n\n“It is too early to say,” the harbour master said.",
    id="wire/one",
)
PAIR = (LEDGER, WIRE)


def at(article: int, text: str) -> Place:
    return place(PAIR, article, text)


FERRIES = link(at(0, "Two ferries met in fog."), at(1, "Ferries collided near the port."))
STOPPED = link(
    at(0, "The company stopped all crossings until Thursday."),
    at(1, "Crossings are suspended until Friday."),
    differs=(Difference("time", at(0, "Thursday"), at(1, "Friday")),),
)
SAID = link(
    at(0, "“It is too early to say,” she said."), at(1, "“It is too early to say,” the harbour master said.")
)
QUOTE = quote(
    (at(0, "It is too early to say"), "she"), (at(1, "It is too early to say"), "the harbour master")
)


def apart(comparison: Comparison, articles: tuple[Article, ...] = PAIR) -> tuple[Row, ...]:
    """The rows where what is linked with nothing has rows of its own."""
    return rows(comparison, articles, range(len(articles)), beside=False)


def table(shown: tuple[Row, ...], articles: tuple[Article, ...] = PAIR) -> list[tuple[str, ...]]:
    """Glyph and the text of each cell."""
    return [
        (
            row.glyph(),
            *(
                "" if cell is None else " ".join(cell.span.slice(articles[cell.article].body).split())
                for cell in row.cells
            ),
        )
        for row in shown
    ]


def test_linked_passages_share_a_row() -> None:
    shown = table(rows(compared(PAIR, links=(FERRIES,)), PAIR))
    assert ("~", "Two ferries met in fog.", "Ferries collided near the port.") in shown


def test_a_passage_of_one_article_stands_alone() -> None:
    comparison = compared(PAIR, [at(1, "Nobody was killed.")], links=(FERRIES,))
    assert ("·", "", "Nobody was killed.") in table(apart(comparison))


def test_something_that_differs_wins_over_the_level() -> None:
    shown = table(rows(compared(PAIR, links=(STOPPED,)), PAIR))
    assert shown[1][0] == "!" or ("!", STOPPED.a.text, STOPPED.b.text) in shown


def test_a_shared_quote_marks_its_row() -> None:
    shown = rows(compared(PAIR, links=(SAID,), quotes=(QUOTE,)), PAIR)
    assert [(row.mark, row.quotes) for row in shown if row.link is not None] == [("quote", (0,))]


def test_a_difference_inside_a_shared_quote_leaves_it_a_quote() -> None:
    inside = Difference("modality", at(0, "too early"), at(1, "too early"))
    said = link(SAID.a, SAID.b, differs=(inside,))
    shown = rows(compared(PAIR, links=(said,), quotes=(QUOTE,)), PAIR)
    assert [row.mark for row in shown if row.link is not None] == ["quote"]


def test_a_quote_without_a_link_shares_a_row_as_well() -> None:
    shown = rows(compared(PAIR, [SAID.a, SAID.b], quotes=(QUOTE,)), PAIR)
    assert [row.mark for row in shown if row.is_linked] == ["quote"]


def test_a_weaker_crossing_link_is_marked_and_keeps_the_order() -> None:
    crossing = link(at(0, "Fourteen were hurt."), at(1, "Crossings are suspended until Friday."), score=0.1)
    after = link(STOPPED.a, at(1, "Nobody was killed."), score=0.4)
    shown = apart(compared(PAIR, links=(FERRIES, crossing, after)))
    assert [text for row in table(shown) if (text := row[1])] == [
        "Two ferries met in fog.",
        "Fourteen were hurt.",
        "The company stopped all crossings until Thursday.",
        "“It is too early to say,” she said.",
    ]
    assert ("⇄", "Fourteen were hurt.", "") in table(shown)


def test_one_passage_may_stand_beside_two_that_follow_each_other() -> None:
    second = link(FERRIES.a, at(1, "At least 17 were injured."), score=0.4)
    shown = table(rows(compared(PAIR, links=(FERRIES, second)), PAIR))
    assert shown[0] == (
        "~",
        "Two ferries met in fog.",
        "Ferries collided near the port. At least 17 were injured.",
    )


def test_a_much_weaker_link_joins_no_row() -> None:
    second = link(FERRIES.a, at(1, "At least 17 were injured."), score=0.2)
    shown = table(rows(compared(PAIR, links=(FERRIES, second)), PAIR))
    assert shown[0] == ("~", "Two ferries met in fog.", "Ferries collided near the port.")


def test_passages_only_here_in_one_paragraph_are_one_row() -> None:
    comparison = compared(PAIR, [FERRIES.a, at(0, "Fourteen were hurt.")])
    assert table(apart(comparison))[0] == ("·", "Two ferries met in fog. Fourteen were hurt.", "")


def test_a_heading_is_no_match_and_stays_in_order() -> None:
    headed = Article(
        "a/b",
        "A",
        None,
        None,
        None,
        None,
        None,
        (Paragraph(Span(0, 7), "heading"), Paragraph(Span(9, 14), "body")),
        "Heading\n\nText.",
        "",
        "a/b.txt",
    )
    shown = apart(compared((headed, WIRE)), (headed, WIRE))
    assert table(shown, (headed, WIRE))[:2] == [(" ", "Heading", ""), (" ", "Text.", "")]


def test_columns_may_stand_the_other_way_round() -> None:
    shown = table(rows(compared(PAIR, links=(FERRIES,)), PAIR, columns=(1, 0)))
    assert ("~", "Ferries collided near the port.", "Two ferries met in fog.") in shown


def test_a_figure_that_differs_inside_a_link_marks_the_row() -> None:
    a, b = at(0, "Fourteen"), at(1, "At least 17")
    figure = Figure("differs", "number", (FigurePlace(a, 14, "person"), FigurePlace(b, 17, "person")))
    hurt = link(at(0, "Fourteen were hurt."), at(1, "At least 17 were injured."))
    shown = rows(compared(PAIR, links=(hurt,), figures=(figure,)), PAIR)
    assert [(row.mark, row.figures) for row in shown if row.link is not None] == [("differs", (0,))]


def test_three_columns_say_how_each_stands_to_those_left_of_it() -> None:
    civic = make_article("Civic", "Boats hit each other in fog. Rain fell.", id="civic/one")
    trio = (*PAIR, civic)
    both = (FERRIES, link(FERRIES.a, place(trio, 2, "Boats hit each other in fog."), "near"))
    shown = apart(compared(trio, [place(trio, 2, "Rain fell.")], links=both), trio)
    assert [row.gutters for row in shown if None not in row.cells] == [("reworded", "near")]
    assert [row.gutters for row in shown if row.cells[2] and not row.cells[0]] == [("none", "only")]


def mixed() -> Comparison:
    names = (
        Name("volodymyr zelenskyy", (Spelling("company", 0, 1),)),
        Name("both", (Spelling("early", 0, 1), Spelling("early", 1, 1))),
    )
    return compared(
        PAIR, [at(1, "Nobody was killed.")], links=(FERRIES, STOPPED, SAID), quotes=(QUOTE,), names=names
    )


@pytest.mark.parametrize(
    ("view", "glyphs"),
    [
        ("differences", "!"),
        ("shared", "~!“"),
        ("quotes", "“"),
        ("only", "·"),
        ("names", "!"),
        ("figures", ""),
    ],
)
def test_a_view_shows_its_rows(view: str, glyphs: str) -> None:
    shown = rows(mixed(), PAIR, view=view)  # type: ignore[arg-type]  # parametrised
    assert "".join(row.glyph() for row in shown) == glyphs


def test_rows_that_were_left_out_leave_an_empty_line() -> None:
    assert [row.gap for row in rows(mixed(), PAIR, view="shared")] == [False, True, True]


def test_the_height_of_a_row_is_that_of_its_longest_cell() -> None:
    shown = rows(compared(PAIR, links=(FERRIES,)), PAIR)
    assert heights(shown, [LEDGER.body, WIRE.body], (10, 100))[0] == 4


def test_the_row_of_an_offset_is_found() -> None:
    shown = apart(mixed())
    found = row_at(shown, 1, WIRE.body.index("killed"))
    assert found is not None
    assert table(shown)[found] == ("·", "", "Nobody was killed.")


def test_an_empty_article_has_no_cells() -> None:
    empty = make_article("Nothing", "", id="nothing/one")
    shown = rows(compared((LEDGER, empty)), (LEDGER, empty))
    assert {row.cells[1] for row in shown} == {None}


def test_a_shared_quote_out_of_order_is_known_to_both_rows() -> None:
    strong = link(STOPPED.a, at(1, "Ferries collided near the port."), score=0.9)
    crossing = quote(
        (at(0, "Fourteen were hurt."), None), (at(1, "Nobody was killed."), None), flags=("elided",)
    )
    comparison = compared(PAIR, links=(strong,), quotes=(crossing,))
    shown = rows(comparison, PAIR, view="quotes")
    assert [(row.mark, row.quotes, row.crossed_quotes) for row in shown] == [("crossed", (), (0,))] * 2


def test_a_difference_out_of_order_is_among_the_differences() -> None:
    strong = link(FERRIES.a, STOPPED.b, score=0.9)
    other = link(
        STOPPED.a,
        at(1, "Nobody was killed."),
        differs=(Difference("time", at(0, "Thursday"), at(1, "Nobody")),),
    )
    shown = rows(compared(PAIR, links=(strong, other)), PAIR, view="differences")
    assert [row.crossed for row in shown] == [(1,), (1,)]


WORDS = st.sampled_from(["Ferries", "met", "in", "fog"])
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(words) + ".")
BODY = st.lists(st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join), max_size=5).map("\n\n".join)


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[Comparison, tuple[Article, ...]]:
    count = draw(st.integers(2, 4))
    articles = tuple(make_article(None, draw(BODY), id=f"a/{number}") for number in range(count))
    passages = [
        [Place(index, m.start(), m.end(), m[0]) for m in re.finditer(r"\w[^.]*\.", article.body)]
        for index, article in enumerate(articles)
    ]
    links: list[Link] = []
    for first in range(count):
        for second in range(first + 1, count):
            if passages[first] and passages[second]:
                pairs = st.tuples(st.sampled_from(passages[first]), st.sampled_from(passages[second]))
                drawn = draw(st.lists(pairs, max_size=6, unique=True))
                links += [link(a, b, score=draw(st.integers(1, 9)) / 10) for a, b in drawn]
    linked = {end for found in links for end in (found.a, found.b)}
    only = [there for part in passages for there in part if there not in linked]
    return compared(articles, only, links=tuple(links)), articles


@settings(max_examples=150, deadline=None)
@given(comparisons(), st.booleans())
def test_every_code_point_of_a_paragraph_stands_once_and_in_order(
    found: tuple[Comparison, tuple[Article, ...]], beside: bool
) -> None:
    comparison, articles = found
    shown = rows(comparison, articles, range(len(articles)), beside=beside)
    for column, article in enumerate(articles):
        cells = [row.cells[column] for row in shown]
        pieces = [piece.span for cell in cells if cell is not None for piece in cell.pieces]
        offsets = [offset for span in pieces for offset in range(span.start, span.end)]
        wanted = [offset for part in article.paragraphs for offset in range(part.span.start, part.span.end)]
        assert offsets == wanted


@settings(max_examples=100, deadline=None)
@given(comparisons())
def test_every_link_is_in_one_row_or_crosses_two(found: tuple[Comparison, tuple[Article, ...]]) -> None:
    comparison, articles = found
    shown = rows(comparison, articles, range(len(articles)))
    inside = Counter(index for row in shown for index in row.links)
    crossed = Counter(index for row in shown for index in row.crossed)
    assert {index: (inside[index], crossed[index]) for index in range(len(comparison.links))} == {
        index: (1, 0) if inside[index] else (0, 2) for index in range(len(comparison.links))
    }


@settings(max_examples=100, deadline=None)
@given(comparisons())
def test_setting_stretches_abreast_leaves_the_linked_rows_as_they_are(
    found: tuple[Comparison, tuple[Article, ...]],
) -> None:
    comparison, articles = found
    columns = range(len(articles))
    together, parted = (rows(comparison, articles, columns, beside=beside) for beside in (True, False))
    assert [row.cells for row in together if row.is_linked] == [row.cells for row in parted if row.is_linked]
    widths, bodies = [30] * len(articles), [article.body for article in articles]
    assert len(together) <= len(parted)
    assert sum(heights(together, bodies, widths)) <= sum(heights(parted, bodies, widths))


LONG = make_article(
    "Long", "One of ours.\n\nTwo of ours.\n\nShared words meet here.\n\nThe end.", id="long/one"
)
OTHER = make_article("Other", "One of theirs.\n\nShared words met here.\n\nEnd of it.", id="other/one")


def test_stretches_that_are_linked_with_nothing_stand_abreast() -> None:
    both = (LONG, OTHER)
    met = link(place(both, 0, "Shared words meet here."), place(both, 1, "Shared words met here."))
    only = [place(both, 0, "One of ours."), place(both, 1, "One of theirs."), place(both, 0, "The end.")]
    assert table(rows(compared(both, only, links=(met,)), both), both) == [
        ("·", "One of ours. Two of ours.", "One of theirs."),
        ("~", "Shared words meet here.", "Shared words met here."),
        ("·", "The end.", "End of it."),
    ]


def test_what_a_neighbour_is_can_be_told_of_one_side() -> None:
    both = (LONG, OTHER)
    first = rows(compared(both, [place(both, 1, "One of theirs.")]), both)[0]
    assert first.alone == ("none", "only")
    assert [one_side(first, column, compared(both)).mark for column in (0, 1)] == ["none", "only"]
    assert one_side(first, 0, compared(both)).cells[1] is None


def test_very_long_stretches_are_set_abreast_in_linear_time() -> None:
    long = tuple(
        make_article(None, "\n\n".join(f"{name} {n}." for n in range(400)), id=f"{name}/x") for name in "ab"
    )
    assert all(None not in row.cells for row in rows(compared(long), long))


def _row(alone: tuple[RowMark | None, ...], *gutters: RowMark) -> Row:
    return Row((None,) * len(alone), gutters[0], gutters, alone, ())


def test_neighbours_of_different_kinds_have_a_sign_each() -> None:
    assert _row(("crossed", "only"), "crossed").signs(0, 3) == ("crossed", "only", "none")


def test_neighbours_of_one_kind_share_a_sign() -> None:
    assert _row(("only", "only"), "only").signs(0, 3) == ("none", "only", "none")


def test_a_neighbour_of_no_kind_leaves_the_sign_in_the_middle() -> None:
    assert _row(("only", "none"), "only").signs(0, 3) == ("none", "only", "none")


def test_linked_cells_share_a_sign() -> None:
    assert _row((None, None), "differs").signs(0, 3) == ("none", "differs", "none")


def test_a_narrow_gap_has_room_for_one_sign() -> None:
    assert _row(("crossed", "only"), "crossed").signs(0, 2) == ("crossed", "none")


def test_each_gap_has_the_signs_of_the_columns_it_parts() -> None:
    row = _row((None, "crossed", "only"), "none", "crossed")
    assert (row.signs(0, 3), row.signs(1, 3)) == (("none", "none", "none"), ("crossed", "only", "none"))
