"""The words of the project as frozen data. Standard library only; imports nothing of ours outside itself."""

from __future__ import annotations

from reader.model.article import (
    UNKNOWN_SOURCE,
    Article,
    ArticleInfo,
    Paragraph,
    ParagraphKind,
    Span,
    chronological,
    published_day,
    published_seconds,
)
from reader.model.cancel import CancelToken
from reader.model.story import Problem, SourceCount, Story

__all__ = [
    "UNKNOWN_SOURCE",
    "Article",
    "ArticleInfo",
    "CancelToken",
    "Paragraph",
    "ParagraphKind",
    "Problem",
    "SourceCount",
    "Span",
    "Story",
    "chronological",
    "published_day",
    "published_seconds",
]
