"""Sources side by side on one story: which ones, in which view, and what leads on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from reader.layout.row import VIEWS
from reader.ui.columns import most_columns
from reader.ui.commands import bindings
from reader.ui.compared import Compared, compare
from reader.ui.latest import LatestWins
from reader.ui.scope import Scope
from reader.ui.screens.compare_handing import CompareHanding
from reader.ui.screens.compare_rows import Left, Opened
from reader.ui.screens.leaving import leave

if TYPE_CHECKING:
    from reader.layout.row import Row
    from reader.model import CancelToken
    from reader.ui.engine import Engine
    from reader.ui.session import Session

PATIENCE_S = 0.1
"""After so long without a comparison the empty frame is shown."""


class CompareScreen(CompareHanding):
    """Owns the comparison; its result says which side to open in full."""

    BINDINGS: ClassVar[list[Any]] = bindings("compare")
    AUTO_FOCUS = "#rows"

    def __init__(
        self, engine: Engine, session: Session, ids: tuple[str, ...], left: Left | None = None
    ) -> None:
        super().__init__(engine, session)
        self._left = left
        self.ids = ids
        self._was_stacked = False
        self._kept: Row | None = None
        self._is_held = False
        self._is_looking = False
        self._job: LatestWins[tuple[str, ...], Compared] = LatestWins(
            self, self._compare, self._show, self._failed, "compare"
        )

    def on_mount(self) -> None:
        """Compare in a thread; the frame is there at once."""
        if self._left is not None:
            self._resume(self._left)
            return
        self.status.say(f"  {len(self.ids)} articles", "comparing …", strong="Compare")
        self._hold()
        self._job.submit(self.ids)

    # An empty frame costs as much as a full one, and most comparisons are there before it would be seen.
    def _hold(self) -> None:
        self._is_held = True
        self.set_timer(PATIENCE_S, self._let_go)

    def _let_go(self) -> None:
        if self._is_held:
            self._is_held = False
            self.refresh()

    def _compositor_refresh(self) -> None:
        # Textual 8.2 paints a screen that resumes even inside `App.batch_update`.
        if not self._is_held:
            super()._compositor_refresh()

    def _resume(self, left: Left) -> None:
        """As it was left, at the row it was left from."""
        self.compared, self.view, self.folded = left.compared, left.view, left.folded
        fitting = most_columns(len(left.compared.articles), self.app.size.width)
        self.shown = left.shown[:fitting]
        if len(self.shown) < fitting:
            self.shown = left.compared.best_columns(fitting)
        self._was_stacked = self.is_stacked
        self.relay(left.row)
        self.pane.set_side(left.side)

    def _compare(self, ids: tuple[str, ...], cancel: CancelToken) -> Compared:
        return compare(self.engine, ids, cancel)

    def _failed(self, question: object, error: Exception) -> None:  # noqa: ARG002
        self._let_go()
        if self.compared is None:
            self.status.say("", "not compared", strong="Compare")
        self.say(str(error))

    def _show(self, ids: tuple[str, ...], compared: Compared) -> None:  # noqa: ARG002
        kept, self._kept = self._kept, None
        self.compared = compared
        if kept is None:
            self.shown = compared.best_columns(most_columns(len(compared.articles), self.app.size.width))
        self._was_stacked = self.is_stacked
        self.relay(kept)
        if kept is None:
            self.go_to_finding()
            self.update_place()
            self._let_go()
        else:
            # After the evidence of the row, which the rows ask for as they are laid.
            self.call_after_refresh(self.say, "Compared anew: the files have changed")

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
            self.pane.go(0, align=True)
            self.go_to_finding()
        else:
            self.say("This is the end: J compares the next story, q goes back")

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
        self.go_to_place(members[0])

    def action_open(self) -> None:
        """The active side in full, at this passage."""
        row, article = self.row, self.side_article
        if self.is_typing:
            self.finish_typing()
        elif article is not None and row is not None:
            cell = row.cells[self.pane.side]
            self.open_full(article.id, 0 if cell is None else cell.span.start)

    def open_full(self, article_id: str, offset: int) -> None:
        """Leave for an article; one step back from there comes back here."""
        leave(self, Opened(article_id, offset, self._as_left()))

    def _as_left(self) -> Left:
        assert self.compared is not None
        return Left(self.ids, self.compared, self.shown, self.view, self.folded, self.own_row, self.pane.side)

    def _step_story(self, step: int) -> None:
        stories = [story.article_ids for story in self.engine.stories(2)]
        here = next((n for n, ids in enumerate(stories) if self.ids[0] in ids), None)
        wanted = (0 if step > 0 else len(stories) - 1) if here is None else here + step
        if not 0 <= wanted < len(stories):
            self.say("There is no further story with two sources")
            return
        self.end_find()
        self.end_selection()
        self._kept = None
        self.ids = stories[wanted]
        self.status.say(f"  {len(self.ids)} articles", "comparing …", strong="Compare")
        self._job.submit(self.ids)

    def action_next_story(self) -> None:
        """The next story that several sources tell."""
        self._step_story(1)

    def action_previous_story(self) -> None:
        """The previous one."""
        self._step_story(-1)

    def action_zen(self) -> None:
        """Only the rows, or everything again."""
        self.toggle_class("-zen")

    def action_compare(self) -> None:
        """Back to one article."""
        self.action_back()

    def action_cancel(self) -> None:
        """End what is selected or looked for, else one step back."""
        if self.has_class("-zen"):
            self.action_zen()
        elif not (self.end_selection() or self.end_find()):
            self.action_back()

    def action_back(self) -> None:
        """Back to the list."""
        self._job.drop()
        self._trace_job.drop()
        self._find_job.drop()
        leave(self, None if self.compared is None else Opened(None, left=self._as_left()))

    def action_history_back(self) -> None:
        """What was read before."""
        self.action_back()

    def action_history_forward(self) -> None:
        """A comparison is always the latest."""
        self.say("Nothing further on")

    def action_jump(self) -> None:
        """Letters on the sides."""
        from reader.ui.screens.jump import JumpScreen, Landing

        def jumped(side: int | None) -> None:
            if side is not None:
                self.pane.set_side(side)

        if self.compared is None:
            return
        if self.is_stacked:
            self.say("The sides stand one under the other here: Tab goes to the next")
            return
        top = self.head.region.y
        landings = [Landing(side, x, top) for side, x in enumerate(self.pane.columns.starts)]
        self.app.push_screen(JumpScreen(landings), jumped)

    def action_refresh_library(self) -> None:
        """Look for new, changed and removed articles; what has changed is compared anew."""
        self.say("Looking for changes …")
        self._is_looking = True
        self.reader.open_library(again=True)

    def library_changed(self, is_done: bool) -> None:
        """The library was read again: compare anew what is not as it was compared."""
        if self.compared is None or {article.id for article in self.compared.articles} != set(self.ids):
            # Nothing is compared yet, or another story is just being: that will be as it is now.
            return
        now = {info.id: info.digest for info in self.engine.articles(Scope(article_ids=self.ids))}
        was = {article.id: article.digest for article in self.compared.articles}
        gone = [article_id for article_id in self.ids if article_id not in now]
        if gone:
            self._is_looking = False
            self.say(f"{', '.join(gone)}: removed from the library; shown as last read")
        elif now != was:
            self._is_looking = False
            self._kept = self.own_row
            self._job.submit(self.ids)
        elif self._is_looking and is_done:
            self._is_looking = False
            self.say("These articles have not changed")
