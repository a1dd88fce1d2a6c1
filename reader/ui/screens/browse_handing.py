"""Handing on from the reading room: copy, open, export, trace."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.ui.latest import LatestWins
from reader.ui.listing import StoryRow
from reader.ui.naming import count
from reader.ui.scope import Scope
from reader.ui.screens.browse_narrowing import BrowseNarrowing

if TYPE_CHECKING:
    from reader.model import Article, ArticleInfo, CancelToken, Span
    from reader.model.comparison import Trace
    from reader.ui.engine import Engine
    from reader.ui.exporting import Form
    from reader.ui.session import Session


class BrowseHanding(BrowseNarrowing):
    """What leaves the app leaves it by a key, and is shown first.

    Its helpers are imported when they are asked for: none of them is needed for the first paint.
    """

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self._trace_job: LatestWins[tuple[str, str], Trace] = LatestWins(
            self, self._trace, self._traced, self._not_traced, "trace"
        )

    def passage(self) -> tuple[Article, Span] | None:
        """What is selected in the article, else the passage at the current hit or at the top."""
        from reader.ui.citing import passage_at

        view = self.active_view
        document = view.document
        if document is None:
            return None
        selection = view.text_selection
        span = None if selection is None else view.selected_span(selection)
        if span is None:
            offset = view.top_offset
            if view.current_hit is not None and document.hits:
                offset = document.hits[view.current_hit].start
            span = passage_at(document.article, offset)
        return None if span is None else (document.article, span)

    def action_copy(self) -> None:
        """The selection or passage as a quotation with its citation; in the list the citation alone."""
        from reader.ui.citing import article_citation, citation

        row = self.article_list.row
        if self.is_reading:
            found = self.passage()
            if found is not None:
                self.reader.copy(citation(*found))
        elif isinstance(row, StoryRow):
            infos = self.engine.articles(Scope(article_ids=row.articles))
            self.reader.copy("\n".join(article_citation(info) for info in infos))
        elif (article_id := self.article_id()) is not None:
            infos = self.engine.articles(Scope(article_ids=(article_id,)))
            self.reader.copy("\n".join(article_citation(info) for info in infos))

    def action_copy_all(self) -> None:
        """The whole article with its citation."""
        from reader.model import Span
        from reader.ui.citing import citation

        document = self.active_view.document
        if document is not None:
            article = document.article
            self.reader.copy(citation(article, Span(0, len(article.body))))

    def action_open_url(self) -> None:
        """The original in the browser, after showing where that is."""
        from reader.ui.screens.opening import offer_original

        offer_original(self.reader, self, self._shown_article())

    def action_hints(self) -> None:
        """Letters on the addresses that are seen; the list of all where none is."""
        from reader.ui.links import placed_addresses
        from reader.ui.screens.opening import offer_addresses, offer_all

        view = self.active_view
        document = view.document
        placed = () if document is None or not view.region.width else placed_addresses(document.article)
        seen = [
            (cell + view.content_region.offset, address)
            for start, address in placed
            if (cell := view.cell_of(start))
        ]
        if not seen:
            offer_all(self.reader, self, self._shown_article())
            return
        from reader.ui.screens.hints import HintScreen

        def chosen(answer: str | None) -> None:
            if answer == "":
                offer_all(self.reader, self, self._shown_article())
            elif answer is not None:
                offer_addresses(self.reader, self, (answer,), "Open this address?")

        self.app.push_screen(HintScreen(seen), chosen)

    def _shown_article(self) -> Article | None:
        document = self.active_view.document
        return None if document is None else document.article

    def forms(self) -> list[Form]:
        """What can be handed on from here: the article; in the list the marked, or all that is listed."""
        from reader.ui.exporting import article_forms, list_forms

        document = self.active_view.document
        found = [] if document is None else article_forms(document.article)
        if self.is_reading:
            return found
        marks, listing = tuple(self.session.marks), self.article_list.listing
        if marks:
            infos = partial(self._infos, marks)
            return list_forms(count(len(marks), "marked article"), infos, self.engine.article)
        if listing.articles:
            what = f"The whole list ({count(listing.articles, 'article')})"
            found += list_forms(what, self._listed_infos, self.engine.article)
        return found

    def _infos(self, ids: tuple[str, ...]) -> list[ArticleInfo]:
        found = {info.id: info for info in self.engine.articles(Scope(article_ids=ids))}
        return [found[each] for each in ids if each in found]

    def _listed_infos(self) -> list[ArticleInfo]:
        return self._infos(self.listed_ids())

    def action_pipe(self) -> None:
        """The same as is exported, to a program."""
        forms = self.forms()
        if not forms:
            self.say("There is nothing here to hand to a program")
            return
        from reader.ui.screens.piping import pipe

        pipe(self.reader, forms)

    def action_export(self) -> None:
        """The article, the marked articles or the list as a file."""
        from reader.ui.screens.asking import PickScreen

        forms = self.forms()
        if not forms:
            self.say("There is nothing here to export")
            return
        choices = [(form.name, "") for form in forms]
        self.app.push_screen(PickScreen("Export", choices), partial(self._ask_target, forms))

    def _ask_target(self, forms: list[Form], choice: int | None) -> None:
        if choice is None:
            return
        from reader.ui.exporting import suggested_name
        from reader.ui.screens.asking import AskScreen

        form, document = forms[choice], self.active_view.document
        title = self.session.query or self.session.scope.source or "articles"
        if form.name.startswith("This article") and document is not None:
            title = document.article.headline or document.article.id
        hint = f"in {Path.cwd()}; an existing file is never replaced"
        self.app.push_screen(
            AskScreen("Write to", hint, suggested_name(title, form.suffix)), partial(self._write, form)
        )

    def _write(self, form: Form, target: str | None) -> None:
        from reader.ui.exporting import write_new

        if target:
            self.reader.asides.run(lambda: write_new(target, form.text()), self.say)

    def action_trace(self) -> None:
        """Where else this passage stands in the library."""
        found = self.passage()
        if found is None:
            self.say("Open an article first: the trace begins at its passage")
            return
        article, span = found
        self.say("Tracing this passage through the library …")
        self._trace_job.submit((span.slice(article.body), article.id))

    def _trace(self, question: tuple[str, str], cancel: CancelToken) -> Trace:
        text, origin = question
        return self.engine.trace(text, origin=origin, cancel=cancel)

    def _not_traced(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

    def _traced(self, question: tuple[str, str], trace: Trace) -> None:  # noqa: ARG002
        if not trace.hits:
            self.say("Nobody else in this library has this passage")
            return
        from reader.ui.screens.tracing import trace_screen

        self.say("")

        def went(choice: int | None) -> None:
            if choice is not None:
                hit = trace.hits[choice]
                self.go_to_article(hit.article_id, at=hit.start)
                self.show_pane("article")

        self.app.push_screen(trace_screen(trace), went)
