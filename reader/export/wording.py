"""What is said of articles, links and quotes, in words: the same in text, Markdown and HTML.

We say "differs" and "only here"; a verdict is the reader's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reader.layout.row import Row
from reader.model import UNKNOWN_SOURCE, Article, ArticleInfo
from reader.model.comparison import (
    Comparison,
    Difference,
    Figure,
    Name,
    Place,
    QuoteFlag,
    SharedQuote,
)

FLAGS: dict[QuoteFlag, str] = {
    "elided": "cut with an ellipsis",
    "shortened": "words left out without a mark",
    "words-changed": "words changed",
    "bracketed": "words in brackets",
    "attribution-differs": "attributed differently",
}
"""What a flag of a quote says."""


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def labels(infos: Sequence[ArticleInfo]) -> tuple[str, ...]:
    """What to call each article: its source, or its id where the source is unknown or has two of them."""
    counts = Counter(info.source for info in infos)
    return tuple(
        info.id if info.source == UNKNOWN_SOURCE or counts[info.source] > 1 else info.source for info in infos
    )


def about(one: Article) -> str:
    """The line under an article's headline: source, date, author, hidden characters if any."""
    parts = [one.source, published(one), one.author or "", hidden(one)]
    return " · ".join(part for part in parts if part)


def hidden(one: ArticleInfo | Article) -> str:
    """`3 hidden characters`; empty for an ordinary text."""
    return f"{one.hidden:,} hidden character{'s' * (one.hidden != 1)}" if one.hidden else ""


def published(info: ArticleInfo | Article) -> str:
    """When, for people: `2025-08-15`, `2025-08-15 14:30 +02:00`, or `date unknown`."""
    if info.published is None:
        return "date unknown"
    day, _, time = info.published.partition("T")
    if not time:
        return day
    zone_at = max(time.find("+"), time.find("-"), time.find("Z"))
    clock, zone = (time[:5], time[zone_at:]) if zone_at > 0 else (time[:5], "")
    return f"{day} {clock} {zone.replace('Z', 'UTC')}".rstrip()


def facts(comparison: Comparison, article: int, *, day_only: bool = False) -> str:
    """The line under a column's name: date, length, how much others have too."""
    info = comparison.articles[article]
    when = published(info)
    parts = [when[:10] if day_only and info.published else when, f"{info.words} words"]
    parts += [f"{share.shared:.0%} shared" for share in comparison.shares if share.article == article]
    return " · ".join(parts)


def title(comparison: Comparison) -> str:
    """The first headline there is, or what is compared."""
    headlines = [info.headline for info in comparison.articles if info.headline]
    return one_line(headlines[0]) if headlines else " and ".join(labels(comparison.articles))


def counts(comparison: Comparison) -> str:
    """How much was found, in one line."""
    differing = sum(len(link.differs) for link in comparison.links)
    differing += sum(not is_told_by_link(figure, comparison) for figure in differing_figures(comparison))
    sources = len({info.source for info in comparison.articles})
    return " · ".join(
        (
            counted(len(comparison.articles), "article")
            if sources < len(comparison.articles)
            else counted(sources, "source"),
            counted(len(comparison.links), "link"),
            counted(len(comparison.quotes), "shared quote"),
            f"{differing} {'differs' if differing == 1 else 'differ'}",
        )
    )


def differing_figures(comparison: Comparison) -> tuple[Figure, ...]:
    """The figures that differ."""
    return tuple(figure for figure in comparison.figures if figure.state == "differs")


def is_told_by_link(figure: Figure, comparison: Comparison) -> bool:
    """Whether a difference of a link already sets these figures against each other."""
    spans = [(there.place.article, there.place.start, there.place.end) for there in figure.places]
    return any(
        all(
            any(side.article == article and side.start < end and start < side.end for side in (one.a, one.b))
            for article, start, end in spans
        )
        for link in comparison.links
        for one in link.differs
    )


def counted(number: int, noun: str) -> str:
    """The number with its noun: `1 link`, `2 links`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def difference(found: Difference, names: Sequence[str] | None = None) -> str:
    """Both sides of a difference, with the articles' names if they are given."""
    return f"{found.kind}: {_side(found.a, names)} | {_side(found.b, names)}"


def _side(place: Place, names: Sequence[str] | None) -> str:
    return one_line(place.text) if names is None else f"{names[place.article]}: {one_line(place.text)}"


def quote_flags(quote: SharedQuote) -> str:
    """What was done to a shared quote; `the same words` when nothing was."""
    return ", ".join(FLAGS[flag] for flag in quote.flags) or "the same words"


def speakers(quote: SharedQuote) -> str:
    """Who is said to have said it, for each article that has it."""
    return " | ".join(there.speaker or "no speaker" for there in quote.places)


def figure_places(figure: Figure, names: Sequence[str]) -> str:
    """What each article gives for a figure."""
    return " | ".join(
        f"{names[there.place.article]}: {one_line(there.place.text)}" for there in figure.places
    )


def spellings(name: Name, names: Sequence[str]) -> str:
    """How each article writes a name."""
    return " | ".join(
        f"{names[spelling.article]}: {one_line(spelling.text)} ({spelling.count})"
        for spelling in name.spellings
    )


def is_spelled_differently(name: Name) -> bool:
    """Whether two articles write it in ways that neither shares with the other."""
    texts: dict[int, set[str]] = {}
    for spelling in name.spellings:
        texts.setdefault(spelling.article, set()).add(spelling.text)
    return any(a.isdisjoint(b) for a in texts.values() for b in texts.values())


def evidence(
    row: Row, comparison: Comparison, columns: Sequence[int], names: Sequence[str]
) -> tuple[str, ...]:
    """What a row rests on, a line each: what differs, what was done to a quote, where a link leads."""
    return tuple(dict.fromkeys(_evidence(row, comparison, columns, names)))


def _evidence(
    row: Row, comparison: Comparison, columns: Sequence[int], names: Sequence[str]
) -> Iterator[str]:
    named = names if len(columns) > 2 else None
    for index in row.links:
        for found in comparison.links[index].differs:
            yield f"differs · {difference(found, named)}"
    for index in row.figures:
        figure = comparison.figures[index]
        shown = [there.place for there in figure.places if there.place.article in columns]
        if figure.state == "differs" and len(shown) > 1 and not is_told_by_link(figure, comparison):
            where = "" if "differs" in row.gutters else "out of order · "
            yield f"differs · {where}{figure.kind}: " + " | ".join(_side(place, named) for place in shown)
    for index in row.quotes:
        quote = comparison.quotes[index]
        yield f"quote · {quote_flags(quote)} · {speakers(quote)}"
    for index in row.crossed_quotes:
        quote = comparison.quotes[index]
        others = [there.place for there in quote.places if not row.holds(there.place)]
        words = " | ".join(f"{names[there.article]}: “{one_line(there.text)}”" for there in others)
        yield f"quote · out of order · {quote_flags(quote)} · {speakers(quote)} · {words}"
    for number, index in enumerate(row.crossed):
        link = comparison.links[index]
        for found in link.differs:
            yield f"differs · out of order · {difference(found, named)}"
        if row.mark == "crossed" and number == 0 and not row.crossed_quotes:
            there: Place = link.b if row.holds(link.a) else link.a
            yield f"out of order · {link.level} in {names[there.article]}: {one_line(there.text)}"
