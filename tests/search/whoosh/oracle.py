"""What the index should answer, worked out plainly from the same tokens. Shares no code with the index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from whoosh.util.numeric import byte_to_length, length_to_byte

from reader.model import Article
from reader.model.article import published_seconds
from reader.search.analysis import index_terms

K1, B, GAP = 1.2, 0.75, 16
WEIGHTS = {"heading": 2, "body": 1, "caption": 1, "boilerplate": 0}


@dataclass
class Reckoned:
    """One article, taken apart."""

    article: Article
    places: dict[str, list[int]] = field(default_factory=dict)
    weights: Counter[str] = field(default_factory=Counter)
    length: int = 0
    surfaces: set[str] = field(default_factory=set)

    @property
    def newest_first(self) -> tuple[bool, int, str]:
        """Sort key of ties."""
        seconds = published_seconds(self.article.published)
        return seconds is None, -(seconds or 0), self.article.id


class Oracle:
    """A library without an index: every question reads everything."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.all = [self._reckon(article) for article in articles]
        self.average = sum(one.length for one in self.all) / max(1, len(self.all))
        self._having: dict[str, set[int]] = {}
        for number, one in enumerate(self.all):
            for term in one.places:
                self._having.setdefault(term, set()).add(number)

    @staticmethod
    def _reckon(article: Article) -> Reckoned:
        one = Reckoned(article)
        parts = [(article.headline, 3)] if article.headline else []
        parts += [
            (paragraph.span.slice(article.body), WEIGHTS[paragraph.kind]) for paragraph in article.paragraphs
        ]
        base = 0
        for number, (text, weight) in enumerate(parts):
            found = index_terms(text)
            for term, places in found.positions.items():
                one.places.setdefault(term.decode(), []).extend(place + base for place in places)
                one.weights[term.decode()] += weight * len(places)
                one.length += len(places)
            one.surfaces.update(found.surfaces)
            base += found.used
            if number == 0 and article.headline:
                base += GAP
        return one

    def idf(self, terms: Iterable[str]) -> float:
        """Of a group of terms that count as one."""
        frequency = len(set().union(*(self._having.get(term, set()) for term in terms)))
        return math.log(1 + (len(self.all) - frequency + 0.5) / (frequency + 0.5))

    def any_of(self, terms: Sequence[str]) -> list[Reckoned]:
        """Articles with at least one of the terms."""
        numbers = set().union(*(self._having.get(term, set()) for term in terms))
        return [self.all[number] for number in sorted(numbers)]

    def all_of(self, terms: Sequence[str]) -> list[Reckoned]:
        """Articles with all of the terms."""
        first, *rest = (self._having.get(term, set()) for term in terms)
        return [self.all[number] for number in sorted(first.intersection(*rest))]

    def phrase(self, terms: Sequence[str]) -> list[Reckoned]:
        """Articles with the terms one after another."""
        return [
            one
            for one in self.all_of(terms)
            if any(
                all(start + at in one.places[term] for at, term in enumerate(terms))
                for start in one.places[terms[0]]
            )
        ]

    def ranked(self, terms: Sequence[str]) -> list[tuple[str, float]]:
        """Ids with scores in the order the index should give, without the bonus for nearness."""
        distinct = set(terms)
        idfs = {term: self.idf([term]) for term in distinct}
        rows = []
        for one in self.any_of(terms):
            length = byte_to_length(length_to_byte(one.length))
            norm = K1 * (1 - B + B * length / self.average)
            score = sum(idfs[t] * one.weights[t] * (K1 + 1) / (one.weights[t] + norm) for t in terms)
            covered = len(distinct & one.places.keys()) if 2 <= len(distinct) <= 4 else 0
            rows.append((-covered, -round(score, 9), one.newest_first, one.article.id, score))
        rows.sort()
        return [(article_id, score) for *_, article_id, score in rows]
