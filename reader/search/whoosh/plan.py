"""A query compiled against the words of a snapshot: which documents match, and what ranks them.

A plan is a tree of conditions that each segment evaluates to a bit set (`evaluate.py`), plus the groups that
score. Nothing in it depends on a segment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from reader.model.query import (
    All,
    AnyOf,
    Diagnostic,
    Fuzzy,
    In,
    Not,
    Phrase,
    Prefix,
    Query,
    Range,
    Terms,
    Wildcard,
)
from reader.search.analysis import phrase_terms, surface, word_terms
from reader.search.variants import VARIANT_WEIGHT, message
from reader.search.whoosh.groups import Group, Part, PhraseGroup, TermGroup
from reader.search.whoosh.lexicon import LexiconView, Word

MAX_COMPLETIONS = 40
"""Most frequent words that a word still being typed, or one with errors, stands for."""
MAX_WORDS = 4_000
"""Most frequent words that a prefix or a shape typed with a star stands for."""
MAX_COVERAGE_GROUPS = 4
"""Up to so many different words, articles with more of them come first."""
_MAX_DEPTH = 64
_EDIT_WEIGHTS = (1.0, 0.7, 0.4)


@dataclass(frozen=True, slots=True)
class Has:
    """Documents of a group."""

    group: Group


@dataclass(frozen=True, slots=True)
class Both:
    """Documents of every part; all documents when there is none."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Documents of any part; none when there is none."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """All other documents."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Days:
    """Documents of these calendar days (proleptic ordinals), both included."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class OfSource:
    """Documents of sources that are asked for by these folded names."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfId:
    """Documents with these ids."""

    ids: frozenset[str]


Condition = Has | Both | Either | Without | Days | OfSource | OfId
EVERYTHING = Both(())
NOTHING = Either(())


@dataclass(slots=True)
class Plan:
    """A compiled query."""

    condition: Condition = EVERYTHING
    """Which documents match."""
    ranked: dict[Group, int] = field(default_factory=dict)
    """Groups that score, in the order typed, and how often each was typed."""
    neighbours: list[tuple[TermGroup, TermGroup]] = field(default_factory=list)
    """Groups typed next to each other."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """How words were read in another way."""
    cut: bool = False
    """Whether a prefix or wildcard stands for more words than were looked for."""

    @property
    def has_tiers(self) -> bool:
        """Whether articles with more of the words come first."""
        return 2 <= len(self.ranked) <= MAX_COVERAGE_GROUPS


def compile_query(query: Query, lexicon: LexiconView, variants: Callable[[str], tuple[str, ...]]) -> Plan:
    """The plan of a query. Never raises for what was typed."""
    compiler = _Compiler(lexicon, variants)
    condition = compiler.condition(query, is_ranked=True, depth=0)
    plan = compiler.plan
    # A query of stop words only is nothing to look for; beside other parts it is simply left out.
    plan.condition = NOTHING if condition is None else condition
    typed = compiler.typed
    # Where any of a thousand words stands says little, and would have to be read from a thousand lists.
    near = ((a, b) for a, b in pairwise(typed) if max(len(a.parts), len(b.parts)) <= MAX_COMPLETIONS)
    plan.neighbours = [(a, b) for a, b in dict.fromkeys(near) if a != b and a.field == b.field]
    return plan


class _Compiler:
    def __init__(self, lexicon: LexiconView, variants: Callable[[str], tuple[str, ...]]) -> None:
        self.lexicon = lexicon
        self.variants = variants
        self.plan = Plan()
        self.typed: list[TermGroup] = []

    def condition(self, query: Query, *, is_ranked: bool, depth: int) -> Condition | None:
        """The condition of a query, `None` where there is nothing to look for; notes what ranks."""
        if depth > _MAX_DEPTH:
            return None
        if isinstance(query, All):
            return self._joined(query.parts, Both, is_ranked, depth)
        if isinstance(query, AnyOf):
            return self._any_of(query, is_ranked, depth)
        if isinstance(query, Not):
            part = self.condition(query.part, is_ranked=False, depth=depth + 1)
            return None if part is None else Without(part)
        if isinstance(query, Range):
            return Days(_day(query.low), _day(query.high))
        if isinstance(query, In):
            return self._in(query)
        groups = self._groups(query)
        if not groups:
            return None
        if is_ranked:
            self._rank(groups)
        conditions = tuple(Has(group) for group in dict.fromkeys(groups))
        return conditions[0] if len(conditions) == 1 else Either(conditions)

    def _joined(
        self, parts: Iterable[Query], kind: type[Both | Either], is_ranked: bool, depth: int
    ) -> Condition | None:
        found = [self.condition(part, is_ranked=is_ranked, depth=depth + 1) for part in parts]
        kept = tuple(condition for condition in found if condition is not None)
        if found and not kept:
            return None
        return kept[0] if len(kept) == 1 else kind(kept)

    def _any_of(self, query: AnyOf, is_ranked: bool, depth: int) -> Condition | None:
        """An `AnyOf` of a word and what it begins is one word still being typed: one group."""
        words = [part for part in query.parts if isinstance(part, Terms) and len(part.words) == 1]
        prefixes = [part for part in query.parts if isinstance(part, Prefix)]
        if len(query.parts) == 2 and len(words) == 1 and len(prefixes) == 1:
            word, prefix = words[0], prefixes[0]
            if word.words[0] == prefix.word and word.field == prefix.field:
                group = self._typing(word, prefix)
                if group is None:
                    return None
                if is_ranked:
                    self._rank([group])
                return Has(group)
        return self._joined(query.parts, Either, is_ranked, depth)

    def _rank(self, groups: Iterable[Group]) -> None:
        for group in groups:
            self.plan.ranked[group] = self.plan.ranked.get(group, 0) + 1
            if isinstance(group, TermGroup) and group.field != "headline":
                self.typed.append(group)

    def _groups(self, query: Query) -> list[Group]:
        if isinstance(query, Terms):
            groups: list[Group] = [group for word in query.words for group in self._word(word, query.field)]
            return groups or self._phrase(Phrase(query.words, 0, query.field))
        if isinstance(query, Phrase):
            return self._phrase(query)
        if isinstance(query, Prefix):
            words, cut = self.lexicon.completed(surface(query.word), MAX_WORDS)
        elif isinstance(query, Wildcard):
            words, cut = self.lexicon.shaped(surface(query.pattern), MAX_WORDS)
        elif isinstance(query, Fuzzy):
            return self._fuzzy(query)
        else:
            raise TypeError(f"no such query: {query!r}")
        self.plan.cut |= cut
        return [self._group([(word, 1.0) for word in words], query.field)] if words else [_NO_WORD]

    def _word(self, word: str, in_field: str) -> list[Group]:
        """One group for each place the word names; other spellings of a name stand beside the typed one."""
        places = word_terms(word)
        others = self.variants(word) if len(places) == 1 and in_field != "author" else ()
        if others:
            self._say_once(message(others))
        groups: list[Group] = []
        for terms in places:
            parts: dict[bytes, float] = dict.fromkeys(terms, 1.0)
            words = [(surface(word), term) for term in terms]
            for other in others:
                for term, *_ in word_terms(other)[:1]:
                    words.append((other, term))
                    parts.setdefault(term, VARIANT_WEIGHT)
            groups.append(TermGroup(tuple(parts.items()), in_field, tuple(words)))
        return groups

    def _typing(self, word: Terms, prefix: Prefix) -> TermGroup | None:
        """The word being typed: its own stem and the most frequent words it begins."""
        words, _ = self.lexicon.completed(surface(prefix.word), MAX_COMPLETIONS)
        weighted = [(entry, 1.0) for entry in words]
        own = word_terms(word.words[0])
        if not own and not words:
            return None
        typed = [Word(surface(word.words[0]), 0, term) for term in own[0]] if len(own) == 1 else []
        return self._group([(entry, 1.0) for entry in typed] + weighted, prefix.field)

    def _fuzzy(self, query: Fuzzy) -> list[Group]:
        found = self.lexicon.edited(surface(query.word), query.max_edits, MAX_COMPLETIONS)
        weighted = [(word, _EDIT_WEIGHTS[edits]) for edits, word in found]
        return [self._group(weighted, query.field)] if weighted else [_NO_WORD]

    def _group(self, words: list[tuple[Word, float]], in_field: str) -> TermGroup:
        parts: dict[bytes, float] = {}
        for word, weight in words:
            parts[word.term] = max(weight, parts.get(word.term, 0.0))
        ordered: tuple[Part, ...] = tuple(sorted(parts.items()))
        return TermGroup(ordered, in_field, tuple((word.surface, word.term) for word, _ in words))

    def _phrase(self, query: Phrase) -> list[Group]:
        places = phrase_terms(query.words)
        words = tuple((surface(word), terms[0][0]) for word in query.words if (terms := word_terms(word)))
        if not places:
            return []
        if len(places) == 1:
            return [TermGroup(tuple((term, 1.0) for term in places[0][1]), query.field, words)]
        return [PhraseGroup(places, query.slop, query.field, words)]

    def _in(self, query: In) -> Condition:
        if query.field == "id":
            return OfId(frozenset(query.values))
        if query.field == "source":
            return OfSource(query.values)
        return NOTHING

    def _say_once(self, text: str) -> None:
        diagnostic = Diagnostic(text, 0)
        if diagnostic not in self.plan.diagnostics:
            self.plan.diagnostics.append(diagnostic)


_NO_WORD = TermGroup(())
"""Stands for words the library does not have: matches nothing, and the query still counts it."""


def _day(text: str | None) -> int | None:
    if text is None:
        return None
    return dt.date.fromisoformat(text[:10]).toordinal()
