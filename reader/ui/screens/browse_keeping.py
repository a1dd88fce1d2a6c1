"""Keeping, in the reading room: read, starred, tagged, noted, saved; one key takes each change back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reader.ui.keep import Keep, NotePlace
from reader.ui.listing import ArticleRow, StoryRow
from reader.ui.naming import count
from reader.ui.screens.browse_handing import BrowseHanding


class BrowseKeeping(BrowseHanding):
    """Every change goes to the state through the app, one after the other, and has its inverse."""

    def _keep(self) -> Keep | None:
        keep = self.reader.keep
        if keep is None:
            self.say("Nothing can be kept: there is no state folder")
        return keep

    def chosen_ids(self) -> list[str]:
        """What a change is about: the pane's whole list, the marked articles, or the one under the cursor."""
        if self.pane == "sources":
            shelf = self.source_list.shelf
            return [] if shelf is None else [info.id for info in self.engine.articles(shelf.scope)]
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

    def fill_shelves(self) -> None:
        """The left column follows what is kept."""
        raise NotImplementedError

    def action_toggle_read(self) -> None:
        """Read, or unread if all of them are read."""
        keep, ids = self._keep(), self.chosen_ids()
        if keep is not None and ids:
            is_read = not set(ids) <= self.session.kept.read
            self.reader.change(partial(keep.mark_read, ids, is_read))

    def action_star(self) -> None:
        """Star, or take the stars if all of them have one."""
        keep, ids = self._keep(), self.chosen_ids()
        if keep is not None and ids:
            is_starred = not set(ids) <= self.session.kept.starred
            self.reader.change(partial(keep.star, ids, is_starred))

    def _ask(self, title: str, hint: str, done: Callable[[str], None], value: str = "") -> None:
        from reader.ui.screens.asking import AskScreen

        self.app.push_screen(AskScreen(title, hint, value), lambda text: done(text) if text else None)

    def action_tags(self) -> None:
        """Add and remove tags by name."""
        keep, ids = self._keep(), self.chosen_ids()
        if keep is None or not ids:
            return
        known = ", ".join(list(self.session.kept.tags)[:12])
        hint = f"name adds, -name removes, commas between{'; in use: ' + known if known else ''}"

        def tagged(text: str) -> None:
            names = [name.strip() for name in text.split(",") if name.strip()]
            add = [name for name in names if not name.startswith("-")]
            remove = [name[1:].strip() for name in names if name.startswith("-")]
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
            self.reader.change(keep.undo, nothing="There is nothing to take back", then=self._renoted)

    def action_redo(self) -> None:
        """Make it again."""
        keep = self._keep()
        if keep is not None:
            self.reader.change(keep.redo, nothing="There is nothing to make again", then=self._renoted)

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

    def action_show_all(self) -> None:
        """All articles of the list."""
        self.show_only("all")

    def action_show_unread(self) -> None:
        """Unread articles alone."""
        if self._keep() is not None:
            self.show_only("unread")

    def action_show_starred(self) -> None:
        """Starred articles alone."""
        if self._keep() is not None:
            self.show_only("starred")
