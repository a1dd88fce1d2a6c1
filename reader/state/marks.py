"""Read, starred and tagged articles, one by one or many at once; one row for each mark of an article."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain

from reader.model.errors import StateError
from reader.state.database import Database
from reader.state.undo import Sentences, Transaction
from reader.text.clean import clean_line

READ = "read"
"""The mark of an article that was read."""
STARRED = "starred"
"""The mark of an article that was starred."""
TAG = "tag:"
"""What the mark of a tag begins with."""
TAG_LIMIT = 80
"""Characters of a tag; what is beyond is cut."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Every mark of a library at one moment, to be kept by whoever draws lists."""

    read: frozenset[str] = frozenset()
    """Article ids."""
    starred: frozenset[str] = frozenset()
    """Article ids."""
    tags: dict[str, frozenset[str]] = field(default_factory=dict)
    """Article ids by tag, tags sorted without regard to case; no tag is without articles."""

    def tagged(self, name: str) -> frozenset[str]:
        """Articles with a tag, in any case of its letters."""
        wanted = clean_line(name, TAG_LIMIT).casefold()
        return frozenset().union(*(ids for tag, ids in self.tags.items() if tag.casefold() == wanted))


@dataclass(frozen=True, slots=True)
class ArticleMarks:
    """The marks of one article."""

    is_read: bool
    """Marked as read."""
    is_starred: bool
    """Starred."""
    tags: tuple[str, ...]
    """Sorted without regard to case."""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag and how many articles have it."""

    tag: str
    """As first written."""
    articles: int
    """At least 1."""


class MarkStore:
    """Marks on articles. Every change is one step of undo, however many articles it is about."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._latest: tuple[int, Marks] | None = None

    def mark_read(self, article_ids: Iterable[str], is_read: bool = True) -> str | None:
        """Mark articles read or unread; what it did, or `None` when they were so already."""
        words = ("marked {} read", "marked {} unread")
        return self._set(READ, article_ids, is_read, words if is_read else words[::-1])

    def star(self, article_ids: Iterable[str], is_starred: bool = True) -> str | None:
        """Star articles or take their stars; what it did, or `None` when they were so already."""
        words = ("starred {}", "unstarred {}")
        return self._set(STARRED, article_ids, is_starred, words if is_starred else words[::-1])

    def tag(
        self, article_ids: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> str | None:
        """Add and remove tags; what it did, or `None` when nothing changed.

        A tag that differs from one in use by the case of its letters only is that tag. Raises
        `StateError` for an empty one.
        """
        ids = _distinct(article_ids)
        added, removed = _tag_names(add), _tag_names(remove)

        def work(transaction: Transaction) -> Sentences | None:
            known = _spellings(transaction) if added or removed else {}
            touched: set[str] = set()
            for name in removed:
                mark = TAG + known.get(name.casefold(), name)
                touched.update(each for each in ids if transaction.remove("mark", each, mark))
            for name in added:
                mark = TAG + known.setdefault(name.casefold(), name)
                touched.update(each for each in ids if _add(transaction, each, mark))
            return _tag_sentences(added, removed, len(touched))

        return self._database.change("change the tags", work)

    def rename_tag(self, old: str, new: str) -> str | None:
        """Give a tag another name on every article; joins with a tag that has that name already."""
        (before,), (after,) = _tag_names((old,)), _tag_names((new,))

        def work(transaction: Transaction) -> Sentences | None:
            known = _spellings(transaction)
            held = known.get(before.casefold())
            if held is None:
                return None
            target = after if held.casefold() == after.casefold() else known.get(after.casefold(), after)
            for article, mark, _ in transaction.rows("mark"):
                if mark == TAG + held and target != held:
                    transaction.remove("mark", article, mark)
                    _add(transaction, str(article), TAG + target)
            return Sentences(
                f"renamed the tag {held} to {target}", f"renamed the tag {target} back to {held}"
            )

        return self._database.change("rename the tag", work)

    def all(self) -> Marks:
        """Every mark of the library: at once when nothing changed, else about 0.5 µs a mark."""
        with self._database.reading("read your marks") as (connection, library):
            generation = self._database.generation(connection, library)
            known = self._latest
            if known is None or known[0] != generation:
                known = self._latest = generation, _read_marks(connection, library)
        return known[1]

    def of(self, article_id: str) -> ArticleMarks:
        """The marks of one article."""
        with self._database.reading("read your marks") as (connection, library):
            marks = [
                mark
                for (mark,) in connection.execute(
                    "SELECT mark FROM mark WHERE library = ? AND article = ?", (library, article_id)
                )
            ]
        tags = sorted((mark[len(TAG) :] for mark in marks if mark.startswith(TAG)), key=_tag_order)
        return ArticleMarks(READ in marks, STARRED in marks, tuple(tags))

    def tags(self, among: Collection[str] | None = None) -> tuple[TagCount, ...]:
        """Tags with counts, most articles first, then by name; of `among` only, when given."""
        counts = Counter(
            {
                name: len(ids if among is None else ids.intersection(among))
                for name, ids in self.all().tags.items()
            }
        )
        ordered = sorted(counts.items(), key=lambda item: (-item[1], _tag_order(item[0])))
        return tuple(TagCount(name, count) for name, count in ordered if count)

    def _set(self, mark: str, article_ids: Iterable[str], wanted: bool, words: tuple[str, ...]) -> str | None:
        ids = _distinct(article_ids)

        def work(transaction: Transaction) -> Sentences | None:
            if wanted:
                changed = sum(_add(transaction, each, mark) for each in ids)
            else:
                changed = sum(transaction.remove("mark", each, mark) for each in ids)
            return Sentences(words[0].format(articles(changed)), words[1].format(articles(changed)))

        return self._database.change("save the marks", work)


def articles(count: int) -> str:
    """A count of articles in words."""
    return "1 article" if count == 1 else f"{count:,} articles"


def _read_marks(connection: sqlite3.Connection, library: int) -> Marks:
    def having(mark: str) -> frozenset[str]:
        rows = connection.execute("SELECT article FROM mark WHERE library = ? AND mark = ?", (library, mark))
        return frozenset(chain.from_iterable(rows))

    tags: dict[str, set[str]] = {}
    for article, mark in connection.execute(
        "SELECT article, mark FROM mark WHERE library = ? AND mark GLOB 'tag:*'", (library,)
    ):
        tags.setdefault(mark[len(TAG) :], set()).add(article)
    return Marks(
        having(READ), having(STARRED), {name: frozenset(tags[name]) for name in sorted(tags, key=_tag_order)}
    )


def _add(transaction: Transaction, article: str, mark: str) -> bool:
    """Add a mark unless it is there: the time of the first stays."""
    return transaction.add("mark", article, mark, transaction.now)


def _distinct(article_ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article_ids))


def _tag_names(names: Iterable[str]) -> tuple[str, ...]:
    cleaned = tuple(dict.fromkeys(str(clean_line(name, TAG_LIMIT)) for name in names))
    if "" in cleaned:
        raise StateError("a tag needs a name; nothing was changed")
    return cleaned


def _spellings(transaction: Transaction) -> dict[str, str]:
    """Tags in use by their folded form."""
    marks = transaction.connection.execute(
        "SELECT DISTINCT mark FROM mark WHERE library = ? AND mark GLOB 'tag:*'", (transaction.library,)
    )
    names = [mark[len(TAG) :] for (mark,) in marks]
    return {name.casefold(): name for name in names}


def _tag_sentences(added: tuple[str, ...], removed: tuple[str, ...], count: int) -> Sentences:
    names = ", ".join(added or removed)
    if added and removed:
        return Sentences(f"changed the tags of {articles(count)}", f"put back the tags of {articles(count)}")
    gave, took = f"tagged {articles(count)} {names}", f"took the tag {names} off {articles(count)}"
    return Sentences(gave, took) if added else Sentences(took, gave)


def _tag_order(name: str) -> tuple[str, str]:
    return (name.casefold(), name)
