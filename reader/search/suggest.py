"""What was probably meant when nothing was found, and how a query being typed may go on."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from reader.search.analysis import TextToken, surface, tokens_with_offsets
from reader.search.backend import Lexicon

_MAX_REPAIRED = 3
_MIN_LETTERS = 4
_OPERATORS = ("AND", "OR", "NOT")


def did_you_mean(text: str, lexicon: Lexicon) -> str | None:
    """The query with its unknown words spelled as the library does; `None` when there is no better one.

    At most three words are repaired, each by a search through the whole lexicon, so it is for queries that
    found nothing.
    """
    repaired = text
    for token in list(_unknown(text, lexicon))[:_MAX_REPAIRED][::-1]:
        if better := spelling(token.surface, lexicon):
            typed = text[token.start : token.end]
            better = better.capitalize() if typed[0].isupper() else better
            repaired = repaired[: token.start] + better + repaired[token.end :]
    return repaired if repaired != text else None


def spelling(word: str, lexicon: Lexicon) -> str | None:
    """The word of the library most like a folded word that it does not have, or two words run together."""
    max_edits = 1 if len(word) <= 5 else 2
    candidates = [(other, count) for other, count in lexicon.near(word, max_edits) if other != word]
    if candidates:
        return min(candidates, key=lambda candidate: _cost(word, *candidate))[0]
    return _parted(word, lexicon)


def completions(text: str, lexicon: Lexicon, limit: int = 8) -> tuple[str, ...]:
    """Whole queries that finish the last word of this one, most frequent word first."""
    start = max(text.rfind(character) for character in ' \t("“:') + 1
    last = surface(text[start:].lstrip("-+="))
    if len(last) < 2:
        return ()
    head = text[: len(text) - len(text[start:].lstrip("-+="))]
    return tuple(head + word for word, _ in lexicon.completions(last, limit))


def _unknown(text: str, lexicon: Lexicon) -> Iterator[TextToken]:
    """Words of a query that the library does not have. Fields, wildcards and operators are not words."""
    for token in tokens_with_offsets(text):
        is_word = token.term and token.surface.isalpha() and len(token.surface) >= _MIN_LETTERS
        around = text[token.end : token.end + 1]
        if not is_word or around in ("*", "?", "~", ":") or text[max(0, token.start - 1)] in "*?:-":
            continue
        if text[token.start : token.end] not in _OPERATORS and not lexicon.count(token.surface):
            yield token


def _cost(word: str, other: str, count: int) -> tuple[float, int, str]:
    """Fewer edits first; a wrong first letter is rarer than any other slip; then the more frequent word."""
    return OSA.distance(word, other) + (0.5 if word[0] != other[0] else 0.0), -count, other


def _parted(word: str, lexicon: Lexicon) -> str | None:
    """`airforce` as `air force`, at the place where the rarer half is most frequent."""
    parts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    scored = [(min(lexicon.count(a), lexicon.count(b)), f"{a} {b}") for a, b in parts]
    best = max(scored, default=(0, ""))
    return best[1] if best[0] else None
