"""A long body wrapped only where it is looked at: lines before they are needed are estimated, not made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reader.layout.wrap import PART, Line, blank_after, line_at, parts, wrap_span
from reader.model import Paragraph, Span

EAGER = 40_000
"""Code points up to which everything is wrapped at once, so that no total is an estimate."""
_BLOCK_PARAGRAPHS = 32


@dataclass(frozen=True, slots=True)
class _Block:
    """Some whole paragraphs, or a part of a giant one."""

    first: int
    last: int
    """Index of its last paragraph."""
    span: Span
    begins: bool
    """Whether its first paragraph begins here."""
    ends: bool
    """Whether its last paragraph ends here, and a blank line follows unless it is the last block."""


class Wrapped:
    """The lines of a body at a width, by number, made on demand.

    Opening costs a few microseconds for each block of about 8,000 characters. `height` and the numbers of
    lines are estimates for what was not looked at yet; `settle` says how far they moved.
    """

    def __init__(self, body: str, paragraphs: Sequence[Paragraph], width: int) -> None:
        self.body = body
        self.paragraphs = paragraphs
        self.width = width
        self._blocks = tuple(_blocks(body, paragraphs))
        self._starts = [block.span.start for block in self._blocks]
        self._heights = [self._estimate(block) for block in self._blocks]
        self._lines: list[tuple[Line, ...] | None] = [None] * len(self._blocks)
        self._tops = [0, *accumulate(self._heights)]
        if paragraphs and paragraphs[-1].span.end - paragraphs[0].span.start <= EAGER:
            self._make(range(len(self._blocks)))

    @property
    def height(self) -> int:
        """Lines in all; exact once `is_exact`."""
        return self._tops[-1]

    @property
    def is_exact(self) -> bool:
        """Whether every line has been made."""
        return None not in self._lines

    def line(self, number: int) -> Line:
        """The line of that number, counted from 0. Raises IndexError outside `[0, height)`.

        Call `settle` first for the lines a screen will ask for; a line made by this alone may move others.
        """
        if not 0 <= number < self.height:
            raise IndexError(number)
        block = bisect_right(self._tops, number) - 1
        self._make((block,))
        made = self._made(block)
        return made[min(number - self._tops[block], len(made) - 1)]

    def settle(self, first: int, count: int) -> int:
        """Make the lines from number `first` on, and a screen before and after them.

        Returns by how much what stood at `first` has moved: a view that scrolls by that shows the same text
        at the same place as before. `first` plus the answer is a line, wherever `first` was.
        """
        if not self._blocks:
            return 0
        asked = first
        first = min(max(first, 0), self.height - 1)
        anchor = bisect_right(self._tops, first) - 1
        inside = first - self._tops[anchor]
        was_made = self._lines[anchor] is not None
        low = bisect_right(self._tops, max(first - count, 0)) - 1
        self._make(range(max(low, 0), anchor + 1))
        end = anchor
        while end < len(self._blocks) and self._tops[end] < self._tops[anchor] + inside + 2 * count:
            self._make((end,))
            end += 1
        if not was_made:
            inside = min(inside, self._heights[anchor] - 1)
        return self._tops[anchor] + inside - asked

    def number_of(self, offset: int) -> int:
        """The number of the line that shows a code point of the body; its block is made."""
        if not self._blocks:
            return 0
        block = max(bisect_right(self._starts, offset) - 1, 0)
        self._make((block,))
        return self._tops[block] + line_at(self._made(block), offset)

    def lines(self) -> tuple[Line, ...]:
        """Every line, made now: what `wrap` returns. O(n)."""
        self._make(range(len(self._blocks)))
        return tuple(line for block in self._lines if block is not None for line in block)

    def _estimate(self, block: _Block) -> int:
        length = block.span.end - block.span.start
        paragraphs = block.last - block.first + 1
        return max(1, length // max(self.width, 2) + 2 * paragraphs - (not block.ends))

    def _made(self, block: int) -> tuple[Line, ...]:
        made = self._lines[block]
        assert made is not None
        return made

    def _make(self, blocks: Sequence[int]) -> None:
        changed = False
        for block in blocks:
            if self._lines[block] is None:
                made = tuple(self._wrap(self._blocks[block], block == len(self._blocks) - 1))
                self._lines[block] = made
                changed = changed or self._heights[block] != len(made)
                self._heights[block] = len(made)
        if changed:
            self._tops = [0, *accumulate(self._heights)]

    def _wrap(self, block: _Block, is_last: bool) -> Iterator[Line]:
        for index in range(block.first, block.last + 1):
            paragraph = self.paragraphs[index]
            begins = block.begins or index > block.first
            start = paragraph.span.start if begins else block.span.start
            end = min(paragraph.span.end, block.span.end)
            line: Line | None = None
            for line in wrap_span(
                self.body, Span(start, end), paragraph.kind, index, self.width, is_first=begins
            ):
                yield line
            ends = block.ends or index < block.last
            if line is not None and ends and not (is_last and index == block.last):
                yield blank_after(line)


def _blocks(body: str, paragraphs: Sequence[Paragraph]) -> Iterator[_Block]:
    first = 0
    while first < len(paragraphs):
        span = paragraphs[first].span
        if span.end - span.start > PART:
            for part in parts(body, span):
                yield _Block(first, first, part, part.start == span.start, part.end == span.end)
            first += 1
            continue
        fitting = bisect_right(
            paragraphs,
            span.start + PART,
            lo=first + 1,
            hi=min(first + _BLOCK_PARAGRAPHS, len(paragraphs)),
            key=lambda paragraph: paragraph.span.end,
        )
        yield _Block(first, fitting - 1, Span(span.start, paragraphs[fitting - 1].span.end), True, True)
        first = fitting
