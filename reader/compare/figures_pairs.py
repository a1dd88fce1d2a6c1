"""Which figures of two articles speak of one thing, and what shows it.

Equal figures need little to be set side by side. Figures that differ need much: one noun and the same words
around them, for a false difference costs a reader more than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reader.compare.figures_lexemes import FigureMention
from reader.compare.figures_values import Verdict, compare, family, shape
from reader.compare.numbers_plain import SCALES, WORD_VALUES
from reader.compare.numbers_units import CURRENCY_NOUNS, DAYS, MEASURES
from reader.model.article import Span
from reader.text.tokens import STOP_WORDS, stem, tokens

_WIDE, _MIDDLE, _CLOSE = 70, 40, 26
"""Code points around a figure that are looked at for words it shares with another."""
_LINKED_DATES, _LINKED_AMOUNTS, _APART = 2, 1, 2
"""Words that two differing figures must share: dates and amounts of linked passages, amounts of others."""
_LINKED_RATIO, _APART_RATIO = 5.0, 3.0
"""An amount more than so many times another is no other version of it."""
_MOST_ALIKE: Final = 12
_MOST_IN_PASSAGE: Final = 50
"""A table read as one sentence is compared no further."""
_SAYS_NOTHING: Final = (
    STOP_WORDS
    | WORD_VALUES.keys()
    | SCALES.keys()
    | MEASURES.keys()
    | {
        form
        for noun in (*CURRENCY_NOUNS, "percent", "cent", "per", "said", "says", "told")
        for form in (noun, noun + "s")
    }
)
"""Words that stand around any figure."""

Joined = list[tuple[int, int, Verdict]]
"""Numbers of two mentions, one of each side, and what their values say."""


class Side:
    """The figures of one article and the words around them."""

    def __init__(self, body: str, mentions: Sequence[FigureMention]) -> None:
        """Take the mentions in order of place."""
        self.body = body
        self.mentions = mentions
        self._around: dict[tuple[int, int], frozenset[str]] = {}

    def around(self, number: int, width: int) -> frozenset[str]:
        """Stems of the content words within a distance of a figure, in its paragraph."""
        known = self._around.get((number, width))
        if known is None:
            known = self._around[number, width] = _around(self.body, self.mentions[number].span, width)
        return known


def _around(body: str, span: Span, width: int) -> frozenset[str]:
    start = max(body.rfind("\n", 0, span.start) + 1, span.start - width)
    stop = body.find("\n", span.end, span.end + width)
    end = stop if stop >= 0 else min(len(body), span.end + width)
    # A word cut in two by the border is a false one.
    if 0 < start < span.start and body[start - 1].isalnum():
        start = min((at for at in range(start, span.start) if not body[at].isalnum()), default=span.start)
    while span.end < end < len(body) and body[end].isalnum():
        end -= 1
    words = [*tokens(body, start, span.start), *tokens(body, span.end, end)]
    return frozenset(
        stem(word.text) for word in words if word.text not in _SAYS_NOTHING and word.text.isalpha()
    )


def matched(a: Side, in_a: Sequence[int], b: Side, in_b: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of figures of two linked passages that agree, each figure in at most one."""
    in_a, in_b = in_a[:_MOST_IN_PASSAGE], in_b[:_MOST_IN_PASSAGE]
    agreeing = [(i, j) for i in in_a for j in in_b if compare(a.mentions[i], b.mentions[j]) == "agree"]
    pairs: list[tuple[int, int]] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for i, j in sorted(agreeing, key=lambda pair: _unlike(a.mentions[pair[0]], b.mentions[pair[1]], pair)):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((i, j))
    return pairs


def _unlike(one: FigureMention, other: FigureMention, pair: tuple[int, int]) -> tuple[bool, bool, int]:
    # The sum of the places is the same from either side, and two pairs with one sum have no figure in common.
    return (one.unit != other.unit, one.value != other.value, sum(pair))


