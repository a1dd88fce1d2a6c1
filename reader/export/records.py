"""Articles, searches and comparisons as JSON documents. Shapes and order of keys: `docs/formats.md`.

Pure: what goes in alone decides the bytes that come out. A new key keeps the schema number, a changed one
raises it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from reader.model import Article, ArticleInfo, Problem, SourceCount, Story
from reader.model.comparison import (
    Comparison,
    Difference,
    Figure,
    FigureValue,
    Link,
    Place,
    SharedQuote,
    Trace,
)
from reader.model.keeping import KeptNote
from reader.model.results import SearchResults, Snippet

SCHEMA = 1
"""Of every document."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What JSON can hold."""
Record = dict[str, Json]
"""One JSON object."""

# What a terminal may act upon or JSON parsers may trip over; inside a JSON string an escape says the same.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def dumps(record: Json, *, indent: int | None = 2) -> str:
    """The record as JSON text without a final newline; harmless to a terminal, the same every time."""
    separators = (",", ": ") if indent else (", ", ": ")
    text = json.dumps(record, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def articles(infos: Iterable[ArticleInfo], problems: Iterable[Problem]) -> Record:
    """The document of kind `articles`."""
    return _document(
        "articles",
        articles=[_info(info) for info in infos],
        problems=[
            {"path": problem.path, "reason": problem.reason, "remedy": problem.remedy} for problem in problems
        ],
    )


def sources(counts: Iterable[SourceCount]) -> Record:
    """The document of kind `sources`."""
    return _document(
        "sources", sources=[{"source": count.source, "articles": count.articles} for count in counts]
    )


def stories(found: Iterable[Story]) -> Record:
    """The document of kind `stories`."""
    return _document("stories", stories=[story(one) for one in found])


def story(one: Story) -> Record:
    """One entry of `stories`."""
    return {
        "id": one.id,
        "headline": one.headline,
        "articles": list(one.article_ids),
        "sources": list(one.sources),
        "evidence": list(one.evidence),
    }


def search(
    results: SearchResults, infos: Mapping[str, ArticleInfo], snippets: Mapping[str, Snippet]
) -> Record:
    """The document of kind `search`."""
    return _document(
        "search",
        query=results.query,
        total=results.total,
        hits=hits(results, infos, snippets),
        took_ms=_rounded(results.elapsed_s * 1000),
        total_exact=results.total_exact,
        facets={
            name: [{"value": one.value, "count": one.count} for one in counts]
            for name, counts in results.facets
        },
        partial=results.partial,
        diagnostics=[{"message": said.message, "position": said.position} for said in results.diagnostics],
        suggestion=results.suggestion,
    )


def hits(
    results: SearchResults, infos: Mapping[str, ArticleInfo], snippets: Mapping[str, Snippet]
) -> list[Json]:
    """The entries of `hits`, in order; also the lines of `--jsonl`."""
    found: list[Json] = []
    for hit in results.hits:
        info = infos[hit.article_id]
        snippet = snippets.get(hit.article_id)
        found.append(
            {
                "id": info.id,
                "source": info.source,
                "headline": info.headline,
                "published": info.published,
                "score": _rounded(hit.score),
                "snippets": [] if snippet is None else [_snippet(snippet)],
            }
        )
    return found


def article(one: Article) -> Record:
    """The document of kind `article`."""
    return _document(
        "article",
        id=one.id,
        source=one.source,
        headline=one.headline,
        published=one.published,
        url=one.url,
        author=one.author,
        lang=one.lang,
        path=one.path,
        words=one.info.words,
        digest=one.digest,
        hidden=one.hidden,
        cut=one.cut,
        body=one.body,
        paragraphs=[
            {"start": part.span.start, "end": part.span.end, "kind": part.kind} for part in one.paragraphs
        ],
    )


def export(articles: Iterable[Article]) -> Record:
    """The document of kind `export`: whole articles."""
    return _document("export", articles=[article(one) for one in articles])


def notes(kept: Iterable[tuple[KeptNote, bool]]) -> Record:
    """The document of kind `notes`; each comes with whether its words still stand in the article."""
    return _document(
        "notes",
        notes=[
            {
                "id": note.id,
                "text": note.text,
                "places": [
                    {"id": place.article_id, "start": place.start, "end": place.end, "text": place.quoted}
                    for place in note.places
                ],
                "found": is_found,
            }
            for note, is_found in kept
        ],
    )


def comparison(found: Comparison) -> Record:
    """The document of kind `comparison`."""
    return _document(
        "comparison",
        articles=[_info(info) for info in found.articles],
        links=[_link(link) for link in found.links],
        quotes=[_quote(quote) for quote in found.quotes],
        figures=[_figure(figure) for figure in found.figures],
        names=[
            {
                "key": name.key,
                "spellings": [
                    {"text": spelling.text, "article": spelling.article, "count": spelling.count}
                    for spelling in name.spellings
                ],
            }
            for name in found.names
        ],
        claims=[
            {"members": [_place(place) for place in claim.members], "sources": claim.sources}
            for claim in found.claims
        ],
        shares=[
            {
                "article": share.article,
                "shared": _rounded(share.shared),
                "credited": [_place(place) for place in share.credited],
            }
            for share in found.shares
        ],
        headlines={
            "common": list(found.headlines.common),
            "items": [
                {
                    "article": item.article,
                    "text": item.text,
                    "own": list(item.own),
                    "unsupported": list(item.unsupported),
                }
                for item in found.headlines.items
            ],
        },
        only=[{**_place(only.place), "weight": _rounded(only.weight)} for only in found.only],
        boilerplate=[_place(place) for place in found.boilerplate],
    )


def trace(found: Trace) -> Record:
    """The document of kind `trace`."""
    return _document(
        "trace",
        query=found.query,
        hits=[
            {
                "id": hit.article_id,
                "source": hit.source,
                "start": hit.start,
                "end": hit.end,
                "text": hit.text,
                "level": hit.level,
                "score": _rounded(hit.score),
            }
            for hit in found.hits
        ],
    )


def _document(kind: str, **fields: object) -> Record:
    return {"schema": SCHEMA, "kind": kind, **fields}  # type: ignore[dict-item]  # built of Json above


def _info(info: ArticleInfo) -> Record:
    return {
        "id": info.id,
        "source": info.source,
        "headline": info.headline,
        "published": info.published,
        "path": info.path,
        "words": info.words,
        "hidden": info.hidden,
    }


def _snippet(snippet: Snippet) -> Record:
    return {"text": snippet.text, "spans": [[span.start, span.end] for span in snippet.spans]}


def _place(place: Place) -> Record:
    return {"article": place.article, "start": place.start, "end": place.end, "text": place.text}


def _link(link: Link) -> Record:
    return {
        "a": _place(link.a),
        "b": _place(link.b),
        "level": link.level,
        "score": _rounded(link.score),
        "differs": [_difference(difference) for difference in link.differs],
        "why": [{"token": part.token, "weight": _rounded(part.weight)} for part in link.why],
    }


def _difference(difference: Difference) -> Record:
    return {"kind": difference.kind, "a": _place(difference.a), "b": _place(difference.b)}


def _quote(quote: SharedQuote) -> Record:
    return {
        "places": [
            {**_place(there.place), "speaker": there.speaker, "speaker_name": there.speaker_name}
            for there in quote.places
        ],
        "flags": list(quote.flags),
    }


def _figure(figure: Figure) -> Record:
    return {
        "state": figure.state,
        "kind": figure.kind,
        "places": [
            {**_place(there.place), "value": _value(there.value), "unit": there.unit}
            for there in figure.places
        ],
    }


def _value(value: FigureValue) -> Json:
    if isinstance(value, tuple):
        return [_value(end) for end in value]
    return _rounded(value) if isinstance(value, float) else value


def _rounded(value: float) -> float:
    # Adding nought turns a negative zero into zero.
    return round(float(value), 3) + 0.0
