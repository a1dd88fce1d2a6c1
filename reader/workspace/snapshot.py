"""What lists show, computed once for each generation and then only read: safe to share between threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from reader.model import UNKNOWN_SOURCE, ArticleInfo, Problem, SourceCount, Story, published_seconds


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A library at one moment."""

    infos: tuple[ArticleInfo, ...] = ()
    """Newest first, undated last, then by id."""
    by_id: dict[str, ArticleInfo] = field(default_factory=dict)
    """The same by id."""
    sources: tuple[SourceCount, ...] = ()
    """By name, unknown last."""
    stories: tuple[Story, ...] = ()
    """Most sources first, then newest, then by id."""
    story_by_article: dict[str, Story] = field(default_factory=dict)
    """The story each article belongs to; empty until stories are grouped."""
    problems: tuple[Problem, ...] = ()
    """Files that could not be read, by path."""

    def chosen(
        self, source: str | None, story: str | None, ids: Collection[str] | None
    ) -> tuple[ArticleInfo, ...]:
        """The articles that meet all conditions; `None` sets none."""
        wanted: set[str] | None = None if ids is None else set(ids)
        if story is not None:
            members = next((set(each.article_ids) for each in self.stories if each.id == story), set[str]())
            wanted = members if wanted is None else wanted & members
        if source is None and wanted is None:
            return self.infos
        return tuple(
            info
            for info in self.infos
            if (source is None or info.source == source) and (wanted is None or info.id in wanted)
        )


def snapshot(infos: Iterable[ArticleInfo], stories: Sequence[Story], problems: Iterable[Problem]) -> Snapshot:
    """Order and index what a library holds."""
    ordered = tuple(sorted(infos, key=_newest_first))
    by_id = {info.id: info for info in ordered}
    counts = Counter(info.source for info in ordered)
    sources = tuple(
        SourceCount(source, counts[source])
        for source in sorted(counts, key=lambda name: (name == UNKNOWN_SOURCE, name.casefold(), name))
    )
    place = {info.id: number for number, info in enumerate(ordered)}

    def rank(story: Story) -> tuple[int, int, str]:
        newest = min((place[each] for each in story.article_ids if each in place), default=len(place))
        return (-len(story.sources), newest, story.id)

    return Snapshot(
        ordered,
        by_id,
        sources,
        tuple(sorted(stories, key=rank)),
        {article_id: story for story in stories for article_id in story.article_ids},
        tuple(sorted(problems, key=lambda problem: problem.path)),
    )


def _newest_first(info: ArticleInfo) -> tuple[bool, int, str]:
    seconds = published_seconds(info.published)
    return (seconds is None, -(seconds or 0), info.id)
