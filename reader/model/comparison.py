"""What a comparison found. Every judgement carries the places it rests on; shapes as in `docs/formats.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.model.article import ArticleInfo

Level = Literal["verbatim", "near", "reworded"]
"""How alike the words of a link are."""
DifferenceKind = Literal["figure", "time", "name", "negation", "modality"]
QuoteFlag = Literal["elided", "shortened", "words-changed", "bracketed", "attribution-differs"]
QUOTE_FLAGS: tuple[QuoteFlag, ...] = (
    "elided",
    "shortened",
    "words-changed",
    "bracketed",
    "attribution-differs",
)
"""In the order they are printed."""
FigureState = Literal["agree", "differs", "only"]
FigureKind = Literal["time", "date", "number", "money", "percent"]
FigureValue = float | int | str | tuple[float | int, float | int] | None
"""A number, a low-high pair, `"15:30"`, a partial ISO date, or `None` for a vague amount ("several")."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one article of the comparison."""

    article: int
    """Index into `Comparison.articles`."""
    start: int
    """Code point in that article's body."""
    end: int
    """One past the last code point."""
    text: str
    """That slice of the body."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two spans inside a link that do not say the same."""

    kind: DifferenceKind
    """What differs."""
    a: Place
    """In the link's first article."""
    b: Place
    """In its second."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One shared token and what it adds to a link's score."""

    token: str
    """Folded word as it stands in `a`."""
    weight: float
    """Its part of the score."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two passages of different articles that say the same."""

    a: Place
    """`a.article < b.article`."""
    b: Place
    """The other passage."""
    level: Level
    """Verbatim, near, or reworded."""
    score: float
    """0 to 1, inside this comparison."""
    differs: tuple[Difference, ...]
    """In order of place; empty when nothing was seen to differ."""
    why: tuple[Weight, ...]
    """Heaviest first; the weights add up to the score."""


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A quote where one article has it."""

    place: Place
    """The words between the marks."""
    speaker: str | None
    """As written near the quote."""
    speaker_name: str | None
    """The name `speaker` resolves to in the article."""


@dataclass(frozen=True, slots=True)
class SharedQuote:
    """Words that at least two articles quote."""

    places: tuple[QuotePlace, ...]
    """In order of place; at most one for an article unless it repeats the quote."""
    flags: tuple[QuoteFlag, ...]
    """In the order of `QUOTE_FLAGS`."""


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A figure where one article has it."""

    place: Place
    """The figure with its unit."""
    value: FigureValue
    """Normalised."""
    unit: str | None
    """A singular noun, a currency, `%`, a zone, or `None`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what the other articles say of it."""

    state: FigureState
    """`only` when no other article has one to set beside it: a missing figure is no difference."""
    kind: FigureKind
    """Of all its places."""
    places: tuple[FigurePlace, ...]
    """In order of place."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way an article writes a name."""

    text: str
    """As written."""
    article: int
    """Index into `Comparison.articles`."""
    count: int
    """How often."""


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or body, joined across articles and spellings."""

    key: str
    """The longest form, folded."""
    spellings: tuple[Spelling, ...]
    """By article, then by first place."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Passages that say one thing, at most one an article."""

    members: tuple[Place, ...]
    """At least two, in order of article."""
    sources: int
    """How many distinct sources say it."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of an article other sources have too."""

    article: int
    """Index into `Comparison.articles`."""
    shared: float
    """0 to 1 of the characters of its body paragraphs."""
    credited: tuple[Place, ...]
    """Where it credits an agency ("Reuters reported")."""


@dataclass(frozen=True, slots=True)
class HeadlineItem:
    """One article's headline against the others."""

    article: int
    """Index into `Comparison.articles`."""
    text: str | None
    """`None` when it has none."""
    own: tuple[str, ...]
    """Words only this headline has."""
    unsupported: tuple[str, ...]
    """Its words that its own body does not have."""


@dataclass(frozen=True, slots=True)
class Headlines:
    """All headlines side by side."""

    common: tuple[str, ...]
    """Words that every headline has."""
    items: tuple[HeadlineItem, ...]
    """One for each article, in order."""


@dataclass(frozen=True, slots=True)
class Only:
    """A passage that no other article has."""

    place: Place
    """The passage."""
    weight: float
    """0 to 1: how much it adds, the heaviest of the comparison being 1."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything found between two or more articles. Lists are in order of place; `only` heaviest first."""

    articles: tuple[ArticleInfo, ...]
    """In the order asked for."""
    links: tuple[Link, ...]
    """May be empty."""
    quotes: tuple[SharedQuote, ...]
    """May be empty."""
    figures: tuple[Figure, ...]
    """May be empty."""
    names: tuple[Name, ...]
    """By key."""
    claims: tuple[Claim, ...]
    """By first member."""
    shares: tuple[Share, ...]
    """One for each article."""
    headlines: Headlines
    """Side by side."""
    only: tuple[Only, ...]
    """Heaviest first, then by place."""
    boilerplate: tuple[Place, ...]
    """Flagged lines, never compared."""


@dataclass(frozen=True, slots=True)
class TraceHit:
    """Where else the same words or the same claim stand."""

    article_id: str
    """Its id."""
    source: str
    """Its source."""
    start: int
    """Code point in its body."""
    end: int
    """One past the last."""
    text: str
    """That slice."""
    level: Level
    """How alike."""
    score: float
    """0 to 1, best first."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A passage and everywhere else it stands."""

    query: str
    """The text that was traced."""
    hits: tuple[TraceHit, ...]
    """Best first, then by id and place."""
