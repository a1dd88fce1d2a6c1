"""Quotations with their citation, as they are pasted elsewhere. Pure strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.sentences import sentences
from reader.ui.naming import NO_HEADLINE, moment, name_of

if TYPE_CHECKING:
    from reader.model import Article, ArticleInfo, Span


def article_citation(article: Article | ArticleInfo) -> str:
    """`Headline. Source, 15 Aug 2025 (id)`."""
    headline = article.headline or NO_HEADLINE
    stop = "" if headline.endswith((".", "!", "?", "…")) else "."
    return f"{headline}{stop} {name_of(article)}, {moment(article.published)} ({article.id})"


def citation(article: Article, span: Span) -> str:
    """The words as a quotation, with where they stand on a line below."""
    text = span.slice(article.body).strip()
    address = f"\n{article.url}" if article.url else ""
    return f"“{text}”\n— {article_citation(article)}{address}\n"


def passage_at(article: Article, offset: int) -> Span | None:
    """The sentence at a place of the body, or the next one; `None` when there is none."""
    for paragraph in article.paragraphs:
        if paragraph.span.end <= offset or paragraph.kind != "body":
            continue
        for sentence in sentences(article.body, paragraph.span.start, paragraph.span.end):
            if sentence.end > offset:
                return sentence
    return None


def passage_after(article: Article, span: Span) -> Span | None:
    """The sentence after one; `None` after the last."""
    return passage_at(article, span.end)


def passage_before(article: Article, span: Span) -> Span | None:
    """The sentence before one; `None` before the first."""
    for paragraph in reversed(article.paragraphs):
        if paragraph.span.start >= span.start or paragraph.kind != "body":
            continue
        found = sentences(article.body, paragraph.span.start, paragraph.span.end)
        earlier = [sentence for sentence in found if sentence.end <= span.start]
        if earlier:
            return earlier[-1]
    return None
