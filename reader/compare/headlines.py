"""Headlines side by side: what all say, what one says alone, and what its own text does not support."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reader.compare.passages import content_stem
from reader.model.comparison import HeadlineItem, Headlines
from reader.text.tokens import tokens


def side_by_side(headlines: Sequence[str | None], body_stems: Sequence[Collection[str]]) -> Headlines:
    """Compare the headlines of articles whose bodies hold these stems.

    Words are folded to be compared and given as written in the headline. Stop words are left out. With fewer
    than two headlines there is nothing in common.
    """
    written = [_content_words(headline) for headline in headlines]
    present = [words for words in written if words]
    common = set.intersection(*(set(words) for words in present)) if len(present) > 1 else set()
    items = []
    for index, (headline, words) in enumerate(zip(headlines, written, strict=True)):
        elsewhere = {stem for k, other in enumerate(written) if k != index for stem in other}
        body = body_stems[index]
        items.append(
            HeadlineItem(
                index,
                headline,
                tuple(word for stem, word in words.items() if stem not in elsewhere),
                tuple(word for stem, word in words.items() if stem not in body),
            )
        )
    first = present[0] if present else {}
    return Headlines(tuple(word for stem, word in first.items() if stem in common), tuple(items))


def _content_words(headline: str | None) -> dict[str, str]:
    """Stems of a headline with the word as written, in order."""
    found: dict[str, str] = {}
    for word, start, end in tokens(headline or ""):
        stem = content_stem(word)
        if stem:
            found.setdefault(stem, (headline or "")[start:end])
    return found
