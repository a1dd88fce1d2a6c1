"""The words of the project as frozen data. Standard library only; imports nothing of ours outside itself.

The names are fetched from their modules when they are first asked for: an error can be told, and the app can
paint, before an article is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
else:

    def __getattr__(name: str) -> object:
        # PEP 562; the type checker reads the imports above.
        from importlib import import_module

        if name in _STORY:
            module = "story"
        elif name == "CancelToken":
            module = "cancel"
        elif name in __all__:
            module = "article"
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{module}"), name)
        return value


_STORY = ("Problem", "SourceCount", "Story")

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
