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
from reader.compare.figures_values import Verdict, compare, family, shape
from reader.model.article import Span
from reader.model.comparison import Figure, FigurePlace, FigureState, Place
from reader.text.tokens import STOP_WORDS, stem, tokens

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
_AROUND: Final = 70
_COMMON_WORDS: Final = 2
_MOST_ALIKE: Final = 12


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


def join(
    mentions_by_article: Sequence[Sequence[FigureMention]], bodies: Sequence[str], linked: Iterable[Linked]
) -> tuple[Figure, ...]:
    """Set the figures of articles, numbered as given, side by side; in order of place.

    `mentions_by_article` are in order of place. A figure with equals in another article agrees with them; one
    without may differ from one figure of another article.
    """
    edges: dict[tuple[_Node, _Node], Verdict] = {}
    _by_links(mentions_by_article, linked, edges)
    taken = {(node, other[0]) for pair in edges for node, other in (pair, pair[::-1])}
    for a, b in combinations(range(len(mentions_by_article)), 2):
        _by_nouns(mentions_by_article, bodies, a, b, edges, taken)
    return _written(mentions_by_article, bodies, edges)


def _inside(mentions: Sequence[FigureMention], span: Span) -> list[int]:
    first = bisect_left(mentions, span.start, key=lambda mention: mention.span.start)
    last = first
    while last < len(mentions) and mentions[last].span.end <= span.end:
        last += 1
    return list(range(first, last))


def _by_links(
    mentions: Sequence[Sequence[FigureMention]],
    linked: Iterable[Linked],
    edges: dict[tuple[_Node, _Node], Verdict],
) -> None:
    """Equal figures of linked passages, then what is left of them of one family, one on each side."""
    left: list[tuple[int, list[int], int, list[int]]] = []
    for a, span_a, b, span_b in linked:
        in_a, in_b = _inside(mentions[a], span_a), _inside(mentions[b], span_b)
        if not in_a or not in_b:
            continue
        for i, j in matched(mentions[a], in_a, mentions[b], in_b):
            edges[((a, i), (b, j)) if a < b else ((b, j), (a, i))] = "agree"
        left.append((a, in_a, b, in_b))
    agreeing = {(node, other[0]) for pair in edges for node, other in (pair, pair[::-1])}
    for a, in_a, b, in_b in left:
        rest_a = [i for i in in_a if ((a, i), b) not in agreeing]
        rest_b = [j for j in in_b if ((b, j), a) not in agreeing]
        for i, j in unequal(mentions[a], rest_a, mentions[b], rest_b):
            edges[((a, i), (b, j)) if a < b else ((b, j), (a, i))] = "differs"


