"""The reading room: sources, articles, one article. One pane at a time below 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from reader.model import CancelToken, Story
from reader.text.clean import clean_line
from reader.ui.commands import bindings
from reader.ui.documents import Document, DocumentAsked, prepare
from reader.ui.engine import EVERYWHERE, Engine
from reader.ui.latest import LatestWins
from reader.ui.listing import ArticleRow, Listing, SearchAsked, Snippets, StoryRow, list_hits, list_stories
from reader.ui.naming import count
from reader.ui.screens.moving import Moving
from reader.ui.session import Session
from reader.ui.shelves import shelves
from reader.ui.widgets.article_list import ArticleList
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.line_view import LineView
from reader.ui.widgets.painted import Painted
from reader.ui.widgets.source_list import SourceList
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.ui.screens.compare import Opened
    from reader.ui.widgets.search_box import SearchBox

EXCERPTS = 40
"""Hits whose excerpts are asked for at once."""
PANES = ("sources", "articles", "article")
"""Ids of the panes, from left to right."""


class BrowseScreen(Moving, Screen[None]):
    """Owns the three panes and the two questions they ask: what to list, what to show."""

    BINDINGS: ClassVar[list[Any]] = bindings("browse")
    AUTO_FOCUS = "#articles"

    source_list = query_one("#sources", SourceList)
    article_list = query_one("#articles", ArticleList)
    article_view = query_one("#article", LineView)
    status = query_one("#status", StatusLine)
    notice = query_one("#notice", StatusLine)

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__()
        self.engine = engine
        self.session = session
        self.is_open = False
        self.pane = "articles"
        self.search_box: SearchBox | None = None
        self._stay_on: str | None = None
        self._asked = SearchAsked("", EVERYWHERE)
        self._listing_job: LatestWins[SearchAsked, Listing] = LatestWins(
            self, self._find, self._listed, self._failed, "list"
        )
        self._snippet_job: LatestWins[tuple[SearchAsked, tuple[str, ...]], Snippets] = LatestWins(
            self, self._excerpt, self._excerpted, self._failed, "excerpts"
        )
        self._document_job: LatestWins[DocumentAsked, Document] = LatestWins(
            self, self._read, self._show_document, self._failed, "article"
        )

    def compose(self) -> ComposeResult:
        """The frame; everything in it is filled later."""
        yield StatusLine(id="status")
        with Horizontal(id="panes"):
            yield SourceList(id="sources")
            with Vertical(id="middle"):
                yield ArticleList(id="articles")
            yield LineView(id="article", measure=self.session.measure)
        yield StatusLine(id="notice")
        yield KeyBar("browse")

    def on_mount(self) -> None:
        """Say where we are before anything is read."""
        self.article_list.marks = self.session.marks
        self._show_pane("articles")
        self.status.say(f"  {self.engine.place}", "opening …", strong="reader")

    # -- the library -------------------------------------------------------------------------------

    def library_progress(self, what: str, done: int, total: int) -> None:
        """Called while the library is opened."""
        self.status.say(
            f"  {self.engine.place}", f"{what} {done:,}/{total:,}" if total else what, strong="reader"
        )

    def library_failed(self, message: str) -> None:
        """The library cannot be used."""
        self.say(message)
        self.status.say("", "not open", strong="reader")

    def library_ready(self) -> None:
        """Everything can be asked now."""
        self.is_open = True
        self.source_list.show(shelves(self.engine))
        self._stay_on = self.session.selected
        self._ask()
        problems = self.engine.problems()
        if not self.engine.articles():
            self.say(f"No articles in {self.engine.place} yet: copy .txt or .md files there, then press r")
        elif problems:
            self.say(
                f"{count(len(problems), 'file')} could not be read: {problems[0].path}: {problems[0].reason}"
            )
        elif self.session.hint:
            self.say("c compares the articles of the story under the cursor · / searches · ? lists all keys")
        self.refresh_bindings()

    def say(self, message: str) -> None:
        """One line above the keys; an empty one goes away."""
        self.notice.say(message)
        self.notice.set_class(bool(message), "-shown")

    # -- what is listed ----------------------------------------------------------------------------

    def _ask(self, as_you_type: bool = False) -> None:
        session = self.session
        self._asked = SearchAsked(session.query, session.scope, session.sort, as_you_type)
        if self.is_open:
            self._listing_job.submit(self._asked)

    def _find(self, asked: SearchAsked, cancel: CancelToken) -> Listing:
        if not asked.text:
            return list_stories(self.engine, asked.scope, cancel)
        results = self.engine.search(
            asked.text, scope=asked.scope, sort=asked.sort, as_you_type=asked.as_you_type, cancel=cancel
        )
        return list_hits(self.engine, results)

    def _listed(self, asked: SearchAsked, listing: Listing) -> None:
        wanted = listing.index_of(self._stay_on) if self._stay_on and not asked.text else None
        self._stay_on = None
        self.article_list.show(listing, self._first_article(listing) if wanted is None else wanted)
        if not listing.articles:
            self.article_view.clear()
        if asked.text and listing.rows:
            ids = tuple(row.info.id for row in listing.rows[:EXCERPTS] if isinstance(row, ArticleRow))
            self._snippet_job.submit((asked, ids))
        self._say_results(listing)
        self._update_status()

    def _first_article(self, listing: Listing) -> int:
        return next((index for index, row in enumerate(listing.rows) if isinstance(row, ArticleRow)), 0)

    def _say_results(self, listing: Listing) -> None:
        results = listing.results
        if results is None:
            return
        if not results.total and results.suggestion:
            self.say(f"Nothing found. Did you mean {results.suggestion}?")
        elif not results.total:
            self.say("Nothing found. Esc clears the query")
        else:
            self.say(" · ".join(diagnostic.message for diagnostic in results.diagnostics[:2]))

    def _excerpt(self, question: tuple[SearchAsked, tuple[str, ...]], cancel: CancelToken) -> Snippets:
        asked, ids = question
        cancel.check()
        return Snippets(asked, self.engine.snippets(asked.text, ids, as_you_type=asked.as_you_type))

    def _excerpted(self, question: tuple[SearchAsked, tuple[str, ...]], snippets: Snippets) -> None:
        if question[0] == self._asked:
            self.article_list.show_snippets(snippets.by_id)

    def _failed(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

    @on(LineList.Highlighted, "#articles")
    def _select(self) -> None:
        row = self.article_list.row
        if isinstance(row, StoryRow):
            self._preview(row.articles[0])
        elif isinstance(row, ArticleRow):
            self.session.selected = row.info.id
            self._preview(row.info.id)
        self._update_status()

    @on(LineList.Chosen, "#articles")
    def _open_row(self) -> None:
        self._show_pane("article")

    @on(LineList.Chosen, "#sources")
    def _filter(self) -> None:
        shelf = self.source_list.shelf
        if shelf is None:
            return
        self.session.scope = shelf.scope
        self.source_list.chosen = (shelf.scope, shelf.query)
        self.source_list.forget()
        self._ask()
        self._show_pane("articles")

    # -- the article -------------------------------------------------------------------------------

    def _preview(self, article_id: str, to_hit: int | None = None) -> None:
        self._leave_article()
        asked = self._asked
        if to_hit is None and asked.text:
            to_hit = 0
        self._document_job.submit(DocumentAsked(article_id, asked.text, asked.as_you_type, to_hit))

    def _leave_article(self) -> None:
        document = self.article_view.document
        if document is not None:
            self.session.positions[document.article.id] = self.article_view.top_offset

    def _read(self, asked: DocumentAsked, cancel: CancelToken) -> Document:
        cancel.check()
        return prepare(self.engine, asked)

    def _show_document(self, asked: DocumentAsked, document: Document) -> None:
        self.article_view.show(document, self.session.positions.get(asked.article_id, 0))
        if asked.to_hit is not None and document.hits:
            self.article_view.stand_on_hit(asked.to_hit)
        self._update_status()

    @on(LineView.Moved)
    def _update_status(self) -> None:
        session, listing = self.session, self.article_list.listing
        place = session.scope.source or "All articles"
        if session.scope.story is not None:
            place = "Story"
        left = f" › {session.query}" if session.query else ""
        parts = []
        if session.marks:
            parts.append(f"{len(session.marks)} marked")
        if session.query:
            parts.append(count(listing.articles, "hit"))
        else:
            parts += [count(listing.stories, "story", "stories")] if listing.stories else []
            parts.append(count(listing.articles, "article"))
        view = self.article_view
        if view.document is not None and view.document.hits and view.current_hit is not None:
            parts.append(f"{view.current_hit + 1}/{len(view.document.hits)} here")
        if view.document is not None:
            parts.append(f"{view.progress}%")
        self.status.say(left, " · ".join(parts), strong=place)

    # -- panes -------------------------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        """Whether one pane is shown at a time."""
        return self.app.size.width < 100

    def _show_pane(self, pane: str) -> None:
        self.pane = pane
        for name in PANES:
            self.set_class(name == pane, f"-show-{name}")
        self.query_one(f"#{pane}", Painted).focus(scroll_visible=False)

    def on_descendant_focus(self) -> None:
        """A click or a key moved the focus: remember the pane."""
        if self.focused is not None and self.focused.id in PANES and self.pane != self.focused.id:
            self.pane = self.focused.id
            for name in PANES:
                self.set_class(name == self.pane, f"-show-{name}")

    def _step_pane(self, step: int) -> None:
        place = PANES.index(self.pane) + step
        if 0 <= place < len(PANES):
            self._show_pane(PANES[place])

    def action_pane_left(self) -> None:
        """The pane to the left."""
        self._step_pane(-1)

    def action_pane_right(self) -> None:
        """The pane to the right."""
        self._step_pane(1)

    def action_next_pane(self) -> None:
        """The next pane, around."""
        self._show_pane(PANES[(PANES.index(self.pane) + 1) % len(PANES)])

    def action_previous_pane(self) -> None:
        """The previous pane, around."""
        self._show_pane(PANES[(PANES.index(self.pane) - 1) % len(PANES)])

    def moving_target(self) -> Painted:
        """What the movement keys move."""
        focused = self.focused
        return focused if isinstance(focused, Painted) else self.article_list

    def action_open(self) -> None:
        """Open the selection; from the search box go to the hits."""
        target = self.moving_target()
        if isinstance(self.focused, Input):
            self._show_pane("articles")
            self._ask()
        elif isinstance(target, LineList):
            target.choose()

    def action_advance(self) -> None:
        """Open the selection, then page; at the end the next article."""
        if self.pane != "article":
            self.action_open()
        elif not self.article_view.at_end:
            self.article_view.scroll_lines(max(self.article_view.size.height - 2, 1))
        else:
            self._next_article(1)

    def _next_article(self, step: int, to_hit: int | None = None) -> bool:
        rows = self.article_list.listing.rows
        index = self.article_list.cursor + step
        while 0 <= index < len(rows) and not isinstance(rows[index], ArticleRow):
            index += step
        if not 0 <= index < len(rows):
            self.say("No more articles in this list")
            return False
        self.article_list.go(index)
        row = rows[index]
        assert isinstance(row, ArticleRow)
        if to_hit is not None:
            self._preview(row.info.id, to_hit)
        return True

    # -- finding -----------------------------------------------------------------------------------

    async def action_search(self) -> None:
        """Open the search box; what was typed before is still in it."""
        from reader.ui.widgets.search_box import SearchBox

        if self.search_box is None:
            self.search_box = SearchBox(self.session.query, id="search")
            await self.query_one("#middle").mount(self.search_box, before=0)
        self._show_pane("articles")
        self.search_box.display = True
        self.search_box.focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        query = clean_line(event.value, 500)
        if query == self.session.query:
            return
        self.session.query = query
        self._ask(as_you_type=True)

    @on(Input.Submitted, "#search")
    def _submitted(self) -> None:
        self._show_pane("articles")
        self._ask()

    def action_next_hit(self) -> None:
        """The next hit, on into the next article."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """The previous hit, back into the previous article."""
        self._step_hit(-1)

    def _step_hit(self, step: int) -> None:
        if self.pane != "article":
            self._next_article(step)
        elif not self.article_view.go_to_hit(step):
            self._next_article(step, 0 if step > 0 else -1)

    def action_why(self) -> None:
        """Which words made this article a hit, or what holds its story together."""
        row = self.article_list.row
        if isinstance(row, ArticleRow) and row.hit is not None:
            words = ", ".join(row.hit.matched) or "a filter"
            self.say(f"Here because of: {words} · score {row.hit.score:.2f}")
            return
        story = self._story()
        if story is not None and story.evidence:
            self.say(f"One story because of: {', '.join(story.evidence)}")

    # -- comparing ---------------------------------------------------------------------------------

    def _story(self) -> Story | None:
        row = self.article_list.row
        if isinstance(row, StoryRow):
            return row.story
        return self.engine.story_of(row.info.id) if isinstance(row, ArticleRow) else None

    def action_mark(self) -> None:
        """Mark or unmark for a comparison."""
        row = self.article_list.row
        if isinstance(row, StoryRow):
            for article_id in row.articles:
                self.session.marks.setdefault(article_id)
        elif isinstance(row, ArticleRow):
            self.session.toggle_mark(row.info.id)
            self.article_list.move(1)
        self.article_list.forget()
        self._update_status()

    def action_compare(self) -> None:
        """The marked articles side by side, else the story under the cursor."""
        ids = list(self.session.marks)
        if len(ids) < 2:
            story = self._story()
            ids = [] if story is None else list(story.article_ids)
            row = self.article_list.row
            first = next(iter(self.session.marks), row.info.id if isinstance(row, ArticleRow) else None)
            if first in ids:
                ids.remove(first)
                ids.insert(0, first)
        if len(ids) < 2:
            self.say("Only one source has this. Mark two articles with x, then press c")
            return
        from reader.ui.screens.compare import CompareScreen

        self._leave_article()
        self.app.push_screen(CompareScreen(self.engine, self.session, tuple(ids)), self._from_compare)

    def _from_compare(self, opened: Opened | None) -> None:
        if opened is None:
            return
        self.session.positions[opened.article_id] = opened.offset
        index = self.article_list.listing.index_of(opened.article_id)
        if index is not None and self.article_list.go(index):
            pass
        self._document_job.submit(DocumentAsked(opened.article_id, self._asked.text))
        self._show_pane("article")

    # -- leaving -----------------------------------------------------------------------------------

    def action_cancel(self) -> None:
        """Close the box, then clear the query, then back to the list, then clear the marks."""
        if isinstance(self.focused, Input):
            self._close_search(clear=not self.article_list.listing.articles)
        elif self.pane == "article":
            self._show_pane("articles")
        elif self.session.query:
            self._close_search(clear=True)
        elif self.session.scope != EVERYWHERE:
            self.show_everything()
        elif self.session.marks:
            self.session.marks.clear()
            self.article_list.forget()
        else:
            self.session.hint = False
            self.say("")
        self._update_status()

    def _close_search(self, clear: bool) -> None:
        box: Widget | None = self.search_box
        if clear and self.session.query:
            self._stay_on = self.session.selected
            self.session.query = ""
            self.say("")
            self._ask()
        if self.search_box is not None:
            with self.search_box.prevent(Input.Changed):
                self.search_box.value = self.session.query
            self.search_box.display = bool(self.session.query)
        if box is not None:
            self._show_pane("articles")

    def show_everything(self) -> None:
        """Drop the filter by source."""
        self.session.scope = EVERYWHERE
        self.source_list.chosen = (EVERYWHERE, None)
        self.source_list.forget()
        self._stay_on = self.session.selected
        self._ask()

    def show_scope(self, scope: object) -> None:
        """For the palette: list a source or a story."""
        from reader.ui.engine import Scope

        assert isinstance(scope, Scope)
        self.session.scope = scope
        self.source_list.chosen = (scope, None)
        self.source_list.forget()
        self._ask()
        self._show_pane("articles")

    def action_back(self) -> None:
        """One level back; at the list quit."""
        if self.pane == "article":
            self._show_pane("articles")
        elif self.session.query or self.session.scope != EVERYWHERE:
            self.action_cancel()
        else:
            self.app.exit(0)

    def action_refresh_library(self) -> None:
        """Look for new, changed and removed articles."""
        from reader.ui.app import ReaderApp

        assert isinstance(self.app, ReaderApp)
        self.session.hint = False
        self.say("")
        self.app.open_library(again=self.is_open)
