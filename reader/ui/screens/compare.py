"""Sources side by side on one story: which ones, in which view, and what leads on from there."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from reader.layout.row import VIEWS, Cell
from reader.ui.citing import article_citation
from reader.ui.columns import most_columns
from reader.ui.commands import bindings
from reader.ui.compared import Compared, compare
from reader.ui.exporting import FORMATS, comparison_text, suggested_name, write_new
from reader.ui.keep import NotePlace
from reader.ui.latest import LatestWins
from reader.ui.screens.compare_rows import CompareRows, Opened
from reader.ui.screens.leaving import leave

if TYPE_CHECKING:
    from reader.model import CancelToken
    from reader.model.comparison import Trace
    from reader.ui.engine import Engine
    from reader.ui.session import Session


class CompareScreen(CompareRows):
    """Owns the comparison; its result says which side to open in full."""

    BINDINGS: ClassVar[list[Any]] = bindings("compare")
    AUTO_FOCUS = "#rows"

    def __init__(self, engine: Engine, session: Session, ids: tuple[str, ...]) -> None:
        super().__init__(engine, session)
        self.ids = ids
        self._was_stacked = False
        self._job: LatestWins[tuple[str, ...], Compared] = LatestWins(
            self, self._compare, self._show, self._failed, "compare"
        )
        self._trace_job: LatestWins[tuple[str, str], Trace] = LatestWins(
            self, self._trace, self._traced, self._failed, "trace"
        )

    def on_mount(self) -> None:
        """Compare in a thread; the frame is there at once."""
        self.status.say(f"  {len(self.ids)} articles", "comparing …", strong="Compare")
        self._job.submit(self.ids)

    def _compare(self, ids: tuple[str, ...], cancel: CancelToken) -> Compared:
        return compare(self.engine, ids, cancel)

    def _failed(self, question: object, error: Exception) -> None:  # noqa: ARG002
        if self.compared is None:
            self.status.say("", "not compared", strong="Compare")
        self.say(str(error))

    def _show(self, ids: tuple[str, ...], compared: Compared) -> None:  # noqa: ARG002
        self.compared = compared
        self.shown = compared.best_columns(most_columns(len(compared.articles), self.app.size.width))
        self._was_stacked = self.is_stacked
        self.relay()
        self.go_to_finding()

    def on_resize(self) -> None:
        """More or fewer columns may fit."""
        if self.compared is None:
            return
        fitting = most_columns(len(self.compared.articles), self.app.size.width)
        if fitting != len(self.shown):
            others = (index for index in range(len(self.compared.articles)) if index not in self.shown)
            self.shown = (*self.shown, *others)[:fitting]
        elif self._was_stacked == self.is_stacked:
            return
        self._was_stacked = self.is_stacked
        self.relay(self.row)

    def action_advance(self) -> None:
        """A page on; at the end the next pair of sources."""
        if not self.pane.at_end or self.compared is None:
            self.action_page_down()
        elif len(self.compared.articles) > len(self.shown):
            self.action_next_source()
        else:
            self.say("This is the end; q goes back")

    def action_view(self) -> None:
        """All, differences, shared, quotes, figures, names, only here."""
        if self.compared is not None:
            self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
            self.show_view(self.row)

    def action_fold(self) -> None:
        """Leave out the rows without a link or quote, or show them again."""
        if self.compared is not None:
            self.folded = not self.folded
            self.show_view(self.row)

    def action_lock(self) -> None:
        """Scroll one side alone, or both from where they stand."""
        self.pane.toggle_lock()

    def action_swap(self) -> None:
        """Swap the active side with the one beside it."""
        if self.compared is None or len(self.shown) < 2:
            return
        shown, side, keep = list(self.shown), self.pane.side, self.row
        other = side + 1 if side + 1 < len(shown) else side - 1
        shown[side], shown[other] = shown[other], shown[side]
        self.shown = tuple(shown)
        self.pane.side = other
        self.relay(keep)

    def _replace(self, step: int) -> None:
        if self.compared is None:
            return
        count, side = len(self.compared.articles), self.pane.side
        taken = {index for place, index in enumerate(self.shown) if place != side}
        free = [index for index in range(count) if index not in taken]
        if len(free) < 2:
            self.say("There is no further article in this comparison")
            return
        here = free.index(self.shown[side])
        shown = list(self.shown)
        shown[side] = free[(here + step) % len(free)]
        self.shown = tuple(shown)
        self.relay(self.row)

    def action_next_source(self) -> None:
        """The next article in this column."""
        self._replace(1)

    def action_previous_source(self) -> None:
        """The previous article in this column."""
        self._replace(-1)

    def _side_cell(self) -> Cell | None:
        row = self.row
        if row is None:
            return None
        return row.cells[self.pane.side] or next((cell for cell in row.cells if cell is not None), None)

    def action_trace(self) -> None:
        """Where else the passage of this side stands in the library."""
        cell = self._side_cell()
        if self.compared is None or cell is None:
            return
        article = self.compared.articles[cell.article]
        self.say("Tracing this passage through the library …")
        self._trace_job.submit((cell.span.slice(article.body), article.id))

    def _trace(self, question: tuple[str, str], cancel: CancelToken) -> Trace:
        return self.engine.trace(question[0], origin=question[1], cancel=cancel)

    def _traced(self, question: tuple[str, str], trace: Trace) -> None:  # noqa: ARG002
        from reader.ui.screens.tracing import trace_screen

        if not trace.hits:
            self.say("Nobody else in this library has this passage")
            return

        def went(choice: int | None) -> None:
            if choice is not None:
                hit = trace.hits[choice]
                leave(self, Opened(hit.article_id, hit.start))

        self.app.push_screen(trace_screen(trace), went)

    def action_copy(self) -> None:
        """The pair under the cursor as a Markdown table with its citations."""
        row = self.own_row
        if self.compared is None or row is None:
            return
        articles = self.compared.articles
        texts = [
            "" if cell is None else " ".join(cell.span.slice(articles[cell.article].body).split())
            for cell in row.cells
        ]
        heads = [article_citation(articles[index]) for index in self.shown]
        table = [heads, ["---"] * len(heads), texts]
        lines = ["| " + " | ".join(part.replace("|", "\\|") for part in line) + " |" for line in table]
        self.reader.copy("\n".join(lines) + f"\n\n{row.word}\n")

    def action_copy_all(self) -> None:
        """The whole comparison as Markdown."""
        if self.compared is not None:
            self.reader.copy(comparison_text(self.compared.comparison, self.compared.articles, "md"))

    def action_export(self) -> None:
        """The comparison as a file."""
        from reader.ui.screens.asking import PickScreen

        if self.compared is not None:
            choices = [(name, f".{suffix}") for suffix, name in FORMATS]
            self.app.push_screen(PickScreen("Export the comparison as", choices), self._ask_target)

    def _ask_target(self, choice: int | None) -> None:
        from reader.ui.screens.asking import AskScreen

        compared = self.compared
        if choice is None or compared is None:
            return
        suffix = FORMATS[choice][0]
        name = suggested_name("compare " + (compared.articles[0].headline or compared.articles[0].id), suffix)
        hint = f"in {Path.cwd()}; an existing file is never replaced"

        def write(target: str | None) -> None:
            if target:
                text = comparison_text(compared.comparison, compared.articles, suffix)
                self.reader.errands.run(partial(write_new, target, text), self.say)

        self.app.push_screen(AskScreen("Write to", hint, name), write)

    def action_annotate(self) -> None:
        """A note on the pair under the cursor."""
        keep, row = self.reader.keep, self.own_row
        if keep is None or self.compared is None or row is None:
            self.say("Nothing can be kept: there is no state folder")
            return
        places = []
        for cell in [cell for cell in row.cells if cell is not None][:2]:
            article, span = self.compared.articles[cell.article], cell.span
            quoted = span.slice(article.body)
            places.append(NotePlace(article.id, span.start, span.end, article.digest, quoted))
        from reader.ui.screens.asking import AskScreen

        def noted(text: str | None) -> None:
            if text is not None:
                self.reader.change(partial(keep.add_note, places, text))

        title = "Note on this pair" if len(places) > 1 else "Note on this passage"
        self.app.push_screen(AskScreen(title, "Enter alone highlights"), noted)

    def action_undo(self) -> None:
        """Take the latest change back."""
        if self.reader.keep is not None:
            self.reader.change(self.reader.keep.undo, nothing="There is nothing to take back")

    def action_redo(self) -> None:
        """Make it again."""
        if self.reader.keep is not None:
            self.reader.change(self.reader.keep.redo, nothing="There is nothing to make again")

    def action_matrix(self) -> None:
        """Claims against sources."""
        from reader.ui.screens.matrix import MatrixScreen

        if self.compared is not None:
            self.app.push_screen(MatrixScreen(self.compared), self._from_matrix)

    def _from_matrix(self, claim: int | None) -> None:
        if claim is None or self.compared is None:
            return
        members = self.compared.comparison.claims[claim].members
        fitting = len(self.shown)
        first = [member.article for member in members][:fitting]
        self.shown = (*first, *(index for index in self.shown if index not in first))[:fitting]
        self.view, self.folded = "all", False
        self.relay()
        for index, row in enumerate(self.pane.rows):
            cell = row.cells[0]
            if cell is not None and cell.span.start <= members[0].start < cell.span.end:
                self.pane.go(index, align=True)

    def action_open(self) -> None:
        """The active side in full, at this passage."""
        row = self.row
        if self.compared is not None and row is not None:
            cell = row.cells[self.pane.side]
            article = self.compared.articles[self.shown[self.pane.side]]
            leave(self, Opened(article.id, 0 if cell is None else cell.span.start))

    def action_compare(self) -> None:
        """Back to one article."""
        self.action_back()

    def action_cancel(self) -> None:
        """One step back."""
        self.action_back()

    def action_back(self) -> None:
        """Back to the list."""
        self._job.drop()
        self._trace_job.drop()
        leave(self, None)
