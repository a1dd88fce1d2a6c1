"""Average-link clustering of articles, exact, without ever holding a matrix.

Average link (UPGMA, Sokal and Michener 1958) joins the two clusters whose members are most alike on average.
With vectors that average is one dot product of the clusters' sums. Two clusters none of whose pairs reaches
the cut cannot reach it on average either, so only clusters joined by such a pair are ever compared.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import mul

from reader.compare.story_vectors import SparseVector, Vectors
from reader.model.cancel import CancelToken


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    total: SparseVector
    first_day: int | None
    last_day: int | None
    neighbours: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be joined."""

    cut: float
    """Least average similarity of two clusters that are joined."""
    window: int | None
    """Days between the first and the last dated article of a cluster; `None` for any."""
    days: Sequence[int | None]
    """Day number of each article."""
    together: Sequence[Collection[int]]
    """Articles that are one cluster whatever else; may overlap."""
    apart: Mapping[int, Collection[int]]
    """For some articles those they may share no cluster with; symmetric. Stronger than `together`."""


def clusters(
    vectors: Vectors, edges: Iterable[tuple[int, int]], rules: Rules, cancel: CancelToken
) -> list[list[int]]:
    """Clusters of article numbers, each sorted, by their first; articles that stand alone are left out.

    `edges` are the pairs that reach the cut, in any order.
    """
    joined = _seeds(rules)
    links: dict[int, set[int]] = {}
    for a, b in edges:
        links.setdefault(a, set()).add(b)
        links.setdefault(b, set()).add(a)
    made = [
        cluster
        for component in _components(links, joined)
        for cluster in _agglomerate(vectors, component, links, joined, rules, cancel)
    ]
    return sorted(cluster for cluster in made if len(cluster) > 1)


def _seeds(rules: Rules) -> dict[int, list[int]]:
    """For each article that is joined from the start, all articles it is joined with."""
    group: dict[int, list[int]] = {}
    for wanted in rules.together:
        members = sorted(wanted)
        for member in members[1:]:
            first, second = group.get(members[0], [members[0]]), group.get(member, [member])
            if first is second or (rules.apart and _are_apart(first, second, rules)):
                continue
            # The shorter joins the longer: a text that thousands copied is not written out for each.
            small, large = sorted((first, second), key=len)
            large += small
            group.update(dict.fromkeys((*small, large[0]), large))
    for members in {id(members): members for members in group.values()}.values():
        members.sort()
    return group


def _are_apart(a: Sequence[int], b: Sequence[int], rules: Rules) -> bool:
    return any(other in b for member in a for other in rules.apart.get(member, ()))


def _components(links: Mapping[int, Collection[int]], joined: Mapping[int, list[int]]) -> list[list[int]]:
    seen: set[int] = set()
    found: list[list[int]] = []
    for start in sorted({*links, *joined}):
        if start in seen:
            continue
        seen.add(start)
        component, waiting = [], [start]
        while waiting:
            at = waiting.pop()
            component.append(at)
            for other in (*links.get(at, ()), *joined.get(at, ())):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.append(sorted(component))
    return found


def _agglomerate(
    vectors: Vectors,
    component: Sequence[int],
    links: Mapping[int, Collection[int]],
    joined: Mapping[int, list[int]],
    rules: Rules,
    cancel: CancelToken,
) -> list[list[int]]:
    live: dict[int, _Cluster] = {}
    home: dict[int, int] = {}
    for index in component:
        members = joined.get(index, [index])
        if members[0] == index:
            live[index] = _cluster(vectors, members, rules)
            home.update(dict.fromkeys(members, index))
    for index in component:
        own = live[home[index]]
        own.neighbours.update(home[other] for other in links.get(index, ()) if home[other] != home[index])
    waiting: list[tuple[float, int, int, int, int]] = []

    def consider(a: int, b: int) -> None:
        a, b = min(a, b), max(a, b)
        one, two = live[a], live[b]
        if not _fit(one, two, rules):
            return
        alike = _dot(one.total, two.total) / (len(one.members) * len(two.members))
        if alike >= rules.cut:
            heapq.heappush(waiting, (-alike, a, b, len(one.members), len(two.members)))

    for index in sorted(live):
        for other in sorted(live[index].neighbours):
            if index < other:
                consider(index, other)
    while waiting:
        cancel.check()
        _, a, b, size_a, size_b = heapq.heappop(waiting)
        # An entry is stale once either side has grown or gone.
        if a not in live or b not in live or (len(live[a].members), len(live[b].members)) != (size_a, size_b):
            continue
        _join(live, a, b)
        for other in sorted(live[a].neighbours):
            consider(a, other)
    return [cluster.members for cluster in live.values()]


def _cluster(vectors: Vectors, members: Sequence[int], rules: Rules) -> _Cluster:
    total: SparseVector = {}
    for member in members:
        for term, weight in vectors.vector(member).items():
            total[term] = total.get(term, 0.0) + weight
    days = [day for day in (rules.days[member] for member in members) if day is not None]
    return _Cluster(list(members), total, min(days, default=None), max(days, default=None))


def _fit(a: _Cluster, b: _Cluster, rules: Rules) -> bool:
    if rules.apart and _are_apart(a.members, b.members, rules):
        return False
    if rules.window is None:
        return True
    if a.first_day is None or a.last_day is None or b.first_day is None or b.last_day is None:
        return True
    spread = max(a.last_day, b.last_day) - min(a.first_day, b.first_day)
    # A cluster that copies or the reader have made wider than the window may still grow inside its own width.
    return spread <= max(rules.window, a.last_day - a.first_day, b.last_day - b.first_day)


def _join(live: dict[int, _Cluster], a: int, b: int) -> None:
    one, two = live[a], live.pop(b)
    small, large = sorted((one.total, two.total), key=len)
    for term, weight in small.items():
        large[term] = large.get(term, 0.0) + weight
    one.total = large
    one.members = sorted(one.members + two.members)
    one.first_day = min((d for d in (one.first_day, two.first_day) if d is not None), default=None)
    one.last_day = max((d for d in (one.last_day, two.last_day) if d is not None), default=None)
    for other in two.neighbours:
        live[other].neighbours.discard(b)
        if other != a:
            live[other].neighbours.add(a)
            one.neighbours.add(other)
    one.neighbours.discard(b)


def _dot(a: SparseVector, b: SparseVector) -> float:
    if len(b) < len(a):
        a, b = b, a
    total: float = sum(map(mul, a.values(), map(b.get, a, repeat(0.0))))
    return total