def matched(
    a: Sequence[FigureMention], in_a: Sequence[int], b: Sequence[FigureMention], in_b: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of figures of two linked passages that agree, each figure in at most one."""
    pairs: list[tuple[int, int]] = []
    free = list(in_b)
    for i in in_a:
        agreeing = [j for j in free if compare(a[i], b[j]) == "agree"]
        if agreeing:
            best = min(agreeing, key=lambda j: (a[i].unit != b[j].unit, a[i].value != b[j].value, j))
            free.remove(best)
            pairs.append((i, best))
    return pairs


def unequal(
    a: Sequence[FigureMention], in_a: Sequence[int], b: Sequence[FigureMention], in_b: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of figures of two linked passages that differ: the only one left of its family on each side."""
    pairs: list[tuple[int, int]] = []
    families_a = _grouped(a, in_a)
    families_b = _grouped(b, in_b)
    for key, ones in families_a.items():
        others = families_b.get(key, [])
        is_alone = len(ones) == 1 and len(others) == 1 and key[1] is not None
        if is_alone and compare(a[ones[0]], b[others[0]]) == "differs":
            pairs.append((ones[0], others[0]))
    return pairs


def _grouped(
    mentions: Sequence[FigureMention], inside: Iterable[int]
) -> dict[tuple[str, str | None], list[int]]:
    groups: dict[tuple[str, str | None], list[int]] = {}
    for number in inside:
        mention = mentions[number]
        if mention.kind == "date" and shape(mention.value) is None:
            continue
        key = ("time", "clock") if mention.kind == "time" else family(mention)
        groups.setdefault(key, []).append(number)
    return groups


def _by_nouns(
    mentions: Sequence[Sequence[FigureMention]],
    bodies: Sequence[str],
    a: int,
    b: int,
    edges: dict[tuple[_Node, _Node], Verdict],
    taken: set[tuple[_Node, int]],
) -> None:
    """Figures of two articles that no link joins: equal, the only ones of a noun, or in the same words."""
    groups_a = _grouped(mentions[a], range(len(mentions[a])))
    groups_b = _grouped(mentions[b], range(len(mentions[b])))
    for key, ones in groups_a.items():
        others = groups_b.get(key)
        if not others:
            continue
        free_a = [i for i in ones if ((a, i), b) not in taken]
        free_b = [j for j in others if ((b, j), a) not in taken]
        if key[1] is not None:
            free_a, free_b = _equal_apart(mentions, (a, free_a), (b, free_b), edges)
        if key[0] in ("date", "time"):
            continue
        free_a, free_b = _only_ones(mentions, (a, ones, free_a), (b, others, free_b), edges)
        if len(free_a) <= _MOST_ALIKE and len(free_b) <= _MOST_ALIKE:
            _by_words(mentions, bodies, (a, free_a), (b, free_b), edges)


def _equal_apart(
    mentions: Sequence[Sequence[FigureMention]],
    one: tuple[int, list[int]],
    other: tuple[int, list[int]],
    edges: dict[tuple[_Node, _Node], Verdict],
) -> tuple[list[int], list[int]]:
    """Join figures with the same value and noun; what is left of both."""
    (a, free_a), (b, free_b) = one, other
    by_value: dict[object, list[int]] = {}
    for j in free_b:
        by_value.setdefault((mentions[b][j].value, mentions[b][j].unit), []).append(j)
    left_a: list[int] = []
    joined: set[int] = set()
    for i in free_a:
        value = mentions[a][i].value
        same = by_value.get((value, mentions[a][i].unit), []) if value is not None else []
        if not same:
            left_a.append(i)
            continue
        for j in same[:1] if i != free_a[-1] else same:
            edges[(a, i), (b, j)] = "agree"
        joined.update(same)
    return left_a, [j for j in free_b if j not in joined]


def _only_ones(
    mentions: Sequence[Sequence[FigureMention]],
    one: tuple[int, list[int], list[int]],
    other: tuple[int, list[int], list[int]],
    edges: dict[tuple[_Node, _Node], Verdict],
) -> tuple[list[int], list[int]]:
    """Join the figures of a noun that each article counts once; what is left of both."""
    (a, ones, free_a), (b, others, free_b) = one, other
    by_unit = [_by_unit(mentions[a], ones), _by_unit(mentions[b], others)]
    for i in tuple(free_a):
        unit = mentions[a][i].unit
        here, there = by_unit[0].get(unit, []), by_unit[1].get(unit, [])
        if unit in (None, "%") or len(here) != 1 or len(there) != 1 or there[0] not in free_b:
            continue
        verdict = compare(mentions[a][i], mentions[b][there[0]])
        if verdict:
            edges[(a, i), (b, there[0])] = verdict
            free_a = [number for number in free_a if number != i]
            free_b = [number for number in free_b if number != there[0]]
    return free_a, free_b


def _by_unit(mentions: Sequence[FigureMention], numbers_: Iterable[int]) -> dict[str | None, list[int]]:
    units: dict[str | None, list[int]] = {}
    for number in numbers_:
        if not mentions[number].compound:
            units.setdefault(mentions[number].unit, []).append(number)
    return units


def _by_words(
    mentions: Sequence[Sequence[FigureMention]],
    bodies: Sequence[str],
    one: tuple[int, list[int]],
    other: tuple[int, list[int]],
    edges: dict[tuple[_Node, _Node], Verdict],
) -> None:
    (a, free_a), (b, free_b) = one, other
    if not free_a or not free_b:
        return
    around_a = {i: _around(bodies[a], mentions[a][i].span) for i in free_a}
    around_b = {j: _around(bodies[b], mentions[b][j].span) for j in free_b}
    scored = sorted((-len(around_a[i] & around_b[j]), i, j) for i in free_a for j in free_b)
    used: set[_Node] = set()
    for score, i, j in scored:
        if -score < _COMMON_WORDS:
            break
        verdict = compare(mentions[a][i], mentions[b][j])
        if verdict == "differs" and mentions[a][i].unit is None:
            continue
        if verdict and (a, i) not in used and (b, j) not in used:
            used |= {(a, i), (b, j)}
            edges[(a, i), (b, j)] = verdict


def _around(body: str, span: Span) -> frozenset[str]:
    """Stems of the content words near a figure, in its paragraph."""
    start = max(body.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    stop = body.find("\n", span.end, span.end + _AROUND)
    end = stop if stop >= 0 else min(len(body), span.end + _AROUND)
    words = [*tokens(body, start, span.start), *tokens(body, span.end, end)]
    return frozenset(stem(word.text) for word in words if word.text not in STOP_WORDS)


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
