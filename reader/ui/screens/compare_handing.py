"""Handing on from a comparison: copy, export, trace, addresses, and the summary of what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.layout.row import Cell
from reader.ui.citing import article_citation, citation
from reader.ui.exporting import Form, comparison_forms, comparison_text, suggested_name, write_new
from reader.ui.latest import LatestWins
from reader.ui.screens.compare_keeping import CompareKeeping

if TYPE_CHECKING:
    from reader.model import CancelToken
    from reader.model.comparison import Place, Trace
    from reader.ui.engine import Engine
    from reader.ui.session import Session


class CompareHanding(CompareKeeping):
    """What leaves a comparison leaves it by a key, and is shown first."""

    def __init__(self, engine: Engine, session: Session) -> None:
        super().__init__(engine, session)
        self._trace_job: LatestWins[tuple[str, str], Trace] = LatestWins(
            self, self._trace, self._traced, self._not_traced, "trace"
        )

    def open_full(self, article_id: str, offset: int) -> None:
        """Leave the comparison for an article; the subclass knows how."""
        raise NotImplementedError

    def _not_traced(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self.say(str(error))

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
        article, span = self.selection or (self.compared.articles[cell.article], cell.span)
        self.say("Tracing this passage through the library …")
        self._trace_job.submit((span.slice(article.body), article.id))

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
                self.open_full(hit.article_id, hit.start)

        self.app.push_screen(trace_screen(trace), went)

    def action_copy(self) -> None:
        """The selection as a quotation, else the pair under the cursor as a Markdown table with citations."""
        row = self.own_row
        if self.selection is not None:
            self.reader.copy(citation(*self.selection))
            self.end_selection()
            return
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

    def forms(self) -> list[Form]:
        """What can be handed on from here."""
        compared = self.compared
        return [] if compared is None else comparison_forms(compared.comparison, compared.articles)

    def action_pipe(self) -> None:
        """The comparison to a program."""
        from reader.ui.screens.piping import pipe

        if self.compared is not None:
            pipe(self.reader, self.forms())

    def action_export(self) -> None:
        """The comparison as a file."""
        from reader.ui.screens.asking import PickScreen

        if self.compared is not None:
            choices = [(form.name, f".{form.suffix}") for form in self.forms()]
            self.app.push_screen(PickScreen("Export", choices), self._ask_target)

    def _ask_target(self, choice: int | None) -> None:
        from reader.ui.screens.asking import AskScreen

        compared = self.compared
        if choice is None or compared is None:
            return
        form = self.forms()[choice]
        title = "compare " + (compared.articles[0].headline or compared.articles[0].id)
        hint = f"in {Path.cwd()}; an existing file is never replaced"

        def write(target: str | None) -> None:
            if target:
                self.reader.asides.run(lambda: write_new(target, form.text()), self.say)

        self.app.push_screen(AskScreen("Write to", hint, suggested_name(title, form.suffix)), write)

    def action_open_url(self) -> None:
        """The original of the active side in the browser, after showing where that is."""
        from reader.ui.screens.opening import offer_original

        offer_original(self.reader, self, self.side_article)

    def action_hints(self) -> None:
        """Every address of the active side's article, to be opened in the browser."""
        from reader.ui.screens.opening import offer_all

        offer_all(self.reader, self, self.side_article)

    def action_info(self) -> None:
        """Everything that was found between these columns; choosing one goes there."""
        from reader.ui.screens.asking import PickScreen
        from reader.ui.summary import summary

        if self.compared is None:
            return
        found = summary(self.compared.comparison, self.compared.names, self.shown)
        if not found:
            self.say("Nothing was found between these articles")
            return

        def chosen(choice: int | None) -> None:
            if choice is not None:
                self.go_to_place(found[choice].place)

        choices = [(finding.label, finding.more) for finding in found]
        self.app.push_screen(PickScreen("What was found", choices, "Enter goes there"), chosen)

    def go_to_place(self, place: Place) -> None:
        """Focus the row that holds a place, in the view of all rows if this one lacks it."""
        for again in (False, True):
            if again:
                self.view, self.folded = "all", False
                self.show_view(self.row)
            for index, row in enumerate(self.pane.rows):
                if row.holds(place):
                    self.pane.set_side(self.shown.index(place.article))
                    self.pane.go(index, align=True)
                    return
