"""All that comparing needs of one article, made once and kept as JSON beside the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reader.compare import figures, names, quotes, shares, story_features
from reader.compare.differences import PassageView
from reader.compare.figures import FigureMention
from reader.compare.names import NameMention
from reader.compare.passages import Passage, cut
from reader.compare.quotes import Quote
from reader.compare.records import Json, Misshapen, decode, encode
from reader.compare.story_features import StoryFeatures
from reader.model.article import Article, ArticleInfo, Span

ANALYSIS_VERSION: Final = 3
"""Raised whenever the same article would give another analysis; a stored one of another is refused."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The part of an analysis that is stored."""

    passages: tuple[Passage, ...]
    words: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[FigureMention, ...]
    names: tuple[NameMention, ...]
    credits: tuple[Span, ...]
    features: StoryFeatures


@dataclass(frozen=True, slots=True)
class Analysis:
    """One article, ready to be compared. Spans count code points of `body`."""

    info: ArticleInfo
    """Its head."""
    body: str
    """Its text."""
    passages: tuple[Passage, ...]
    """In order, disjoint; only of paragraphs of kind body."""
    words: tuple[str, ...]
    """Folded tokens of the passages, in order."""
    starts: tuple[int, ...]
    """Where each token begins."""
    ends: tuple[int, ...]
    """Where each token ends."""
    quotes: tuple[Quote, ...]
    """In order, disjoint."""
    figures: tuple[FigureMention, ...]
    """In order, disjoint."""
    names: tuple[NameMention, ...]
    """In order, disjoint."""
    credits: tuple[Span, ...]
    """Where it credits an agency, in order."""
    paragraphs: tuple[Span, ...]
    """Its paragraphs of kind body, in order."""
    boilerplate: tuple[Span, ...]
    """Flagged lines, in order."""
    features: StoryFeatures
    """For grouping into stories."""
    views: dict[int, PassageView] = field(default_factory=dict, compare=False, repr=False)
    """Passages by index as `differences` reads them; filled while comparing, so that a second comparison of
    the same article is quick."""

    def words_of(self, passage: Passage) -> tuple[str, ...]:
        """The folded tokens of one of its passages."""
        return self.words[passage.first : passage.last]


def analyse(article: Article) -> Analysis:
    """Analyse an article. Deterministic, linear in its length; any text is accepted."""
    body = article.body
    spans = tuple(paragraph.span for paragraph in article.paragraphs if paragraph.kind == "body")
    text = cut(body, article.paragraphs)
    return _whole(
        article,
        _Found(
            text.passages,
            " ".join(text.words),
            text.starts,
            text.ends,
            quotes.extract(body, spans),
            figures.extract(body, spans),
            names.extract(body, spans),
            shares.credited(body, spans),
            story_features.of_text(article, text),
        ),
    )


def to_json(analysis: Analysis) -> dict[str, Json]:
    """What to store of an analysis: all but the text. Read back by `from_json` with the same article."""
    found = _Found(
        analysis.passages,
        " ".join(analysis.words),
        analysis.starts,
        analysis.ends,
        analysis.quotes,
        analysis.figures,
        analysis.names,
        analysis.credits,
        analysis.features,
    )
    return {"version": ANALYSIS_VERSION, "digest": analysis.info.digest, "found": encode(found)}


def from_json(data: object, article: Article) -> Analysis | None:
    """A stored analysis of this article.

    `None` when it is of another version or another digest, is damaged, or points outside the text.
    """
    if not isinstance(data, Mapping) or data.get("version") != ANALYSIS_VERSION:
        return None
    if data.get("digest") != article.digest:
        return None
    try:
        found = decode(_Found, data.get("found"))
    except Misshapen:
        return None
    return _whole(article, found) if _fits(found, len(article.body)) else None


def _whole(article: Article, found: _Found) -> Analysis:
    return Analysis(
        article.info,
        article.body,
        found.passages,
        tuple(found.words.split(" ")) if found.words else (),
        found.starts,
        found.ends,
        found.quotes,
        found.figures,
        found.names,
        found.credits,
        tuple(paragraph.span for paragraph in article.paragraphs if paragraph.kind == "body"),
        tuple(paragraph.span for paragraph in article.paragraphs if paragraph.kind == "boilerplate"),
        found.features,
    )


def _fits(found: _Found, length: int) -> bool:
    """Whether every offset lies inside a text of this length and the columns are of one length."""
    count = len(found.words.split(" ")) if found.words else 0
    if not count == len(found.starts) == len(found.ends):
        return False
    spans = [passage.span for passage in found.passages]
    spans += [quote.span for quote in found.quotes]
    spans += [quote.speaker_span for quote in found.quotes if quote.speaker_span is not None]
    spans += [figure.span for figure in found.figures]
    spans += [name.span for name in found.names]
    spans += found.credits
    edges = [(span.start, span.end) for span in spans]
    edges += zip(found.starts, found.ends, strict=True)
    return all(0 <= start <= end <= length for start, end in edges) and all(
        passage.index == place
        and 0 <= passage.first <= passage.last <= count
        and len(passage.terms) == len(passage.forms)
        for place, passage in enumerate(found.passages)
    )
