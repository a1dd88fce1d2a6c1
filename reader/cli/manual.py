"""The man page, made from the parsers, so that it cannot say anything else than the help."""

from __future__ import annotations

from collections.abc import Iterator

from reader import __version__
from reader.cli.parsers import COMMANDS, EXAMPLES, EXIT_CODES, Option, command_parser, main_parser, options

_INTRODUCTION = (
    "Opens an app that shows what several sources say about one story, side by side: what they share, what "
    "differs, what only one of them says. Every command prints the same without the app, as text for people "
    "and as JSON for programs."
)
_FILES = (
    ("./articles", "the library, when there is one; else the sample library"),
    ("~/.config/crossread/config.toml", "settings; `reader config --default` prints them all"),
    ("~/.cache/crossread/index", "the index; disposable"),
    ("~/.local/state/crossread", "marks, notes and searches"),
)
_ENVIRONMENT = (
    ("NO_COLOR, FORCE_COLOR", "never, or always, colour what is printed"),
    ("PAGER", "what `reader show` and `reader compare` use on a terminal; less without it"),
    ("READER_SECTION__KEY", "stands for a setting, such as READER_READING__WIDTH"),
    ("XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_STATE_HOME", "where the folders above are"),
)


def page() -> str:
    """The page in troff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH READER 1 "" "crossread {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"reader \- read one story in several sources, side by side"
    yield ".SH SYNOPSIS"
    yield ".B reader"
    yield r"[\fIoptions\fR] [\fICOMMAND\fR ...]"
    yield ".SH DESCRIPTION"
    yield _text(_INTRODUCTION)
    yield ".SH OPTIONS"
    yield from _options(options(main_parser()))
    yield ".SH COMMANDS"
    shared = {option.names for option in options(main_parser())}
    for name, command in COMMANDS.items():
        parser = command_parser(command)
        own = [option for option in options(parser) if option.names not in shared]
        values = " ".join(option.value for option in own if not option.names)
        yield ".SS " + _text(f"{name} {values}".rstrip())
        yield _text(f"{command.summary[0].upper()}{command.summary[1:]}.")
        yield from _options(own)
        if command.examples:
            yield ".PP"
            yield ".nf"
            yield from (_text(line) for line in command.examples.split("\n"))
            yield ".fi"
    for heading, entries in (
        ("EXIT STATUS", tuple((str(code), meaning) for code, meaning in EXIT_CODES)),
        ("ENVIRONMENT", _ENVIRONMENT),
        ("FILES", _FILES),
    ):
        yield f".SH {heading}"
        for term, meaning in entries:
            yield ".TP"
            yield rf"\fB{_text(term)}\fR"
            yield _text(meaning)
    yield ".SH EXAMPLES"
    yield ".nf"
    yield from (_text(example) for example in EXAMPLES)
    yield ".fi"


def _options(taken: Iterator[Option] | list[Option]) -> Iterator[str]:
    for option in taken:
        if option.names:
            names = ", ".join(rf"\fB{_text(name)}\fR" for name in option.names)
            yield ".TP"
            yield names + (rf" \fI{_text(option.value)}\fR" if option.value else "")
            yield _text(option.help)


def _text(text: str) -> str:
    """Plain text in troff: no escapes, no requests, hyphens that can be copied, every sign in ASCII."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    escaped = "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in escaped)
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
