"""Whether two quotes are the same words, and what was done to them on the way.

Works on the folded word streams of `Quote.text_segments` only: it knows no text, no speaker and no article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import LCSseq

from reader.model.comparison import QuoteFlag
from reader.text.tokens import STOP_WORDS

COVERAGE: Final = 0.7
"""Part of the shorter quote's words that common runs must cover."""
SHORTEST_RUN: Final = 3
"""Tokens of a common run; shorter runs count only beside a longer one."""
_SHORT_QUOTE: Final = 6
_SHORT_COVERAGE: Final = 0.8
_NEAR: Final = 2
_CANDIDATES: Final = 8
_LONGEST_POSTING: Final = 64

Block = tuple[int, int, int]
"""Start in the first stream, start in the second, length."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The words of one quote and the places where its writer cut or added."""

    words: tuple[str, ...]
    """Folded."""
    ellipses: frozenset[int]
    """Positions: an ellipsis stands before the word of that number (or after the last)."""
    brackets: dict[int, str]
    """Position to the words in the bracket that stands there."""
    trigrams: tuple[tuple[str, str, str], ...]
    """Of neighbouring words, across cuts too."""


def stream(segments: Sequence[str]) -> Stream:
    """Read `Quote.text_segments`."""
    words: list[str] = []
    ellipses: set[int] = set()
    brackets: dict[int, str] = {}
    for segment in segments:
        if segment == "…":
            ellipses.add(len(words))
        elif segment.startswith("["):
            brackets[len(words)] = segment[1:]
        else:
            words.extend(segment.split(" "))
    return Stream(
        tuple(words), frozenset(ellipses), brackets, tuple(zip(words, words[1:], words[2:], strict=False))
    )


def pairs(streams: Sequence[Stream], owners: Sequence[int]) -> list[tuple[int, int, tuple[QuoteFlag, ...]]]:
    """All matching pairs of streams of different owners, `a < b`, with their flags.

    Candidates share a trigram; the best eight of each stream are compared. Of the streams that share a
    trigram the first few are followed, which keeps a text that repeats itself linear.
    """
    posting: dict[tuple[str, str, str], list[int]] = {}
    found: list[tuple[int, int, tuple[QuoteFlag, ...]]] = []
    for number, one in enumerate(streams):
        votes: Counter[int] = Counter()
        for trigram in one.trigrams:
            others = posting.get(trigram)
            if others is None:
                posting[trigram] = [number]
                continue
            votes.update(others)
            if len(others) < _LONGEST_POSTING and others[-1] != number:
                others.append(number)
        others_first = sorted(
            (item for item in votes.items() if owners[item[0]] != owners[number]),
            key=lambda item: (-item[1], item[0]),
        )
        for other, _ in others_first[:_CANDIDATES]:
            flags = match(streams[other], one)
            if flags is not None:
                found.append((other, number, flags))
    return found


class Bank:
    """Many quotes, to be asked which of them a quote is."""

    def __init__(self, streams: Sequence[Stream]) -> None:
        """Index the trigrams of the streams, which are numbered as given."""
        self._streams = streams
        self._posting: dict[tuple[str, str, str], list[int]] = {}
        for number, one in enumerate(streams):
            for trigram in set(one.trigrams):
                self._posting.setdefault(trigram, []).append(number)

    def find(self, wanted: Stream) -> int:
        """The number of the quote that covers `wanted` best, the first of equals; -1 when none matches."""
        votes: Counter[int] = Counter()
        for trigram in wanted.trigrams:
            votes.update(self._posting.get(trigram, ())[:_LONGEST_POSTING])
        best, best_covered = -1, 0.0
        for number, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
            blocks = aligned(wanted, self._streams[number])
            covered = 0.0 if blocks is None else coverage(wanted, self._streams[number], blocks)
            if covered > best_covered:
                best, best_covered = number, covered
        return best


def match(a: Stream, b: Stream) -> tuple[QuoteFlag, ...] | None:
    """How two quotes of the same words differ, as flags; `None` for other words. Symmetric."""
    blocks = aligned(a, b)
    return None if blocks is None else flags(a, b, blocks)


def coverage(a: Stream, b: Stream, blocks: Sequence[Block]) -> float:
    """Part of the shorter quote's words that the blocks cover."""
    return sum(length for _, _, length in blocks) / max(1, min(len(a.words), len(b.words)))


def aligned(a: Stream, b: Stream) -> list[Block] | None:
    """The common runs of two quotes, in order, if they make them the same quote."""
    if (len(b.words), b.words) < (len(a.words), a.words):
        swapped = aligned(b, a)
        return None if swapped is None else [(j, i, length) for i, j, length in swapped]
    if len(a.words) < SHORTEST_RUN:
        return None
    blocks = _by_segments(a, b) or _by_segments_of_longer(a, b) or _by_common_subsequence(a, b)
    covered = coverage(a, b, blocks)
    if covered < (COVERAGE if len(a.words) >= _SHORT_QUOTE else _SHORT_COVERAGE):
        return None
    common = {word for start, _, length in blocks for word in a.words[start : start + length]}
    content = len(common - STOP_WORDS)
    if covered == 1.0 and len(blocks) == 1 and len(a.words) >= 4:
        # Four or more words in one piece: a fragment says less with content words than by standing whole.
        return blocks if content >= 1 else None
    return blocks if content >= 2 else None


