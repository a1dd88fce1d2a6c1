"""The user's word on stories: these articles are one, those are not. A later decision overrides.

Decisions are kept as they were made and replayed, so that undo is taking the last one away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reader.model.errors import StateError
from reader.state.database import Database
from reader.state.marks import articles
from reader.state.undo import Sentences, Transaction

DecisionKind = Literal["merge", "split"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on stories."""

    kind: DecisionKind
    """Whether articles were put together or parted."""
    groups: tuple[tuple[str, ...], ...]
    """Article ids: one group that was merged; or the group split away and the one it was split from."""
    at: str
    """UTC time in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all decisions together say."""

    merged: tuple[tuple[str, ...], ...]
    """Disjoint groups of at least two articles that are one story; each sorted, and sorted."""
    split: tuple[tuple[str, str], ...]
    """Pairs of articles that are not one story; each sorted, and sorted."""


class StoryStore:
    """Decisions on stories; every one is a step of undo."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def merge(self, article_ids: Iterable[str]) -> str:
        """These articles are one story. Raises `StateError` for fewer than two."""
        ids = tuple(sorted(set(article_ids)))
        if len(ids) < 2:
            raise StateError("a story is merged from at least two articles; nothing was changed")
        return self._decide(
            "merge",
            (ids,),
            Sentences(f"merged {articles(len(ids))} into one story", f"unmerged {articles(len(ids))}"),
        )

    def split(self, article_ids: Iterable[str], away_from: Iterable[str]) -> str:
        """These articles are not one story with those. Ids on both sides count as split away.

        Raises `StateError` when either side is empty.
        """
        away = tuple(sorted(set(article_ids)))
        rest = tuple(sorted(set(away_from).difference(away)))
        if not away or not rest:
            raise StateError("a split needs articles on both sides; nothing was changed")
        return self._decide(
            "split",
            (away, rest),
            Sentences(
                f"split {articles(len(away))} from {_others(len(rest))}",
                f"put {articles(len(away))} back together with {_others(len(rest))}",
            ),
        )

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions in the order made."""
        with self._database.reading("read your decisions on stories") as (connection, library):
            rows = connection.execute(
                "SELECT kind, groups, at FROM decision WHERE library = ? ORDER BY number", (library,)
            ).fetchall()
        return tuple(decision(kind, groups, at) for kind, groups, at in rows)

    def verdict(self) -> Verdict:
        """What all decisions together say."""
        return replay(self.decisions())

    def merged(self) -> tuple[tuple[str, ...], ...]:
        """Groups of articles that are one story; see `Verdict.merged`."""
        return self.verdict().merged

    def split_pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs of articles that are not one story; see `Verdict.split`."""
        return self.verdict().split

    def _decide(self, kind: DecisionKind, groups: tuple[tuple[str, ...], ...], sentences: Sentences) -> str:
        def work(transaction: Transaction) -> Sentences:
            add_decision(transaction, kind, groups)
            return sentences

        return self._database.change("save the decision on a story", work) or sentences.did


def add_decision(transaction: Transaction, kind: str, groups: tuple[tuple[str, ...], ...]) -> None:
    """Append a decision inside a change."""
    newest = transaction.connection.execute(
        "SELECT max(number) FROM decision WHERE library = ?", (transaction.library,)
    ).fetchone()[0]
    transaction.put("decision", (newest or 0) + 1, kind, groups_to_text(groups), transaction.now)


def groups_to_text(groups: tuple[tuple[str, ...], ...]) -> str:
    """How the groups of a decision are stored."""
    return json.dumps(groups, ensure_ascii=False, separators=(",", ":"))


def decision(kind: str, groups: str, at: str) -> Decision:
    """A decision from its row."""
    return Decision(
        "merge" if kind == "merge" else "split", tuple(tuple(group) for group in json.loads(groups)), at
    )


def replay(decisions: Iterable[Decision]) -> Verdict:
    """What decisions say together, each overriding those before it.

    A merge joins the whole groups its articles are in and forgets every split inside the result. A split
    cuts every group that has articles of both sides; articles it does not name stay with the second.
    """
    group_of: dict[str, frozenset[str]] = {}
    apart: set[tuple[str, str]] = set()
    for each in decisions:
        if each.kind == "merge":
            whole = frozenset(each.groups[0]).union(*(group_of.get(member, ()) for member in each.groups[0]))
            group_of.update(dict.fromkeys(whole, whole))
            apart = {pair for pair in apart if not whole.issuperset(pair)}
            continue
        away, rest = map(frozenset, each.groups)
        for group in {group_of[member] for member in away if member in group_of}:
            if group & rest:
                for part in (group & away, group - away):
                    group_of.update(dict.fromkeys(part, part))
        apart.update((min(a, b), max(a, b)) for a in away for b in rest)
    groups = {tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return Verdict(tuple(sorted(groups)), tuple(sorted(apart)))


def _others(count: int) -> str:
    return "1 other" if count == 1 else f"{count:,} others"
