"""What is emphasised inside the cells of a comparison: shared words, what differs, quotes, figures, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from reader.layout.runs import Mark
from reader.model import Article
from reader.model.comparison import Comparison, Link, Name, Place
from reader.text.tokens import STOP_WORDS, stem, tokens

MarkName = Literal["shared", "differs", "quote", "figure", "name", "only", "boilerplate"]
"""A shared word, one side of a difference, a shared quote, a figure with a counterpart, a name spelled in
more than one way or in one column only, a passage no other article has, a flagged line."""

_WORD = re.compile(r"\w+")


def emphasis(
    comparison: Comparison, articles: Sequence[Article], columns: Sequence[int] = (0, 1)
) -> tuple[tuple[Mark, ...], ...]:
    """The marks of each column, sorted; they may overlap. `articles` are those of `comparison.articles`."""
    shown = set(columns)
    found: dict[int, set[Mark]] = {column: set() for column in columns}

    def add(place: Place, name: MarkName) -> None:
        if place.article in shown:
            found[place.article].add(Mark(place.start, place.end, name))

    for link in comparison.links:
        if link.a.article in shown and link.b.article in shown:
            for place in shared_words(link, articles[link.a.article].body, articles[link.b.article].body):
                add(place, "shared")
            for difference in link.differs:
                add(difference.a, "differs")
                add(difference.b, "differs")
    for quote in comparison.quotes:
        if len(shown & {quoted.place.article for quoted in quote.places}) > 1:
            for quoted in quote.places:
                add(quoted.place, "quote")
    for figure in comparison.figures:
        for there in figure.places if figure.state != "only" else ():
            add(there.place, "figure" if figure.state == "agree" else "differs")
    for place in names_of_note(comparison, [articles[column] for column in columns], columns):
        add(place, "name")
    for only in comparison.only:
        add(only.place, "only")
    for place in comparison.boilerplate:
        add(place, "boilerplate")
    return tuple(tuple(sorted(found[column])) for column in columns)


def shared_words(link: Link, a: str, b: str) -> Iterator[Place]:
    """The words of a link that both passages have, neighbours joined; `a` and `b` are its bodies.

    In a verbatim or near passage the small words count as well.
    """
    skipped = STOP_WORDS if link.level == "reworded" else frozenset[str]()
    first = [(stem(token.text), token) for token in tokens(a, link.a.start, link.a.end)]
    second = [(stem(token.text), token) for token in tokens(b, link.b.start, link.b.end)]
    common = {word for word, token in first if token.text not in skipped} & {word for word, _ in second}
    for words, place in ((first, link.a), (second, link.b)):
        run: Place | None = None
        for word, token in words:
            if word not in common:
                if run is not None:
                    yield run
                run = None
            else:
                run = Place(place.article, token.start if run is None else run.start, token.end, "")
        if run is not None:
            yield run


def names_of_note(
    comparison: Comparison, articles: Sequence[Article], columns: Sequence[int]
) -> Iterator[Place]:
    """Where names stand that the columns spell in more than one way, or that one column alone has.

    `articles` are the columns' own, in the order of `columns`.
    """
    for column, article in zip(columns, articles, strict=True):
        texts = {
            spelling.text
            for name in comparison.names
            if _is_of_note(name, columns)
            for spelling in name.spellings
            if spelling.article == column
        }
        for start, end in _occurrences(texts, article.body):
            yield Place(column, start, end, "")


def _is_of_note(name: Name, columns: Sequence[int]) -> bool:
    texts: dict[int, set[str]] = {}
    for spelling in name.spellings:
        if spelling.article in columns:
            texts.setdefault(spelling.article, set()).add(spelling.text)
    if len(texts) == 1:
        return True
    return any(words.isdisjoint(others) for words in texts.values() for others in texts.values())


def _occurrences(texts: Iterable[str], body: str) -> Iterator[tuple[int, int]]:
    """Where the texts stand as whole words, the longest where several begin. O(body), however many texts."""
    by_first_word: dict[str, list[str]] = {}
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        first = _WORD.match(text)
        if first is not None:
            by_first_word.setdefault(first[0], []).append(text)
    reached = 0
    for word in _WORD.finditer(body) if by_first_word else ():
        start = word.start()
        for text in by_first_word.get(word[0], ()) if start >= reached else ():
            end = start + len(text)
            if body.startswith(text, start) and not _WORD.match(body, end):
                yield start, end
                reached = end
                break
