"""The list of articles: stories with their articles, or hits with their excerpts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from textual.strip import Strip

from reader.layout.cells import cells, fit, pad
from reader.ui.listing import EMPTY, ArticleRow, ChoiceRow, Listing, ListRow, StoryRow, TitleRow
from reader.ui.naming import NO_HEADLINE, count, day
from reader.ui.session import MOST_COMPARED
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.painted import Piece, make_strip

if TYPE_CHECKING:
    from reader.model import Span
    from reader.model.results import Snippet

WIDE = 60
"""Cells from which on source, date and headline stand on one line."""
SNIPPET_LINES = 2
WHOLE = 500
"""Rows whose headline may take three lines in a narrow list: counting those of all would take too long."""

LONG = 1_000
"""Rows of a list whose heights are worth keeping."""


class ArticleList(LineList):
    """Rows of a `Listing`. Marks, read articles and excerpts are told to it; it owns no truth."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article-list--story",
        "article-list--muted",
        "article-list--source",
        "article-list--unread",
        "article-list--mark",
        "article-list--hit",
    }
    DEFAULT_CSS = """
    ArticleList > .article-list--story { color: $primary; text-style: bold; }
    ArticleList > .article-list--muted { color: $foreground-muted; }
    ArticleList > .article-list--source { color: $accent; }
    ArticleList > .article-list--unread { text-style: bold; }
    ArticleList > .article-list--mark { text-style: bold reverse; }
    ArticleList > .article-list--hit { color: $accent; text-style: bold underline; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.listing: Listing = EMPTY
        self.marks: dict[str, None] = {}
        self.read: Collection[str] | None = None
        self.starred: Collection[str] = ()
        self.snippets: Mapping[str, Snippet] = {}
        self.findings: Mapping[str, str] = {}
        self._years: bool = False
        self._name_width = 0
        self._long: tuple[Listing, int, list[int]] | None = None

    def show(self, listing: Listing, cursor: int = 0) -> None:
        """Show other rows with the cursor on one of them."""
        self.listing = listing
        first = [row for row in listing.rows[:2000] if isinstance(row, ArticleRow)]
        self._years = len({row.info.published[:4] for row in first if row.info.published}) > 1
        self._name_width = min(max((cells(row.name) for row in first), default=0), 20)
        self.relist(cursor)

    def show_findings(self, findings: Mapping[str, str]) -> None:
        """Say on each story's line what comparing it found."""
        self.findings = findings
        self.forget()

    def show_snippets(self, snippets: Mapping[str, Snippet]) -> None:
        """Show the excerpts of the hits."""
        self.snippets = snippets
        self.forget()

    @property
    def item_count(self) -> int:
        """How many rows there are."""
        return len(self.listing.rows)

    @property
    def row(self) -> ListRow | None:
        """The row under the cursor."""
        return self.listing.rows[self.cursor] if self.cursor < len(self.listing.rows) else None

    def selectable(self, index: int) -> bool:
        """Titles are passed over."""
        return not isinstance(self.listing.rows[index], TitleRow)

    def heights(self, width: int) -> list[int]:
        """Lines of every row; the last long list comes back with every cleared query, so its are kept."""
        if self.item_count < LONG:
            return super().heights(width)
        if self._long is None or self._long[0] is not self.listing or self._long[1] != width:
            self._long = (self.listing, width, super().heights(width))
        return self._long[2]

    def height_of(self, index: int, width: int) -> int:
        """Lines of a row."""
        row = self.listing.rows[index]
        if isinstance(row, ChoiceRow):
            return len(_lines(row.text, width - 3, 4))
        if isinstance(row, StoryRow):
            return 1 + bool(row.story.evidence) + (index > 0)
        if not isinstance(row, ArticleRow):
            return len(_lines(row.text, width - 2, 6)) + (index > 0)
        excerpt = 0 if self.listing.results is None or row.hit is None or not row.hit.matched else 1
        headline = row.info.headline or ""
        long = len(headline) if headline.isascii() else cells(headline)
        if width >= WIDE:
            return 1 + (long > self._columns(width)[2]) + excerpt
        lines = 1 + (long > width - 3)
        if lines > 1 and index < WHOLE:
            lines = len(_lines(headline, width - 3, 3))
        return 1 + lines + SNIPPET_LINES * excerpt

    def draw(self, index: int, width: int, base: Style) -> tuple[Strip, ...]:
        """The lines of a row."""
        row = self.listing.rows[index]
        if isinstance(row, ArticleRow):
            lines = self._article(row, width, 3 if index < WHOLE else 2)
        elif isinstance(row, ChoiceRow):
            look = self.look("article-list--story")
            lines = [[("  " + text, look)] for text in _lines(row.text, width - 3, 4)]
        else:
            lines = [*([[]] if index else []), *self._head(row, width)]
        lines += [[]] * (self.height_of(index, width) - len(lines))
        blank = self.ground
        return tuple(
            make_strip(line, width, blank if not line and not isinstance(row, ArticleRow) else base)
            for line in lines
        )

    def _head(self, row: StoryRow | TitleRow, width: int) -> list[list[Piece]]:
        muted, strong = self.look("article-list--muted"), self.look("article-list--story")
        if isinstance(row, TitleRow):
            return [[(" " + text, muted)] for text in _lines(row.text, width - 2, 6)]
        sources = len(row.story.sources)
        tally = count(sources, "source") if sources > 1 else count(len(row.articles), "article")
        found = self.findings.get(row.story.id, "")
        lines = [[(f" {tally}", strong), (fit(f"  {found}", width - cells(tally) - 1), strong)]]
        if row.story.evidence:
            lines.append([(" " + fit(" · ".join(row.story.evidence), width - 2), muted)])
        return lines

    # Cells for the source, the date and the headline where they stand on one line.
    def _columns(self, width: int) -> tuple[int, int, int]:
        name_width, date_width = min(self._name_width, width // 4), 11 if self._years else 6
        return name_width, date_width, width - name_width - date_width - 6

    def _article(self, row: ArticleRow, width: int, most: int) -> list[list[Piece]]:
        lead = self._lead(row.info.id)
        date = day(row.info.published, year=self._years)
        unread = self._weight(row.info.id)
        headline = row.info.headline or f"{NO_HEADLINE} {count(row.info.words, 'word')}"
        look = unread if row.info.headline else self.look("article-list--muted")
        source, muted = self.look("article-list--source"), self.look("article-list--muted")
        if width >= WIDE:
            name_width, date_width, room = self._columns(width)
            head, *rest = _lines(headline, room, 2)
            first = [
                lead,
                (pad(row.name, name_width) + " ", source),
                (date.rjust(date_width) + "  ", muted),
                (head, look),
            ]
            indent = " " * (name_width + date_width + 5)
            return [first, *([(indent + text, look)] for text in rest), *self._excerpt(row, width, 1)]
        room = width - cells(date) - 4
        lines: list[list[Piece]] = [[lead, (pad(row.name, room) + " ", source), (date, muted)]]
        lines += [[("  ", look), (text, look)] for text in _lines(headline, width - 3, most)]
        return lines + self._excerpt(row, width, SNIPPET_LINES)

    def _lead(self, article_id: str) -> Piece:
        if article_id in self.marks:
            # More than can be compared are marked for something else, where their order says nothing.
            few = len(self.marks) <= MOST_COMPARED
            number = f"{list(self.marks).index(article_id) + 1:<2}" if few else "x "
            return (number, self.look("article-list--mark"))
        if article_id in self.starred:
            return ("* ", self.look("article-list--source"))
        return ("• " if self._is_unread(article_id) else "  ", self.look("article-list--unread"))

    def _is_unread(self, article_id: str) -> bool:
        return self.read is not None and article_id not in self.read

    def _weight(self, article_id: str) -> Style:
        return self.look("article-list--unread") if self._is_unread(article_id) else Style.null()

    def _excerpt(self, row: ArticleRow, width: int, lines: int) -> list[list[Piece]]:
        snippet = self.snippets.get(row.info.id)
        if snippet is None:
            return []
        muted, hit = self.look("article-list--muted"), self.look("article-list--hit")
        from reader.layout.runs import Mark, runs
        from reader.layout.wrap import wrap_span
        from reader.model import Span

        text, spans = around_hit(snippet, lines * (width - 3))
        drawn: list[list[Piece]] = []
        for line in list(wrap_span(text, Span(0, len(text)), "body", 0, width - 3))[:lines]:
            marks = [Mark(span.start, span.end, "hit") for span in spans]
            pieces: list[Piece] = [("  ", muted)]
            pieces += [(run.text, hit if run.names else muted) for run in runs(line, marks)]
            drawn.append(pieces)
        return drawn


def around_hit(snippet: Snippet, room: int) -> tuple[str, tuple[Span, ...]]:
    """The part of an excerpt whose first hit is seen in `room` characters."""
    from reader.model import Span

    first = snippet.spans[0] if snippet.spans else Span(0, 0)
    start = 0
    if first.end > room - 10:
        start = snippet.text.rfind(" ", 0, max(first.start - room // 3, 0)) + 1
    if not start:
        return snippet.text, snippet.spans
    moved = tuple(Span(s.start - start + 1, s.end - start + 1) for s in snippet.spans if s.start >= start)
    return "…" + snippet.text[start:], moved


def _lines(text: str, width: int, most: int) -> list[str]:
    """A text on at most `most` lines, the last cut with an ellipsis."""
    if cells(text) <= width and "\n" not in text:
        return [text]
    from reader.layout.wrap import wrap_span
    from reader.model import Span

    lines = list(wrap_span(text, Span(0, len(text)), "body", 0, width))
    texts = [line.text for line in lines[:most]]
    if len(lines) > most:
        texts[-1] = fit(text[lines[most - 1].start :].replace("\n", " "), width)
    return texts
