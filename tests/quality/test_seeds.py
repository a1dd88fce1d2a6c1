"""The two texts the app was first asked for, read as files and compared, against hand-labelled links."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from reader.compare.analysis import analyse
from reader.compare.engine import compare
from reader.library.parse import parse
from reader.model import Article
from reader.model.comparison import Comparison, Place

Gold = tuple[int, int, int, int]
"""A sentence of each text: offset and length, twice."""


@cache
def articles(eval_data: Path) -> tuple[Article, ...]:
    """The seeds as the library reads them."""
    found = [
        parse(path.read_bytes(), path.name, None) for path in sorted((eval_data / "seeds").glob("*.txt"))
    ]
    return tuple(one for one in found if isinstance(one, Article))


@cache
def comparison(eval_data: Path) -> Comparison:
    return compare([analyse(article) for article in articles(eval_data)])


def labelled(eval_data: Path, name: str) -> list[Gold]:
    first, second = articles(eval_data)
    rows = json.loads((eval_data / "eval" / "compare" / name).read_text(encoding="utf-8"))
    return [
        (first.body.index(row["a"]), len(row["a"]), second.body.index(row["b"]), len(row["b"]))
        for row in rows
    ]


def is_link(a: Place, b: Place, gold: Gold) -> bool:
    """Whether each place overlaps its sentence by half of the shorter."""
    return all(
        min(place.end, start + length) - max(place.start, start) >= min(place.end - place.start, length) / 2
        for place, start, length in ((a, gold[0], gold[1]), (b, gold[2], gold[3]))
    )


def measure(eval_data: Path) -> dict[str, float]:
    """How many labelled links are found, how many beyond them and the optional ones, how many quotes."""
    wanted = labelled(eval_data, "seed_align.gold.json")
    optional = labelled(eval_data, "seed_align.optional.json")
    links = comparison(eval_data).links
    return {
        "seeds links found": sum(any(is_link(link.a, link.b, gold) for link in links) for gold in wanted),
        "seeds links beyond": sum(
            not any(is_link(link.a, link.b, gold) for gold in wanted + optional) for link in links
        ),
        "seeds quotes": len(comparison(eval_data).quotes),
    }


@pytest.mark.data
def test_most_labelled_links_are_found_and_few_others(eval_data: Path) -> None:
    figures = measure(eval_data)
    assert figures["seeds links found"] >= 9
    assert figures["seeds links beyond"] <= 12


@pytest.mark.data
def test_headings_and_boilerplate_have_no_links(eval_data: Path) -> None:
    marked = [
        (number, paragraph.span.start, paragraph.span.end)
        for number, article in enumerate(articles(eval_data))
        for paragraph in article.paragraphs
        if paragraph.kind != "body"
    ]
    places = [place for link in comparison(eval_data).links for place in (link.a, link.b)]
    assert marked
    assert not [
        place
        for place in places
        if any(n == place.article and place.start < end and start < place.end for n, start, end in marked)
    ]


@pytest.mark.data
def test_both_shared_quotes_carry_their_flags(eval_data: Path) -> None:
    assert [quote.flags for quote in comparison(eval_data).quotes] == [
        ("shortened",),
        ("elided", "shortened", "attribution-differs"),
    ]


@pytest.mark.data
def test_the_guarantees_are_said_to_differ(eval_data: Path) -> None:
    differences = [
        (difference.kind, difference.a.text, difference.b.text)
        for link in comparison(eval_data).links
        for difference in link.differs
    ]
    assert any(
        kind in ("negation", "modality") and "possibility" in a and "refrained" in b
        for kind, a, b in differences
    )


@pytest.mark.data
def test_the_hours_of_the_meeting_differ(eval_data: Path) -> None:
    differing = [
        [place.place.text for place in figure.places]
        for figure in comparison(eval_data).figures
        if figure.state == "differs"
    ]
    assert ["several hours", "six to seven hours"] in differing


@pytest.mark.data
def test_codes_are_no_figures(eval_data: Path) -> None:
    texts = " ".join(place.place.text for figure in comparison(eval_data).figures for place in figure.places)
    assert not any(code in texts for code in ("B-2", "F-22", "G7", "G8", "three-on-three"))
