"""What two linked passages say differently: a figure, a time, a name, a denial, a possibility.

Precision before recall: the two must speak of one thing in the same words. The screen then says "differs",
never who is right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from reader.compare.differences_denials import Found, denials
from reader.compare.differences_view import PassageView
from reader.compare.figures_lexemes import FigureMention
from reader.compare.figures_pairs import Side, matched, unequal
from reader.compare.names import NameMention, NameTable
from reader.model.comparison import DifferenceKind
from reader.text.tokens import STOP_WORDS

__all__ = ["PassageView", "differences"]


def differences(a: PassageView, b: PassageView, names: NameTable) -> tuple[Found, ...]:
    """What two linked passages say differently, in order of place in the first; symmetric."""
    found: list[Found] = []
    if a.figures and b.figures:
        found.extend(_figures(a, b))
    if a.names and b.names:
        found.extend(_roles(a, b, names))
    found.extend(denials(a, b))
    return tuple(sorted(set(found), key=lambda one: (one[1], one[2], one[0])))


def _figures(a: PassageView, b: PassageView) -> list[Found]:
    all_a, all_b = range(len(a.figures)), range(len(b.figures))
    side_a, side_b = Side(a.body, a.figures), Side(b.body, b.figures)
    agreeing = matched(side_a, all_a, side_b, all_b)
    rest_a = [i for i in all_a if i not in {pair[0] for pair in agreeing}]
    rest_b = [j for j in all_b if j not in {pair[1] for pair in agreeing}]
    found: list[Found] = []
    for i, j in unequal(side_a, rest_a, side_b, rest_b):
        one, other = a.figures[i], b.figures[j]
        if _is_said(one, a.body, b.body) or _is_said(other, b.body, a.body):
            continue
        kind: DifferenceKind = "time" if one.kind in ("time", "date") else "figure"
        found.append((kind, one.span, other.span))
    if {"time", "figure"} <= {kind for kind, _, _ in found}:
        # Another month and another number: two things, not two versions of one.
        return []
    return found


_NUMBER: Final = re.compile(r"[$€£]?\d[\d.,]*\d")
_TELLING: Final = 3
"""Characters of a number that is hardly there by chance."""


def _is_said(figure: FigureMention, body: str, other_body: str) -> bool:
    """Whether the other article gives this figure too, elsewhere: then the two do not differ about it."""
    written = figure.span.slice(body)
    number = _NUMBER.match(written)
    written = number.group() if number else written
    return len(written) >= _TELLING and written in other_body


_ROLE_WORDS: Final = 2


def _roles(a: PassageView, b: PassageView, names: NameTable) -> list[Found]:
    """Persons with the same words before their name whose names do not join."""
    roles_a, roles_b = _by_role(a), _by_role(b)
    if roles_a.keys().isdisjoint(roles_b):
        return []
    groups_a = {names.group(name.text) for name in a.names}
    groups_b = {names.group(name.text) for name in b.names}
    found: list[Found] = []
    for role, name_a in roles_a.items():
        name_b = roles_b.get(role)
        if name_b is None or names.same(name_a.text, name_b.text):
            continue
        if names.group(name_a.text) not in groups_b and names.group(name_b.text) not in groups_a:
            found.append(("name", name_a.span, name_b.span))
    return found


def _by_role(view: PassageView) -> dict[tuple[str, ...], NameMention]:
    """Names by the words that stand right before them in one phrase: `("harbour", "master")`."""
    if view.roles:
        return view.roles[0]
    roles: dict[tuple[str, ...], NameMention] = {}
    view.roles.append(roles)
    for name in view.names:
        first = at = bisect_left(view.starts, name.span.start)
        while first > 0 and at - first < 4 and view.words[first - 1] not in STOP_WORDS:
            if view.body[view.ends[first - 1] : view.starts[first]] not in (" ", "-"):
                break
            first -= 1
        role = tuple(view.words[first:at])
        if len(role) >= _ROLE_WORDS and not role[0][0].isdigit():
            roles[role] = name
    return roles
