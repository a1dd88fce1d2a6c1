"""Articles and comparisons as files. Nothing that exists is ever replaced."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.export import html, markdown, records, text
from reader.model.refusals import reason, remedy
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.model import Article, ArticleInfo
    from reader.model.comparison import Comparison

FORMATS = (("md", "Markdown"), ("html", "HTML page"), ("json", "JSON"), ("txt", "plain text"))
"""Suffix and name."""
_UNFIT = re.compile(r"[^\w.-]+")


class Form(NamedTuple):
    """One way in which a thing can leave the app."""

    name: str
    """`This article as Markdown`."""
    suffix: str
    """Of a file that holds it."""
    text: Callable[[], str]
    """Slow. Makes it; may read from disk."""


def article_forms(article: Article) -> list[Form]:
    """An article in every format."""
    return [
        Form(f"This article as {name}", suffix, partial(article_text, article, suffix))
        for suffix, name in FORMATS
    ]


def comparison_forms(comparison: Comparison, articles: Sequence[Article]) -> list[Form]:
    """A comparison in every format."""
    return [
        Form(f"This comparison as {name}", suffix, partial(comparison_text, comparison, articles, suffix))
        for suffix, name in FORMATS
    ]


def list_forms(
    what: str, infos: Callable[[], Sequence[ArticleInfo]], read: Callable[[str], Article]
) -> list[Form]:
    """Several articles as lines, as one document, or as JSON. `what` names them: `2 marked articles`."""

    def articles() -> Iterable[Article]:
        return (read(info.id) for info in infos())

    return [
        Form(f"{what} as lines: id, date, source, headline", "tsv", lambda: lines_of(infos())),
        Form(f"{what} as Markdown", "md", lambda: "\n\n".join(map(markdown.article_markdown, articles()))),
        Form(f"{what} as JSON", "json", lambda: records.dumps(records.export(articles())) + "\n"),
        Form(f"{what} as plain text", "txt", lambda: "\n\n".join(article_text(a, "txt") for a in articles())),
    ]


def lines_of(infos: Iterable[ArticleInfo]) -> str:
    """A line an article, its fields parted by tabs, as `reader search` writes them."""
    return "".join(
        f"{info.id}\t{(info.published or '')[:10]}\t{info.source}\t{info.headline or ''}\n" for info in infos
    )


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
    """Write a file that does not exist yet, whole or not at all; what was done, for the reader. Slow."""
    shown = clean_line(target.strip())
    try:
        path = Path(target.strip()).expanduser()
        file = open(path, "x", encoding="utf-8", errors="replace")  # noqa: SIM115  closed below in any case
    except FileExistsError:
        return f"{shown} exists already and was left as it is: choose another name"
    except OSError as error:
        return f"{shown} cannot be written: {reason(error)}; {remedy(error)}"
    except (RuntimeError, ValueError):
        # A home folder of nobody, a name with a NUL.
        return f"{shown} is no name for a file: choose another"
    try:
        with file:
            file.write(content)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        return f"{shown} was not written: {reason(error)}; {remedy(error)}"
    return f"Wrote {clean_line(os.path.abspath(path))}"
