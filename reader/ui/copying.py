"""What becomes of a text that is copied: clipboard, a program of one's choice, or a file and a sheet."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from reader.text.clean import clean_line
from reader.ui.clipboard import obstacle, put_aside
from reader.ui.gate import make_safe_lines

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp
    from reader.ui.piping import Ran


def copy(app: ReaderApp, text: str) -> None:
    """Copy a text and say where it went."""
    text = make_safe_lines(text)
    app.session.copied = text
    first = " ".join(text.split())
    shown = f"{first[:60]}{'…' if len(first) > 60 else ''}"
    if app.preferences.copy_command:
        _hand_over(app, text, shown)
        return
    why = obstacle(text, os.environ)
    if why is None:
        app.copy_to_clipboard(text)
        app.say(f"Copied: {shown}")
    else:
        _put_aside(app, text, why)


def _hand_over(app: ReaderApp, text: str, shown: str) -> None:
    from reader.ui.piping import ProgramError, program, run_captured

    try:
        chosen = program(app.preferences.copy_command, os.environ)
    except ProgramError as error:
        _put_aside(app, text, str(error))
        return

    def told(ran: Ran) -> None:
        if ran.said:
            _put_aside(app, text, f"{ran.said} {clean_line(ran.output, 80)}".rstrip())
        else:
            app.say(f"Copied by {chosen.arguments[0]}: {shown}")

    app.asides.run(partial(run_captured, chosen, text), told)


def _put_aside(app: ReaderApp, text: str, why: str) -> None:
    path = app.preferences.aside
    if path is None:
        show_copied(app, why)
        return

    def work() -> str:
        try:
            return f"{why}: written to {clean_line(put_aside(path, text))}"
        except OSError as error:
            return f"{why}, and {clean_line(str(path))} cannot be written ({error.strerror})"

    app.asides.run(work, partial(show_copied, app))


def show_copied(app: ReaderApp, title: str = "Copied last") -> None:
    """What was copied last, to be taken with the terminal's own selection."""
    from reader.ui.screens.showing import TextScreen

    if app.session.copied:
        app.push_screen(TextScreen(title, app.session.copied, "Shift and the mouse select in most terminals"))
    else:
        app.say("Nothing has been copied yet: y copies the passage, Y the whole article")
