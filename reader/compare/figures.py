"""Figures: numbers, money, percentages, dates and times, found and set side by side across articles.

A figure that another article does not give is only here: that is no difference. Two figures are set side by
side only where something says that they speak of one thing: a link between their passages, the same noun
where each article counts it once, or the same words around them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from reader.compare import dates, numbers
from reader.compare.figures_lexemes import FigureMention, lexemes
from reader.compare.figures_pairs import Side, equal_apart, in_the_same_words, matched, only_ones, unequal
from reader.compare.figures_values import Verdict
from reader.model.article import Span
from reader.model.comparison import Figure, FigurePlace, FigureState, Place

__all__ = ["FigureMention", "Linked", "extract", "join"]

Linked = tuple[int, Span, int, Span]
"""Two linked passages: article, span in its body, other article, span in its body."""

_STARTS: Final = dates.STARTS | numbers.STARTS
# "may" and "march" are verbs, "new" and "labor" only begin a holiday in capitals.
_WANTED: Final = frozenset(
    form
    for word in _STARTS
    for form in (word, word.title(), word.upper())
    if form != word or word not in dates.CAPITAL_STARTS
)


def extract(body: str, spans: Sequence[Span]) -> tuple[FigureMention, ...]:
    """The figures of the paragraphs `spans`, in order, disjoint. Linear."""
    found: list[FigureMention] = []
    for span in spans:
        found.extend(_paragraph(body, span))
    return tuple(found)


def _paragraph(body: str, span: Span) -> list[FigureMention]:
    words = lexemes(body, span, _WANTED)
    if words is None:
        return []
    found: list[FigureMention] = []
    done = 0
    for at in words.triggers:
        if at < done:
            continue
        word = words.low[at]
        previous = found[-1] if found else None
        date = dates.ago(words, at, previous) if word in dates.AGO else None
        if date is not None:
            while found and found[-1].span.end > date.span.start:
                found.pop()
            found.append(date)
            continue
        read = None
        if word < ":" or word in dates.STARTS:
            read = dates.read(words, at)
        if read is None and (word < ":" or word in numbers.STARTS):
            read = numbers.read(words, at, previous)
        if read is not None:
            mention, done = read
            if previous is None or previous.span.end <= mention.span.start:
                found.append(mention)
    return found


_Node = tuple[int, int]
"""Article and number of a mention in it."""
_Edges = dict[tuple[_Node, _Node], Verdict]


def join(
    mentions_by_article: Sequence[Sequence[FigureMention]], bodies: Sequence[str], linked: Iterable[Linked]
) -> tuple[Figure, ...]:
    """Set the figures of articles, numbered as given, side by side; in order of place.

    `mentions_by_article` are in order of place. A figure with equals in another article agrees with them; one
    without may differ from one figure of another article.
    """
    sides = [Side(body, mentions) for body, mentions in zip(bodies, mentions_by_article, strict=True)]
    edges: _Edges = {}
    _by_links(sides, linked, edges)
    taken = {(node, other[0]) for pair in edges for node, other in (pair, pair[::-1])}
    for a, b in combinations(range(len(sides)), 2):
        free_a = [i for i in range(len(sides[a].mentions)) if ((a, i), b) not in taken]
        free_b = [j for j in range(len(sides[b].mentions)) if ((b, j), a) not in taken]
        for step in (equal_apart, only_ones, in_the_same_words):
            found = step(sides[a], free_a, sides[b], free_b)
            edges.update({((a, i), (b, j)): verdict for i, j, verdict in found})
            joined_a, joined_b = {i for i, _, _ in found}, {j for _, j, _ in found}
            free_a = [i for i in free_a if i not in joined_a]
            free_b = [j for j in free_b if j not in joined_b]
    return _written(mentions_by_article, bodies, edges)


def _inside(mentions: Sequence[FigureMention], span: Span) -> list[int]:
    first = bisect_left(mentions, span.start, key=lambda mention: mention.span.start)
    last = first
    while last < len(mentions) and mentions[last].span.end <= span.end:
        last += 1
    return list(range(first, last))


def _by_links(sides: Sequence[Side], linked: Iterable[Linked], edges: _Edges) -> None:
    """Equal figures of linked passages, then what is left of them of one family, one on each side."""
    left: list[tuple[int, list[int], int, list[int]]] = []
    for a, span_a, b, span_b in linked:
        in_a, in_b = _inside(sides[a].mentions, span_a), _inside(sides[b].mentions, span_b)
        if not in_a or not in_b:
            continue
        for i, j in matched(sides[a], in_a, sides[b], in_b):
            edges[((a, i), (b, j)) if a < b else ((b, j), (a, i))] = "agree"
        left.append((a, in_a, b, in_b))
    agreeing = {(node, other[0]) for pair in edges for node, other in (pair, pair[::-1])}
    for a, in_a, b, in_b in left:
        rest_a = [i for i in in_a if ((a, i), b) not in agreeing]
        rest_b = [j for j in in_b if ((b, j), a) not in agreeing]
        for i, j in unequal(sides[a], rest_a, sides[b], rest_b):
            edges[((a, i), (b, j)) if a < b else ((b, j), (a, i))] = "differs"


def _written(
    mentions: Sequence[Sequence[FigureMention]],
    bodies: Sequence[str],
    edges: dict[tuple[_Node, _Node], Verdict],
) -> tuple[Figure, ...]:
    root: dict[_Node, _Node] = {}

    def top(node: _Node) -> _Node:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in edges:
        low, high = sorted((top(a), top(b)))
        root[high] = low
    differing = {top(a) for (a, _), verdict in edges.items() if verdict == "differs"}
    groups: dict[_Node, list[_Node]] = {}
    for article, own in enumerate(mentions):
        for number in range(len(own)):
            groups.setdefault(top((article, number)), []).append((article, number))
    figures: list[Figure] = []
    for leader, nodes in groups.items():
        places: list[FigurePlace] = []
        for article, number in nodes:
            mention = mentions[article][number]
            place = Place(article, mention.span.start, mention.span.end, mention.span.slice(bodies[article]))
            places.append(FigurePlace(place, mention.value, mention.unit))
        state: FigureState = "only" if len(nodes) == 1 else "differs" if leader in differing else "agree"
        figures.append(Figure(state, mentions[leader[0]][leader[1]].kind, tuple(places)))
    return tuple(figures)
