"""Articles and comparisons as Markdown. Outside text is escaped: nothing in it becomes a mark or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reader.export.selection import Only, narrowed
from reader.export.wording import (
    about,
    counts,
    differing_figures,
    facts,
    figure_places,
    is_spelled_differently,
    is_told_by_link,
    labels,
    one_line,
    quote_flags,
    speakers,
    spellings,
    title,
)
from reader.layout.row import WORDS, RowMark
from reader.model import Article, Span
from reader.model.comparison import Comparison, Link

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#!$])")
_AT_START = re.compile(r"^(\s*)([-+=:]|\d+[.)])", re.M)
_LEVEL_WORDS: dict[str, RowMark] = {"verbatim": "same", "near": "near", "reworded": "reworded"}


def escaped(text: str) -> str:
    """The text so that a Markdown reader shows it as it stands, on one line."""
    line = _SPECIAL.sub(r"\\\1", one_line(text).replace("&", "&amp;"))
    return _AT_START.sub(_escaped_start, line)


def _escaped_start(match: re.Match[str]) -> str:
    return match[1] + re.sub(r"([-+=:.)])", r"\\\1", match[2])


def article_markdown(one: Article, *, highlights: Sequence[Span] = ()) -> str:
    """An article; what `highlights` cover is set in bold."""
    lines = [f"# {escaped(one.headline)}", ""] if one.headline else []
    lines += [f"*{escaped(about(one))}*", ""]
    if one.url:
        lines += [escaped(one.url), ""]
    for paragraph in one.paragraphs:
        text = "".join(_bold(one.body, paragraph.span, highlights))
        lines += [f"## {text}" if paragraph.kind == "heading" else text, ""]
    return "\n".join(lines).rstrip() + "\n"


def _bold(body: str, span: Span, highlights: Sequence[Span]) -> Iterator[str]:
    place = span.start
    for mark in highlights:
        if mark.overlaps(span):
            start, end = max(mark.start, span.start), min(mark.end, span.end)
            yield _kept(body[place:start]) + f"**{_kept(body[start:end]).strip()}**"
            place = end
    yield _kept(body[place : span.end])


def _kept(text: str) -> str:
    """Escaped, with the white space at its ends as one space."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{escaped(text)}{' ' * text[-1].isspace()}"


def comparison_markdown(found: Comparison, only: Only | None = None) -> str:
    """A comparison as a report: what differs, what is shared, what one article alone has."""
    chosen = narrowed(found, only)
    names = labels(found.articles)
    lines = list(_head(found, names))
    head_length = len(lines)
    lines += _section("What differs", _differences(chosen, names))
    lines += _section("Shared quotes", _quotes(chosen, names))
    if only != "differences":
        lines += _section("Shared passages", _links(chosen.links, names))
    lines += _section("Figures", _figures(chosen, names, only))
    heading = "Names" if only == "names" else "Names in more than one spelling"
    lines += _section(heading, _names(chosen, names, only))
    lines += _section("Only here", _only(chosen, names))
    if len(lines) == head_length:
        lines += ["Nothing of this kind was found."]
    return "\n".join(lines).rstrip() + "\n"


def _head(found: Comparison, names: Sequence[str]) -> Iterator[str]:
    yield f"# {escaped(title(found))}"
    yield ""
    yield escaped(counts(found))
    yield ""
    yield "| source | article | headline | facts |"
    yield "|---|---|---|---|"
    for index, info in enumerate(found.articles):
        fields = (names[index], info.id, info.headline or "no headline", facts(found, index))
        yield f"| {' | '.join(map(escaped, fields))} |"
    yield ""


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    made = list(lines)
    if made:
        yield f"## {heading}"
        yield ""
        yield from made
        yield ""


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    made = list(rows)
    if made:
        yield f"| {' | '.join(names)} |"
        yield "|" + "---|" * len(names)
        for row in made:
            yield f"| {' | '.join(row)} |"


def _differences(found: Comparison, names: Sequence[str]) -> Iterator[str]:
    rows: list[tuple[str, str, str]] = []
    for link in found.links:
        for one in link.differs:
            rows.append(
                (
                    one.kind,
                    f"{escaped(names[one.a.article])}: **{escaped(one.a.text)}**",
                    f"{escaped(names[one.b.article])}: **{escaped(one.b.text)}**",
                )
            )
    for figure in differing_figures(found):
        if not is_told_by_link(figure, found):
            sides = [
                f"{escaped(names[there.place.article])}: **{escaped(there.place.text)}**"
                for there in figure.places
            ]
            rows.append((figure.kind, sides[0], "; ".join(sides[1:])))
    return _table(("what", "here", "there"), dict.fromkeys(rows))


def _quotes(found: Comparison, names: Sequence[str]) -> Iterator[str]:
    for quote in found.quotes:
        for there in quote.places:
            speaker = f" — {escaped(there.speaker)}" if there.speaker else ""
            yield f"> “{escaped(there.place.text)}”{speaker} (*{escaped(names[there.place.article])}*)"
            yield ">"
        yield f"> {escaped(quote_flags(quote))}: {escaped(speakers(quote))}"
        yield ""


def _links(links: Sequence[Link], names: Sequence[str]) -> Iterator[str]:
    rows = [
        (
            "differs" if link.differs else WORDS[_LEVEL_WORDS[link.level]],
            f"{escaped(names[link.a.article])}: {escaped(link.a.text)}",
            f"{escaped(names[link.b.article])}: {escaped(link.b.text)}",
        )
        for link in links
    ]
    return _table(("what", "here", "there"), rows)


def _figures(found: Comparison, names: Sequence[str], only: Only | None) -> Iterator[str]:
    for figure in found.figures:
        if figure.state != "only" or only == "figures":
            yield f"- {figure.state}, {figure.kind}: {escaped(figure_places(figure, names))}"


def _names(found: Comparison, names: Sequence[str], only: Only | None) -> Iterator[str]:
    for name in found.names:
        if only == "names" or is_spelled_differently(name):
            yield f"- {escaped(spellings(name, names))}"


def _only(found: Comparison, names: Sequence[str]) -> Iterator[str]:
    for index, label in enumerate(names):
        passages = [one for one in found.only if one.place.article == index]
        if passages:
            yield f"### {escaped(label)}"
            yield ""
            for one in passages:
                yield f"- {escaped(one.place.text)}"
            yield ""
