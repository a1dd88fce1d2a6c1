"""What grouping into stories needs of an article: small, JSON-able, free of the text itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from typing import Final
from zlib import crc32

from reader.compare.passages import PassageText, content_stem, cut
from reader.compare.records import Json, Misshapen, decode, encode
from reader.model.article import Article, Span
from reader.text.fold import fold
from reader.text.tokens import tokens

FEATURES_VERSION: Final = 1
"""Raised whenever the same article would give other features."""
MAX_TERMS: Final = 400
"""The most frequent terms of a longer text stand for it."""
MAX_NAMES: Final = 120
LEAD: Final = 400
"""Code points of the body that are its lead."""
SHINGLE: Final = 5
SKETCH_SIZE: Final = 32


@dataclass(frozen=True, slots=True)
class StoryFeatures:
    """One article as grouping sees it. Lists are kept as one text each: a tenth of the memory."""

    id: str
    """The article's id."""
    digest: str
    """The article's digest; features of another digest are stale."""
    source: str
    """Its source."""
    headline: str | None
    """Its headline."""
    published: str | None
    """As in the article."""
    terms: str
    """Stems of headline and body, `stem:count`, parted by spaces, in order of first place."""
    names: str
    """Capitalised words inside sentences, and numbers: `name:count` as first written, parted by newlines."""
    lead: str
    """Stems of headline and lead, parted by spaces, as often as they stand there."""
    forms: str
    """The words that stems were first written as where the two differ: `stem:word`, parted by spaces."""
    sketch: tuple[int, ...]
    """The smallest hashes of its word shingles; the part two sketches share estimates how much is copied."""


def features(article: Article) -> StoryFeatures:
    """The features of an article. Deterministic, linear."""
    return of_text(article, cut(article.body, article.paragraphs))


def of_text(article: Article, text: PassageText) -> StoryFeatures:
    """The same for an article that is already cut into passages."""
    headline = article.headline or ""
    title = tokens(headline)
    title_terms = [content_stem(token.text) for token in title]
    body_terms = [content_stem(word) for word in text.words]
    counts = Counter(filter(None, chain(title_terms, body_terms)))
    kept = counts if len(counts) <= MAX_TERMS else dict(counts.most_common(MAX_TERMS))
    forms: dict[str, str] = {}
    for term, token in zip(title_terms, title, strict=True):
        forms.setdefault(term, headline[token.start : token.end])
    for term, start, end in zip(body_terms, text.starts, text.ends, strict=True):
        if term not in forms:
            forms[term] = article.body[start:end]
    lead_end = (text.starts[0] if text.starts else 0) + LEAD
    lead_size = bisect_left(text.starts, lead_end)
    spans = [paragraph.span for paragraph in article.paragraphs if paragraph.kind == "body"]
    return StoryFeatures(
        article.id,
        article.digest,
        article.source,
        article.headline,
        article.published,
        " ".join([f"{term}:{count}" for term, count in kept.items()]),
        _names(article.body, spans),
        " ".join(filter(None, [*title_terms, *body_terms[:lead_size]])),
        " ".join([f"{term}:{forms[term]}" for term in kept if forms[term] != term]),
        _sketch(text.words),
    )


def counted(entries: Iterable[str]) -> dict[str, int]:
    """The counts that `terms` or `names` hold, given their entries. Others are passed over."""
    counts: dict[str, int] = {}
    for entry in entries:
        term, _, count = entry.rpartition(":")
        if term and count.isdecimal():
            counts[term] = int(count)
    return counts


def features_to_json(made: StoryFeatures) -> dict[str, Json]:
    """For the cache; read back by `features_from_json`."""
    return {"version": FEATURES_VERSION, "features": encode(made)}


def features_from_json(data: object, digest: str) -> StoryFeatures | None:
    """Stored features, or `None` when they are of another version, another digest, or damaged."""
    if not isinstance(data, dict) or data.get("version") != FEATURES_VERSION:
        return None
    try:
        made = decode(StoryFeatures, data.get("features"))
    except Misshapen:
        return None
    return made if made.digest == digest else None


_NAME: Final = re.compile(r"(?<=[a-z,;] )[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)*|\b\d[\d.,]*\b")


def _names(body: str, spans: Iterable[Span]) -> str:
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for span in spans:
        for match in _NAME.finditer(body, span.start, span.end):
            name = match[0].removesuffix("'s").removesuffix("’s").rstrip(".,'’-")
            key = fold(name)
            written.setdefault(key, name)
            counts[key] += 1
    return "\n".join(f"{written[key]}:{count}" for key, count in counts.most_common(MAX_NAMES))


def _sketch(words: Sequence[str]) -> tuple[int, ...]:
    # Hashing every word once and mixing the hashes costs a third of hashing every shingle.
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    mixed = {
        (a * 0x9E3779B1 ^ b * 0x85EBCA77 ^ c * 0xC2B2AE3D ^ d * 0x27D4EB2F ^ e * 0x165667B1) & 0xFFFFFFFF
        for a, b, c, d, e in zip(*(hashes[k:] for k in range(SHINGLE)), strict=False)
    }
    return tuple(nsmallest(SKETCH_SIZE, mixed))
