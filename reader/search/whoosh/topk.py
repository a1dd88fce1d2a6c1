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

from reader.search.whoosh.lists import K1, PostingList, members

Scored = tuple[float, int]
"""Score and document."""

FEW = 1500
"""Up to so many documents are scored one by one."""


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
    own_codes = None if codes is None else list(map(codes.__getitem__, docs))
    for weighted in lists:
        postings, idf = weighted.postings, weighted.idf
        if not postings.n:
            continue
        dense = postings.dense_weights if own_codes is not None and postings.is_dense else None
        if dense is not None:
            weights = list(map(dense.__getitem__, docs))
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
        find = dict(zip(ids, range(n), strict=True)).get
        for number, doc in enumerate(docs):
            found = find(doc)
            if found is not None:
                totals[number] += idf * row(weights[found])[codes[found]]


def best(scores: Sequence[float], docs: Sequence[int], k: int, newness: Sequence[int]) -> list[Scored]:
    """The k best, highest first, equal scores by newness."""
    if len(docs) > k:
        threshold = heapq.nlargest(k, scores)[-1]
        pairs = [(score, doc) for score, doc in zip(scores, docs, strict=True) if score >= threshold]
    else:
        pairs = list(zip(scores, docs, strict=True))
    pairs.sort(key=lambda pair: (-pair[0], newness[pair[1]]))
    return pairs[:k]


def top_of_list(
    weighted: Weighted, bounds: list[float], k: int, norms: Norms, newness: Sequence[int]
) -> list[Scored]:
    """The k best documents of one list, all of which match. `bounds` are those of the classes."""
    postings, idf = weighted.postings, weighted.idf
    if postings.n <= max(k, 200):
        places: Sequence[int] = range(postings.n)
    else:
        classes = postings.classes
        # Classes ascend with the bound, so the k-th best class limits how low a good score can be.
        floor = _kth_highest(classes, k)
        chosen = _at_least(classes, floor)
        scores = _scores_at(weighted, chosen, norms)
        threshold = heapq.nlargest(k, scores)[-1]
        lowest = bisect_left(bounds, threshold / idf * (1 - 1e-9)) if idf else 0
        places = chosen if lowest >= floor else _at_least(classes, max(1, lowest))
    docs = [postings.ids[place] for place in places]
    return best(_scores_at(weighted, places, norms), docs, k, newness)


def _scores_at(weighted: Weighted, places: Sequence[int], norms: Norms) -> list[float]:
    weights, codes, idf, row = weighted.postings.weights, weighted.postings.codes, weighted.idf, norms.row
    return [idf * row(weights[place])[codes[place]] for place in places]


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
    if count <= max(k, FEW) or not lists:
        docs = members(matching, doc_count)
        return best(exact_scores(weighted, docs, norms, codes), docs, k, newness)
    upper, scale = _upper_bounds(lists, matching, doc_count)
    floor = _kth_highest(upper, k)
    docs = _at_least(upper, floor)
    scores = exact_scores(weighted, docs, norms, codes)
    threshold = heapq.nlargest(k, scores)[-1]
    lowest = int(threshold * scale * (1 - 1e-9))
    if lowest < floor:
        docs = _at_least(upper, max(1, lowest))
        scores = exact_scores(weighted, docs, norms, codes)
    return best(scores, docs, k, newness)


def _upper_bounds(
    lists: Sequence[tuple[Weighted, list[float]]], matching: int, doc_count: int
) -> tuple[bytes, float]:
    """One byte per document: at least `scale` times its score, at least 1 where it matches, else 0."""
    highest = sum(item.idf * bounds[max(item.postings.classes)] for item, bounds in lists if item.postings.n)
    scale = (254 - len(lists)) / highest if highest else 0.0
    total = int.from_bytes(_flags(matching, doc_count), "little")
    mask = total * 255
    sparse: list[tuple[PostingList, bytes]] = []
    for item, bounds in lists:
        # At most 254 in sum, the 1 for matching included, so no byte ever carries into the next.
        table = bytes([0, *(min(254, int(item.idf * bound * scale) + 1) for bound in bounds[1:])])
        if item.postings.is_dense:
            total += int.from_bytes(item.postings.dense.translate(table), "little")
        elif item.postings.n:
            sparse.append((item.postings, table))
    upper = bytearray((total & mask).to_bytes(doc_count, "little"))
    for postings, table in sparse:
        for doc, number in zip(postings.ids, postings.classes, strict=True):
            if upper[doc]:
                upper[doc] += table[number]
    return bytes(upper), scale


_DIGITS = bytes.maketrans(b"01", b"\0\1")


def _flags(bits: int, doc_count: int) -> bytes:
    """A bit set as one byte per document."""
    digits = bin(bits)[:1:-1].encode().translate(_DIGITS)
    return digits.ljust(doc_count, b"\0")


def _kth_highest(values: bytes, k: int) -> int:
    """The k-th highest byte; there are at least k that are not 0."""
    low = 256
    high = b""
    while len(high) < k and low > 1:
        low = max(1, low - 32)
        high = values.translate(None, _BELOW[low])
    return heapq.nlargest(k, high)[-1] if len(high) > k * 4 else sorted(high)[-k]


_BELOW = tuple(bytes(range(value)) for value in range(257))
_REACHES = tuple(bytes(int(byte >= value) for byte in range(256)) for value in range(257))


def _at_least(values: bytes, floor: int) -> list[int]:
    """Where bytes of at least this value stand, ascending."""
    flags = values.translate(_REACHES[floor])
    found: list[int] = []
    append, find = found.append, flags.find
    at = find(1)
    while at >= 0:
        append(at)
        at = find(1, at + 1)
    return found
