"""Reading in the reading room: what stands in the article panes, and how the reader moves through it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader.ui.documents import Document, DocumentAsked, prepare
from reader.ui.latest import LatestWins
from reader.ui.listing import ArticleRow, StoryRow
from reader.ui.scope import Scope
from reader.ui.screens.browse_frame import BrowseFrame
from reader.ui.session import NARROWEST, WIDEST, Session, Visit
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.line_view import LineView

if TYPE_CHECKING:
    from reader.model import CancelToken, Story
    from reader.ui.engine import Engine

MEASURE_STEP = 4
WIDE = 160
"""Cells from which a second source of the story is shown."""


class BrowseReading(BrowseFrame):
    """Two article panes, the second only where there is room and another source on the story."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self._document_job: LatestWins[DocumentAsked, Document] = LatestWins(
            self, self._read, self._show_document, self._not_read, "article"
        )
        self._beside_job: LatestWins[DocumentAsked, Document] = LatestWins(
            self, self._read, self._show_beside, self._not_read, "beside"
        )

    def _read(self, asked: DocumentAsked, cancel: CancelToken) -> Document:
        cancel.check()
        return prepare(self.engine, asked, self.reader.keep)

    def _not_read(self, asked: DocumentAsked, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

    def hits_asked(self) -> tuple[str, bool]:
        """The query whose hits are marked in articles, and whether it is still being typed."""
        return self.session.find or self.session.query, bool(self.session.find) or self.session.is_prefix

    def preview(self, article_id: str, to_hit: int | None = None, at: int | None = None) -> None:
        """Show an article; on a hit, at a place, or where the reader left it."""
        self.leave_article()
        query, as_you_type = self.hits_asked()
        if to_hit is None and at is None and query:
            to_hit = 0
        self._document_job.submit(DocumentAsked(article_id, query, as_you_type, to_hit, at))

    def leave_article(self) -> None:
        """Remember where reading stopped."""
        document = self.article_view.document
        if document is None:
            return
        offset, article = self.article_view.top_offset, document.article
        before = self.session.positions.get(article.id)
        self.session.positions[article.id] = offset
        keep = self.reader.keep
        if keep is not None and before is not None and before != offset:
            self.reader.errands.run(partial(keep.leave, article.id, offset, article.digest), lambda _: None)

    def _show_document(self, asked: DocumentAsked, document: Document) -> None:
        article_id = asked.article_id
        offset = (
            self.session.positions.setdefault(article_id, document.left_at) if asked.at is None else asked.at
        )
        self.article_view.show(document, offset)
        if asked.to_hit is not None and document.hits:
            self.article_view.stand_on_hit(asked.to_hit)
        self._fill_beside(article_id)
        self._fill_info()
        if self.is_reading:
            self._visited()
        self.update_status()

    def _show_beside(self, asked: DocumentAsked, document: Document) -> None:
        self.set_class(True, "-two")
        self.beside_view.show(document, self.session.positions.get(asked.article_id, 0))

    def _fill_beside(self, article_id: str) -> None:
        story = self.engine.story_of(article_id)
        others = [] if story is None else [other for other in story.article_ids if other != article_id]
        if not self.query("#beside") and (not others or self.app.size.width < WIDE):
            return
        shown = self.beside_view.document
        if not others:
            self._beside_job.drop()
            self.set_class(False, "-two")
            self.beside_view.clear()
        elif shown is None or shown.article.id not in others:
            self._ask_beside(_other_source(self.engine, article_id, others))

    def _ask_beside(self, article_id: str) -> None:
        query, as_you_type = self.hits_asked()
        self._beside_job.submit(DocumentAsked(article_id, query, as_you_type))

    def update_status(self) -> None:
        """The top line says something else now."""
        raise NotImplementedError

    @on(LineView.Moved)
    def _moved(self) -> None:
        self.update_status()

    # What was read is a place to come back to, and marks the article as read.
    def _visited(self) -> None:
        document = self.article_view.document
        if document is None:
            return
        session, article_id = self.session, document.article.id
        session.remember(Visit(article_id, session.query, session.scope))
        keep = self.reader.keep
        if keep is not None and article_id not in session.kept.read:
            self.reader.change(partial(keep.mark_read, [article_id], True), quiet=True)

    def open_article(self) -> None:
        """Go from the list into the article."""
        self.show_pane("article")
        self._visited()

    def story(self) -> Story | None:
        """The story of the row under the cursor, or of the article that is read."""
        document = self.active_view.document
        if self.is_reading and document is not None:
            return self.engine.story_of(document.article.id)
        row = self.article_list.row
        if isinstance(row, StoryRow):
            return row.story
        return self.engine.story_of(row.info.id) if isinstance(row, ArticleRow) else None

    def article_id(self) -> str | None:
        """The article the keys are about."""
        document = self.active_view.document
        if self.is_reading and document is not None:
            return document.article.id
        row = self.article_list.row
        return row.info.id if isinstance(row, ArticleRow) else None

    # The other sources of the story, one key away.
    def _step_source(self, step: int) -> None:
        document = self.active_view.document
        story = None if document is None else self.engine.story_of(document.article.id)
        if document is None or story is None or len(story.article_ids) < 2:
            self.say("No other source has this story")
            return
        ids = story.article_ids
        beside = self.beside_view.document if self.query("#beside") else None
        if self.pane == "beside":
            main = self.article_view.document
            ids = tuple(one for one in ids if main is None or one != main.article.id)
            self._ask_beside(ids[(ids.index(document.article.id) + step) % len(ids)])
            return
        target = ids[(ids.index(document.article.id) + step) % len(ids)]
        if beside is not None and beside.article.id == target and len(ids) > 2:
            target = ids[(ids.index(target) + step) % len(ids)]
        self.go_to_article(target)

    def go_to_article(self, article_id: str, at: int | None = None) -> None:
        """Show an article wherever it is, with the list's cursor on it if it is listed."""
        index = self.article_list.listing.index_of(article_id)
        if index is None or not self.article_list.go(index, quiet=True):
            self.article_list.forget()
        self.session.selected = article_id
        self.preview(article_id, at=at)

    def action_next_source(self) -> None:
        """The same story by the next source."""
        self._step_source(1)

    def action_previous_source(self) -> None:
        """The same story by the previous source."""
        self._step_source(-1)

    def _step_history(self, step: int) -> None:
        visit = self.session.step_visit(step)
        if visit is None:
            self.say("Nothing further back" if step < 0 else "Nothing further on")
            return
        self.return_to(visit)

    def return_to(self, visit: Visit) -> None:
        """Show what was read then."""
        self.go_to_article(visit.article_id)
        self.show_pane("article")

    def action_history_back(self) -> None:
        """What was read before."""
        self._step_history(-1)

    def action_history_forward(self) -> None:
        """What was read after that."""
        self._step_history(1)

    # How it looks.
    def action_zen(self) -> None:
        """Only the article, or everything again."""
        self.toggle_class("-zen")
        self.show_pane("article")

    def _change_measure(self, step: int) -> None:
        measure = min(max(self.session.measure + step, NARROWEST), WIDEST)
        self.session.measure = measure
        self.article_view.set_measure(measure)
        if self.query("#beside"):
            self.beside_view.set_measure(measure)
        self.say(f"Lines of at most {measure} columns")

    def action_wider(self) -> None:
        """Longer lines."""
        self._change_measure(MEASURE_STEP)

    def action_narrower(self) -> None:
        """Shorter lines."""
        self._change_measure(-MEASURE_STEP)

    def action_info(self) -> None:
        """The drawer with facts, outline, the story's other sources and notes."""
        self.toggle_class("-info")
        if self.has_class("-info"):
            if self.article_view.document is None:
                self.info_pane.show(())
            self._fill_info()
            if self.is_narrow:
                self.show_pane("info")
        elif self.pane == "info":
            self.show_pane("article")

    def _fill_info(self) -> None:
        from reader.ui.info import entries

        document = self.article_view.document
        if document is None or not self.has_class("-info"):
            return
        story = self.engine.story_of(document.article.id)
        others = () if story is None else self.engine.articles(Scope(article_ids=story.article_ids))
        keep = self.reader.keep
        notes = () if keep is None else keep.notes(document.article.id)
        self.info_pane.show(entries(document.article, story, others, self.session.kept, notes))

    @on(LineList.Chosen, "#info")
    def _go_to_entry(self) -> None:
        entry = self.info_pane.entry
        if entry is None:
            return
        if entry.article_id is not None:
            self.go_to_article(entry.article_id)
        elif entry.offset is not None:
            self.article_view.reveal(entry.offset)
        else:
            return
        self.show_pane("article")


def _other_source(engine: Engine, article_id: str, others: list[str]) -> str:
    """The first other article by another source, else the first."""
    infos = {info.id: info for info in engine.articles(Scope(article_ids=(article_id, *others)))}
    own = infos[article_id].source if article_id in infos else None
    return next((other for other in others if other in infos and infos[other].source != own), others[0])
