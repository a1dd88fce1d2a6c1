"""Going through hits: the next one, on into the next article, and their order."""

from __future__ import annotations

from reader.ui.listing import ArticleRow
from reader.ui.screens.browse_finding import BrowseFinding

SORTS = ("score", "date", "source")


class BrowseHits(BrowseFinding):
    """From hit to hit, from article to article."""

    def next_article(self, step: int, to_hit: int | None = None, unread: bool = False) -> bool:
        """Go to the next article of the list; whether there was one."""
        rows = self.article_list.listing.rows
        read = self.session.kept.read if unread else frozenset[str]()
        index = self.article_list.cursor + step
        while 0 <= index < len(rows):
            row = rows[index]
            if isinstance(row, ArticleRow) and row.info.id not in read:
                self.article_list.go(index, quiet=True)
                self.session.selected = row.info.id
                self.preview(row.info.id, to_hit)
                return True
            index += step
        self.say("No more unread articles in this list" if unread else "No more articles in this list")
        return False

    def _step_hit(self, step: int) -> None:
        if not self.is_reading:
            self.next_article(step)
        elif self.active_view.go_to_hit(step):
            return
        elif self.session.find:
            self.say(f"No more hits for {self.session.find} in this article")
        elif self.pane == "article":
            self.next_article(step, 0 if step > 0 else -1)

    def action_next_hit(self) -> None:
        """The next hit, on into the next article."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """The previous hit, back into the previous article."""
        self._step_hit(-1)

    def action_sort(self) -> None:
        """Order hits by relevance, date, source."""
        session = self.session
        session.sort = SORTS[(SORTS.index(session.sort) + 1) % len(SORTS)]  # type: ignore[assignment]  # one of SORTS
        self.say(f"Hits by {'relevance' if session.sort == 'score' else session.sort}")
        self.ask(stay=True)
