"""Where one passage denies, or only thinks possible, what another says in the same words.

Precision before recall: both passages must share the word that is denied or qualified and other content words
of its clause, and the other side must state it plainly.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from reader.compare.differences_view import Clauses, PassageView
from reader.model.article import Span
from reader.model.comparison import DifferenceKind
from reader.text.tokens import STOP_WORDS, stem

Found = tuple[DifferenceKind, Span, Span]
"""A kind, the span in the first body, the span in the second."""

_DENIALS: Final[dict[str, tuple[str, ...]]] = {
    "not": (),
    "never": (),
    "cannot": (),
    "without": (),
    "neither": (),
    "refrain": ("from",),
    "refrained": ("from",),
    "refrains": ("from",),
    "refrain's": ("from",),
    "refuse": ("to",),
    "refused": ("to",),
    "refuses": ("to",),
    "refusing": ("to",),
    "decline": ("to",),
    "declined": ("to",),
    "declines": ("to",),
    "fail": ("to",),
    "failed": ("to",),
    "fails": ("to",),
    "rule": ("out",),
    "ruled": ("out",),
    "rules": ("out",),
    "ruling": ("out",),
}
"""A word that denies what follows, and the words one of which must come right after it."""
_NO_DENIAL_AFTER: Final = frozenset(
    str.split("only just merely simply necessarily longer least doubt matter surprise")
)
_NO_DENIAL_BEFORE: Final = frozenset(["or", "if", "whether", "why"])
_MODALS: Final = frozenset(
    str.split("may might could possible possibly possibility perhaps maybe potentially considering mulling")
)
_CUES: Final = _MODALS | _DENIALS.keys()
_SCOPE: Final = 7
_BESIDE: Final = 8
_REACH: Final = 4
"""Content words behind a cue that are kept; only the first counts where the other side has no cue."""
_PLAIN_BESIDE, _MARKED_BESIDE = 2, 1
"""Other content words that both sides must share, where one side or both have a cue."""
_DETERMINERS: Final = frozenset(str.split("a an the this that his her its their our my your"))
_LEADS_TO: Final = frozenset(
    str.split("""
    agreed agrees agree decided plans planned vowed vows promised promises going began begun continued set
    due expected managed chose voted moved offered pledged intends intended scheduled prepared ready
    """)
)
"""Before "to", what makes the verb behind it a plain statement; "whether to" and "allowed to" do not."""
_CLAUSE_MARKS: Final = frozenset(",;:.!?()[]—–")
_CLAUSE_WORDS: Final = frozenset(str.split("but while although though because whereas unless that who which"))
_PREPOSITIONS: Final = frozenset(str.split("of for to in on at by with from about"))
_LIGHT_VERBS: Final = frozenset(
    str.split(
        "say said says going go went get make made take took come came use used want wanted like told give "
        "gave"
    )
)
"""Verbs that too many sentences share; what stands behind one is not what is denied."""
_LIGHT_OTHERS: Final = str.split(
    "new also us enough soon able likely longer yet long much very really fully clear sure immediately"
)
_LIGHT: Final = STOP_WORDS | _LIGHT_VERBS | frozenset(_LIGHT_OTHERS)


def denials(a: PassageView, b: PassageView) -> list[Found]:
    """At most one denial or possibility: that of the word nearest to its cue. Symmetric."""
    if _marked(a).isdisjoint(_stems(b)) and _marked(b).isdisjoint(_stems(a)):
        return []
    if tuple(a.words) == tuple(b.words):
        return []
    one, two = _clauses(a), _clauses(b)
    # Ties are broken by the texts, not by which of them came first.
    is_first = tuple(a.words) <= tuple(b.words)
    found: list[tuple[tuple[bool, int, str, int, int], Found]] = []
    for i, j in _shared_words(one, two):
        kind = _kind(a, one, i, b, two, j)
        if kind is None:
            continue
        # A denial says more than a possibility, and the word nearest to its cue is the one that is denied.
        distance = max(_distance(one, i), _distance(two, j))
        nearest = (kind != "negation", distance, one.stems[i], i + j, i if is_first else j)
        found.append((nearest, (kind, _stretch(a, one, i), _stretch(b, two, j))))
    return [min(found)[1]] if found else []


def _kind(
    a: PassageView, one: Clauses, i: int, b: PassageView, two: Clauses, j: int
) -> DifferenceKind | None:
    """Whether a shared word is denied, or only possible, on exactly one side."""
    denied = (i in one.denied) + (j in two.denied)
    # "Could not" denies; that it could is beside the point.
    possible = (i in one.possible and i not in one.denied) + (j in two.possible and j not in two.denied)
    if denied == possible == 1:
        return "negation" if _beside(one, i, two, j) >= _MARKED_BESIDE else None
    if denied + possible != 1:
        return None
    (marked, at), (plain, plain_view, place) = (
        ((one, i), (two, b, j)) if i in one.denied or i in one.possible else ((two, j), (one, a, i))
    )
    cue = marked.denied.get(at) or marked.possible[at]
    if cue[1] > 0 or plain.clause[place] in plain.denying or not _is_stated(plain_view, place):
        return None
    if _beside(one, i, two, j) < _PLAIN_BESIDE:
        return None
    return "negation" if denied else "modality"


def _is_stated(view: PassageView, at: int) -> bool:
    """Whether a word stands in a plain statement: no infinitive of a wish, no question, no "if"."""
    before = view.words[max(0, at - 3) : at]
    word = view.words[at]
    if before and word.endswith(("ed", "ing")) and (before[-1] in _DETERMINERS or before[-1].endswith("'s")):
        # "The planned march" says nothing about what is planned for today.
        return False
    if {"whether", "if", "unless"}.intersection(before):
        return False
    return "to" not in before[-2:] or bool(_LEADS_TO.intersection(before))


def _distance(clauses: Clauses, at: int) -> int:
    cue = clauses.denied.get(at) or clauses.possible.get(at)
    return at - cue[0] if cue else 0


def _has_cue(view: PassageView) -> bool:
    if not _CUES.isdisjoint(view.words):
        return True
    return bool(view.words) and any(
        view.body.find(mark, view.starts[0], view.ends[-1]) >= 0 for mark in ("n't", "n’t")
    )


def _marked(view: PassageView) -> frozenset[str]:
    if not view.marked:
        found: frozenset[str] = frozenset()
        if _has_cue(view):
            clauses = _clauses(view)
            found = frozenset(clauses.stems[at] for at in (*clauses.denied, *clauses.possible))
        view.marked.append(found)
    return view.marked[0]


def _stems(view: PassageView) -> frozenset[str]:
    if not view.stems:
        view.stems.append(frozenset(map(verb_stem, view.words)))
    return view.stems[0]


def _clauses(view: PassageView) -> Clauses:
    if not view.clauses:
        view.clauses.append(_cut(view))
    return view.clauses[0]


def _cut(view: PassageView) -> Clauses:
    """Cut a passage into clauses and see what its cues reach."""
    stems: list[str] = []
    names: list[bool] = []
    clause: list[int] = []
    body, words, starts, ends = view.body, view.words, view.starts, view.ends
    number = 0
    for at, word in enumerate(words):
        gap = body[ends[at - 1] : starts[at]] if at else " "
        # "Much of that defending" does not begin a clause.
        if (gap != " " and not _CLAUSE_MARKS.isdisjoint(gap)) or (
            word in _CLAUSE_WORDS and not (at and words[at - 1] in _PREPOSITIONS)
        ):
            number += 1
        clause.append(number)
        has_content = len(word) > 2 and word not in _LIGHT
        stems.append(verb_stem(word) if has_content else "")
        # A name is no verb: "the House", "the Act".
        names.append(has_content and at > 0 and gap == " " and body[starts[at]].isupper())
    denied: dict[int, tuple[int, int]] = {}
    possible: dict[int, tuple[int, int]] = {}
    denying: set[int] = set()
    for at, word in enumerate(words):
        if word not in _CUES and word != "no" and word[-3:] != "n't":
            continue
        is_denial = _denies(words, at)
        if is_denial or word == "no":
            denying.add(clause[at])
        if not is_denial and not _is_modal(view, at):
            continue
        scope = denied if is_denial else possible
        reached = 0
        for place in range(at + 1, min(at + 1 + _SCOPE, len(view.words))):
            if clause[place] != clause[at] or reached == _REACH:
                break
            if view.words[place] in _LIGHT_VERBS:
                reached += 1
            elif stems[place] and not names[place] and view.words[place] not in _MODALS:
                scope.setdefault(place, (at, reached))
                reached += 1
    return Clauses(stems, clause, denied, possible, denying)


def _is_modal(view: PassageView, at: int) -> bool:
    if view.words[at] not in _MODALS:
        return False
    is_month = view.words[at] == "may" and view.body[view.starts[at]].isupper() and at > 0
    return not is_month


@lru_cache(maxsize=8192)
def verb_stem(word: str) -> str:
    """A stem under which the forms of a verb meet: `offering`, `offered`; `ceding`, `ceded`, `cede`."""
    cut = stem(word)
    return cut[:-1] if len(cut) > 3 and cut.endswith("e") else cut


def _denies(words: Sequence[str], at: int) -> bool:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    before = words[at - 1] if at else ""
    if word.endswith("n't"):
        return following not in _NO_DENIAL_AFTER
    needed = _DENIALS.get(word)
    if needed is None or following in _NO_DENIAL_AFTER or before in _NO_DENIAL_BEFORE:
        return False
    return not needed or following in needed


def _shared_words(one: Clauses, two: Clauses) -> list[tuple[int, int]]:
    """Pairs of places with the same stem of which at least one side is denied or only possible."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(two.stems):
        if word:
            places.setdefault(word, []).append(j)
    marked_one, marked_two = one.denied | one.possible, two.denied | two.possible
    return [
        (i, j)
        for i, word in enumerate(one.stems)
        if word
        for j in places.get(word, ())
        if i in marked_one or j in marked_two
    ]


def _beside(one: Clauses, i: int, two: Clauses, j: int) -> int:
    """How many other content words stand near the shared one, in its clause, on both sides."""
    beside = [
        {
            clauses.stems[place]
            for place in range(max(0, at - _BESIDE), min(len(clauses.stems), at + _BESIDE + 1))
            if place != at and clauses.clause[place] == clauses.clause[at]
        }
        for clauses, at in ((one, i), (two, j))
    ]
    return len((beside[0] & beside[1]) - {"", one.stems[i]})


def _stretch(view: PassageView, clauses: Clauses, at: int) -> Span:
    """From the cue of a word, with its article and opening mark, to the word; without a cue the word."""
    marked = clauses.denied.get(at) or clauses.possible.get(at)
    cue = marked[0] if marked else at
    if (
        cue > 0
        and view.words[cue - 1] in ("a", "an", "the")
        and clauses.clause[cue - 1] == clauses.clause[cue]
    ):
        cue -= 1
    start = view.starts[cue]
    if cue != at and start > 0 and view.body[start - 1] in '“‘"':
        start -= 1
    return Span(start, view.ends[at])
