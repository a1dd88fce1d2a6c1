"""Comparing from the reading room: what `c` takes, and the ways from and to a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.ui.naming import count
from reader.ui.saved import compared_of
from reader.ui.scope import Scope
from reader.ui.screens.browse_choosing import BrowseChoosing
from reader.ui.session import MOST_COMPARED

if TYPE_CHECKING:
    from reader.ui.screens.compare_rows import Left, Opened


class BrowseComparing(BrowseChoosing):
    """A comparison is a place like an article: one step back leads to it, one step on as well."""

    _opened: Opened | None = None
    _ahead: tuple[Left, int] | None = None

    def compared_ids(self) -> list[str]:
        """What `c` would compare: the marked articles, else the story, the article under the cursor first."""
        ids = list(self.session.marks) or list(compared_of(self.session.query))
        if len(ids) > 1:
            return ids
        story = self.story()
        found = [] if story is None else list(story.article_ids)
        first = ids[0] if ids else self.article_id()
        if first is not None and first not in found and ids:
            return [first, *([self.article_id() or ""] if self.article_id() not in (None, first) else [])]
        if first in found:
            found.remove(first)
            found.insert(0, first)
        return found

    def action_compare(self) -> None:
        """The marked articles side by side, else the story under the cursor."""
        if not self.return_to_comparison():
            self.compare(self.compared_ids())

    def compare(self, ids: Sequence[str]) -> None:
        """These articles side by side; where that cannot be, a line says why."""
        if len(ids) < 2 and self.reader.is_updating and not self.engine.stories():
            self.say("The stories are still being formed. Mark two articles with x, then press c")
        elif not ids:
            self.say("There is nothing to compare here")
        elif len(ids) < 2:
            self.say("Only one source has this. Mark two articles with x, then press c")
        elif len(ids) > MOST_COMPARED:
            self.say(
                f"{len(ids):,} articles are too many to compare: at most {MOST_COMPARED}. A takes marks away"
            )
        else:
            self.leave_article()
            self._show_comparison(tuple(ids))

    def open_saved(self, query: str) -> None:
        """Compare what a saved comparison names, its articles listed below; else list what is found."""
        ids = compared_of(query)
        there = {info.id for info in self.engine.articles(Scope(article_ids=ids))}
        left = [article_id for article_id in ids if article_id in there]
        if len(ids) > 1 and len(left) < 2:
            self.say(f"Of this comparison {count(len(left), 'article')} of {len(ids)} can still be read")
            return
        super().open_saved(query)
        if ids:
            self.compare(left)

    def _show_comparison(self, ids: tuple[str, ...], left: Left | None = None) -> None:
        from reader.ui.screens.compare import CompareScreen

        self._ahead = None
        self.app.push_screen(CompareScreen(self.engine, self.session, ids, left), self._from_compare)

    def _from_compare(self, opened: Opened | None) -> None:
        if opened is None:
            return
        if opened.article_id is None:
            assert opened.left is not None
            self._ahead = (opened.left, self.session.visit)
            return
        self._opened = opened
        self.go_to_article(opened.article_id, at=opened.offset)
        self.show_pane("article")

    def return_to_comparison(self) -> bool:
        """Back to the comparison this article was opened from; whether it was opened from one."""
        opened, self._opened = self._opened, None
        if opened is None or opened.left is None or not self.is_reading:
            return False
        if self.article_id() not in opened.left.ids:
            return False
        self._show_comparison(opened.left.ids, opened.left)
        return True

    def action_history_back(self) -> None:
        """What was read before, or the comparison this was opened from."""
        if not self.return_to_comparison():
            super().action_history_back()

    def action_history_forward(self) -> None:
        """What was read after that, or the comparison that was left here."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[1] == self.session.visit:
            self._show_comparison(ahead[0].ids, ahead[0])
        else:
            super().action_history_forward()
