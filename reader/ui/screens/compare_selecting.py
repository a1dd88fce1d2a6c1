"""Selecting in a comparison by keys or mouse: whole sentences of the active side, to copy, note or trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from reader.model import Span
from reader.text.sentences import sentences
from reader.ui.naming import count
from reader.ui.screens.compare_finding import CompareFinding
from reader.ui.widgets.compare_pointing import PointedRows

if TYPE_CHECKING:
    from reader.model import Article
    from reader.ui.engine import Engine
    from reader.ui.session import Session


class CompareSelecting(CompareFinding):
    """`v` begins and ends, `j` and `k` take one sentence more or less."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self._sentences: tuple[Span, ...] = ()
        self._selected: tuple[int, int, int] | None = None

    @property
    def selection(self) -> tuple[Article, Span] | None:
        """The article and the stretch of its body that are selected."""
        if self._selected is None or self.compared is None:
            return None
        article, first, last = self._selected
        span = Span(self._sentences[first].start, self._sentences[last].end)
        return self.compared.articles[article], span

    def action_select(self) -> None:
        """Select the first sentence of the passage, or select nothing any more."""
        row = self.row
        if self.end_selection() or self.compared is None or row is None:
            return
        cell = row.cells[self.pane.side]
        if cell is None:
            self.say("This side has nothing in this row: Tab goes to the other")
            return
        self._read_sentences(cell.article)
        first = next((n for n, found in enumerate(self._sentences) if found.end > cell.span.start), None)
        if first is not None:
            self._select(cell.article, first, first)

    def _read_sentences(self, index: int) -> None:
        assert self.compared is not None
        article = self.compared.articles[index]
        self._sentences = tuple(
            found
            for paragraph in article.paragraphs
            for found in sentences(article.body, paragraph.span.start, paragraph.span.end)
        )

    @on(PointedRows.Dragged)
    def _dragged(self, event: PointedRows.Dragged) -> None:
        if self.compared is None:
            return
        self._read_sentences(event.article)
        touched = [
            n
            for n, found in enumerate(self._sentences)
            if found.start <= event.last and event.first < found.end
        ]
        if touched and (event.article, touched[0], touched[-1]) != self._selected:
            self._select(event.article, touched[0], touched[-1])

    def _select(self, article: int, first: int, last: int) -> None:
        assert self.compared is not None
        self._selected = (article, first, last)
        span = Span(self._sentences[first].start, self._sentences[last].end)
        self.pane.lay("selected", {article: (span,)})
        end = self._sentences[last].start
        for index, row in enumerate(self.pane.rows):
            cell = row.cells[self.pane.side]
            if cell is not None and cell.span.start <= end < cell.span.end:
                self.pane.go(index)
                break
        self.say_evidence()

    def say_evidence(self) -> None:
        """While something is selected, what can be done with it."""
        if self._selected is None:
            super().say_evidence()
            return
        _, first, last = self._selected
        said = count(last - first + 1, "sentence")
        self.say(f"{said} selected · j and k take more or less · y copies, a notes, T traces")

    def end_selection(self) -> bool:
        """Select nothing any more; whether anything was selected."""
        if self._selected is None:
            return False
        self._selected = None
        self.pane.lay("selected", {})
        self.update_place()
        return True

    def _extend(self, step: int) -> bool:
        if self._selected is None:
            return False
        article, first, last = self._selected
        self._select(article, first, min(max(last + step, first), len(self._sentences) - 1))
        return True

    def action_down(self) -> None:
        """The next row; while selecting one sentence more."""
        if not self._extend(1):
            super().action_down()

    def action_up(self) -> None:
        """The previous row; while selecting one sentence less."""
        if not self._extend(-1):
            super().action_up()
