"""One passage of a link as `differences` looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.compare.figures_lexemes import FigureMention
from reader.compare.names import NameMention


@dataclass(frozen=True, slots=True)
class Clauses:
    """A passage cut into clauses, with the stem of each content word."""

    stems: list[str]
    """Empty for a word without content."""
    clause: list[int]
    """Number of the clause of each word."""
    denied: dict[int, tuple[int, int]]
    """Word to the cue that denies it and how many content words behind the cue it stands."""
    possible: dict[int, tuple[int, int]]
    """The same for the cue that makes it only possible."""
    denying: set[int]
    """Numbers of the clauses that deny anything."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage of a link with what was found in it."""

    body: str
    """The whole text its offsets count in."""
    words: Sequence[str]
    """Folded tokens of the passage."""
    starts: Sequence[int]
    """Where each begins in the body."""
    ends: Sequence[int]
    """One past where each ends."""
    figures: Sequence[FigureMention]
    """Those inside the passage, in order."""
    names: Sequence[NameMention]
    """Those inside the passage, in order."""
    clauses: list[Clauses] = field(default_factory=list, init=False, repr=False, compare=False)
    """Worked out once for all links of the passage, as what follows; empty until then."""
    stems: list[frozenset[str]] = field(default_factory=list, init=False, repr=False, compare=False)
    """Stems of its content words."""
    marked: list[frozenset[str]] = field(default_factory=list, init=False, repr=False, compare=False)
    """Those of them that a cue denies or makes only possible."""
    roles: list[dict[tuple[str, ...], NameMention]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """Names by the words right before them."""
