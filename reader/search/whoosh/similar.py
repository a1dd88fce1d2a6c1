"""Articles like one article: searched by its most telling words."""

from __future__ import annotations

from reader.model import Article
from reader.model.results import Hit
from reader.search.whoosh.groups import TermGroup
from reader.search.whoosh.lists import K1
from reader.search.whoosh.plan import Either, Has, Plan
from reader.search.whoosh.schema import TEXT, prepare
from reader.search.whoosh.searcher import Run
from reader.search.whoosh.snapshot import Snapshot

MAX_WORDS = 20
_MIN_SHARE = 2


def similar_query(snapshot: Snapshot, article: Article, limit: int) -> tuple[Hit, ...]:
    """The hits for the twenty words of an article that weigh most (idf times saturated weight)."""
    prepared = prepare(article).text
    norm = snapshot.norms(TEXT).norms[100]
    telling: list[tuple[float, bytes]] = []
    for term, places in prepared.positions.items():
        frequency = sum(live.segment.postings(_group(term)).n for live in snapshot.lives)
        # A word no other article has can find none.
        if b" " in term or frequency < _MIN_SHARE:
            continue
        weight = prepared.weights.get(term, len(places))
        telling.append((snapshot.idf(_group(term)) * weight * (K1 + 1) / (weight + norm), term))
    telling.sort(key=lambda pair: (-pair[0], pair[1]))
    groups = [_group(term) for _, term in telling[:MAX_WORDS]]
    plan = Plan(Either(tuple(Has(group) for group in groups)), dict.fromkeys(groups, 1))
    run = Run(snapshot, plan, None)
    hits = run.hits(run.by_score(limit + 1))
    return tuple(hit for hit in hits if hit.article_id != article.id)[:limit]


def _group(term: bytes) -> TermGroup:
    return TermGroup(((term, 1.0),), TEXT, ((term.decode(), term),))
