"""The movement keys, alike on every screen: they move whatever has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from reader.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from textual import events

    from reader.ui.widgets.painted import Painted


@runtime_checkable
class Talking(Protocol):
    """A screen with a line for what has to be said."""

    def say(self, message: str) -> None:
        """Say it."""


@runtime_checkable
class Following(Protocol):
    """A screen that shows articles which may have changed."""

    def library_changed(self, is_done: bool) -> None:
        """The articles were read again; unless it is done, index and stories follow."""


class Moving:
    """Mixed into screens; `moving_target` says what moves."""

    _was_shown = False

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Textual 8.2 would style every widget again, right after it was styled for the first time."""
        if not self._was_shown:
            event.refresh_styles = False
        self._was_shown = True

    def moving_target(self) -> Painted:
        """The list or text that the keys move."""
        raise NotImplementedError

    def _move(self, items: int, lines: int) -> None:
        target = self.moving_target()
        if isinstance(target, LineList):
            if items:
                target.move(items)
            else:
                target.move_lines(lines)
        else:
            target.scroll_lines(lines)

    def _page(self) -> int:
        return max(self.moving_target().size.height - 2, 1)

    def action_down(self) -> None:
        """One item or line down."""
        self._move(1, 1)

    def action_up(self) -> None:
        """One item or line up."""
        self._move(-1, -1)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._move(0, self._page() // 2 or 1)

    def action_half_up(self) -> None:
        """Half a page up."""
        self._move(0, -(self._page() // 2 or 1))

    def action_page_down(self) -> None:
        """A page down."""
        self._move(0, self._page())

    def action_page_up(self) -> None:
        """A page up."""
        self._move(0, -self._page())

    def action_top(self) -> None:
        """To the first item or line."""
        target = self.moving_target()
        if isinstance(target, LineList):
            target.move(-target.item_count)
        else:
            target.scroll_to(y=0, animate=False)

    def action_bottom(self) -> None:
        """To the last item or line."""
        target = self.moving_target()
        if isinstance(target, LineList):
            target.move(target.item_count)
        else:
            target.scroll_to(y=target.max_scroll_y, animate=False)
