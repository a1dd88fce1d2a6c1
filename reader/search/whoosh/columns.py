"""What a segment knows of each of its articles besides words: id, digest, source, date, lengths.

One flat file per segment, written once, mapped or read whole when a snapshot opens. Two orders are kept with
it, so that opening never sorts: newest first (undated last, then by id) and by id.
"""

from __future__ import annotations

import datetime as dt
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from whoosh.util.numeric import length_to_byte

from reader.model import Article
from reader.model.article import published_day, published_seconds
from reader.model.errors import IndexUnusable
from reader.search.whoosh.lists import gathered
from reader.search.whoosh.schema import PreparedArticle

EXTENSION = ".cols"
UNDATED = -(2**63)
"""Stands for no date, both in seconds and in days."""

_MAGIC = b"RC1\0"
_HEAD = struct.Struct("=4sII")


@dataclass(slots=True)
class Row:
    """One article's values."""

    article_id: str
    digest: str
    source: str
    seconds: int
    """UTC seconds, or `UNDATED`."""
    day: int
    """Proleptic ordinal of the calendar day in the article's own offset; 0 without a date."""
    headline_positions: int
    """Positions below this belong to the headline."""
    tokens: int
    """Length of the text in tokens."""


def row_of(article: Article, prepared: PreparedArticle) -> Row:
    """The values of an article about to be written."""
    seconds = published_seconds(article.published)
    day = published_day(article.published)
    return Row(
        article.id,
        article.digest,
        article.source,
        UNDATED if seconds is None else seconds,
        0 if day is None else day.toordinal(),
        prepared.headline_positions,
        prepared.text.length,
    )


class ColumnsWriter:
    """Collects rows in document order."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._digests: list[str] = []
        self._sources: dict[str, int] = {}
        self._seconds = array("q")
        self._days = array("i")
        self._codes = array("I")
        self._heads = array("I")
        self._tokens = array("I")

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, row: Row) -> None:
        """Append the next document."""
        self._ids.append(row.article_id)
        self._digests.append(row.digest)
        self._codes.append(self._sources.setdefault(row.source, len(self._sources)))
        self._seconds.append(row.seconds)
        self._days.append(row.day)
        self._heads.append(row.headline_positions)
        self._tokens.append(row.tokens)

    def to_bytes(self) -> bytes:
        """The file."""
        count = len(self._ids)
        by_id = sorted(range(count), key=self._ids.__getitem__)
        # Stable: equal dates stay in order of id; undated is the smallest number and so comes last.
        newest = sorted(by_id, key=self._seconds.__getitem__, reverse=True)
        texts = (self._ids, self._digests, list(self._sources))
        blobs = [[text.encode("utf-8", "surrogatepass") for text in column] for column in texts]
        parts = [_HEAD.pack(_MAGIC, count, len(self._sources))]
        for numbers in (self._seconds, self._days, self._codes, self._heads, self._tokens):
            parts.append(numbers.tobytes())
        dated = [doc for doc in reversed(newest) if self._days[doc]]
        by_day = sorted(dated, key=self._days.__getitem__)
        # Undated documents fill the place of their days, so that every section has one length.
        by_day += [doc for doc in newest if not self._days[doc]]
        parts += [array("I", order).tobytes() for order in (by_id, newest, by_day)]
        parts.append(bytes(map(length_to_byte, self._tokens)))
        for blob in blobs:
            offsets = array("I", (0,))
            for text in blob:
                offsets.append(offsets[-1] + len(text))
            parts += [offsets.tobytes(), b"".join(blob)]
        return b"".join(parts)


class _Texts(Sequence[str]):
    """Strings kept as bytes and decoded one at a time."""

    def __init__(self, data: bytes, start: int, count: int) -> None:
        end = start + 4 * (count + 1)
        self._offsets = array("I", data[start:end])
        self.end = end + self._offsets[-1]
        self._blob = data[end : self.end]
        if len(self._blob) != self._offsets[-1]:
            raise IndexUnusable("a column of the index is cut short")

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # never sliced
        offsets = self._offsets
        return self._blob[offsets[index] : offsets[index + 1]].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        start = 0
        for end in self._offsets[1:]:
            yield self._blob[start:end].decode("utf-8", "surrogatepass")
            start = end


class Columns:
    """The columns of one segment. Immutable; document numbers are the segment's own."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEAD.size:
            raise IndexUnusable("a column file of the index is cut short")
        magic, count, source_count = _HEAD.unpack_from(data)
        if magic != _MAGIC or len(data) < _HEAD.size + 37 * count:
            raise IndexUnusable("a column file of the index is damaged")
        self.count: int = count
        start = _HEAD.size
        numbers: list[array[int]] = []
        for kind in "qiIIIIII":
            end = start + array(kind).itemsize * count
            numbers.append(array(kind, data[start:end]))
            start = end
        self.seconds, self.days, self.source_codes, self.headline_positions, self.tokens = numbers[:5]
        self.by_id, self.newest, by_day = numbers[5:]
        self.by_day = by_day[: count - self.days.count(0)]
        """Dated documents by calendar day, oldest first."""
        self.length_codes = data[start : start + count]
        """Per document the length of its text as Whoosh's one-byte code."""
        start += count
        self.ids = _Texts(data, start, count)
        self.digests = _Texts(data, self.ids.end, count)
        self.sources = tuple(_Texts(data, self.digests.end, source_count))

    @cached_property
    def newness(self) -> array[int]:
        """Per document its place in `newest`."""
        places = array("I", bytes(4 * self.count))
        for place, doc in enumerate(self.newest):
            places[doc] = place
        return places

    @cached_property
    def _sorted_days(self) -> array[int]:
        return gathered("i", self.days, self.by_day)

    @cached_property
    def months(self) -> array[int]:
        """Per document `year * 12 + month - 1` of its own calendar day; 0 without a date."""
        month_of: dict[int, int] = {}
        months = array("I")
        for day in self.days:
            month = month_of.get(day)
            if month is None:
                month = month_of[day] = _month(day)
            months.append(month)
        return months

    def day_places(self, low: int | None, high: int | None) -> tuple[int, int]:
        """Where in `by_day` the documents between two days stand, both included."""
        days = self._sorted_days
        first = 0 if low is None else bisect_left(days, low)
        return first, len(days) if high is None else bisect_right(days, high)

    def find(self, article_id: str) -> int | None:
        """The document of that id."""
        ids, by_id = self.ids, self.by_id
        place = bisect_left(by_id, article_id, key=ids.__getitem__)
        if place < len(by_id) and ids[by_id[place]] == article_id:
            return by_id[place]
        return None

    def row(self, doc: int) -> Row:
        """All values of one document, as they were written."""
        return Row(
            self.ids[doc],
            self.digests[doc],
            self.sources[self.source_codes[doc]],
            self.seconds[doc],
            self.days[doc],
            self.headline_positions[doc],
            self.tokens[doc],
        )


def _month(day: int) -> int:
    if not day:
        return 0
    date = dt.date.fromordinal(day)
    return date.year * 12 + date.month - 1
