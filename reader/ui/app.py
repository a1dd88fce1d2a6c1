"""The app: it paints first, opens the library in a worker, and owns what every screen shares."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from reader.model import CancelToken
from reader.model.errors import Cancelled, ReaderError
from reader.model.progress import Pace
from reader.model.refusals import in_words
from reader.ui.commands import bindings
from reader.ui.errands import Errands
from reader.ui.gate import ControlGate, make_safe_lines
from reader.ui.idling import LOOK_S, Idling
from reader.ui.keep import Keep, KeptMarks
from reader.ui.preferences import Preferences
from reader.ui.screens.browse import BrowseScreen
from reader.ui.screens.browse_frame import BREAKPOINTS
from reader.ui.screens.moving import Following, Talking
from reader.ui.session import MEASURE, Session
from reader.ui.themes import DARK, LIGHT, THEMES
from reader.ui.unopened import Unopened

if TYPE_CHECKING:
    from textual.command import Provider

    from reader.ui.engine import Engine

Load = Callable[[], "tuple[Engine, Keep | None]"]
"""Makes the engine and the state. Slow; may raise `ReaderError`."""
SWITCH_S = 0.001
"""How long a worker may keep the interpreter from a key: a fifth of what Python grants by itself."""
CRASHED = 70
"""Exit code of an app that met a bug."""


def _commands() -> type[Provider]:
    from reader.ui.palette import ReaderCommands  # the palette is rarely the first thing asked for

    return ReaderCommands


class ReaderApp(App[int]):
    """One window on one library."""

    TITLE = "reader"
    CSS_PATH: ClassVar[Any] = ["styles/app.tcss", "styles/browse.tcss", "styles/compare.tcss"]
    BINDINGS: ClassVar[list[Any]] = bindings("app")
    COMMANDS: ClassVar[Any] = {_commands}
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(
        self,
        engine: Engine,
        keep: Keep | None = None,
        *,
        theme: str = DARK.name,
        keymap: Mapping[str, str] | None = None,
        measure: int = MEASURE,
        load: Load | None = None,
        preferences: Preferences = Preferences(),
    ) -> None:
        self._gate: list[LineFilter] = [ControlGate()]
        if preferences.ascii:
            from reader.ui.plain_signs import PlainSigns

            self._gate.insert(0, PlainSigns(preferences.plain_letters))
        super().__init__()
        self.engine = engine
        self.keep = keep
        self._load = load
        self.session = Session(measure=measure, keeps=keep is not None)
        self.preferences = preferences
        self.errands = Errands(self, self._errand_failed)
        self.asides = Errands(self, self._errand_failed)
        self.opening = CancelToken()
        self.idling = Idling(self)
        self._said = 0.0
        self._pace = Pace()
        self._listed = ""
        self._is_placed = False
        self.is_alone = False
        self._leaving = False
        for own in THEMES:
            self.register_theme(own)
        self._begin_with(theme if theme in self.available_themes else DARK.name)
        self.key_notices: tuple[str, ...] = ()
        if keymap:
            from reader.ui.key_map import checked

            usable, self.key_notices = checked(keymap)
            self.set_keymap(usable)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and wall two behind them."""
        return [*super().get_line_filters(), *self._gate]

    def _begin_with(self, theme: str) -> None:
        # Textual 8.2 asks for a second reading of all styles, as it has begun with a theme of its own.
        self.theme = theme
        self.stylesheet.set_variables(self.get_css_variables())
        self._styles_are_of = theme

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles again, but for the first time: then they are as they were read a moment ago."""
        are_fresh = self._styles_are_of == self.theme
        self._styles_are_of = ""
        if not are_fresh:
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """The first screen, painted before anything is opened."""
        return BrowseScreen(self.engine, self.session)

    @property
    def browse(self) -> BrowseScreen:
        """The screen at the bottom of the stack."""
        screen = self.screen_stack[0]
        assert isinstance(screen, BrowseScreen)
        return screen

    def on_mount(self) -> None:
        """Open the library once the first frame is on the screen."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._end_on_signal, number)
        self.call_after_refresh(self.open_library)
        self.set_interval(LOOK_S, self.idling.look)

    async def on_event(self, event: events.Event) -> None:
        """Whatever is touched ends what was begun because nothing was."""
        if isinstance(event, events.InputEvent):
            self.idling.touch()
        await super().on_event(event)

    def open_library(self, again: bool = False) -> None:
        """Read the library in a worker; `again` only looks for changes."""
        self.opening = CancelToken()

        def work() -> None:
            try:
                if self._load is not None:
                    self._take(*self._load())
                self._listed = self.engine.generation
                if again:
                    self.engine.refresh(self._report, self.opening)
                else:
                    self.engine.open(self._report, self.opening)
                self._tell_opened(is_done=True)
            except Cancelled:
                if not self._leaving:
                    self.call_later(self.browse.library_stopped)
                return
            except (ReaderError, OSError) as error:
                self.call_later(self.browse.library_failed, in_words(error))
                return

        self.run_worker(work, name="library", group="library", thread=True)

    # In the worker, before anything has asked the engine that is replaced.
    def _take(self, engine: Engine, keep: Keep | None) -> None:
        self._load = None
        self.browse.engine = self.engine = engine
        self.keep = keep
        self.session.keeps = keep is not None

    # In the worker: at the end, and as soon as the articles are known.
    def _tell_opened(self, *, is_done: bool) -> None:
        keep = self.keep
        kept = KeptMarks() if keep is None else keep.marks()
        place = None if keep is None or self._is_placed else keep.place()
        self._is_placed = True
        self.call_later(self._opened, kept, place, is_done)

    def _opened(self, kept: KeptMarks, place: str | None, is_done: bool) -> None:
        if self.is_alone:
            # The library stays as long as the process: looking for garbage in it would make keys late.
            gc.freeze()
        self.session.kept = kept
        if place is not None:
            self.session.from_text(place)
        self.browse.kept_changed()
        self.browse.library_ready()
        for screen in self.screen_stack[1:]:
            if isinstance(screen, Following):
                screen.library_changed(is_done)

    def change(
        self,
        work: Callable[[], str | None],
        *,
        quiet: bool = False,
        nothing: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Change the state in a worker, then show what it did and let the lists follow.

        `quiet` says nothing, `nothing` is said when there was nothing to do, `then` runs at the end.
        """
        keep = self.keep
        if keep is None:
            return

        def done(answer: tuple[str | None, KeptMarks]) -> None:
            said, self.session.kept = answer
            self.browse.kept_changed()
            if not quiet:
                self.say(f"{said[:1].upper()}{said[1:]} · u takes it back" if said else nothing)
            if then is not None and said is not None:
                then()

        self.errands.run(lambda: (work(), keep.marks()), done)

    def say(self, message: str) -> None:
        """One line on whatever screen is shown."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Talking):
                screen.say(message)
                return

    def _errand_failed(self, message: str) -> None:
        self.say(message)

    def copy(self, text: str) -> None:
        """To the terminal's clipboard; where it has none, or the text is too long, to a file and a sheet."""
        from reader.ui.copying import copy

        copy(self, text)

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's ctrl+c as well goes through multiplexers."""
        from reader.ui.clipboard import sequence

        self._clipboard = text
        if self._driver is not None:
            self._driver.write(sequence(make_safe_lines(text), os.environ))

    def _report(self, what: str, done: int, total: int) -> None:
        """Called in the worker, as often as it likes; ten times a second is enough to see."""
        now = time.monotonic()
        left = self._pace.left(what, done, total, now)
        if now - self._said >= 0.1:
            self._said = now
            self.call_later(self.browse.library_progress, what, done, total, left)
        if self.engine.generation != self._listed:
            self._listed = self.engine.generation
            # Whatever is wrong with what was kept is said at the end.
            with suppress(ReaderError):
                self._tell_opened(is_done=False)

    @property
    def is_updating(self) -> bool:
        """Whether the library is being read."""
        return any(worker.name == "library" and not worker.is_finished for worker in self.workers)

    def on_key(self, event: events.Key) -> None:
        """A key typed ahead, before the box it was meant for had the focus, is still for the box."""
        from reader.ui.widgets.search_box import SearchBox

        # A key may be answered after the last screen has gone.
        box = self.focused if self.screen_stack else None
        if isinstance(box, SearchBox) and not box.is_left and event.is_printable and event.character:
            event.prevent_default()
            box.insert_text_at_cursor(event.character)

    def action_show_help(self) -> None:
        """The keys of the screen below; again, back to it."""
        from reader.ui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.action_back()
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """The palette, in the kind that is left once however often Enter is pressed."""
        from reader.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_switch_theme(self) -> None:
        """Dark to light and back."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name

    def leave(self) -> None:
        """Quit once what was changed is on the disk."""
        self._leaving = True
        self.opening.cancel()
        self.browse.remember_place()
        self.errands.run(lambda: None, lambda _: self.exit(0))

    def _end_on_signal(self, number: int) -> None:
        self.opening.cancel()
        self.exit(return_code=128 + number)

    async def action_quit(self) -> None:
        """Leave; asked twice, leave without waiting for the disk."""
        if self._leaving:
            self.exit(0)
        self.leave()

    def action_help_quit(self) -> None:
        """What ctrl+c does when nothing is selected: name the key that quits."""
        self.notify("Press q to go back, ctrl+q to quit", markup=False, timeout=3)

    def _fatal_error(self) -> None:
        # Textual 8.2 prints Rich's traceback, which lets control characters of the values through.
        self.bell()
        self._exit_renderables.append(Text(make_safe_lines(traceback.format_exc())))
        self._close_messages_no_wait()


def run_later(
    place: str,
    load: Load,
    *,
    theme: str = DARK.name,
    keymap: Mapping[str, str] | None = None,
    measure: int = MEASURE,
    preferences: Preferences = Preferences(),
) -> int:
    """Like `run`, but engine and state are made by `load`, in a worker, after the first frame.

    `place` is what the title line says until then.
    """
    return _run(Unopened(place), None, theme, keymap, measure, load, preferences)


def run(
    engine: Engine,
    keep: Keep | None = None,
    *,
    theme: str = DARK.name,
    keymap: Mapping[str, str] | None = None,
    measure: int = MEASURE,
) -> int:
    """Show the app until the reader leaves it; the process's exit code, 70 after a crash.

    `keep` is the reader's own state, `theme` a name (an unknown one is ours), `keymap` command id to keys.
    """
    return _run(engine, keep, theme, keymap, measure, None, Preferences())


def _run(
    engine: Engine,
    keep: Keep | None,
    theme: str,
    keymap: Mapping[str, str] | None,
    measure: int,
    load: Load | None,
    preferences: Preferences,
) -> int:
    app = ReaderApp(
        engine,
        keep,
        theme=theme or DARK.name,
        keymap=keymap,
        measure=measure,
        load=load,
        preferences=preferences,
    )
    app.is_alone = True
    sys.setswitchinterval(SWITCH_S)
    try:
        app.run()
    finally:
        app.engine.close()
        # The process ends: what is left needs no search for garbage, which takes longer than all else here.
        gc.freeze()
        sys.stdout.flush()
    # Textual 8.2 ends a crashed app with 1; a signal has a code of its own.
    return CRASHED if app.return_code == 1 else app.return_code or 0
