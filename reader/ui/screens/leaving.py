"""Leaving a screen once, however many keys were typed ahead."""

from __future__ import annotations

from asyncio import InvalidStateError
from typing import TypeVar

from textual.screen import Screen

Result = TypeVar("Result")


def leave(screen: Screen[Result], result: Result | None = None) -> None:
    """Close the screen with a result, unless it is closed already or lies below another.

    Textual 8.2 raises when a screen that is not on top is dismissed.
    """
    if not screen.is_current:
        return
    try:
        screen.dismiss(result)
    except InvalidStateError:
        # Textual 8.2 does not expect that whoever asked has stopped waiting; the screen goes all the same.
        screen.app.pop_screen()
