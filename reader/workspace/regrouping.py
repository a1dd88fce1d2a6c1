"""The stories of a library after a few articles have changed: only what they touch is formed anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from reader.compare.stories import StoryFeatures, Table, features, group, near_to
from reader.compare.story_vectors import Rarity
from reader.model import Article, CancelToken
from reader.workspace.story_files import Decision, Grouping, Shape

Near = Callable[[Article, StoryFeatures, Rarity], Collection[str]]
"""The articles that may tell the same as one, from a search."""

_MOST_TOUCHED = 2_000
"""With more articles in the stories concerned, all are grouped instead."""
_ALL_PAIRS = 150
"""So many articles are compared each with each; of more only those that share rare terms."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from the last grouping."""

    changed: tuple[str, ...]
    """Articles that are new or have another text."""
    removed: tuple[str, ...]
    """Articles that are gone."""
    decided: tuple[str, ...]
    """Articles of decisions that the reader took or took back."""
    is_same_window: bool
    """Whether the setting is the same."""

    @property
    def size(self) -> int:
        """How many articles it concerns."""
        return len(self.changed) + len(self.removed) + len(self.decided)

    @property
    def is_none(self) -> bool:
        """Whether nothing is different."""
        return self.size == 0 and self.is_same_window


def regrouped(
    kept: Grouping,
    change: Change,
    decisions: tuple[tuple[Decision, ...], tuple[Decision, ...]],
    rarity: Rarity,
    read: Callable[[Iterable[str]], Iterator[Article]],
    near: Near,
    cancel: CancelToken,
) -> tuple[Shape, ...] | None:
    """All stories of several articles; `None` when the change touches too much.

    Touched are the stories that the articles concerned belonged to, and those of articles that a changed one
    is near to. Their articles are grouped by themselves, with the terms weighed as in the whole library.
    """
    home = {article_id: number for number, (ids, _) in enumerate(kept.shapes) for article_id in ids}
    concerned = dict.fromkeys((*change.changed, *change.removed, *change.decided))
    made: dict[str, StoryFeatures] = {}

    def made_of(ids: Iterable[str]) -> list[StoryFeatures]:
        wanted = list(ids)
        for article in read([each for each in wanted if each not in made]):
            cancel.check()
            made[article.id] = features(article)
        return [made[each] for each in wanted if each in made]

    for article in read(change.changed):
        cancel.check()
        made[article.id] = one = features(article)
        others = made_of(each for each in near(article, one, rarity) if each != article.id)
        concerned.update(dict.fromkeys(near_to(one, others, rarity)))
    for decision in decisions[0]:
        # An article that came back belongs where the reader had put it.
        if not concerned.keys().isdisjoint(decision):
            concerned.update(dict.fromkeys(decision))
    touched = {home[each] for each in concerned if each in home}
    members = {*concerned, *chain.from_iterable(kept.shapes[number][0] for number in touched)}
    if len(members) > _MOST_TOUCHED:
        return None
    found = made_of(sorted(members.difference(change.removed)))
    pairs = {one.id: [other.id for other in found] for one in found} if len(found) <= _ALL_PAIRS else None
    merged, split = decisions
    stories = group(
        found,
        window_days=kept.window_days,
        candidates=pairs,
        merged=merged,
        split=split,
        cancel=cancel,
        table=Table(rarity=rarity),
    )
    return (
        *(shape for number, shape in enumerate(kept.shapes) if number not in touched),
        *((story.article_ids, story.evidence) for story in stories if len(story.article_ids) > 1),
    )
