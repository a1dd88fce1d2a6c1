"""How much of an article other articles have too, and where it credits an agency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from reader.model.article import Span

_AGENCY: Final = (
    r"(?:Reuters|Associated\s+Press|AFP|Agence\s+France-Presse|Bloomberg|Interfax|TASS|Tass|RIA\s+Novosti|Xinhua"
    r"|UPI|United\s+Press\s+International|DPA|ANSA|EFE|PTI|Press\s+Trust\s+of\s+India|ANI|PA\s+Media|Kyodo|Yonhap"
    r"|Anadolu|AP)"
)
_SAYING: Final = (
    r"(?:reported|reports?|said|says|quoted|cited|adds|added|first\s+reported|noted|writes|wrote|news\s+agency"
    r"|learned|has\s+reported|had\s+reported|poll|interview)"
)
_CREDIT: Final = re.compile(
    rf"\(\s*(?:The\s+)?{_AGENCY}\s*\)"
    rf"|\b(?:according\s+to|told|cited\s+by|quoted\s+by|interviewed\s+by|reported\s+by|obtained\s+by|citing|via)\s+"
    rf"(?:the\s+)?{_AGENCY}\b(?:\s+news\s+agency)?"
    rf"|\b{_AGENCY}\s+{_SAYING}\b"
    rf"|\b{_AGENCY}\s+contributed\s+to\s+this\s+(?:report|story|article)\b"
)


def credited(body: str, paragraphs: Iterable[Span]) -> tuple[Span, ...]:
    """Where these paragraphs credit a news agency ("Reuters reported", "(AP)"), in order. Linear."""
    return tuple(
        Span(*match.span())
        for paragraph in paragraphs
        for match in _CREDIT.finditer(body, paragraph.start, paragraph.end)
    )


def covered(spans: Iterable[Span]) -> int:
    """How many code points lie in at least one of the spans. O(n log n)."""
    total = 0
    reached = -1
    for span in sorted(spans):
        start = max(span.start, reached)
        if span.end > start:
            total += span.end - start
            reached = span.end
    return total


def share(shared: Sequence[Span], body_paragraphs: Sequence[Span]) -> float:
    """The part of the body paragraphs that lies in `shared`, 0 to 1; 0 for an article without any."""
    length = covered(body_paragraphs)
    return min(1.0, covered(shared) / length) if length else 0.0
