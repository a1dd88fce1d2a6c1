from __future__ import annotations

import math

import pytest

from reader.compare.links import cosine, pairs, reasons, unit_vector, vectors, weigh
from reader.compare.passages import Passage, cut
from reader.model import Paragraph, Span


def passages(*sentences: str) -> list[Passage]:
    body = "\n".join(sentences)
    starts = [sum(len(one) + 1 for one in sentences[:k]) for k in range(len(sentences))]
    spans = [Span(start, start + len(one)) for start, one in zip(starts, sentences, strict=True)]
    return list(cut(body, [Paragraph(span, "body") for span in spans]).passages)


A = passages(
    "The mayor opened the harbour bridge on Monday.",
    "Fishermen complained about the low arches of the harbour bridge.",
)
B = passages(
    "On Monday the harbour bridge was opened by the mayor.",
    "Bakers sold warm bread beside the river all morning.",
)


def test_a_term_weighs_more_the_fewer_passages_hold_it() -> None:
    weights = weigh([A, B])
    assert weights["bread"] == pytest.approx(math.log(1 + 4 / 1))
    assert weights["harbour"] == pytest.approx(math.log(1 + 4 / 3))


def test_only_the_passages_that_say_the_same_are_linked() -> None:
    weights = weigh([A, B])
    found = pairs(vectors(A, weights), vectors(B, weights))
    assert [(pair.a, pair.b) for pair in found] == [(0, 0)]


def test_one_shared_word_links_nothing() -> None:
    a = passages("Quartermaine visited seven lonely farms yesterday.")
    b = passages("Nobody believed what Quartermaine promised about taxes.")
    weights = weigh([a, b])
    assert pairs(vectors(a, weights), vectors(b, weights)) == []


def test_reasons_add_up_to_the_score_in_thousandths() -> None:
    weights = weigh([A, B])
    a, b = unit_vector(A[0], weights), unit_vector(B[0], weights)
    why = reasons(a, b, cosine(a, b))
    assert round(sum(weight for _, weight in why), 6) == round(cosine(a, b), 3)
    assert why == tuple(sorted(why, key=lambda item: (-item[1], item[0])))


def test_short_passages_have_no_vector() -> None:
    short = passages("The bridge opened.")
    assert vectors(short, weigh([short])) == [{}]


def test_a_passage_that_stands_many_times_keeps_few_links() -> None:
    many = passages(*["The mayor opened the harbour bridge on Monday."] * 15)
    weights = weigh([many, many])
    found = pairs(vectors(many, weights), vectors(many, weights))
    assert len(found) <= 15 * 12
    assert {(k, k) for k in range(15)} <= {(pair.a, pair.b) for pair in found}
