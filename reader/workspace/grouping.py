"""Stories of a library: grouped anew when much has changed, and per changed article when little has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from reader.compare.stories import StoryFeatures, Table, features, group
from reader.model import Article, ArticleInfo, CancelToken, Story
from reader.workspace.feature_log import FeatureLog
from reader.workspace.regrouping import Change, Near, regrouped
from reader.workspace.story_files import (
    Decision,
    Grouping,
    Shape,
    load_grouping,
    load_rarity,
    save_grouping,
    save_rarity,
    sorted_decisions,
)
from reader.workspace.story_rows import SpilledRows

Report = Callable[[str, int, int], None]
Read = Callable[[Iterable[str]], Iterator[Article]]

FOLLOWED_FROM = 1_000
"""In a smaller library every change groups all articles: that takes a second."""
_FOLLOWED_AT_ONCE = 1 / 200
"""The part of a library that may have changed for its stories to be followed article by article."""
_FOLLOWED_IN_ALL = 1 / 10
"""The part that may have changed since terms were weighed."""
_REPORT_EVERY = 32


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be grouped, and how."""

    infos: Sequence[ArticleInfo]
    """All articles of the library, by id."""
    window_days: int | None
    """Days between the first and the last article of a story; `None` for any."""
    merged: Sequence[Decision] = ()
    """What the reader made one story."""
    split: Sequence[Decision] = ()
    """What the reader parted."""


