"""The `reader` command: which command is meant, its arguments, and what its errors look like."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from reader import __version__
from reader.cli.arguments import app_parser, arranged, first_word, nearest
from reader.cli.command import BROKEN, DONE, INTERRUPTED, WRONG_USE, chosen_settings
from reader.cli.output import Output, cleaned_hook, say
from reader.model.errors import ReaderError, StateError

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.ui.preferences import Preferences
    from reader.workspace.keeping import Keeping
    from reader.workspace.workspace import Workspace


def run(argv: Sequence[str]) -> int:
    """Run one command line; the answer is the exit code. Errors are told on stderr, in a line."""
    sys.excepthook = cleaned_hook
    try:
        code = _run(list(argv))
        sys.stdout.flush()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except BrokenPipeError:
        # The reader of a pipe has enough. Python would complain once more when it closes stdout.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - closed with the process
        return DONE
    except KeyboardInterrupt:
        say("reader: interrupted")
        return INTERRUPTED
    except ReaderError as error:
        say(f"reader: {error}")
        return error.exit_code
    except OSError as error:
        # A place nobody thought of where the system may say no; still the system's no and not a bug.
        from reader.model.refusals import in_words

        say(f"reader: {in_words(error)}")
        return BROKEN
    return code


def _run(words: list[str]) -> int:
    parser = app_parser()
    place = first_word(parser, words)
    if place == len(words) and not {"-h", "--help"}.intersection(words):
        args = parser.parse_args(words)
        if args.version:
            Output().echo(f"reader {__version__}")
            return DONE
        return _open_app(args)
    # Every command's module is loaded here; the app needs none of them.
    from reader.cli.parsers import COMMANDS, command_parser, main_parser

    if place == len(words):
        main_parser().parse_args(words)
        return DONE
    name = words[place]
    command = COMMANDS.get(name)
    if command is None:
        say(f"reader: there is no command {name}{nearest(name, list(COMMANDS))}")
        say("Try `reader --help`; `reader search WORDS` searches.")
        return WRONG_USE
    own = command_parser(command)
    given = [*words[:place], *words[place + 1 :]]
    args = own.parse_args(
        arranged(
            own,
            given,
            words_may_begin_with_dash=command.takes_query,
            keeps_separator=command.keeps_separator,
        )
    )
    with _ended_in_order():
        return command.run(args, Output(getattr(args, "color", "auto")))


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a request to end run through every `finally`, so that no temporary file stays behind.

    The exit code is that of the signal, as a shell gives it. The app has its own way.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Whoever started us may have asked for a signal to be ignored, as nohup does.
    caught = [each for each in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) is signal.SIG_DFL]
    for number in caught:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in caught:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _open_app(args: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        say("reader: the app needs a terminal; `reader search WORDS` prints text, `reader --help` lists all")
        return WRONG_USE
    if getattr(args, "color", "auto") == "never":
        os.environ["NO_COLOR"] = "1"
    # Textual costs ten times a bare Python, so no other command may load it. What is loaded stays, so nothing
    # is gained by looking for garbage in it, now or, once it is frozen, later.
    gc.disable()
    from reader.ui.app import run_later

    settings = chosen_settings(args)

    def load() -> tuple[Workspace, Keeping | None]:
        gc.freeze()
        gc.enable()
        # After the first frame: the workspace loads the index's library, which takes as long as Textual.
        from reader.workspace.workspace import Workspace

        workspace = Workspace(settings, may_fork=True)
        try:
            return workspace, workspace.keeping()
        except StateError as error:
            workspace.tell(f"{error}; reading works without marks and notes")
            return workspace, None

    return run_later(
        settings.place,
        load,
        theme=settings.theme,
        keymap=settings.keys,
        measure=settings.width,
        preferences=_preferences(settings),
    )


def _preferences(settings: Settings) -> Preferences:
    from reader.ui.preferences import Preferences, is_unicode, wants_ascii

    return Preferences(
        ascii=wants_ascii(settings.ascii, os.environ),
        plain_letters=not is_unicode(os.environ),
        justify=settings.justify,
        aside=settings.state / "copied.txt",
        copy_command=settings.copy_command,
    )
