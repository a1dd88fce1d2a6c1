"""Finding in the reading room: what the list shows, the search box, hits and how to go through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from reader.ui.latest import LatestWins
from reader.ui.listing import (
    MORE,
    ArticleRow,
    ChoiceRow,
    Listing,
    SearchAsked,
    Snippets,
    StoryRow,
)
from reader.ui.naming import count, minutes
from reader.ui.scope import EVERYWHERE, Scope
from reader.ui.screens.browse_reading import BrowseReading
from reader.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.model import CancelToken, Story
    from reader.ui.engine import Engine
    from reader.ui.session import Only, Session, Where
    from reader.ui.widgets.search_box import SearchBox

MOST_COUNTED = 12
"""Stories whose quotes and differences are counted unasked: those seen first."""
MOST_IN_STORY = 6
"""Articles of such a story, at most."""
WHERE: tuple[Where, ...] = ("library", "list", "article")
WHERE_WORDS = {"library": "the whole library", "list": "this list", "article": "this article"}


class BrowseFinding(BrowseReading):
    """Asks what to list, the newest question first, and shows the answer."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self.search_box: SearchBox | None = None
        self._stay = False
        self._waits_for_excerpts = False
        self._asked = SearchAsked("", EVERYWHERE)
        self._whole: tuple[tuple[str, Scope], Listing] | None = None
        self._excerpts_asked: tuple[SearchAsked, tuple[str, ...]] | None = None
        self._listing_job: LatestWins[SearchAsked, Listing] = LatestWins(
            self, self._find, self._listed, self._not_listed, "list"
        )
        self._snippet_job: LatestWins[tuple[SearchAsked, tuple[str, ...]], Snippets] = LatestWins(
            self, self._excerpt, self._excerpted, self._not_excerpted, "excerpts"
        )
        self._findings_job: LatestWins[Story, str] = LatestWins(
            self, self._count, self._counted, self._not_counted, "findings"
        )

    def ask(self, limit: int = MORE, stay: bool = False) -> None:
        """List what the session says; `stay` keeps the cursor on its article."""
        session = self.session
        scope = session.scope
        if session.query and session.where == "library":
            scope = EVERYWHERE
        elif session.query and session.where == "list" and session.refined is not None:
            scope = session.refined
        self._stay = stay
        self._asked = SearchAsked(session.query, scope, session.sort, session.is_prefix, limit, self._among())
        if self.is_open:
            self._listing_job.submit(self._asked)

    def _among(self) -> frozenset[str] | None:
        kept, only = self.session.kept, self.session.only
        if only == "starred":
            return kept.starred
        if only == "unread":
            return frozenset(info.id for info in self.engine.articles()) - kept.read
        return None

    def listed_ids(self) -> tuple[str, ...]:
        """Slow. All that the list is about, also hits that are not on the screen yet."""
        from reader.ui.lookup import all_ids

        return all_ids(self.engine, self._asked)

    def _find(self, asked: SearchAsked, cancel: CancelToken) -> Listing:
        from reader.ui.lookup import find  # in the worker, after the first paint

        if asked.text or asked.among is not None:
            return find(self.engine, asked, cancel)
        # What a cleared query comes back to is long, and seldom another than before.
        key = (self.engine.generation, asked.scope)
        if self._whole is None or self._whole[0] != key:
            self._whole = (key, find(self.engine, asked, cancel))
        return self._whole[1]

    def _not_listed(self, asked: SearchAsked, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

    def _not_excerpted(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))
        self._list_is_whole()

    def _listed(self, asked: SearchAsked, listing: Listing) -> None:
        selected = self.session.selected
        wanted = listing.index_of(selected) if self._stay and selected else None
        if wanted is None:
            wanted = next((n for n, row in enumerate(listing.rows) if isinstance(row, ArticleRow)), 0)
        known = self.article_list.snippets if asked.limit > MORE else {}
        self.article_list.show(listing, wanted)
        self.article_list.show_snippets(known)
        if not listing.articles:
            self.article_view.clear()
        # While somebody types, all but the hits waits until the list is whole: nobody looks at it yet.
        self._waits_for_excerpts = self._ask_excerpts(asked, listing) and self.is_typing
        self._ask_findings(listing)
        self._say_results(listing)
        if not self._waits_for_excerpts:
            self.results_listed(asked, listing)
        self.update_status()

    def results_listed(self, asked: SearchAsked, listing: Listing) -> None:
        """The list shows something else."""
        raise NotImplementedError

    # What a story's line says of it is counted while nobody waits, one story after the other.
    def _ask_findings(self, listing: Listing) -> None:
        known = self.article_list.findings
        for row in listing.story_rows(MOST_COUNTED):
            if row.story.id not in known and len(row.story.article_ids) <= MOST_IN_STORY:
                self._findings_job.submit(row.story)
                return

    def _count(self, story: Story, cancel: CancelToken) -> str:
        from reader.ui.evidence import findings  # in the worker, after the first paint

        return findings(self.engine.compare(story.article_ids, cancel))

    def _counted(self, story: Story, found: str) -> None:
        self.article_list.show_findings({**self.article_list.findings, story.id: found})
        self._ask_findings(self.article_list.listing)

    def _not_counted(self, story: Story, error: Exception) -> None:  # noqa: ARG002
        self._counted(story, "")

    # Of the hits that can be seen, and a few more: each excerpt costs about as much as finding the hit.
    def _ask_excerpts(self, asked: SearchAsked, listing: Listing) -> bool:
        """Ask for what is missing; whether something is on its way."""
        if not asked.text:
            return False
        seen = self.article_list.size.height // 3 + 4
        start = max(self.article_list.cursor - seen // 2, 0)
        rows = listing.rows[start : start + seen]
        known = self.article_list.snippets
        ids = tuple(row.info.id for row in rows if isinstance(row, ArticleRow) and row.info.id not in known)
        question = (asked, ids)
        if ids and not (question == self._excerpts_asked and self._snippet_job.busy):
            self._excerpts_asked = question
            self._snippet_job.submit(question)
        return bool(ids)

    def _excerpt(self, question: tuple[SearchAsked, tuple[str, ...]], cancel: CancelToken) -> Snippets:
        asked, ids = question
        cancel.check()
        return Snippets(asked, self.engine.snippets(asked.text, ids, as_you_type=asked.as_you_type))

    def _excerpted(self, question: tuple[SearchAsked, tuple[str, ...]], snippets: Snippets) -> None:
        if question[0].text == self._asked.text:
            self.article_list.show_snippets({**self.article_list.snippets, **snippets.by_id})
            self._list_is_whole()

    def _list_is_whole(self) -> None:
        if self._waits_for_excerpts:
            self._waits_for_excerpts = False
            self._preview_row()
            self.results_listed(self._asked, self.article_list.listing)

    def _say_results(self, listing: Listing) -> None:
        results = listing.results
        if results is None:
            return
        if not results.total:
            if not self.engine.articles():
                self.say(f"There are no articles in {self.engine.place} yet: nothing can be found")
                return
            ways = "Enter or its number takes a way on · " if listing.rows else ""
            self.say(f"Nothing found in {WHERE_WORDS[self.session.where]}. {ways}Esc clears the query")
        else:
            self.say(" · ".join(diagnostic.message for diagnostic in results.diagnostics[:2]))

    @on(LineList.Highlighted, "#articles")
    def _select(self) -> None:
        row, listing = self.article_list.row, self.article_list.listing
        if isinstance(row, ArticleRow):
            self.session.selected = row.info.id
        self.cursor_moved()
        if listing.results is not None:
            if self.article_list.cursor >= len(listing.rows) - 3 and len(listing.rows) < listing.articles:
                self.ask(limit=self._asked.limit + 5 * MORE, stay=True)
            else:
                self._ask_excerpts(self._asked, listing)
        if not self._waits_for_excerpts:
            self._preview_row()
        self.update_status()

    def _preview_row(self) -> None:
        row = self.article_list.row
        if isinstance(row, StoryRow):
            self.preview(row.articles[0])
        elif isinstance(row, ArticleRow):
            self.preview(row.info.id)

    def cursor_moved(self) -> None:
        """The list's cursor stands elsewhere."""
        raise NotImplementedError

    @on(LineList.Chosen, "#articles")
    def _open_row(self) -> None:
        row = self.article_list.row
        if isinstance(row, ChoiceRow):
            self.take_choice(row)
        elif isinstance(row, ArticleRow | StoryRow):
            self.open_article()

    def take_choice(self, row: ChoiceRow) -> None:
        """Go a way on from an empty list."""
        if row.drops_only:
            self.session.only = "all"
        self.search_for(row.query, row.scope)

    def choice(self, number: int) -> ChoiceRow | None:
        """The way on of that number, while nothing is found."""
        rows = self.article_list.listing.rows
        row = rows[number - 1] if number <= len(rows) else None
        return row if isinstance(row, ChoiceRow) else None

    def show_scope(self, scope: Scope) -> None:
        """List a source, a story, or everything."""
        self.session.scope = scope
        if scope == EVERYWHERE:
            self.session.only = "all"
        self.mark_shelf()
        self.ask(stay=scope == EVERYWHERE)

    def mark_shelf(self) -> None:
        """Show in the left column what is listed."""
        self.source_list.chosen = (self.session.scope, None, self.session.only)
        self.source_list.forget()

    def show_only(self, only: Only) -> None:
        """List all, unread or starred articles."""
        self.session.only = only
        self.mark_shelf()
        self.ask(stay=True)

    def search_for(self, query: str, scope: Scope) -> None:
        """Search as if it had been typed."""
        self.session.query, self.session.is_prefix = query, False
        self.session.scope = scope
        self.session.where = "library" if scope == EVERYWHERE else "list"
        self.session.refined = scope
        self._set_box(query)
        self.mark_shelf()
        self.ask()

    # The box.
    async def action_search(self) -> None:
        """Open the search box; what was typed before is still in it."""
        from reader.ui.widgets.search_box import SearchBox

        session = self.session
        if self.is_reading:
            session.where = "article"
        elif not session.query:
            session.where = "library" if session.scope == EVERYWHERE else "list"
            session.refined = session.scope
        if self.search_box is None:
            self.search_box = SearchBox(id="search")
            await self.query_one("#middle").mount(self.search_box, before=0)
        self._set_box(session.find if session.where == "article" else session.query)
        if session.where == "article" and self.is_narrow:
            self.set_class(True, "-show-articles")
        elif session.where != "article":
            self.show_pane("articles")
        self.search_box.display = True
        self.set_focus(self.search_box, scroll_visible=False)
        self._say_where()

    def _set_box(self, text: str) -> None:
        if self.search_box is not None:
            with self.search_box.prevent(Input.Changed):
                self.search_box.value = text
            self.search_box.display = bool(text)

    def _say_where(self) -> None:
        self.say(f"Searching {WHERE_WORDS[self.session.where]} · Tab changes that · Esc leaves")

    def cycle_where(self) -> None:
        """Search somewhere else: library, this list, this article."""
        session = self.session
        text = session.find if session.where == "article" else session.query
        session.where = WHERE[(WHERE.index(session.where) + 1) % len(WHERE)]
        session.query, session.find = ("", text) if session.where == "article" else (text, "")
        self._say_where()
        self._typed_here(text)

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        from reader.text.clean import clean_line

        query = str(clean_line(event.value, 500))
        if query != (self.session.find if self.session.where == "article" else self.session.query):
            self._typed_here(query)

    def _typed_here(self, text: str) -> None:
        if self.session.where == "article":
            self.session.find = text
            document = self.article_view.document
            if document is not None:
                self.preview(document.article.id, to_hit=0 if text else None)
        else:
            self.session.query, self.session.is_prefix = text, True
            self.ask()

    @on(Input.Submitted, "#search")
    def _submitted(self) -> None:
        self.finish_typing()

    def finish_typing(self) -> None:
        """From the box to what was found."""
        if self.session.where == "article":
            self.show_pane("article")
            self._typed_here(self.session.find)
        else:
            self.show_pane("articles")

    def close_search(self, clear: bool) -> None:
        """Leave the box; clearing the query brings back the list there was."""
        session = self.session
        was_article = session.where == "article"
        if clear and session.find:
            session.find = ""
            document = self.article_view.document
            if document is not None:
                self.preview(document.article.id)
        if clear and session.query:
            session.query = ""
            self.ask(stay=True)
        if clear:
            session.where = "library"
            self.say("")
        self._set_box(session.find if was_article else session.query)
        self.show_pane("article" if was_article else "articles")

    def say_not_open(self) -> None:
        """The top line of a library that nothing is known of."""
        self.status.say("", "not open · r tries again", strong="reader")

    def update_status(self) -> None:
        """Place, query, counts, position."""
        if not self.is_open and not self.reader.is_updating:
            self.say_not_open()
            return
        session, listing, view = self.session, self.article_list.listing, self.active_view
        place = session.scope.source or ("All articles" if session.scope.story is None else "Story")
        if session.query and session.where == "library":
            place = "Library"
        if session.only != "all":
            place += f" ({session.only})"
        parts = [f"{len(session.marks)} marked"] if session.marks else []
        if session.query:
            parts.append(count(listing.articles, "hit"))
        else:
            parts += [count(listing.stories, "story", "stories")] if listing.stories else []
            parts.append(count(listing.articles, "article"))
        if view.document is not None and (self.is_reading or not self.is_narrow):
            if view.document.hits and view.current_hit is not None:
                parts.append(f"{view.current_hit + 1}/{len(view.document.hits)} here")
            parts.append(f"{view.progress}%")
            if self.is_reading and view.progress < 100:
                left = view.document.article.info.words * (100 - view.progress) // 100
                parts.append(f"{minutes(left)} left")
        asked = session.query or session.find
        self.status.say(f" › {asked}" if asked else "", " · ".join(parts), strong=place)
