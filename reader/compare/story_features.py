"""What grouping into stories needs of an article: small, JSON-able, free of the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from reader.compare.passages import content_stem
from reader.compare.records import Json, Misshapen, decode, encode
from reader.model.article import Article, Span
from reader.text.fold import fold
from reader.text.tokens import Token, tokens

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
    spans = [paragraph.span for paragraph in article.paragraphs if paragraph.kind == "body"]
    body = [token for span in spans for token in tokens(article.body, span.start, span.end)]
    return from_tokens(article, spans, body)


def from_tokens(article: Article, spans: Sequence[Span], body: Sequence[Token]) -> StoryFeatures:
    """The same for an article whose body paragraphs `spans` have these tokens."""
    headline = article.headline or ""
    title = tokens(headline)
    forms: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text, found in ((headline, title), (article.body, body)):
        for word, start, end in found:
            term = content_stem(word)
            if term:
                counts[term] += 1
                if term not in forms:
                    forms[term] = text[start:end]
    kept = counts if len(counts) <= MAX_TERMS else dict(counts.most_common(MAX_TERMS))
    lead_end = (body[0].start if body else 0) + LEAD
    lead = [token.text for token in title] + [token.text for token in body if token.start < lead_end]
    return StoryFeatures(
        article.id,
        article.digest,
        article.source,
        article.headline,
        article.published,
        " ".join(f"{term}:{count}" for term, count in kept.items()),
        _names(article.body, spans),
        " ".join(term for term in map(content_stem, lead) if term),
        " ".join(f"{term}:{forms[term]}" for term in kept if forms[term] != term),
        _sketch([token.text for token in body]),
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
    grams = zip(*(words[k:] for k in range(SHINGLE)), strict=False)
    hashes = {crc32(" ".join(gram).encode("utf-8", "surrogatepass")) for gram in grams}
    return tuple(sorted(hashes)[:SKETCH_SIZE])
