"""What holds a story together, in words: the names and terms that most of its articles share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from reader.compare.passages import content_stem
from reader.compare.story_features import StoryFeatures, counted
from reader.text.tokens import tokens

MOST_TERMS: Final = 8
"""So many at most are named."""
_NAME_BONUS: Final = 1.5
"""A name says more about what holds a story together than a word of the same weight."""
_CALENDAR_TEXT: Final = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tomorrow week month year
"""
_CALENDAR: Final = frozenset(map(content_stem, _CALENDAR_TEXT.split()))
"""Every story has a day; it holds none together."""


def evidence(members: Sequence[StoryFeatures], rarity: Callable[[str], float]) -> tuple[str, ...]:
    """Names and words of at least half of these articles (and two), strongest first, as first written.

    `rarity` gives the weight of a stem. A word that is part of a name already given is left out.
    """
    least = max(2, (len(members) + 1) // 2)
    held: Counter[str] = Counter()
    mass: dict[str, float] = {}
    written: dict[str, str] = {}
    for one in members:
        for entry in one.forms.split(" "):
            term, _, form = entry.partition(":")
            written.setdefault(term, form)
        for term, count in counted(one.terms.split(" ")).items():
            held[term] += 1
            mass[term] = mass.get(term, 0.0) + 1 + math.log(count)
    scored = [
        (mass[term] * rarity(term), written.get(term) or term)
        for term, count in held.items()
        if count >= least and not term[0].isdigit() and term not in _CALENDAR
    ]
    for name in _names_of(members, least):
        stems = set(map(content_stem, (token.text for token in tokens(name))))
        if not stems & _CALENDAR:
            best = max((mass.get(stem, 0.0) * rarity(stem) for stem in stems), default=0.0)
            scored.append((_NAME_BONUS * best, name))
    return _without_repeats(sorted(scored, key=lambda item: (-item[0], item[1])))


def _names_of(members: Sequence[StoryFeatures], least: int) -> list[str]:
    """The names that so many articles have, as first written."""
    holders: Counter[str] = Counter()
    written: dict[str, str] = {}
    for one in members:
        for name in counted(one.names.split("\n")):
            if not name[0].isdigit():
                written.setdefault(name.casefold(), name)
                holders[name.casefold()] += 1
    return [written[name] for name, count in holders.items() if count >= least]


def _without_repeats(scored: Sequence[tuple[float, str]]) -> tuple[str, ...]:
    chosen: list[str] = []
    covered: set[str] = set()
    for weight, form in scored:
        stems = {content_stem(token.text) for token in tokens(form)}
        if weight <= 0 or stems & covered:
            continue
        covered |= stems
        chosen.append(form)
        if len(chosen) == MOST_TERMS:
            break
    return tuple(chosen)
