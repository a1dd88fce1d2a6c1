"""What holds a story together, in words: the names and terms that most of its articles share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from reader.compare.passages import content_stem
from reader.compare.story_features import StoryFeatures, counted
from reader.text.tokens import tokens

MOST_TERMS: Final = 8
"""So many at most are named."""
_NAME_BONUS: Final = 1.5
"""A name says more about what holds a story together than a word of the same rarity."""


def evidence(members: Sequence[StoryFeatures], rarity: Callable[[str], float]) -> tuple[str, ...]:
    """Names and words of at least half of these articles (and two), strongest first, as first written.

    `rarity` gives the weight of a stem. A word that is part of a name already given is left out.
    """
    held: Counter[str] = Counter()
    written: dict[str, str] = {}
    for one in members:
        for entry in one.forms.split(" "):
            term, _, form = entry.partition(":")
            written.setdefault(term, form)
        held.update(counted(one.terms.split(" ")).keys())
    names: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for one in members:
        for name in counted(one.names.split("\n")):
            if not name[0].isdigit():
                spelled.setdefault(name.casefold(), name)
                names[name.casefold()] += 1
    least = max(2, (len(members) + 1) // 2)
    parts = {name: [content_stem(token.text) for token in tokens(name)] for name in names}
    scored = [
        (
            _NAME_BONUS * count * max((rarity(part) for part in parts[name] if part), default=0.0),
            spelled[name],
        )
        for name, count in names.items()
        if count >= least
    ]
    scored += [
        (count * rarity(term), written.get(term) or term)
        for term, count in held.items()
        if count >= least and not term[0].isdigit()
    ]
    scored.sort(key=lambda item: (-item[0], item[1]))
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
