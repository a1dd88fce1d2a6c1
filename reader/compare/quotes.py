"""Words in quotation marks: finding them, and finding them again in another article.

Extraction reads the marks of one paragraph at a time with a stack, so that an unbalanced mark costs only
itself. Nothing here decides who is right when two articles quote differently; it says how they differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reader.compare import quotes_match
from reader.compare.names import NameTable
from reader.compare.speakers import Attribution, attribute, is_pronoun, same_description
from reader.model.article import Span
from reader.model.comparison import QUOTE_FLAGS, Place, QuoteFlag, QuotePlace, SharedQuote
from reader.text.tokens import tokens


@dataclass(frozen=True, slots=True)
class Quote:
    """One stretch of words between quotation marks, inside one paragraph."""

    span: Span
    """Without the marks and the white space inside them."""
    text_segments: tuple[str, ...]
    """Folded words parted by spaces, in order; `…` stands for an ellipsis, `[words` for a bracket."""
    speaker: str | None
    """As written near the quote: a name, a description ("a Kremlin official") or a pronoun."""
    speaker_span: Span | None
    """Where that stands in the same body."""
    cue: str | None
    """The folded word that ties them together ("said"); `None` when there is none."""


def extract(body: str, spans: Sequence[Span]) -> tuple[Quote, ...]:
    """The quotes of the paragraphs `spans` (sorted, disjoint), in order, disjoint.

    A quote that goes on in the next paragraph, which then opens with a mark again, is one quote a paragraph
    with one speaker. Linear in the length of the spans.
    """
    found: list[Quote] = []
    chained = False
    group = 0
    for number, span in enumerate(spans):
        follower = body[spans[number + 1].start] if number + 1 < len(spans) else ""
        stretches, unclosed = _stretches(body, span, follower, chained)
        earlier = len(found)
        group = group if chained else earlier
        lead = spans[number - 1] if number else None
        for position, stretch in enumerate(stretches):
            before = stretches[position - 1] if position else None
            after = stretches[position + 1] if position + 1 < len(stretches) else None
            found.append(_quote(body, stretch, attribute(body, span, stretch, before, after, lead)))
        if (
            stretches
            and not chained
            and lead
            and _is_all(span, stretches)
            and _is_inside(found, earlier - 1, lead)
        ):
            # A paragraph that is nothing but a quote goes on with the speaker of the one above.
            group = earlier - 1
        _share_speakers(found, group)
        chained = unclosed
    return tuple(found)


def _quote(body: str, stretch: Span, attribution: Attribution | None) -> Quote:
    segments = text_segments(body, stretch)
    if attribution is None:
        return Quote(stretch, segments, None, None, None)
    span = attribution.span
    return Quote(stretch, segments, span.slice(body), span, attribution.cue)


def _is_all(span: Span, stretches: Sequence[Span]) -> bool:
    """Whether a paragraph is one quote and its marks."""
    return len(stretches) == 1 and span.end - span.start - (stretches[0].end - stretches[0].start) <= 3


def _is_inside(found: Sequence[Quote], number: int, span: Span) -> bool:
    return number >= 0 and found[number].span.start >= span.start


def _share_speakers(found: list[Quote], group: int) -> None:
    """Give quotes from `group` on that have no speaker the one of the quote before them, else after them."""
    for position in range(group + 1, len(found)):
        found[position] = _spoken_by(found[position], found[position - 1])
    for position in range(len(found) - 2, group - 1, -1):
        found[position] = _spoken_by(found[position], found[position + 1])


def _spoken_by(quote: Quote, other: Quote) -> Quote:
    if quote.speaker is not None or other.speaker is None:
        return quote
    return replace(quote, speaker=other.speaker, speaker_span=other.speaker_span, cue=other.cue)


# A run of one mark is one mark: it costs nothing to open what never closes. Two single ones are double.
_MARK: Final = re.compile("“+|\"+|''|‘‘|’’|[”„‟«»‘’']")
_CLOSES: Final = {"”": "“", "’’": "“", "“": "„", "»": "«"}
_OPENERS: Final = frozenset('“«"„‟')
_ELISIONS: Final = re.compile(r"['‘](?:\d|em\b|til\b|tis\b|twas\b|cause\b|n\b)", re.I)
_LONGEST_SINGLE: Final = 300
_DEEPEST: Final = 3
"""Open marks that a close may step over."""
_SHORTEST_SINGLE: Final = 6


@dataclass(slots=True)
class _Open:
    """An opening mark that waits for its close."""

    kind: str
    """`“`, `«`, `„`, `"` or `'` for both single marks."""
    at: int
    """Code point of the mark."""
    maybe_close: int = -1
    """A single mark that may be the close or a plural possessive ("workers’")."""


def _stretches(body: str, span: Span, follower: str, chained: bool) -> tuple[list[Span], bool]:
    """The outermost closed quotes of one paragraph, and whether it ends inside one that goes on below."""
    waiting: list[_Open] = []
    closed: list[tuple[int, int]] = []
    for match in _MARK.finditer(body, span.start, span.end):
        mark, (at, end) = match.group(), match.span()
        before = body[at - 1] if at > span.start else " "
        after = body[end] if end < span.end else " "
        if mark[0] == '"' or mark == "''":
            _straight((at, end), before, after, waiting, closed)
        elif mark in ("‘", "’", "'"):
            _single(body, mark, at, before, after, waiting, closed)
        elif mark in ("”", "’’", "»") or (mark == "“" and waiting and waiting[-1].kind == "„"):
            _close(_CLOSES[mark], at, waiting, closed)
        else:
            waiting.append(_Open(mark if mark in ("„", "«") else "“", end - 1))
    while waiting and waiting[-1].kind == "'":
        single = waiting.pop()
        if single.maybe_close >= 0:
            _keep(single.at, single.maybe_close, closed)
    goes_on = False
    if waiting:
        outer = waiting[0]
        at_start = outer.at == span.start
        goes_on = follower == body[outer.at] and follower in _OPENERS
        if goes_on or (chained and at_start):
            _keep(outer.at, span.end, closed)
    stretches = [_trimmed(body, start + 1, end) for start, end in closed]
    return [stretch for stretch in stretches if stretch is not None], goes_on


def _trimmed(body: str, start: int, end: int) -> Span | None:
    text = body[start:end]
    stripped = text.strip()
    if len(stripped) < 2 or not any(map(str.isalnum, stripped)):
        return None
    start += len(text) - len(text.lstrip())
    return Span(start, start + len(stripped))


def _keep(start: int, end: int, closed: list[tuple[int, int]]) -> None:
    while closed and closed[-1][0] > start:
        closed.pop()
    closed.append((start, end))


def _close(kind: str, at: int, waiting: list[_Open], closed: list[tuple[int, int]]) -> None:
    """Close the innermost open mark of a kind; marks opened inside it and never closed are dropped."""
    depth = len(waiting) - 1
    shallowest = max(0, depth - _DEEPEST)
    while depth >= shallowest and waiting[depth].kind != kind:
        depth -= 1
    if depth < shallowest:
        return
    start = waiting[depth].at
    del waiting[depth:]
    _keep(start, at, closed)


def _straight(
    mark: tuple[int, int], before: str, after: str, waiting: list[_Open], closed: list[tuple[int, int]]
) -> None:
    may_open = not before.isalnum() and before not in ".,!?" and not after.isspace()
    may_close = not before.isspace() and not after.isalnum()
    is_open = any(mark.kind == '"' for mark in waiting[-3:])
    if is_open and may_close:
        _close('"', mark[0], waiting, closed)
    elif may_open or (not is_open and before.isspace()):
        if is_open:
            # A second opening: the first one never closed.
            while waiting.pop().kind != '"':
                pass
        waiting.append(_Open('"', mark[1] - 1))


def _single(
    body: str,
    mark: str,
    at: int,
    before: str,
    after: str,
    waiting: list[_Open],
    closed: list[tuple[int, int]],
) -> None:
    is_open = bool(waiting) and waiting[-1].kind == "'"
    if is_open and at - waiting[-1].at > _LONGEST_SINGLE:
        expired = waiting.pop()
        if expired.maybe_close >= 0:
            _keep(expired.at, expired.maybe_close, closed)
        is_open = False
    if mark != "‘" and is_open and not before.isspace() and not after.isalnum():
        if before in "sS" and after == " ":
            if waiting[-1].maybe_close < 0:
                waiting[-1].maybe_close = at
            return
        start = waiting.pop().at
        if at - start > _SHORTEST_SINGLE:
            _keep(start, at, closed)
    elif mark != "’" and not before.isalnum() and not after.isspace() and not _ELISIONS.match(body, at):
        if is_open:
            left = waiting.pop()
            if left.maybe_close >= 0:
                _keep(left.at, left.maybe_close, closed)
        waiting.append(_Open("'", at))


_CUT: Final = re.compile(r"…|\.\s?\.\s?\.(?:\s?\.)?|\[([^\[\]\n]{0,60})\]")
_INITIAL: Final = re.compile(r"\[\w{1,2}\](?=\w)")


def text_segments(body: str, span: Span) -> tuple[str, ...]:
    """The folded words of a quote, cut where its writer marked an omission or put words of their own."""
    segments: list[str] = []
    at = span.start
    for cut in _CUT.finditer(body, span.start, span.end):
        if cut.start() < at:
            continue
        _add_words(body, at, cut.start(), segments)
        at = cut.end()
        inside = cut.group(1)
        if inside is None or inside.strip(" .…") == "":
            segments.append("…")
        elif _INITIAL.match(body, cut.start(), span.end):
            # "[W]e": the word is whole, only its first letter was changed.
            rest = tokens(body, cut.end(), span.end)[:1] if cut.end() < span.end else []
            segments.append("[")
            if rest:
                segments.append((inside + rest[0].text).casefold())
                at = rest[0].end
        else:
            segments.append("[" + " ".join(token.text for token in tokens(inside)))
    _add_words(body, at, span.end, segments)
    return tuple(segments)


def _add_words(body: str, start: int, end: int, segments: list[str]) -> None:
    words = " ".join([token.text for token in tokens(body, start, end)])
    if words:
        segments.append(words)


def shared(
    quotes_by_article: Sequence[Sequence[Quote]], bodies: Sequence[str], names: NameTable
) -> tuple[SharedQuote, ...]:
    """The quotes that at least two of the articles have, in order of place.

    Articles are numbered as given; `names` resolves speakers. Within one article nothing is matched: an
    article that repeats a quote has several places only when another one quotes it too.
    """
    flat = [(article, quote) for article, quotes in enumerate(quotes_by_article) for quote in quotes]
    streams = [quotes_match.stream(quote.text_segments) for _, quote in flat]
    pairs = quotes_match.pairs(streams, [article for article, _ in flat])
    groups = _connected(len(flat), [(a, b) for a, b, _ in pairs])
    flags: dict[int, set[QuoteFlag]] = {}
    for a, b, found in pairs:
        here = flags.setdefault(groups[a], set())
        here.update(found)
        if _attribution_differs(flat[a], flat[b], names):
            here.add("attribution-differs")
    places: dict[int, list[QuotePlace]] = {}
    for number, (article, quote) in enumerate(flat):
        if groups[number] in flags:
            span = quote.span
            place = Place(article, span.start, span.end, span.slice(bodies[article]))
            name = names.resolve(article, quote.speaker, quote.speaker_span)
            places.setdefault(groups[number], []).append(QuotePlace(place, quote.speaker, name))
    result = [
        SharedQuote(tuple(group), tuple(flag for flag in QUOTE_FLAGS if flag in flags[root]))
        for root, group in places.items()
    ]
    return tuple(sorted(result, key=lambda one: one.places[0].place))


def _attribution_differs(a: tuple[int, Quote], b: tuple[int, Quote], names: NameTable) -> bool:
    (article_a, quote_a), (article_b, quote_b) = a, b
    if quote_a.speaker is None or quote_b.speaker is None or not quote_a.cue or not quote_b.cue:
        # Without a verb of saying a speaker is only the likeliest name nearby.
        return False
    name_a = names.resolve(article_a, quote_a.speaker, quote_a.speaker_span)
    name_b = names.resolve(article_b, quote_b.speaker, quote_b.speaker_span)
    if name_a is not None and name_b is not None:
        return not names.same(name_a, name_b)
    if name_a is not None or name_b is not None or is_pronoun(quote_a.speaker) or is_pronoun(quote_b.speaker):
        return False
    return not same_description(quote_a.speaker, quote_b.speaker)


def _connected(size: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """For each item the smallest item it is connected with."""
    root = list(range(size))

    def top(item: int) -> int:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for a, b in edges:
        low, high = sorted((top(a), top(b)))
        root[high] = low
    return [top(item) for item in range(size)]
