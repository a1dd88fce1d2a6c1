"""Narrowing in the reading room: the left column, and the filters it offers for what is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader.ui.latest import LatestWins
from reader.ui.scope import EVERYWHERE
from reader.ui.screens.browse_hits import BrowseHits
from reader.ui.shelves import count_hits, narrowed_shelves, shelves
from reader.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.model import CancelToken
    from reader.model.results import SearchResults
    from reader.ui.engine import Engine
    from reader.ui.facets import Facet
    from reader.ui.keep import KeptSearch
    from reader.ui.listing import Listing, SearchAsked
    from reader.ui.session import Session
    from reader.ui.widgets.source_list import Shelf


KINDS = {"Sources": "source", "Months": "month", "Stories": "story", "Tags": "tag"}
"""What one of a kind is called."""


class BrowseNarrowing(BrowseHits):
    """While something is searched the column counts what the hits are; choosing one adds it to the query."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self._library_shelves: tuple[Shelf, ...] = ()
        self._facets: tuple[Facet, ...] = ()
        self._ids: tuple[str, frozenset[str]] = ("", frozenset())
        self._facet_job: LatestWins[tuple[SearchAsked, SearchResults], tuple[Facet, ...]] = LatestWins(
            self, self._find_facets, self._show_facets, self._no_facets, "facets"
        )

    def fill_shelves(self) -> None:
        """The left column, from the library and the state."""
        keep = self.reader.keep
        searches = () if keep is None else keep.searches()
        self._show_shelves(searches)
        if searches and self.is_open:
            show = partial(self._show_shelves, searches)
            self.reader.errands.run(partial(count_hits, self.engine, searches), show)

    def _show_shelves(self, searches: Sequence[KeptSearch], hits: Mapping[str, int] | None = None) -> None:
        if hits is not None:
            self.session.hits_of_searches = hits
        self._library_shelves = shelves(self.engine, self.session, searches, self._all_ids())
        self._show_column()

    # Every change of a mark counts anew: in a large library gathering the ids would make each key late.
    def _all_ids(self) -> frozenset[str]:
        generation, ids = self._ids
        if generation != self.engine.generation:
            ids = frozenset(info.id for info in self.engine.articles())
            self._ids = (self.engine.generation, ids)
        return ids

    def _show_column(self) -> None:
        query = self.session.query
        shown = narrowed_shelves(self._library_shelves, self._facets, query) if query else None
        self.source_list.show(self._library_shelves if shown is None else shown)
        self.mark_shelf()

    # The counts follow the hits; nobody waits for them.
    def results_listed(self, asked: SearchAsked, listing: Listing) -> None:
        """The list shows other hits, or none."""
        if listing.results is None:
            self._facet_job.drop()
            if self._facets:
                self._facets = ()
                self._show_column()
        else:
            self._facet_job.submit((asked, listing.results))

    def _find_facets(
        self, question: tuple[SearchAsked, SearchResults], cancel: CancelToken
    ) -> tuple[Facet, ...]:
        from reader.ui.facets import facets

        return facets(self.engine, *question, self.session.kept.tags, cancel)

    def _show_facets(self, question: tuple[SearchAsked, SearchResults], found: tuple[Facet, ...]) -> None:
        if question[0].text == self.session.query:
            self._facets = found
            self._show_column()

    def _no_facets(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

    @on(LineList.Chosen, "#sources")
    def _filter(self) -> None:
        shelf = self.source_list.shelf
        if shelf is None:
            return
        if shelf.term is not None:
            self.toggle_term(shelf.term)
        elif shelf.query is not None:
            self.open_saved(shelf.query)
        elif shelf.only is not None:
            self.show_only(shelf.only)
        else:
            self.show_scope(shelf.scope)
        self.show_pane("articles")

    def open_saved(self, query: str) -> None:
        """List what a saved search finds now."""
        self.search_for(query, EVERYWHERE)

    def toggle_term(self, term: str) -> None:
        """Add a filter to the query, or drop it."""
        session = self.session
        if term in session.query:
            self._search_within(session.query.replace(term, " "))
            session.narrowed = [one for one in session.narrowed if one != term]
        else:
            session.narrowed.append(term)
            self._search_within(f"{session.query} {term}")
            self.say(f"Only {term} · Backspace drops it again")

    # Whether the last word was still being typed is kept, or the hits would be others.
    def _search_within(self, query: str) -> None:
        session = self.session
        session.query = " ".join(query.split())
        self._set_box(session.query)
        if not session.query:
            session.where = "library"
        self.mark_shelf()
        self.ask(stay=True)

    def action_narrow(self) -> None:
        """Choose what to narrow the list to, by its count."""
        if not self.is_open:
            return
        asked, results = self._asked, self.article_list.listing.results

        def work() -> tuple[Facet, ...]:
            from reader.model import CancelToken
            from reader.ui.facets import facets

            return facets(self.engine, asked, results, self.session.kept.tags, CancelToken())

        self.reader.asides.run(work, self._offer_facets)

    def _offer_facets(self, found: tuple[Facet, ...]) -> None:
        from reader.ui.screens.asking import PickScreen

        if not found:
            self.say("There is nothing to narrow this list by: all of it is of one kind")
            return

        def chosen(choice: int | None) -> None:
            if choice is not None:
                self.toggle_term(found[choice].term)
                self.show_pane("articles")

        choices = [(f"{one.articles:>6,}  {KINDS[one.kind]}: {one.label}", "") for one in found]
        self.app.push_screen(PickScreen("Narrow to", choices, "Backspace in the list drops it again"), chosen)

    def action_widen(self) -> None:
        """Drop the latest filter, whether chosen or typed."""
        from reader.ui.lookup import filters_in

        session = self.session
        chosen = [term for term in session.narrowed if term in session.query]
        typed = filters_in(session.query)
        if not chosen and not typed:
            self.say("There is no filter to drop: , narrows the list")
            return
        term = chosen[-1] if chosen else typed[-1]
        session.narrowed = chosen[:-1]
        self._search_within(session.query.replace(term, " "))
        self.say(f"Dropped {term}")
