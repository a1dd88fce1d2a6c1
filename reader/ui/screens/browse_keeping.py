"""Keeping, in the reading room: read, starred, tagged, noted, saved; one key takes each change back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reader.ui.keep import Keep, KeptNote, NotePlace
from reader.ui.listing import ArticleRow, StoryRow
from reader.ui.naming import count
from reader.ui.scope import Scope
from reader.ui.screens.browse_handing import BrowseHanding

if TYPE_CHECKING:
    from reader.ui.screens.asking import AskScreen
    from reader.ui.session import Only


class BrowseKeeping(BrowseHanding):
    """Every change goes to the state through the app, one after the other, and has its inverse."""

    def _keep(self) -> Keep | None:
        keep = self.reader.keep
        if keep is None:
            self.say("Nothing can be kept: there is no state folder")
        return keep

    def with_chosen(self, then: Callable[[list[str]], None]) -> None:
        """Call `then` with what a change is about, if anything.

        That is all below a line of the left column, the marked articles, or the one under the cursor.
        """
        if self.pane != "sources":
            ids = self._chosen_ids()
            if ids:
                then(ids)
            return
        shelf = self.source_list.shelf
        if shelf is None or not self.is_open:
            return
        from reader.ui.shelves import ids_on

        def found(ids: list[str]) -> None:
            if ids:
                then(ids)
            else:
                self.say(f"There is no article below {shelf.label}")

        self.reader.asides.run(partial(ids_on, self.engine, shelf, self.session.kept), found)

    def _chosen_ids(self) -> list[str]:
        article_id = self.article_id()
        if self.is_reading:
            return [article_id] if article_id is not None else []
        if self.session.marks:
            return list(self.session.marks)
        row = self.article_list.row
        if isinstance(row, StoryRow):
            return list(row.articles)
        return [row.info.id] if isinstance(row, ArticleRow) else []

    def kept_changed(self) -> None:
        """The state says something else now: lists, drawer and column follow."""
        session, rows = self.session, self.article_list
        rows.read = session.kept.read if session.keeps else None
        rows.starred = session.kept.starred
        rows.forget()
        if self.is_open:
            self.fill_shelves()
        if session.only != "all" and not self.is_reading:
            self.ask(stay=True)
        self._fill_info()

    def action_toggle_read(self) -> None:
        """Read, or unread if all of them are read."""
        keep = self._keep()

        def chosen(ids: list[str]) -> None:
            if keep is not None:
                is_read = not set(ids) <= self.session.kept.read
                self.reader.change(partial(keep.mark_read, ids, is_read))

        if keep is not None:
            self.with_chosen(chosen)

    def action_star(self) -> None:
        """Star, or take the stars if all of them have one."""
        keep = self._keep()

        def chosen(ids: list[str]) -> None:
            if keep is not None:
                is_starred = not set(ids) <= self.session.kept.starred
                self.reader.change(partial(keep.star, ids, is_starred))

        if keep is not None:
            self.with_chosen(chosen)

    def _ask(self, title: str, hint: str, done: Callable[[str], None], value: str = "") -> None:
        from reader.ui.screens.asking import AskScreen

        self.app.push_screen(AskScreen(title, hint, value), lambda text: done(text) if text else None)

    def action_tags(self) -> None:
        """Add and remove tags by name."""
        if self._keep() is not None:
            self.with_chosen(self._ask_tags)

    def _ask_tags(self, ids: list[str]) -> None:
        keep = self._keep()
        known = ", ".join(list(self.session.kept.tags)[:12])
        hint = f"name adds, -name removes, commas between{'; in use: ' + known if known else ''}"

        def tagged(text: str) -> None:
            names = [name.strip() for name in text.split(",") if name.strip()]
            add = [name for name in names if not name.startswith("-")]
            remove = [name[1:].strip() for name in names if name.startswith("-")]
            if keep is not None:
                self.reader.change(partial(keep.tag, ids, add, remove))

        self._ask(f"Tags of {count(len(ids), 'article')}", hint, tagged)

    def action_annotate(self) -> None:
        """A note on the selection or on the passage at hand; an empty one is a highlight."""
        keep, found = self._keep(), self.passage()
        if keep is None or found is None:
            return
        article, span = found
        place = NotePlace(article.id, span.start, span.end, article.digest, span.slice(article.body))
        held = next((n for n in keep.notes(article.id) if place in n.places), None)
        quoted = " ".join(place.quoted.split())
        from reader.ui.screens.asking import AskScreen

        def noted(text: str | None) -> None:
            if text is None:
                return
            if held is None:
                self.reader.change(partial(keep.add_note, [place], text), then=self._renoted)
            else:
                self.reader.change(partial(keep.edit_note, held.id, text), then=self._renoted)

        title = "Change the note" if held is not None else "Note, or Enter alone to highlight"
        self.app.push_screen(AskScreen(title, f"on “{quoted[:60]}”", held.text if held else ""), noted)

    def _renoted(self) -> None:
        document = self.article_view.document
        if document is not None:
            self.preview(document.article.id)

    def action_save_search(self) -> None:
        """This query, by a name, in the left column."""
        keep, query = self._keep(), self.session.query
        if keep is None:
            return
        if not query:
            self.say("Search for something first: / begins")
            return
        self._ask(
            "Save this search as",
            query,
            lambda name: self.reader.change(partial(keep.save_search, name, query)),
            query,
        )

    def action_undo(self) -> None:
        """Take the latest change back."""
        keep = self._keep()
        if keep is not None:
            self._go_back(keep, keep.undo, "There is nothing to take back")

    def action_redo(self) -> None:
        """Make it again."""
        keep = self._keep()
        if keep is not None:
            self._go_back(keep, keep.redo, "There is nothing to make again")

    # Stories that were merged or parted are grouped as they were before.
    def _go_back(self, keep: Keep, step: Callable[[], str | None], nothing: str) -> None:
        regrouped: list[bool] = []

        def work() -> str | None:
            before = keep.decisions()
            said = step()
            regrouped.append(keep.decisions() != before)
            return said

        def then() -> None:
            self._renoted()
            if any(regrouped):
                self._regroup()

        self.reader.change(work, nothing=nothing, then=then)

    def action_merge(self) -> None:
        """The marked articles are one story."""
        keep, ids = self._keep(), list(self.session.marks)
        if keep is None:
            return
        if len(ids) < 2:
            self.say("Mark the articles of the story with x first")
        else:
            self.reader.change(partial(keep.merge, ids), then=self._regroup)

    def action_split(self) -> None:
        """This article, or the marked ones, are not of this story."""
        keep, story = self._keep(), self.story()
        ids = list(self.session.marks) or [one for one in [self.article_id()] if one is not None]
        if keep is None or story is None:
            return
        rest = [one for one in story.article_ids if one not in ids]
        if not ids or not rest or len(rest) == len(story.article_ids):
            self.say("Choose an article of a story to part it from the others")
        else:
            self.reader.change(partial(keep.split, ids, rest), then=self._regroup)

    def _regroup(self) -> None:
        self.reader.open_library(again=True)

    # While nothing is found the digits take the ways on that are listed instead of it.
    def _show_only(self, number: int, only: Only) -> None:
        row = self.choice(number)
        if row is not None:
            self.take_choice(row)
        elif only == "all" or self._keep() is not None:
            self.show_only(only)

    def action_show_all(self) -> None:
        """All articles of the list."""
        self._show_only(1, "all")

    def action_show_unread(self) -> None:
        """Unread articles alone."""
        self._show_only(2, "unread")

    def action_show_starred(self) -> None:
        """Starred articles alone."""
        self._show_only(3, "starred")

    # Notes.
    def action_notes(self) -> None:
        """The notes of the article that is read, else all: go there, change, remove."""
        keep = self._keep()
        document = self.active_view.document if self.is_reading else None
        if keep is not None:
            article_id = None if document is None else document.article.id
            self.reader.asides.run(partial(keep.notes, article_id), self._offer_notes)

    def _offer_notes(self, notes: tuple[KeptNote, ...]) -> None:
        from reader.ui.info import note_choice
        from reader.ui.screens.asking import PickScreen

        if not notes:
            self.say("There is no note here: a writes one on the passage, v selects one first")
            return

        def picked(choice: int | None) -> None:
            if choice is not None:
                self._offer_note(notes[choice])

        ids = tuple({place.article_id for note in notes for place in note.places})
        infos = {info.id: info for info in self.engine.articles(Scope(article_ids=ids))}
        choices = [note_choice(note, infos) for note in notes]
        self.app.push_screen(PickScreen(count(len(notes), "note"), choices), picked)

    def _offer_note(self, note: KeptNote) -> None:
        from reader.ui.screens.asking import AskScreen, PickScreen

        keep, place = self._keep(), note.places[0]
        quoted = " ".join(place.quoted.split())
        is_listed = self.engine.story_of(place.article_id) is not None
        ways: list[tuple[str, Callable[[], None]]] = []
        if is_listed:
            label = "Open the article" if note.is_detached else "Go to the passage"
            at = None if note.is_detached else place.start
            ways.append((label, partial(self._go_to_note, place.article_id, at)))
        if keep is not None:

            def changed(text: str | None) -> None:
                if text is not None:
                    self.reader.change(partial(keep.edit_note, note.id, text), then=self._renoted)

            sheet = AskScreen("Change the note", f"on “{quoted[:60]}”", note.text)
            ways.append(("Change it", lambda: self._push(sheet, changed)))
            remove = partial(keep.remove_notes, [note.id])
            ways.append(("Remove it", lambda: self.reader.change(remove, then=self._renoted)))
        ways.append(("Copy its words", lambda: self.reader.copy(place.quoted)))

        def picked(choice: int | None) -> None:
            if choice is not None:
                ways[choice][1]()

        hint = "these words are no longer in the article" if note.is_detached else "u takes a change back"
        title = note.text or f"Highlight: “{quoted}”"
        self.app.push_screen(PickScreen(title, [(label, "") for label, _ in ways], hint), picked)

    def _push(self, sheet: AskScreen, then: Callable[[str | None], None]) -> None:
        self.app.push_screen(sheet, then)

    def _go_to_note(self, article_id: str, at: int | None) -> None:
        self.go_to_article(article_id, at=at)
        self.show_pane("article")
