"""The reader's own pager and editor, which get the terminal while the app waits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reader.text.clean import clean_line
from reader.ui.piping import Program, ProgramError, from_variable

if TYPE_CHECKING:
    from reader.ui.app import ReaderApp

SAMPLE = "sample library"


def read_in_pager(app: ReaderApp) -> None:
    """The article as plain text in `$PAGER`."""
    from reader.ui.exporting import article_text
    from reader.ui.screens.piping import give_terminal

    document = app.browse.active_view.document
    if document is None:
        app.say("Open an article first: the pager shows it")
        return
    article = document.article
    try:
        pager = from_variable(("PAGER",), ("less", "more"), os.environ)
    except ProgramError as error:
        app.say(str(error))
        return
    app.errands.run(lambda: article_text(article, "txt"), lambda text: give_terminal(app, pager, text))


def edit_file(app: ReaderApp) -> None:
    """The article's file in `$EDITOR`; what was changed there is read when it ends."""
    from reader.ui.screens.piping import give_terminal

    document = app.browse.active_view.document
    if document is None:
        app.say("Open an article first: the editor opens its file")
        return
    if app.engine.place == SAMPLE:
        app.say("The sample library is not yours to change: e writes a copy of the article")
        return
    path = Path(app.engine.place) / document.article.path
    if not path.is_file():
        app.say(f"{clean_line(str(path))} is no file that can be edited: several articles may share one")
        return
    try:
        editor = from_variable(("VISUAL", "EDITOR"), ("nano", "vi"), os.environ)
    except ProgramError as error:
        app.say(str(error))
        return
    give_terminal(app, Program((*editor.arguments, str(path)), True), None)
    app.open_library(again=True)
