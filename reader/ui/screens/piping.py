"""Handing a text to a program: which one, in which form, shown before it runs. For any screen."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from reader.ui.naming import count
from reader.ui.piping import Program, ProgramError, Ran, program, run_captured, run_in_terminal
from reader.ui.screens.asking import AskScreen, PickScreen
from reader.ui.screens.showing import TextScreen

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp
    from reader.ui.exporting import Form


def pipe(app: ReaderApp, forms: Sequence[Form]) -> None:
    """Ask for a program, then for what it gets; run it and show what it printed."""

    def named(line: str | None) -> None:
        if line is None:
            return
        try:
            chosen = program(line, os.environ)
        except ProgramError as error:
            app.say(str(error))
            return
        app.session.piped_to = line
        how = "it gets the terminal" if chosen.needs_terminal else "what it prints is shown here"
        choices = [(form.name, "") for form in forms]
        sheet = PickScreen(f"Run {chosen.shown}", choices, f"without a shell; {how}")
        app.push_screen(sheet, partial(_run, app, chosen, forms))

    hint = "a program and its options, such as wc -w; ! before it gives it the terminal"
    app.push_screen(AskScreen("Pipe to a program", hint, app.session.piped_to), named)


def _run(app: ReaderApp, chosen: Program, forms: Sequence[Form], choice: int | None) -> None:
    if choice is None:
        return
    if chosen.needs_terminal:
        app.errands.run(forms[choice].text, partial(give_terminal, app, chosen))
        return

    def work() -> Ran:
        return run_captured(chosen, forms[choice].text())

    app.say(f"Running {chosen.shown} …")
    app.asides.run(work, partial(_show, app, chosen))


def give_terminal(app: ReaderApp, chosen: Program, text: str | None) -> None:
    """Let a program have the whole terminal, then come back and say how it ended."""
    try:
        with app.suspend():
            ran = run_in_terminal(chosen, text)
    except SuspendNotSupported:
        app.say(f"{chosen.arguments[0]} needs a terminal of its own, which there is not here")
        return
    except ProgramError as error:
        app.say(str(error))
        return
    app.refresh(layout=True)
    app.say(ran.said or f"Back from {chosen.arguments[0]}")


def _show(app: ReaderApp, chosen: Program, ran: Ran) -> None:
    if not ran.output.strip():
        app.say(ran.said or f"{chosen.shown} printed nothing")
        return
    lines = ran.output.rstrip("\n").count("\n") + 1
    app.say("")
    app.push_screen(TextScreen(chosen.shown, ran.output, ran.said or count(lines, "line")))
