"""Claims: linked passages of several articles joined into one thing that is said, at most one an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.model.article import UNKNOWN_SOURCE, ArticleInfo

Member = tuple[int, int]
"""Index of the article, index of the passage in it."""


def gather(links: Iterable[tuple[float, Member, Member]]) -> list[tuple[Member, ...]]:
    """Groups of at least two passages, each in one group, none with two passages of one article.

    The strongest links are joined first; a link that would bring a second passage of an article is left out.
    Members are in order of article, groups in order of their first member.
    """
    group_of: dict[Member, list[Member]] = {}
    for _, a, b in sorted(links, key=lambda link: (-link[0], link[1], link[2])):
        first, second = group_of.get(a, [a]), group_of.get(b, [b])
        if first is second or {article for article, _ in first} & {article for article, _ in second}:
            continue
        joined = first + second
        group_of.update(dict.fromkeys(joined, joined))
    groups = {id(group): tuple(sorted(group)) for group in group_of.values()}
    return sorted(groups.values())


def distinct_sources(infos: Sequence[ArticleInfo], articles: Iterable[int]) -> int:
    """How many sources these articles come from; articles of unknown source count one each."""
    return len(
        {
            infos[index].id if infos[index].source == UNKNOWN_SOURCE else infos[index].source
            for index in articles
        }
    )
