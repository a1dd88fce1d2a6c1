"""How sources, dates, headlines and counts are written on the screen. Pure strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model import Article, ArticleInfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction is 238 words a minute (Brysbaert 2019), rounded down."""
NO_HEADLINE = "(no headline)"
NO_DATE = "date unknown"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 story`, `2 stories`, `1,204 articles`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day(published: str | None, year: bool = True) -> str:
    """`15 Aug 2025`; empty when unknown."""
    from reader.model.article import published_day

    date = published_day(published)
    if date is None:
        return ""
    return f"{date.day} {MONTHS[date.month - 1]}" + (f" {date.year}" if year else "")


def moment(published: str | None) -> str:
    """`15 Aug 2025, 15:30 -04:00`; `date unknown` when it is."""
    if published is None:
        return NO_DATE
    text = day(published)
    if len(published) < 16:
        return text
    zone = published[19:] if len(published) > 19 else ""
    return f"{text}, {published[11:16]} {zone.replace('+00:00', 'UTC').replace('Z', 'UTC')}".rstrip()


def short_id(article_id: str) -> str:
    """The last part of an id, without its folders."""
    return article_id.rpartition("/")[2]


def name_of(info: ArticleInfo | Article) -> str:
    """The source, or the file's name where the source is unknown."""
    from reader.model.article import UNKNOWN_SOURCE

    return short_id(info.id) if info.source == UNKNOWN_SOURCE else info.source


def names_of(infos: Sequence[ArticleInfo]) -> tuple[str, ...]:
    """A name for each that tells it from the others: the source, else the id, never two alike."""
    from reader.model.article import UNKNOWN_SOURCE

    names = [name_of(info) for info in infos]
    if len(set(names)) == len(names):
        return tuple(names)
    shorts = [short_id(info.id) for info in infos]
    tails = shorts if len(set(shorts)) == len(shorts) else [info.id for info in infos]
    return tuple(
        name if names.count(name) == 1 else tail if info.source == UNKNOWN_SOURCE else f"{name} ({tail})"
        for info, name, tail in zip(infos, names, tails, strict=True)
    )


def minutes(words: int) -> str:
    """`3 min`: how long reading takes, at least one."""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"


def facts(info: ArticleInfo) -> str:
    """`506 words · 2 min`, and how many hidden characters cleaning met."""
    parts = [count(info.words, "word"), minutes(info.words)]
    if info.hidden:
        parts.append(count(info.hidden, "hidden character"))
    return " · ".join(parts)
