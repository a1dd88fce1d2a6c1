"""The best documents of one segment by BM25, without scoring all of them.

Robertson, Zaragoza 2009: score = sum over groups of idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length /
average)). Few documents are scored one by one. For many, an upper bound of every document's score is summed
first, one byte per document, as one addition of big integers per group; only documents whose bound reaches
the k-th best score are then scored exactly. The result is exact and does not depend on the way taken.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from reader.search.whoosh.lists import K1, PostingList, members
from reader.search.whoosh.upper import (
    MAX_NARROW,
    GatheredBounds,
    NarrowBounds,
    WideBounds,
    at_least,
    kth_highest,
)

Scored = tuple[float, int]
"""Score and document."""

FEW = 300
"""Up to so many documents are scored one by one."""
FEW_OF_MANY = 1500
"""The same where many lists take part."""


class Norms:
    """BM25's length norms of a snapshot, and rows of saturated weights for them."""

    def __init__(self, norms: list[float]) -> None:
        self.norms = norms
        self._rows: dict[float, list[float]] = {}
        self._whole: list[list[float]] = [[] for _ in range(256)]

    def row(self, weight: float) -> list[float]:
        """`weight * (k1 + 1) / (weight + norm)` for every length code."""
        row = self._rows.get(weight)
        if row is None:
            row = [weight * (K1 + 1) / (weight + norm) for norm in self.norms]
            if len(self._rows) < 4096:
                self._rows[weight] = row
        return row

    def rows(self, weights: Iterable[int]) -> list[list[float]]:
        """Rows of these whole weights by weight; other places of the list may be empty."""
        for weight in weights:
            if not self._whole[weight]:
                self._whole[weight] = self.row(weight)
        return self._whole


class Weighted:
    """A posting list with what its matches are worth in this query."""

    __slots__ = ("idf", "postings")

    def __init__(self, postings: PostingList, idf: float) -> None:
        self.postings = postings
        self.idf = idf


def exact_scores(
    lists: Sequence[Weighted], docs: Sequence[int], norms: Norms, codes: bytes | None = None
) -> list[float]:
    """The score of each of these documents, which ascend.

    `codes` are the length codes of all documents of the segment, where the lists are of that field.
    """
    totals = [0.0] * len(docs)
    pick = itemgetter(*docs) if codes is not None and len(docs) > 1 else None
    own_codes = None if codes is None or pick is None else pick(codes)
    for weighted in lists:
        postings, idf = weighted.postings, weighted.idf
        if not postings.n:
            continue
        dense = postings.dense_weights if own_codes is not None and postings.is_dense else None
        if dense is not None:
            weights = pick(dense) if pick is not None else ()
            rows = norms.rows(set(weights))
            totals = [
                total + idf * rows[weight][code]
                for total, weight, code in zip(totals, weights, own_codes or (), strict=True)
            ]
        else:
            _add_sparse(totals, weighted, docs, norms)
    return totals


def _add_sparse(totals: list[float], weighted: Weighted, docs: Sequence[int], norms: Norms) -> None:
    """Add the scores of one list to the totals of the documents that are in it."""
    postings, idf, row = weighted.postings, weighted.idf, norms.row
    ids, weights, codes, n = postings.ids, postings.weights, postings.codes, postings.n
    if n > 12 * len(docs):
        at = 0
        for number, doc in enumerate(docs):
            at = bisect_left(ids, doc, at)
            if at == n:
                break
            if ids[at] == doc:
                totals[number] += idf * row(weights[at])[codes[at]]
    else:
        find = postings.places.get
        for number, doc in enumerate(docs):
            found = find(doc)
            if found is not None:
                totals[number] += idf * row(weights[found])[codes[found]]


def best(scores: Sequence[float], docs: Sequence[int], k: int, newness: Sequence[int]) -> list[Scored]:
    """The k best, highest first, equal scores by newness."""
    pairs: Iterable[Scored] = zip(scores, docs, strict=True)
    if len(docs) > 4 * k:
        threshold = heapq.nlargest(k, scores)[-1]
        pairs = [pair for pair in pairs if pair[0] >= threshold]
    # Bare tuples of numbers are compared without a call for each.
    ranked = sorted([(-score, newness[doc], doc) for score, doc in pairs])
    return [(-score, doc) for score, _, doc in ranked[:k]]


def top_of_list(
    weighted: Weighted, bounds: list[float], k: int, norms: Norms, newness: Sequence[int]
) -> list[Scored]:
    """The k best documents of one list, all of which match. `bounds` are those of the classes."""
    postings, idf = weighted.postings, weighted.idf
    if postings.n <= max(k, 200):
        return best(_scores(postings.weights, postings.codes, idf, norms), postings.ids, k, newness)
    classes = postings.classes
    # Classes ascend with the bound, so the k-th best class limits how low a good score can be.
    floor = kth_highest(classes, k)
    places = at_least(classes, floor)
    scores = _scores_at(weighted, places, norms)
    threshold = heapq.nlargest(k, scores)[-1]
    lowest = bisect_left(bounds, threshold / idf * (1 - 1e-9)) if idf else 0
    if lowest < floor:
        places = at_least(classes, max(1, lowest))
        scores = _scores_at(weighted, places, norms)
    return best(scores, list(map(postings.ids.__getitem__, places)), k, newness)


def _scores_at(weighted: Weighted, places: Sequence[int], norms: Norms) -> list[float]:
    weights, codes = weighted.postings.weights, weighted.postings.codes
    chosen = [weights[place] for place in places]
    return _scores(chosen, [codes[place] for place in places], weighted.idf, norms)


def _scores(weights: Sequence[float], codes: Sequence[int], idf: float, norms: Norms) -> list[float]:
    rows = {weight: norms.row(weight) for weight in set(weights)}
    return [idf * rows[weight][code] for weight, code in zip(weights, codes, strict=True)]


def top(
    lists: Sequence[tuple[Weighted, list[float]]],
    matching: int,
    doc_count: int,
    k: int,
    norms: Norms,
    codes: bytes,
    newness: Sequence[int],
) -> list[Scored]:
    """The k best of the documents in a bit set. Each list comes with the bounds of its classes."""
    weighted = [item for item, _ in lists]
    count = matching.bit_count()
    is_narrow = len(lists) <= MAX_NARROW
    if count <= max(k, FEW if is_narrow else FEW_OF_MANY) or not lists:
        docs = members(matching, doc_count)
        return best(exact_scores(weighted, docs, norms, codes), docs, k, newness)
    contributions = [(item.postings, item.idf, bounds) for item, bounds in lists]
    upper: GatheredBounds | NarrowBounds | WideBounds
    if not is_narrow:
        upper = WideBounds(contributions, matching, doc_count)
    elif count * 16 <= doc_count:
        upper = GatheredBounds(contributions, members(matching, doc_count), doc_count)
    else:
        upper = NarrowBounds(contributions, matching, doc_count)
    floor = upper.kth_highest(k)
    docs = upper.at_least(floor)
    scores = exact_scores(weighted, docs, norms, codes)
    threshold = heapq.nlargest(k, scores)[-1]
    lowest = int(threshold * upper.scale * (1 - 1e-9))
    if lowest < floor:
        docs = upper.at_least(max(1, lowest))
        scores = exact_scores(weighted, docs, norms, codes)
    return best(scores, docs, k, newness)