class StoryBook:
    """The stories of one library and the files they are kept in. Never trusted: see `story_files`."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when something is kept."""
        self._folder = folder
        self._stories = folder / "stories.jsonl"
        self._rarity = folder / "rarity.jsonl"
        self._last: Grouping | None = None

    def known(self, wanted: Wanted, cancel: CancelToken | None = None) -> tuple[Story, ...] | None:
        """The grouping that was kept of exactly these articles; `None` when there is none."""
        kept = self._kept(cancel or CancelToken())
        if kept is None or not _change(kept, wanted).is_none:
            return None
        return _stories(kept.shapes, wanted.infos)

    def can_follow(self, wanted: Wanted, cancel: CancelToken | None = None) -> bool:
        """Whether little has changed since the last grouping, so that `follow` is worth its while."""
        kept = self._kept(cancel or CancelToken())
        if kept is None or kept.window_days != wanted.window_days or len(wanted.infos) < FOLLOWED_FROM:
            return False
        change = _change(kept, wanted)
        return (
            change.size <= len(wanted.infos) * _FOLLOWED_AT_ONCE
            and kept.changes + change.size <= kept.weighed * _FOLLOWED_IN_ALL
        )

    def follow(
        self, wanted: Wanted, read: Read, near: Near, cancel: CancelToken | None = None
    ) -> tuple[Story, ...] | None:
        """Form anew only the stories that the changed articles belong to or are near to.

        `None` when what that takes was not kept, or when it concerns too much of the library.
        """
        token = cancel or CancelToken()
        kept = self._kept(token)
        rarity = load_rarity(self._rarity, token)
        if kept is None or rarity is None:
            return None
        change = _change(kept, wanted)
        decisions = (sorted_decisions(wanted.merged), sorted_decisions(wanted.split))
        shapes = regrouped(kept, change, decisions, rarity, read, near, token)
        stories = None if shapes is None else _stories(shapes, wanted.infos)
        if shapes is not None and stories is not None:
            self._keep(wanted, shapes, weighed=kept.weighed, changes=kept.changes + change.size)
        return stories

    def group(
        self,
        wanted: Wanted,
        read: Read,
        *,
        report: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> tuple[Story, ...]:
        """Group all articles, reading only those whose features are not kept, and keep the result."""
        token = cancel or CancelToken()
        tell = report or _tell_nobody
        shelf = _Shelf(wanted.infos, read, FeatureLog(self._folder / "features.jsonl"))
        rows = SpilledRows(self._folder)
        try:
            shelf.fill(tell, token)
            table = Table(rows)
            stories = group(
                shelf,
                window_days=wanted.window_days,
                merged=wanted.merged,
                split=wanted.split,
                cancel=token,
                table=table,
                report=lambda done, of: None if done % _REPORT_EVERY else tell("grouping stories", done, of),
            )
        finally:
            shelf.close()
            rows.close()
        shapes = tuple((s.article_ids, s.evidence) for s in stories if len(s.article_ids) > 1)
        if table.rarity is not None and len(wanted.infos) >= FOLLOWED_FROM:
            save_rarity(self._rarity, table.rarity)
        self._keep(wanted, shapes, weighed=len(wanted.infos), changes=0)
        return stories

    def _kept(self, token: CancelToken) -> Grouping | None:
        if self._last is None:
            self._last = load_grouping(self._stories, token)
        return self._last

    def forget(self) -> None:
        """Read the files again: another program may have written them."""
        self._last = None

    def _keep(self, wanted: Wanted, shapes: Sequence[Shape], *, weighed: int, changes: int) -> None:
        self._last = Grouping(
            wanted.window_days,
            sorted_decisions(wanted.merged),
            sorted_decisions(wanted.split),
            tuple(shapes),
            {info.id: info.digest for info in wanted.infos},
            weighed,
            changes,
        )
        save_grouping(self._stories, self._last)


class _Shelf(Sequence[StoryFeatures]):
    """The features of all articles, each read from disk when it is asked for."""

    def __init__(self, infos: Sequence[ArticleInfo], read: Read, log: FeatureLog) -> None:
        self._infos = infos
        self._read = read
        self._log = log

    def fill(self, tell: Report, token: CancelToken) -> None:
        """Make the features that are missing. What was made when it is cancelled is kept."""
        missing = self._log.open(self._infos, token)
        number_of = {self._infos[number].id: number for number in missing}
        for done, article in enumerate(self._read(list(number_of))):
            token.check()
            if done % _REPORT_EVERY == 0:
                tell("looking for stories", done, len(missing))
            self._log.add(number_of[article.id], features(article))
        self._log.flush()

    def close(self) -> None:
        self._log.close()

    def __len__(self) -> int:
        return len(self._infos)

    @overload
    def __getitem__(self, index: int) -> StoryFeatures: ...
    @overload
    def __getitem__(self, index: slice) -> list[StoryFeatures]: ...
    def __getitem__(self, index: int | slice) -> StoryFeatures | list[StoryFeatures]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        info = self._infos[index]
        made = self._log.get(index, info)
        if made is None:
            # The disk was full, or somebody changed the file: from the article, and if it is gone, alone.
            article = next(iter(self._read([info.id])), None)
            if article is not None and article.digest == info.digest:
                made = features(article)
            else:
                made = StoryFeatures(info.id, info.digest, info.source, None, None, "", "", "", "", ())
        # The texts that every article has are held once, by the library.
        return replace(made, id=info.id, source=info.source, headline=info.headline, published=info.published)


def _change(kept: Grouping, wanted: Wanted) -> Change:
    digests = kept.digests
    changed = [info.id for info in wanted.infos if digests.get(info.id) != info.digest]
    present = {info.id for info in wanted.infos}
    removed = [article_id for article_id in digests if article_id not in present]
    made_anew = (set(kept.merged) ^ set(wanted.merged)) | (set(kept.split) ^ set(wanted.split))
    decided = {article_id for decision in made_anew for article_id in decision if article_id in present}
    is_same_window = kept.window_days == wanted.window_days
    return Change(tuple(changed), tuple(removed), tuple(sorted(decided)), is_same_window)


def _stories(shapes: Sequence[Shape], infos: Sequence[ArticleInfo]) -> tuple[Story, ...] | None:
    """The stories of these shapes, and all others alone; `None` when the shapes do not fit the articles."""
    by_id = {info.id: info for info in infos}
    sources = {info.source: (info.source,) for info in infos}
    found = []
    for ids, evidence in shapes:
        members = [by_id.pop(article_id, None) for article_id in ids]
        held = [info for info in members if info is not None]
        if len(held) != len(ids) or not held:
            return None
        named = tuple(sorted({info.source for info in held}))
        found.append(Story(held[0].id, held[0].headline, tuple(info.id for info in held), named, evidence))
    found.extend(
        Story(info.id, info.headline, (info.id,), sources[info.source], ()) for info in by_id.values()
    )
    return tuple(found)


def _tell_nobody(_what: str, _done: int, _of: int) -> None:
    return
