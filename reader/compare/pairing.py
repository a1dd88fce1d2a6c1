"""Linking two articles at a time: which of their passages belong together, how closely, and what differs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reader.compare import levels, links, runs
from reader.compare.analysis import Analysis
from reader.compare.claims import Member
from reader.compare.differences import PassageView, differences
from reader.compare.figures import FigureMention
from reader.compare.names import NameMention, NameTable
from reader.model.article import Span
from reader.model.comparison import Difference, Level, Link, Place, Weight

_MAYBE_NEAR: Final = 0.35
"""Passages that share less of their weighted terms are not compared token by token."""


_FEW: Final = 100
"""Articles of fewer passages have no term that too many of them share."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link by article and passage index, before it is written down."""

    a: Member
    """In the article with the lower number."""
    b: Member
    """In the other."""
    score: float
    """As the cosine gives it."""
    level: Level
    """How alike the words are."""


class PairFinder:
    """Collects the links of a whole comparison, two articles at a time."""

    def __init__(self, analyses: Sequence[Analysis], weights: Mapping[str, float]) -> None:
        """`weights` are those of the story that these articles make up."""
        self._analyses = analyses
        self._vectors = [links.vectors(analysis.passages, weights) for analysis in analyses]
        self._places: dict[Member, Place] = {}
        self.found: list[Found] = []
        self.shared: list[list[Span]] = [[] for _ in analyses]
        """For each article what others have word for word or nearly; unsorted, overlapping."""

    def find(self, i: int, j: int) -> None:
        """Link the passages of two articles, `i < j`."""
        a, b = self._analyses[i], self._analyses[j]
        stretches = runs.equal_stretches(a.words, b.words, runs.WORDING.seed)
        for run in runs.join(stretches, runs.WORDING):
            self.shared[i].append(Span(a.starts[run.a_start], a.ends[run.a_end - 1]))
            self.shared[j].append(Span(b.starts[run.b_start], b.ends[run.b_end - 1]))
        verbatim = _verbatim_pairs(a, b, stretches)
        found: list[Found] = []
        whole_a: set[int] = set()
        whole_b: set[int] = set()
        paired = links.pairs(self._vectors[i], self._vectors[j])
        paired += _equal_passages(a, b, {(p, q) for p, q, _ in paired})
        for p, q, score in paired:
            words_a, words_b = a.words_of(a.passages[p]), b.words_of(b.passages[q])
            is_near = score >= _MAYBE_NEAR and levels.is_near(words_a, words_b)
            if is_near:
                whole_a.add(p)
                whole_b.add(q)
                self.shared[i].append(a.passages[p].span)
                self.shared[j].append(b.passages[q].span)
            level: Level = "near" if is_near else "reworded"
            if (p, q) in verbatim or words_a == words_b:
                level = "verbatim"
            found.append(Found((i, p), (j, q), score, level))
        # What stands in the other article word for word has no second, looser counterpart there.
        self.found.extend(
            link
            for link in found
            if link.level != "reworded" or not (link.a[1] in whole_a or link.b[1] in whole_b)
        )

    def links(self, table: NameTable) -> tuple[Link, ...]:
        """All links written down, in order of place."""
        ordered = sorted(self.found, key=lambda found: (found.a, found.b))
        return tuple(self._written(found, table) for found in ordered)

    def place(self, member: Member) -> Place:
        """Where a passage stands."""
        place = self._places.get(member)
        if place is None:
            analysis = self._analyses[member[0]]
            place = _place(analysis, member[0], analysis.passages[member[1]].span)
            self._places[member] = place
        return place

    def _written(self, found: Found, table: NameTable) -> Link:
        (i, p), (j, q) = found.a, found.b
        a = self._analyses[i]
        why = links.reasons(self._vectors[i][p], self._vectors[j][q], found.score)
        word_of = dict(zip(a.passages[p].terms, a.passages[p].forms, strict=True))
        return Link(
            self.place(found.a),
            self.place(found.b),
            found.level,
            round(found.score, 3),
            self._differences(found, table),
            tuple(Weight(word_of[term], weight) for term, weight in why),
        )

    def _differences(self, found: Found, table: NameTable) -> tuple[Difference, ...]:
        one, other = self._view(found.a), self._view(found.b)
        if one.words == other.words:
            return ()
        # Asked in the order of the words, so that (b, a) gets the same answer as (a, b).
        turned = tuple(one.words) > tuple(other.words)
        found_spans = differences(other, one, table) if turned else differences(one, other, table)
        (i, _), (j, _) = found.a, found.b
        return tuple(
            Difference(kind, _place(self._analyses[i], i, span_a), _place(self._analyses[j], j, span_b))
            for span_a, span_b, kind in sorted(
                (b, a, kind) if turned else (a, b, kind) for kind, a, b in found_spans
            )
        )

    def _view(self, member: Member) -> PassageView:
        analysis = self._analyses[member[0]]
        view = analysis.views.get(member[1])
        if view is None:
            passage = analysis.passages[member[1]]
            first, last = passage.first, passage.last
            start, end = passage.span.start, passage.span.end
            figures, names = analysis.figures, analysis.names
            view = PassageView(
                analysis.body,
                analysis.words[first:last],
                analysis.starts[first:last],
                analysis.ends[first:last],
                figures[_first_from(figures, start) : _first_from(figures, end)],
                names[_first_from(names, start) : _first_from(names, end)],
            )
            analysis.views[member[1]] = view
        return view


def _place(analysis: Analysis, number: int, span: Span) -> Place:
    return Place(number, span.start, span.end, span.slice(analysis.body))


def _first_from(mentions: Sequence[FigureMention] | Sequence[NameMention], start: int) -> int:
    """The number of the first mention that begins at or after a place."""
    return bisect_left(mentions, start, key=lambda mention: mention.span.start)


def _equal_passages(a: Analysis, b: Analysis, known: Collection[tuple[int, int]]) -> list[links.Pair]:
    """Passages of the same words that linking passed over because too many share them; first with first."""
    if a.words != b.words and len(a.passages) <= _FEW and len(b.passages) <= _FEW:
        return []
    places: dict[tuple[str, ...], list[int]] = {}
    for passage in reversed(b.passages):
        if passage.is_linkable:
            places.setdefault(b.words_of(passage), []).append(passage.index)
    found: list[links.Pair] = []
    for passage in a.passages:
        if passage.is_linkable and (waiting := places.get(a.words_of(passage))):
            other = waiting.pop()
            if (passage.index, other) not in known:
                found.append(links.Pair(passage.index, other, 1.0))
    return found


def _verbatim_pairs(
    a: Analysis, b: Analysis, stretches: Iterable[tuple[int, int, int]]
) -> set[tuple[int, int]]:
    """Passages that share a run of equal tokens long enough to be called verbatim."""
    pairs: set[tuple[int, int]] = set()
    for a_start, b_start, length in stretches:
        if length < levels.VERBATIM_RUN:
            continue
        at = a_start
        while at < a_start + length:
            p = _passage_at(a, at)
            q = _passage_at(b, at - a_start + b_start)
            # Up to the end of the run, or of whichever passage ends first.
            end = min(a_start + length, a.passages[p].last, b.passages[q].last - b_start + a_start)
            if levels.is_verbatim(a.words[at:end]):
                pairs.add((p, q))
            at = end
    return pairs


def _passage_at(analysis: Analysis, token: int) -> int:
    return bisect_right(analysis.passages, token, key=lambda passage: passage.last)
