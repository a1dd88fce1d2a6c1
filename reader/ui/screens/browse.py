"""The reading room: sources, articles, one article or two. One pane at a time below 100 columns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from reader.ui.commands import bindings
from reader.ui.listing import EMPTY, ArticleRow, Listing, StoryRow, TitleRow
from reader.ui.naming import count
from reader.ui.scope import EVERYWHERE
from reader.ui.screens.browse_comparing import BrowseComparing
from reader.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.ui.session import Visit


SAMPLE = "sample library"
"""What the engine calls the library that comes with the program."""
FIRST_ARTICLE = "civic-post/2025-08-15-alaska-summit"
"""Where the first run begins in it: one of two accounts with a cut quote and a promise one of them denies."""


class BrowseScreen(BrowseComparing):
    """The screen at the bottom of the stack: opens, lists, reads, finds, keeps, and leads to the others."""

    BINDINGS: ClassVar[list[Any]] = bindings("browse")
    AUTO_FOCUS = "#articles"

    def on_mount(self) -> None:
        """Say where we are before anything is read."""
        self.article_list.marks = self.session.marks
        self.status.say(f"  {self.engine.place}", "opening …", strong="reader")

    def library_progress(self, what: str, done: int, total: int, left: str) -> None:
        """Called while the library is read; `left` says how long it will take."""
        # What was reported before it ended may arrive after it.
        if self.reader.is_updating and not self.reader.opening.cancelled:
            steps = f"{what} {done:,} of {total:,}{left}" if total else what
            self.status.say(f"  {self.engine.place}", f"{steps} · Esc stops", strong="reader")

    def library_stopped(self) -> None:
        """The reader did not want to wait."""
        if self.is_open:
            self.say("Stopped. The list is as it was; r looks for changes again")
            self.update_status()
            return
        self._show_not_open("Stopped before all articles were read", "r goes on from what was read · q quits")

    def _show_not_open(self, message: str, ways: str) -> None:
        # Said where the list would be: a line above the keys goes away with the next one.
        self.article_list.show(Listing((TitleRow(message), TitleRow(ways))))
        self.say("")
        self.say_not_open()

    def library_failed(self, message: str) -> None:
        """The library cannot be used."""
        if self.is_open:
            self.reader.say(f"{message}. What was read before is still there; r tries again")
            return
        self._show_not_open(message, "r tries again · q quits")

    def library_ready(self) -> None:
        """Everything can be asked now."""
        self.is_open = True
        self.show_preview()
        if self.session.selected is None and self.engine.place == SAMPLE:
            self.session.selected = FIRST_ARTICLE
        self.fill_shelves()
        self.ask(stay=True)
        problems, keep = self.engine.problems(), self.reader.keep
        if keep is not None and keep.notice:
            self.say(keep.notice)
        elif self.engine.notices or self.reader.key_notices:
            self.say(". ".join((*self.engine.notices, *self.reader.key_notices)))
            self.reader.key_notices = ()
        elif not self.engine.articles():
            self.say("The library is empty: copy articles there, then press r")
        elif problems:
            first = problems[0]
            self.say(f"{count(len(problems), 'file')} could not be read. {first.path}: {first.reason}")
        elif self.session.hint:
            self.say("c compares the articles of this story · / searches · ? lists all keys")
        self.refresh_bindings()

    def action_open(self) -> None:
        """Open the selection; from the search box go to the hits."""
        target = self.moving_target()
        if self.is_typing:
            self.finish_typing()
        elif isinstance(target, LineList):
            target.choose()

    def action_next_pane(self) -> None:
        """The next pane, around; in the search box another place to search."""
        if self.is_typing:
            self.cycle_where()
        else:
            super().action_next_pane()

    def action_advance(self) -> None:
        """Open the selection, then page; at the end the next unread article."""
        if not self.is_reading:
            self.action_open()
        elif not self.active_view.at_end:
            self.active_view.scroll_lines(max(self.active_view.size.height - 2, 1))
        elif self.next_article(1, unread=self.session.keeps):
            self.show_pane("article")

    def _step_story(self, step: int) -> None:
        rows = self.article_list.listing.rows
        here = self.story()
        index = self.article_list.cursor + step
        while 0 <= index < len(rows):
            row = rows[index]
            if isinstance(row, ArticleRow):
                story = self.engine.story_of(row.info.id)
                if here is None or story is None or story.id != here.id:
                    break
            index += step
        else:
            self.say("No more stories in this list")
            return
        first = rows[index]
        while step < 0 and index > 0 and isinstance(first, ArticleRow):
            before, above = rows[index - 1], self.engine.story_of(first.info.id)
            if not isinstance(before, ArticleRow) or self.engine.story_of(before.info.id) != above:
                break
            index, first = index - 1, before
        assert isinstance(first, ArticleRow)
        self.article_list.go(index, quiet=True)
        self.session.selected = first.info.id
        self.preview(first.info.id)

    def action_next_story(self) -> None:
        """The next story, without leaving the article."""
        if self.pane == "sources":
            self.source_list.move(1)
            self.source_list.choose()
        else:
            self._step_story(1)

    def action_previous_story(self) -> None:
        """The previous story."""
        if self.pane == "sources":
            self.source_list.move(-1)
            self.source_list.choose()
        else:
            self._step_story(-1)

    def return_to(self, visit: Visit) -> None:
        """Show what was read then, in the list it was read from."""
        session = self.session
        if (visit.query, visit.scope) != (session.query, session.scope):
            session.query, session.scope = visit.query, visit.scope
            session.selected = visit.article_id
            self._set_box(visit.query)
            self.mark_shelf()
            self.ask(stay=True)
        super().return_to(visit)

    def action_why(self) -> None:
        """Which words made this article a hit, or what holds its story together."""
        row = self.article_list.row
        if isinstance(row, ArticleRow) and row.hit is not None:
            words = ", ".join(row.hit.matched) or "a filter"
            self.say(f"Here because of: {words} · score {row.hit.score:.2f}")
            return
        story = self.story()
        if story is not None and story.evidence:
            self.say(f"One story because of: {', '.join(story.evidence)}")
        else:
            self.say("No other article tells this story")

    def action_mark(self) -> None:
        """Mark or unmark for a comparison."""
        row, session = self.article_list.row, self.session
        article_id = self.article_id()
        if self.is_reading and article_id is not None:
            session.toggle_mark(article_id)
        elif isinstance(row, StoryRow):
            for member in row.articles:
                session.marks.setdefault(member)
        elif isinstance(row, ArticleRow):
            session.toggle_mark(row.info.id)
            self.article_list.move(1)
        self.article_list.forget()
        self.update_status()

    def action_cancel(self) -> None:
        """Close the box, then clear the query, then back to the list, then to everything; loses nothing."""
        session, self._opened = self.session, None
        if self.is_typing:
            text = session.find if session.where == "article" else session.query
            self.close_search(clear=not text or not self.article_list.listing.articles)
        elif self.end_selection():
            return
        elif self.has_class("-zen"):
            self.action_zen()
        elif self.pane == "info":
            self.action_info()
        elif session.find:
            self.close_search(clear=True)
        elif self.pane != "articles":
            self.show_pane("articles")
        elif session.query:
            self.close_search(clear=True)
        elif session.scope != EVERYWHERE or session.only != "all":
            self.show_scope(EVERYWHERE)
        elif session.marks:
            session.marks.clear()
            self.article_list.forget()
        elif self.reader.is_updating:
            self.reader.opening.cancel()
            return
        else:
            session.hint = False
            self.say("")
        self.update_status()

    def action_back(self) -> None:
        """One level back; at the list quit."""
        session = self.session
        at_root = self.pane in ("articles", "sources") and not session.query
        if at_root and session.scope == EVERYWHERE and session.only == "all" and not self.has_class("-zen"):
            self.reader.leave()
        elif self.pane == "sources":
            self.show_pane("articles")
        elif not self.return_to_comparison():
            self.action_cancel()

    def action_refresh_library(self) -> None:
        """Look for new, changed and removed articles."""
        self.session.hint = False
        self.say("")
        if not self.is_open:
            self.article_list.show(EMPTY)
        self.reader.open_library(again=self.is_open)

    def on_resize(self) -> None:
        """A pane that is no longer there cannot keep the focus."""
        if self.pane not in self.shown_panes():
            self.show_pane("article" if self.pane in ("beside", "info") else "articles")

    def remember_place(self) -> None:
        """Write down where the reader is, for the next start."""
        self.leave_article()
        keep = self.reader.keep
        if keep is not None:
            self.reader.errands.run(partial(keep.stay, self.session.to_text()), lambda _: None)
