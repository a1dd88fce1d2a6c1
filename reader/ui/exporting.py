"""Articles and comparisons as files. Nothing that exists is ever replaced."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.export import html, markdown, records, text
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.model import Article
    from reader.model.comparison import Comparison

FORMATS = (("md", "Markdown"), ("html", "HTML page"), ("json", "JSON"), ("txt", "plain text"))
"""Suffix and name."""
_UNFIT = re.compile(r"[^\w.-]+")


def article_text(article: Article, suffix: str) -> str:
    """An article in one of the formats."""
    if suffix == "md":
        return markdown.article_markdown(article)
    if suffix == "html":
        return html.article_html(article)
    if suffix == "json":
        return records.dumps(records.article(article)) + "\n"
    return "\n".join(text.article_text(article)) + "\n"


def comparison_text(comparison: Comparison, articles: Sequence[Article], suffix: str) -> str:
    """A comparison in one of the formats."""
    if suffix == "md":
        return markdown.comparison_markdown(comparison)
    if suffix == "html":
        return html.comparison_html(comparison, articles)
    if suffix == "json":
        return records.dumps(records.comparison(comparison)) + "\n"
    return "\n".join(text.comparison_text(comparison, articles)) + "\n"


def suggested_name(title: str, suffix: str) -> str:
    """A file name from a headline."""
    stem = _UNFIT.sub("-", title.casefold()).strip("-.")[:60].rstrip("-.")
    return f"{stem or 'article'}.{suffix}"


def write_new(target: str, content: str) -> str:
    """Write a file that does not exist yet; what was done, for the reader. Raises OSError. Slow."""
    path = Path(target.strip()).expanduser()
    try:
        with open(path, "x", encoding="utf-8", errors="replace") as file:
            file.write(content)
    except FileExistsError:
        return f"{clean_line(str(path))} exists already and was left as it is: choose another name"
    return f"Wrote {clean_line(os.fspath(path.resolve()))}"