def _by_segments(a: Stream, b: Stream) -> list[Block] | None:
    """Each uncut segment of `a` found whole in `b`, in order; the ellipses then stand exactly in the gaps."""
    cuts = sorted({0, len(a.words), *a.ellipses, *a.brackets})
    text = " " + " ".join(b.words) + " "
    blocks: list[Block] = []
    at = 0
    for start, end in pairwise(cuts):
        found = text.find(" " + " ".join(a.words[start:end]) + " ", at)
        if found < 0:
            return None
        blocks.append((start, text.count(" ", 0, found), end - start))
        at = found + sum(map(len, a.words[start:end])) + (end - start)
    return blocks


def _by_segments_of_longer(a: Stream, b: Stream) -> list[Block] | None:
    if not b.ellipses and not b.brackets:
        return None
    swapped = _by_segments(b, a)
    return None if swapped is None else [(j, i, length) for i, j, length in swapped]


def _by_common_subsequence(a: Stream, b: Stream) -> list[Block]:
    equal = [
        (op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in LCSseq.opcodes(a.words, b.words)
        if op.tag == "equal"
    ]
    kept = [length >= SHORTEST_RUN for _, _, length in equal]
    # A short run counts beside a long one: "was [the] president" is one word from its neighbours.
    for order in (range(1, len(equal)), range(len(equal) - 2, -1, -1)):
        for position in order:
            neighbour = position - order.step
            if not kept[position] and kept[neighbour] and _near(equal, min(position, neighbour)):
                kept[position] = True
    return [block for block, keep in zip(equal, kept, strict=True) if keep]


def _near(blocks: Sequence[Block], position: int) -> bool:
    (i, j, length), (next_i, next_j, _) = blocks[position], blocks[position + 1]
    return next_i - i - length <= _NEAR and next_j - j - length <= _NEAR


def flags(a: Stream, b: Stream, blocks: Sequence[Block]) -> tuple[QuoteFlag, ...]:
    """What the gaps between and around the blocks, and the marks inside them, say."""
    found: set[QuoteFlag] = set()
    if a.ellipses or b.ellipses or a.brackets or b.brackets:
        for i, j, length in blocks:
            for offset in range(1, length):
                _gap(a, b, (i + offset, i + offset), (j + offset, j + offset), False, found)
    edges = [(0, 0, 0), *blocks, (len(a.words), len(b.words), 0)]
    for number, ((i, j, length), (next_i, next_j, _)) in enumerate(pairwise(edges)):
        is_edge = number in (0, len(edges) - 2)
        _gap(a, b, (i + length, next_i), (j + length, next_j), is_edge, found)
    order: tuple[QuoteFlag, ...] = ("elided", "shortened", "words-changed", "bracketed")
    return tuple(flag for flag in order if flag in found)


def _marks(side: Stream, start: int, end: int) -> tuple[bool, list[str]]:
    """Whether an ellipsis stands from one word to another, and what the brackets there say."""
    ellipsis = any(start <= at <= end for at in side.ellipses)
    return ellipsis, [text for at, text in side.brackets.items() if start <= at <= end]


def _gap(
    a: Stream, b: Stream, in_a: tuple[int, int], in_b: tuple[int, int], is_edge: bool, found: set[QuoteFlag]
) -> None:
    """What one gap says: `in_a` and `in_b` are the words only one side has there, either may be empty."""
    missing_a, missing_b = in_b[1] - in_b[0], in_a[1] - in_a[0]
    ellipsis_a, brackets_a = _marks(a, *in_a)
    ellipsis_b, brackets_b = _marks(b, *in_b)
    # A bracket among words that the other side does not have was left out with them.
    brackets_a = brackets_a if missing_b <= 1 else []
    brackets_b = brackets_b if missing_a <= 1 else []
    marked = brackets_a != brackets_b
    if marked:
        found.add("bracketed")
    if is_edge or missing_a or missing_b:
        # Only a side that leaves words out can have marked it; the other's ellipsis was left out with them.
        elided = bool((ellipsis_a and missing_a > missing_b) or (ellipsis_b and missing_b > missing_a))
    else:
        elided = ellipsis_a != ellipsis_b
    if elided:
        found.add("elided")
    if missing_a and missing_b and (not is_edge or min(missing_a, missing_b) <= SHORTEST_RUN):
        found.add("words-changed")
        marked = marked or abs(missing_a - missing_b) < SHORTEST_RUN
    if (missing_a or missing_b) and not marked and not elided:
        found.add("shortened")
