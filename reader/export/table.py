"""Heads of articles as a table that spreadsheets read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from reader.model import Article

COLUMNS = ("id", "source", "headline", "published", "author", "url", "words", "path")
"""Of the table; its first line names them."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def articles_csv(articles: Iterable[Article]) -> str:
    """One line an article, as in RFC 4180 but with plain line feeds.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in articles:
        info = one.info
        fields = (
            one.id,
            one.source,
            one.headline,
            one.published,
            one.author,
            one.url,
            str(info.words),
            one.path,
        )
        table.writerow([_harmless(field or "") for field in fields])
    return written.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