def unequal(a: Side, in_a: Sequence[int], b: Side, in_b: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of figures of two linked passages that differ: the only one left of its family on each side."""
    pairs: list[tuple[int, int]] = []
    families_b = _grouped(b.mentions, in_b)
    for key, ones in _grouped(a.mentions, in_a).items():
        others = families_b.get(key, [])
        if len(ones) != 1 or len(others) != 1 or key[1] is None:
            continue
        i, j = ones[0], others[0]
        # What a day belongs to stands right beside it.
        is_date = key[0] in ("date", "time")
        is_exact = a.mentions[i].value is not None and b.mentions[j].value is not None
        needed = _LINKED_AMOUNTS if is_exact and not is_date else _LINKED_DATES
        width = _MIDDLE if is_date else _WIDE
        is_one_thing = len(a.around(i, width) & b.around(j, width)) >= needed
        most = _APART_RATIO if key[0] == "money" else _LINKED_RATIO
        if is_one_thing and _differ(a.mentions[i], b.mentions[j], most):
            pairs.append((i, j))
    return pairs


def _differ(one: FigureMention, other: FigureMention, most: float) -> bool:
    return compare(one, other) == "differs" and _is_near(one, other, most)


def _is_near(one: FigureMention, other: FigureMention, most: float) -> bool:
    if not isinstance(one.value, int | float) or not isinstance(other.value, int | float):
        return True
    if one.unit != other.unit and one.unit in DAYS and other.unit in DAYS:
        low, high = sorted((abs(one.value) * DAYS[one.unit], abs(other.value) * DAYS[other.unit]))
    else:
        low, high = sorted((abs(one.value), abs(other.value)))
    return high <= most * low


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


def equal_apart(a: Side, free_a: Sequence[int], b: Side, free_b: Sequence[int]) -> Joined:
    """Figures of two articles with the same value and noun, wherever they stand."""
    found: Joined = []
    by_value: dict[tuple[object, ...], list[int]] = {}
    for j in free_b:
        by_value.setdefault(_identity(b.mentions[j]), []).append(j)
    last: dict[tuple[object, ...], tuple[int, int]] = {}
    for i in free_a:
        one = a.mentions[i]
        identity = _identity(one)
        same = by_value.get(identity)
        if same and one.value is not None and not _is_common(one):
            # Repeated figures pair off in order; what is left over joins the last of the other side.
            at = last.get(identity, (-1, 0))[0] + 1
            last[identity] = (at, i)
            found.append((i, same[min(at, len(same) - 1)], "agree"))
    for identity, (at, i) in last.items():
        found.extend((i, j, "agree") for j in by_value[identity][at + 1 :])
    return found


def _is_common(mention: FigureMention) -> bool:
    """Whether a figure says too little to be set beside its equal far away: a bare number, noon."""
    if mention.kind == "number":
        return mention.unit is None
    return mention.kind == "time" and mention.value in ("12:00", "00:00")


def _identity(mention: FigureMention) -> tuple[object, ...]:
    return (mention.kind, mention.value, mention.unit if mention.kind != "time" else None)


def only_ones(a: Side, free_a: Sequence[int], b: Side, free_b: Sequence[int]) -> Joined:
    """Figures of a noun that each article counts once.

    Nouns that count anything (years, crowns, persons) need common words around them besides.
    """
    found: Joined = []
    units_a, units_b = _by_unit(a.mentions), _by_unit(b.mentions)
    free = set(free_b)
    for i in free_a:
        one = a.mentions[i]
        here, there = units_a.get(one.unit, []), units_b.get(one.unit, [])
        if len(here) != 1 or len(there) != 1 or there[0] not in free or one.compound:
            continue
        j = there[0]
        is_general = _counts_anything(one)
        if is_general and len(a.around(i, _WIDE) & b.around(j, _WIDE)) < _APART:
            continue
        verdict = compare(one, b.mentions[j])
        if verdict == "agree" or (verdict and _is_near(one, b.mentions[j], _APART_RATIO)):
            found.append((i, j, verdict))
    return found


def _counts_anything(mention: FigureMention) -> bool:
    """Whether the noun of a figure may count quite different things: crowns, per cent, persons, years."""
    unit = mention.unit or ""
    return mention.kind in ("money", "percent") or unit == "person" or DAYS.get(unit, 0) >= 1


def _by_unit(mentions: Sequence[FigureMention]) -> dict[str | None, list[int]]:
    units: dict[str | None, list[int]] = {}
    for number, mention in enumerate(mentions):
        if mention.kind not in ("date", "time") and mention.unit is not None and not mention.compound:
            units.setdefault(mention.unit, []).append(number)
    return units


def in_the_same_words(a: Side, free_a: Sequence[int], b: Side, free_b: Sequence[int]) -> Joined:
    """Amounts that stand among the same words; a bare one ("three remain in hospital") may count persons."""
    groups_b = _by_noun(b, free_b)
    scored: list[tuple[int, int, int, Verdict]] = []
    for (kind, unit), ones in _by_noun(a, free_a).items():
        nouns = {unit, None if unit == "person" else unit, "person" if unit is None else unit}
        for noun in nouns:
            others = groups_b.get((kind, noun), [])
            if len(ones) <= _MOST_ALIKE and len(others) <= _MOST_ALIKE:
                scored.extend(_scored(a, ones, b, others))
    found: Joined = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for _, i, j, verdict in sorted(scored, key=lambda one: (one[0], one[1] + one[2])):
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            found.append((i, j, verdict))
    return found


def _by_noun(side: Side, free: Sequence[int]) -> dict[tuple[str, str | None], list[int]]:
    nouns: dict[tuple[str, str | None], list[int]] = {}
    for number in free:
        mention = side.mentions[number]
        if mention.kind not in ("date", "time"):
            nouns.setdefault((mention.kind, mention.unit), []).append(number)
    return nouns


def _scored(
    a: Side, ones: Sequence[int], b: Side, others: Sequence[int]
) -> list[tuple[int, int, int, Verdict]]:
    scored: list[tuple[int, int, int, Verdict]] = []
    for i in ones:
        for j in others:
            verdict = _comparable(a.mentions[i], b.mentions[j])
            score = _common(a, i, b, j) if verdict else 0
            if verdict and score:
                scored.append((-score, i, j, verdict))
    return scored


def _comparable(one: FigureMention, other: FigureMention) -> Verdict | None:
    if one.kind != other.kind or (one.unit is None and other.unit is None):
        return None
    verdict = compare(one, other)
    if verdict == "agree":
        return verdict
    is_general = one.compound or other.compound
    return verdict if not is_general and _is_near(one, other, _APART_RATIO) else None


def _common(a: Side, i: int, b: Side, j: int) -> int:
    """How many words two figures share around them; 0 when those are too few."""
    shared = len(a.around(i, _WIDE) & b.around(j, _WIDE))
    is_vague = a.mentions[i].value is None or b.mentions[j].value is None
    if shared >= _APART + is_vague:
        return shared
    is_one_noun = a.mentions[i].unit is not None and a.mentions[i].unit == b.mentions[j].unit
    return shared if is_one_noun and a.around(i, _CLOSE) & b.around(j, _CLOSE) else 0
