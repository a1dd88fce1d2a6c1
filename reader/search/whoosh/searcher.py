"""A page of hits from a snapshot: match, rank, order, count."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.model import UNKNOWN_SOURCE, CancelToken
from reader.model.query import Query
from reader.model.results import FacetCount, FacetName, Hit, Page, SearchResults, Sort
from reader.search.whoosh.blocks import Block
from reader.search.whoosh.columns import UNDATED
from reader.search.whoosh.evaluate import matching
from reader.search.whoosh.groups import Group, PhraseGroup, TermGroup
from reader.search.whoosh.lists import K1, members
from reader.search.whoosh.plan import Has, Plan, compile_query
from reader.search.whoosh.schema import AUTHOR, TEXT
from reader.search.whoosh.snapshot import Live, Snapshot
from reader.search.whoosh.topk import Weighted, best, exact_scores, top, top_of_list

NEAR_TOP = 100
"""So many of the best get the proximity bonus."""
NEAR_WEIGHT = 0.6

MAX_RANKED = 128
"""Different words that rank, the rarest first; a pasted page may have hundreds, and all still match."""

MAX_SAID = 40
"""Spellings and completions that are looked for in a hit to say why it matched."""

_FEW = 500


@dataclass(slots=True)
class Found:
    """A candidate for the page."""

    live: Live
    doc: int
    score: float
    covered: int
    """How many of the query's words it has; 0 where that does not count."""


@dataclass(slots=True)
class _Resolved:
    """A ranked group in one segment."""

    group: Group
    weighted: Weighted
    bounds: list[float]
    field: str


def search(
    snapshot: Snapshot,
    query: Query,
    page: Page,
    sort: Sort,
    facets: Collection[FacetName],
    cancel: CancelToken | None,
    stories: Mapping[str, str] | None = None,
) -> SearchResults:
    """One page. Raises `Cancelled` between posting lists once the token is set."""
    started = time.perf_counter()
    plan = compile_query(query, snapshot.lexicon, snapshot.variants)
    run = Run(snapshot, plan, cancel)
    wanted = page.offset + page.limit
    order = "date" if sort == "score" and not plan.ranked else sort
    if order == "score":
        found = run.by_score(wanted)
    elif order == "date":
        found = run.by_date(wanted)
    else:
        found = run.by_source(wanted)
    on_page = found[page.offset : wanted]
    if order != "score" and plan.ranked:
        run.score(on_page)
    return SearchResults(
        query="",
        hits=run.hits(on_page),
        total=run.total,
        total_exact=not plan.cut,
        facets=tuple(
            (name, run.facet(name, stories)) for name in facets if name != "story" or stories is not None
        ),
        elapsed_s=time.perf_counter() - started,
        partial=plan.cut,
        diagnostics=tuple(plan.diagnostics),
    )


