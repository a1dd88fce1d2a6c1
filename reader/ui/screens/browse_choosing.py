"""Choosing in the reading room: sentences, a range of the list, everything listed, the preview."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.ui.listing import ArticleRow
from reader.ui.naming import count
from reader.ui.screens.browse_keeping import BrowseKeeping

if TYPE_CHECKING:
    from reader.model import Article, Span
    from reader.ui.engine import Engine
    from reader.ui.session import Session


class BrowseChoosing(BrowseKeeping):
    """`v` begins, `j` and `k` extend, whatever takes a selection or marks takes it, `v` or Esc ends."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self._anchor: tuple[Span, Span] | None = None
        self._range: tuple[int, dict[str, None]] | None = None

    def action_select(self) -> None:
        """Select from the keyboard, or end that."""
        if self.is_reading:
            self._select_passage()
        elif self.pane == "articles":
            self._select_range()
        else:
            self.say("v selects in an article by sentence, and in the list a range of articles")

    # In an article.
    def _select_passage(self) -> None:
        if self.active_view.chosen is not None:
            self.end_selection()
            return
        found = self.passage()
        if found is None:
            self.say("There is no sentence here to select")
            return
        self._anchor = (found[1], found[1])
        self.active_view.choose(found[1])
        self.say("j and k extend · y copies · a notes · T traces · Esc lets go")

    def end_selection(self) -> bool:
        """Let go of what was selected from the keyboard; whether anything was."""
        if self._range is not None:
            self._range = None
            self.say(f"{count(len(self.session.marks), 'article')} marked")
            return True
        view = self.active_view
        if view.chosen is None:
            return False
        view.choose(None)
        self._anchor = None
        self.say("")
        return True

    def _extend(self, step: int) -> bool:
        view = self.active_view
        if not self.is_reading or view.chosen is None or view.document is None or self._anchor is None:
            return False
        from reader.model import Span

        anchor, moving = self._anchor
        further = _next_passage(view.document.article, moving, step)
        if further is None:
            return True
        self._anchor = (anchor, further)
        view.choose(Span(min(anchor.start, further.start), max(anchor.end, further.end)))
        view.reveal(further.start)
        return True

    def action_down(self) -> None:
        """One item or line down, or one sentence more."""
        if not self._extend(1):
            super().action_down()

    def action_up(self) -> None:
        """One item or line up, or one sentence the other way."""
        if not self._extend(-1):
            super().action_up()

    # In the list.
    def _select_range(self) -> None:
        if self._range is not None:
            self.end_selection()
            return
        self._range = (self.article_list.cursor, dict(self.session.marks))
        self._mark_range()
        self.say("j and k extend the range · v ends it · m s t e | are about all marked")

    def _mark_range(self) -> None:
        if self._range is None:
            return
        anchor, before = self._range
        first, last = sorted((anchor, self.article_list.cursor))
        rows = self.article_list.listing.rows[first : last + 1]
        marks = self.session.marks
        marks.clear()
        marks.update(before)
        marks.update({row.info.id: None for row in rows if isinstance(row, ArticleRow)})
        self.article_list.forget()
        self.update_status()

    def cursor_moved(self) -> None:
        """The list's cursor stands elsewhere: a range that was begun follows it."""
        self._mark_range()

    def action_mark_all(self) -> None:
        """Mark all that is listed, also what is not on the screen yet; or take all marks away."""
        marks = self.session.marks
        if marks:
            marks.clear()
            self._range = None
            self._marked("No article is marked")
            return

        def taken(ids: tuple[str, ...]) -> None:
            marks.update(dict.fromkeys(ids))
            self._marked(f"{count(len(marks), 'article')} marked · A takes the marks away")

        self.reader.asides.run(partial(self.listed_ids), taken)

    def _marked(self, said: str) -> None:
        self.article_list.forget()
        self.update_status()
        self.say(said)

    # The preview.
    def action_preview(self) -> None:
        """Show the article beside the list, or the list alone; remembered for the next start."""
        if self.is_narrow:
            self.say("There is room for one pane only: Enter opens the article")
            return
        self.session.preview = not self.session.preview
        self.show_preview()
        self.say("" if self.session.preview else "The list alone: Enter opens the article, p brings it back")

    def show_preview(self) -> None:
        """Show or hide it, as the session says."""
        self.set_class(not self.session.preview, "-alone")


def _next_passage(article: Article, span: Span, step: int) -> Span | None:
    from reader.ui.citing import passage_after, passage_before

    return passage_after(article, span) if step > 0 else passage_before(article, span)
