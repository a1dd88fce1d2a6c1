"""Linking two articles at a time: which of their passages belong together, how closely, and what differs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.compare import levels, links, runs
from reader.compare.analysis import Analysis
from reader.compare.claims import Member
from reader.compare.differences import PassageView, differences
from reader.compare.names import NameTable
from reader.compare.passages import Passage, content_stem
from reader.model.article import Span
from reader.model.comparison import Difference, Level, Link, Place, Weight


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
        self._views: dict[Member, PassageView] = {}
        self.found: list[Found] = []
        self.shared: list[list[Span]] = [[] for _ in analyses]
        """For each article what others have word for word or nearly; unsorted, overlapping."""

    def find(self, i: int, j: int) -> None:
        """Link the passages of two articles, `i < j`."""
        a, b = self._analyses[i], self._analyses[j]
        for run in runs.runs(a.words, b.words):
            self.shared[i].append(Span(a.starts[run.a_start], a.ends[run.a_end - 1]))
            self.shared[j].append(Span(b.starts[run.b_start], b.ends[run.b_end - 1]))
        found: list[Found] = []
        whole_a: set[int] = set()
        whole_b: set[int] = set()
        for pair in links.pairs(self._vectors[i], self._vectors[j]):
            passage_a, passage_b = a.passages[pair.a], b.passages[pair.b]
            words_a, words_b = a.words_of(passage_a), b.words_of(passage_b)
            level = levels.level(words_a, words_b)
            if level != "reworded" and levels.is_whole(words_a, words_b):
                whole_a.add(pair.a)
                whole_b.add(pair.b)
                self.shared[i].append(passage_a.span)
                self.shared[j].append(passage_b.span)
            found.append(Found((i, pair.a), (j, pair.b), pair.score, level))
        # What stands in the other article word for word has no second, looser counterpart there.
        self.found.extend(
            link
            for link in found
            if link.level != "reworded" or not (link.a[1] in whole_a or link.b[1] in whole_b)
        )

    def links(self, table: NameTable) -> tuple[Link, ...]:
        """All links written down, in order of place."""
        written = [self._written(found, table) for found in self.found]
        return tuple(sorted(written, key=lambda link: (link.a, link.b)))

    def _written(self, found: Found, table: NameTable) -> Link:
        (i, p), (j, q) = found.a, found.b
        word_of = _first_words(self._analyses[i], self._analyses[i].passages[p])
        why = links.reasons(self._vectors[i][p], self._vectors[j][q], found.score)
        differing = differences(self._view(found.a), self._view(found.b), table)
        return Link(
            self._place(i, self._analyses[i].passages[p].span),
            self._place(j, self._analyses[j].passages[q].span),
            found.level,
            round(found.score, 3),
            tuple(Difference(kind, self._place(i, a), self._place(j, b)) for kind, a, b in differing),
            tuple(Weight(word_of[term], weight) for term, weight in why),
        )

    def _place(self, number: int, span: Span) -> Place:
        return Place(number, span.start, span.end, span.slice(self._analyses[number].body))

    def _view(self, member: Member) -> PassageView:
        view = self._views.get(member)
        if view is None:
            analysis = self._analyses[member[0]]
            passage = analysis.passages[member[1]]
            view = PassageView(
                analysis.body,
                analysis.words[passage.first : passage.last],
                analysis.starts[passage.first : passage.last],
                analysis.ends[passage.first : passage.last],
                analysis.figures[_inside([one.span for one in analysis.figures], passage.span)],
                analysis.names[_inside([one.span for one in analysis.names], passage.span)],
            )
            self._views[member] = view
        return view


def _inside(spans: Sequence[Span], around: Span) -> slice:
    first = bisect_left(spans, around.start, key=lambda span: span.start)
    last = bisect_left(spans, around.end, lo=first, key=lambda span: span.start)
    return slice(first, last)


def _first_words(analysis: Analysis, passage: Passage) -> dict[str, str]:
    """The first word of a passage that has each stem."""
    found: dict[str, str] = {}
    for word in analysis.words_of(passage):
        found.setdefault(content_stem(word), word)
    return found
