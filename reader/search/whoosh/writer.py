"""Whoosh's segment writer with our pool, and the files a segment has besides Whoosh's own.

A writer takes whole prepared articles or whole older segments, and writes one new segment. It never decides
when; `commit.py` does.
"""

from __future__ import annotations

import gc
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from reader.model import Article, CancelToken
from reader.search.whoosh import columns as columns_file
from reader.search.whoosh import lexicon as lexicon_file
from reader.search.whoosh.columns import ColumnsWriter, row_of
from reader.search.whoosh.lexicon import Word, lexicon_bytes, words_of
from reader.search.whoosh.pool import SPILL_BYTES, GroupPool, TermPostings, renumbered
from reader.search.whoosh.postings import FlatCodec
from reader.search.whoosh.schema import AUTHOR, TEXT, prepare
from reader.search.whoosh.segment import Segment


class ArticleWriter(SegmentWriter):  # type: ignore[misc]  # whoosh is untyped
    """Writes one segment. The caller holds the lock, and calls `finish` or `cancel`."""

    def __init__(self, index: Any, spill_bytes: int = SPILL_BYTES, cancel: CancelToken | None = None) -> None:
        super().__init__(index, _lk=False, codec=FlatCodec(), compound=False)
        self.pool = GroupPool(Path(self._tempstorage.folder), spill_bytes, cancel)
        self.fieldwriter.pool = self.pool
        self._columns = ColumnsWriter()
        self._surfaces: Counter[str] = Counter()
        self._inherited: dict[str, Word] = {}

    @property
    def entered(self) -> int:
        """How many articles the new segment has so far."""
        return len(self._columns)

    def enter(self, article: Article) -> None:
        """Write one article."""
        prepared = prepare(article)
        fields = {TEXT: prepared.text}
        if prepared.author is not None:
            fields[AUTHOR] = prepared.author
        self.add_document(**fields)
        self._columns.add(row_of(article, prepared))
        self._surfaces.update(prepared.surfaces)

    def absorb(self, segment: Segment, deleted: Collection[int], cancel: CancelToken | None) -> None:
        """Take over an older segment without its deleted documents; its lists follow as they are written.

        Lists are joined, not taken apart. Nothing can be entered any more.
        """
        first = self.docnum
        numbers = self._copy_rows(segment, deleted, cancel)
        self.pool.add_segment(_lists(segment, first, numbers if deleted else None))
        for word in segment.lexicon:
            before = self._inherited.get(word.surface)
            articles = word.articles + (before.articles if before else 0)
            self._inherited[word.surface] = word._replace(articles=articles)

    def finish(self, keep: Callable[[Any], bool]) -> None:
        """Write the segment and a table of contents with it and the older segments to `keep`."""
        if self.entered:
            name = self.newsegment.make_filename
            self._write(name(columns_file.EXTENSION), self._columns.to_bytes())
        self.commit(mergetype=lambda _writer, segments: [one for one in segments if keep(one)])
        if self.entered:
            # Counts of words that older segments had are known once their lists are written.
            self._write(name(lexicon_file.EXTENSION), lexicon_bytes(self._words()))

    def _copy_rows(
        self, segment: Segment, deleted: Collection[int], cancel: CancelToken | None
    ) -> array[int]:
        """Enter the articles of an older segment; their new numbers, -1 for deleted ones."""
        numbers = array("i")
        has_author = segment.field_lengths[AUTHOR] > 0
        for doc in range(segment.count):
            if cancel is not None and doc % 256 == 0:
                cancel.check()
            if doc in deleted:
                numbers.append(-1)
                continue
            row = segment.columns.row(doc)
            numbers.append(self.docnum)
            self.perdocwriter.start_doc(self.docnum)
            self.perdocwriter.add_field(TEXT, self.schema[TEXT], None, row.tokens)
            self.pool.add_length(TEXT, self.docnum, segment.columns.length_codes[doc])
            if has_author:
                length = segment.reader.doc_field_length(doc, AUTHOR, 0) or 0
                self.perdocwriter.add_field(AUTHOR, self.schema[AUTHOR], None, length)
                self.pool.add_length(AUTHOR, self.docnum, length_to_byte(length))
            self.perdocwriter.finish_doc()
            self._columns.add(row)
            self.docnum += 1
            self._added = True
        return numbers

    def _words(self) -> list[Word]:
        """The words of the new segment. Counts of absorbed deleted articles go as far as the terms know."""
        words = {word.surface: word for word in words_of(self._surfaces)}
        for surface, word in self._inherited.items():
            own = words.get(surface)
            words[surface] = word._replace(articles=word.articles + (own.articles if own else 0))
        if not self._inherited:
            return list(words.values())
        frequencies = self.pool.frequencies
        capped = (
            word._replace(articles=min(word.articles, frequencies.get((TEXT, word.term), 0)))
            for word in words.values()
        )
        return [word for word in capped if word.articles]

    def _write(self, name: str, data: bytes) -> None:
        with self.storage.create_file(name) as file:
            file.write(data)


def _lists(segment: Segment, first: int, numbers: Sequence[int] | None) -> Iterator[TermPostings]:
    """All lists of a segment under new document numbers: raised by `first`, or as `numbers` says."""
    for field, term, block in segment.reader.blocks():
        postings = renumbered(field, term, block, first, numbers)
        if postings is not None:
            yield postings


class PausedCollector:
    """Switches the cycle collector off: a build makes millions of small objects and no cycles."""

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()