class Run:
    """One search over one snapshot."""

    def __init__(self, snapshot: Snapshot, plan: Plan, cancel: CancelToken | None) -> None:
        self.snapshot = snapshot
        self.plan = plan
        self.cancel = cancel
        condition = plan.condition
        self.only = condition.group if isinstance(condition, Has) else None
        self.idfs = {group: times * snapshot.idf(group, cancel) for group, times in plan.ranked.items()}
        if len(self.idfs) > MAX_RANKED:
            telling = sorted(self.idfs, key=lambda group: -self.idfs[group])[:MAX_RANKED]
            self.idfs = {group: idf for group, idf in self.idfs.items() if group in set(telling)}
            plan.neighbours.clear()
        self._matching: dict[Live, int] = {}
        self._resolved: dict[Live, list[_Resolved]] = {}
        self._telling: dict[Live, list[_Resolved]] = {}
        self._said: dict[tuple[Live, Group], list[tuple[str, Block | None]]] = {}
        self._matched_by_all = self._words_of_all()
        self.total = sum([self._count(live) for live in snapshot.lives])

    def by_score(self, wanted: int) -> list[Found]:
        """The best articles, at least `wanted` of them if there are so many."""
        wanted = max(wanted, NEAR_TOP) if self.plan.neighbours else wanted
        lives = self.snapshot.lives
        found = [item for live in lives for item in self._best_of(live, wanted)]
        if len(lives) > 1:
            self._in_order(found)
        if self.plan.neighbours:
            # Only so many are lifted, and they stay among themselves, so paging sees one order.
            first = found[:NEAR_TOP]
            self._lift(first)
            self._in_order(first)
            found[:NEAR_TOP] = first
        return found

    def by_date(self, wanted: int) -> list[Found]:
        """The newest articles first, undated last."""
        found = [
            Found(live, doc, 0.0, 0)
            for live in self.snapshot.lives
            for doc in self._newest(live, self._bits(live), wanted)
        ]
        found.sort(key=_newness)
        return found[:wanted]

    def by_source(self, wanted: int) -> list[Found]:
        """By source, unknown last, and then newest first."""
        names = {name for live in self.snapshot.lives for name in live.segment.columns.sources}
        found: list[Found] = []
        for name in sorted(names, key=lambda name: (name == UNKNOWN_SOURCE, name.casefold(), name)):
            if len(found) >= wanted:
                break
            of_source: list[Found] = []
            for live in self.snapshot.lives:
                if name in live.segment.columns.sources:
                    bits = live.segment.source_bits[live.segment.columns.sources.index(name)]
                    docs = self._newest(live, self._bits(live) & bits, wanted - len(found))
                    of_source += [Found(live, doc, 0.0, 0) for doc in docs]
            found += sorted(of_source, key=_newness)
        return found[:wanted]

    def score(self, found: Sequence[Found]) -> None:
        """Give scores to a page that was put in order otherwise."""
        for item in found:
            parts = self._exact(item.live, [item.doc])
            item.score = parts[0]

    def hits(self, page: Sequence[Found]) -> tuple[Hit, ...]:
        """What is told of the articles of a page."""
        whole = self._matched_by_all
        every = len(self.plan.ranked)
        is_alone = self.only is not None and every == 1
        return tuple(
            [
                Hit(
                    item.live.segment.columns.ids[item.doc],
                    item.score,
                    whole if whole and (is_alone or item.covered == every) else self._matched(item),
                )
                for item in page
            ]
        )

    def facet(self, name: FacetName, stories: Mapping[str, str] | None = None) -> tuple[FacetCount, ...]:
        """How many hits have each source, month or story, most first; those of no story are not counted."""
        counts: Counter[str] = Counter()
        for live in self.snapshot.lives:
            bits = self._bits(live)
            if name == "source":
                counts.update(live.segment.source_counts(bits))
            elif name == "story":
                counts.update(live.segment.story_counts(bits, stories or {}))
            else:
                for month, count in live.segment.month_counts(bits).items():
                    counts[f"{month // 12:04}-{month % 12 + 1:02}" if month else ""] += count
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(FacetCount(value, count) for value, count in ordered if count)

    def _count(self, live: Live) -> int:
        if self._is_whole_list(live):
            assert self.only is not None
            return live.segment.postings(self.only, self.cancel).n
        return self._bits(live).bit_count()

    def _is_whole_list(self, live: Live) -> bool:
        """Whether one list is all there is to find, so that no bit set is needed."""
        return self.only is not None and not live.deleted

    def _bits(self, live: Live) -> int:
        bits = self._matching.get(live)
        if bits is None:
            everything = self.snapshot.everything(live)
            bits = matching(live.segment, self.plan.condition, everything, self.cancel)
            self._matching[live] = bits
        return bits

    def _best_of(self, live: Live, wanted: int) -> list[Found]:
        segment = live.segment
        newness = segment.columns.newness
        lists = self._lists(live)
        if len(lists) == 1 and self._is_whole_list(live):
            one = lists[0]
            norms = self.snapshot.norms(one.field)
            return self._as_found(live, top_of_list(one.weighted, one.bounds, wanted, norms, newness), 0)
        if any(one.field != TEXT for one in lists):
            docs = members(self._bits(live), segment.count)
            return self._as_found(live, best(self._exact(live, docs), docs, wanted, newness), 0)
        norms = self.snapshot.norms(TEXT)
        pairs = [(one.weighted, one.bounds) for one in lists]
        codes = segment.columns.length_codes
        found: list[Found] = []
        for covered, tier in self._tiers(live):
            if not tier:
                continue
            room = wanted - len(found)
            if room <= 0:
                break
            if self.cancel is not None:
                self.cancel.check()
            scored = top(pairs, tier, segment.count, room, norms, codes, newness)
            found += self._as_found(live, scored, covered)
        return found

    def _as_found(self, live: Live, scored: Sequence[tuple[float, int]], covered: int) -> list[Found]:
        return [Found(live, doc, score, covered) for score, doc in scored]

    def _lists(self, live: Live) -> list[_Resolved]:
        """The ranked groups as lists of one segment."""
        resolved = self._resolved.get(live)
        if resolved is None:
            resolved = []
            for group, idf in self.idfs.items():
                postings = live.segment.postings(group, self.cancel)
                field = AUTHOR if group.field == AUTHOR else TEXT
                bounds = self.snapshot.bounds(postings.class_table)
                resolved.append(_Resolved(group, Weighted(postings, idf), bounds, field))
            self._resolved[live] = resolved
        return resolved

    def _tiers(self, live: Live) -> Iterator[tuple[int, int]]:
        """The matching documents by how many of the words they have, most first."""
        bits = self._bits(live)
        if not self.plan.has_tiers:
            yield 0, bits
            return
        at_least = [bits]
        for one in self._lists(live):
            having = one.weighted.postings.bits
            at_least.append(0)
            for number in range(len(at_least) - 1, 0, -1):
                at_least[number] |= at_least[number - 1] & having
        above = 0
        for number in range(len(at_least) - 1, -1, -1):
            yield number, at_least[number] & ~above
            above = at_least[number]

    def _exact(self, live: Live, docs: Sequence[int]) -> list[float]:
        totals = [0.0] * len(docs)
        for one in self._lists(live):
            scores = exact_scores([one.weighted], docs, self.snapshot.norms(one.field))
            totals = [total + score for total, score in zip(totals, scores, strict=True)]
        return totals

    def _newest(self, live: Live, bits: int, wanted: int) -> list[int]:
        """The newest documents of a bit set."""
        columns, count = live.segment.columns, live.segment.count
        if bits.bit_count() <= _FEW:
            return heapq.nsmallest(wanted, members(bits, count), key=columns.newness.__getitem__)
        raw = bits.to_bytes(count // 8 + 1, "little")
        found: list[int] = []
        for doc in columns.newest:
            if raw[doc >> 3] >> (doc & 7) & 1:
                found.append(doc)
                if len(found) == wanted:
                    break
        return found

    def _in_order(self, found: list[Found]) -> None:
        """Sort by words covered, score, newness, id."""
        if len(self.snapshot.lives) == 1:
            newness = self.snapshot.lives[0].segment.columns.newness
            found.sort(key=lambda item: (-item.covered, -item.score, newness[item.doc]))
        else:
            found.sort(key=lambda item: (-item.covered, -item.score, *_newness(item)))

    def _lift(self, found: Sequence[Found]) -> None:
        """Add the bonus for neighbouring words standing near each other."""
        for live in self.snapshot.lives:
            here = [item for item in found if item.live is live]
            docs = [item.doc for item in here]
            for left, right in self.plan.neighbours:
                if self.cancel is not None:
                    self.cancel.check()
                least = min(self._idf(left), self._idf(right))
                near_by_item = live.segment.nearness(left, right, docs)
                for item, near in zip(here, near_by_item, strict=True):
                    if near:
                        item.score += NEAR_WEIGHT * least * near * (K1 + 1) / (near + K1)

    def _idf(self, group: Group) -> float:
        return self.idfs[group] / self.plan.ranked[group]

    def _words_of_all(self) -> tuple[str, ...]:
        """What matched in an article that has every word of the query; empty where that may differ."""
        groups = sorted(self.idfs, key=lambda group: -self.idfs[group])
        if any(len(group.words) != 1 and isinstance(group, TermGroup) for group in groups):
            return ()
        return tuple(dict.fromkeys(word for group in groups for word, _ in group.words))

    def _matched(self, item: Found) -> tuple[str, ...]:
        """The words that matched, those of the most telling group first."""
        telling = self._telling.get(item.live)
        if telling is None:
            telling = sorted(self._lists(item.live), key=lambda one: -one.weighted.idf)
            self._telling[item.live] = telling
        is_alone = self.only is not None and len(telling) == 1
        matched: list[str] = []
        room = max(2, MAX_SAID // max(1, len(telling)))
        for one in telling:
            words = one.group.words
            if not is_alone and one.weighted.postings.index(item.doc) < 0:
                continue
            if len(words) == 1 or isinstance(one.group, PhraseGroup):
                matched += [word for word, _ in words]
                continue
            blocks = self._said.get((item.live, one.group))
            if blocks is None:
                block_of = item.live.segment.block
                blocks = [(word, block_of(one.field, term)) for word, term in words[:room]]
                self._said[item.live, one.group] = blocks
            matched += [word for word, block in blocks if block is not None and block.has(item.doc)]
        return tuple(dict.fromkeys(matched))


def _newness(item: Found) -> tuple[bool, int, str]:
    """Sort key: newest first, undated last, then by id."""
    columns = item.live.segment.columns
    seconds = columns.seconds[item.doc]
    return seconds == UNDATED, -seconds, columns.ids[item.doc]
