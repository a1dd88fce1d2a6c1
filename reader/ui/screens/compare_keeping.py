"""Keeping, in a comparison: marks of the active side, notes on a pair, the comparison itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.ui.keep import Keep, NotePlace
from reader.ui.naming import count
from reader.ui.saved import comparison_query
from reader.ui.screens.compare_selecting import CompareSelecting

if TYPE_CHECKING:
    from reader.model import Article, Span


class CompareKeeping(CompareSelecting):
    """Every change goes to the state through the app and has its inverse."""

    @property
    def side_article(self) -> Article | None:
        """The article of the active side."""
        return None if self.compared is None else self.compared.articles[self.shown[self.pane.side]]

    def _keep(self) -> Keep | None:
        keep = self.reader.keep
        if keep is None:
            self.say("Nothing can be kept: there is no state folder")
        return keep

    def action_toggle_read(self) -> None:
        """The active side, read or unread."""
        keep, article = self._keep(), self.side_article
        if keep is not None and article is not None:
            is_read = article.id not in self.session.kept.read
            self.reader.change(partial(keep.mark_read, [article.id], is_read))

    def action_star(self) -> None:
        """Star the active side, or take its star."""
        keep, article = self._keep(), self.side_article
        if keep is not None and article is not None:
            is_starred = article.id not in self.session.kept.starred
            self.reader.change(partial(keep.star, [article.id], is_starred))

    def action_tags(self) -> None:
        """Tags of the active side."""
        from reader.ui.screens.asking import AskScreen

        keep, article = self._keep(), self.side_article
        if keep is None or article is None:
            return
        known = ", ".join(list(self.session.kept.tags)[:12])
        hint = f"name adds, -name removes, commas between{'; in use: ' + known if known else ''}"
        article_id = article.id

        def tagged(text: str | None) -> None:
            names = [name.strip() for name in (text or "").split(",") if name.strip()]
            add = [name for name in names if not name.startswith("-")]
            remove = [name[1:].strip() for name in names if name.startswith("-")]
            if names:
                self.reader.change(partial(keep.tag, [article_id], add, remove))

        assert self.compared is not None
        name = self.compared.names[self.shown[self.pane.side]]
        self.app.push_screen(AskScreen(f"Tags of {name}", hint), tagged)

    def action_annotate(self) -> None:
        """A note on the selection, else on the pair under the cursor."""
        from reader.ui.screens.asking import AskScreen

        keep, places = self._keep(), self._places()
        if keep is None or not places:
            return

        def noted(text: str | None) -> None:
            if text is not None:
                self.end_selection()
                self.reader.change(partial(keep.add_note, places, text))

        title = "Note on this pair" if len(places) > 1 else "Note on this passage"
        self.app.push_screen(AskScreen(title, "Enter alone highlights"), noted)

    def _places(self) -> list[NotePlace]:
        if self.selection is not None:
            return [_place(*self.selection)]
        row = self.own_row
        if self.compared is None or row is None:
            return []
        cells = [cell for cell in row.cells if cell is not None][:2]
        return [_place(self.compared.articles[cell.article], cell.span) for cell in cells]

    def action_save_search(self) -> None:
        """This comparison, by a name, among the saved searches."""
        from reader.ui.screens.asking import AskScreen

        keep, compared = self._keep(), self.compared
        if keep is None or compared is None:
            return
        others = [index for index in range(len(compared.articles)) if index not in self.shown]
        ids = [compared.articles[index].id for index in (*self.shown, *others)]
        query = comparison_query(ids)

        def named(name: str | None) -> None:
            if name:
                self.reader.change(partial(keep.save_search, name, query))

        suggested = "Compare: " + (compared.articles[0].headline or " / ".join(compared.names[:2]))
        hint = f"{count(len(ids), 'article')}; it opens from the saved searches"
        self.app.push_screen(AskScreen("Save this comparison as", hint, suggested[:80]), named)

    def action_undo(self) -> None:
        """Take the latest change back."""
        keep = self._keep()
        if keep is not None:
            self.reader.change(keep.undo, nothing="There is nothing to take back")

    def action_redo(self) -> None:
        """Make it again."""
        keep = self._keep()
        if keep is not None:
            self.reader.change(keep.redo, nothing="There is nothing to make again")


def _place(article: Article, span: Span) -> NotePlace:
    return NotePlace(article.id, span.start, span.end, article.digest, span.slice(article.body))
