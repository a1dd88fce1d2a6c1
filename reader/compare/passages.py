"""A body cut into passages, the units that are compared: about one sentence each, never half a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reader.model.article import Paragraph, Span
from reader.text.sentences import QUOTE_LIMIT, sentences
from reader.text.tokens import STOP_WORDS, stem, tokens

MIN_CONTENT_WORDS: Final = 4
"""A passage with fewer words besides stop words is never linked."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of an article with what linking needs of it."""

    index: int
    """Place among the passages of its article."""
    span: Span
    """In the body, without the white space around it."""
    first: int
    """Index of its first token among the tokens of the article."""
    last: int
    """One past its last token."""
    terms: tuple[str, ...]
    """Distinct stems of its content words, in order of first place."""
    forms: tuple[str, ...]
    """The first folded word that has each of `terms`."""

    @property
    def is_linkable(self) -> bool:
        """Whether it says enough to be linked."""
        return len(self.terms) >= MIN_CONTENT_WORDS


@dataclass(frozen=True, slots=True)
class PassageText:
    """The passages of a body and its tokens as parallel columns."""

    passages: tuple[Passage, ...]
    """In order, disjoint; only of paragraphs of kind body."""
    words: tuple[str, ...]
    """Folded tokens of all passages, in order."""
    starts: tuple[int, ...]
    """Where each begins in the body."""
    ends: tuple[int, ...]
    """Where each ends."""


_QUOTATION: Final = re.compile(rf"“[^“”]{{0,{QUOTE_LIMIT}}}”|(?<!\w)\"[^\"\n]{{1,{QUOTE_LIMIT}}}\"(?!\w)")
# Words with which any passage may report any other.
_REPORTING: Final = frozenset({"said", "say", "says", "saying", "told", "also"})
_stems: dict[str, str] = {}
_STEM_CACHE_SIZE: Final = 100_000


def content_stem(word: str) -> str:
    """The stem of a folded word; empty for a word that says nothing of what a passage is about."""
    found = _stems.get(word)
    if found is None:
        is_letter = len(word) == 1 and word.isascii() and word.isalpha()
        found = "" if is_letter or word in STOP_WORDS or word in _REPORTING else stem(word)
        if len(_stems) >= _STEM_CACHE_SIZE:
            _stems.clear()
        _stems[word] = found
    return found


def cut(body: str, paragraphs: Sequence[Paragraph]) -> PassageText:
    """Cut the body paragraphs into passages. Headings, captions and boilerplate have none. Linear."""
    passages: list[Passage] = []
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for paragraph in paragraphs:
        if paragraph.kind != "body":
            continue
        for span in _whole_quotations(body, paragraph.span):
            first = len(words)
            forms: dict[str, str] = {}
            for token in tokens(body, span.start, span.end):
                word, start, end = token
                words.append(word)
                starts.append(start)
                ends.append(end)
                term = content_stem(word)
                if term and term not in forms:
                    forms[term] = word
            passages.append(
                Passage(len(passages), span, first, len(words), tuple(forms), tuple(forms.values()))
            )
    return PassageText(tuple(passages), tuple(words), tuple(starts), tuple(ends))


def _whole_quotations(body: str, paragraph: Span) -> list[Span]:
    """Sentences of a paragraph, joined where a boundary falls inside a short quotation."""
    found = sentences(body, paragraph.start, paragraph.end)
    if len(found) < 2:
        return list(found)
    quotations = [match.span() for match in _QUOTATION.finditer(body, paragraph.start, paragraph.end)]
    if not quotations:
        return list(found)
    opens = [start for start, _ in quotations]
    joined = [found[0]]
    for span in found[1:]:
        before = bisect_right(opens, span.start - 1) - 1
        if before >= 0 and quotations[before][1] > span.start and opens[before] < joined[-1].end:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
