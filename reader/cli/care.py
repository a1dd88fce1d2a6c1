"""Looking after the index and the settings: `index`, `config`, `doctor`, `completions`."""

from __future__ import annotations

import argparse

from reader.cli.arguments import nearest
from reader.cli.command import BROKEN, DONE, Command, chosen_settings, library
from reader.cli.output import Meter, Output, say


def _index_arguments(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--rebuild", action="store_true", help="make the index anew from the articles")
    how.add_argument("--check", action="store_true", help="check every file of the index")


def _index(args: argparse.Namespace, out: Output) -> int:
    with library(args, indexed=not args.rebuild) as workspace:
        if args.rebuild:
            meter = Meter()
            try:
                workspace.rebuild(meter)
            finally:
                meter.clear()
        if args.check:
            health = workspace.index_check()
            out.echo(health.message)
            if not health.ok:
                say("reader: `reader index --rebuild` makes it anew; no article is touched")
                return BROKEN
            return DONE
        workspace.tidy()
        articles = _counted(len(workspace.articles()), "article", "articles")
        stories = _counted(len(workspace.stories()), "story", "stories")
        out.echo(f"{articles}, {stories}; the index is up to date")
        problems = len(workspace.problems())
        if problems:
            files = _counted(problems, "file", "files")
            say(f"reader: {files} could not be read; `reader list` names them")
    return DONE


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _config_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--default", action="store_true", help="print a file that holds every setting")
    what.add_argument("--path", action="store_true", help="print where everything is")
    what.add_argument("key", nargs="?", metavar="KEY", help="print one setting, such as reading.width")


def _config(args: argparse.Namespace, out: Output) -> int:
    from reader import config
    from reader.model.errors import ConfigError

    if args.default:
        out.echo(config.default_file(), end="")
        return DONE
    settings = chosen_settings(args)
    for warning in settings.warnings:
        say(f"reader: {warning}")
    if args.path:
        places = (
            ("config", settings.config_file),
            ("articles", settings.articles),
            ("index", settings.index),
            ("state", settings.state),
        )
        for name, path in places:
            out.echo(f"{name}\t{path}")
        return DONE
    if args.key is not None and args.key not in settings.options:
        raise ConfigError(f"there is no setting {args.key}{nearest(args.key, list(settings.options))}")
    for name, value in settings.options.items():
        if args.key is None:
            out.echo(f"{name} = {_written(value)}")
        elif args.key == name:
            out.echo(_written(value))
    return DONE


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _doctor_arguments(parser: argparse.ArgumentParser) -> None:  # noqa: ARG001 - the shape of `Command`
    return


def _doctor(args: argparse.Namespace, out: Output) -> int:
    """Look at everything a broken installation could be broken in; one line each, bad news last."""
    import platform

    from reader import __version__
    from reader.model.errors import ReaderError

    settings = chosen_settings(args)
    out.echo(f"ok\treader {__version__}, Python {platform.python_version()}, {platform.system()}")
    failed = [f"config: {warning}" for warning in settings.warnings]
    if not settings.warnings:
        out.echo(f"ok\tconfig: {settings.config_file}")
    try:
        with library(args, indexed=True) as workspace:
            articles, problems = len(workspace.articles()), workspace.problems()
            out.echo(f"ok\tlibrary: {_counted(articles, 'article', 'articles')} in {settings.articles}")
            failed += [f"library: {problem.path}: {problem.reason}; {problem.remedy}" for problem in problems]
            health = workspace.index_check()
            if health.ok:
                out.echo(f"ok\tindex: {settings.index}: {health.message}")
            else:
                failed.append(f"index: {health.message}; `reader index --rebuild` makes it anew")
            notice = workspace.keeping().notice
            if notice:
                failed.append(f"state: {notice}")
            else:
                out.echo(f"ok\tstate: {settings.state}")
    except ReaderError as error:
        failed.append(str(error))
    for line in failed:
        out.echo(f"bad\t{line}")
    return BROKEN if failed else DONE


def _completions_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="for which shell")


def _completions(args: argparse.Namespace, out: Output) -> int:
    from reader.cli.completions import script

    out.echo(script(args.shell), end="")
    return DONE


COMMANDS = (
    Command(
        "index",
        "bring the index up to date, check it or make it anew",
        _index_arguments,
        _index,
    ),
    Command(
        "config",
        "print the settings and where everything is",
        _config_arguments,
        _config,
        "examples:\n  reader config --default > ~/.config/crossread/config.toml\n"
        "  reader config reading.width",
    ),
    Command(
        "doctor",
        "look for what is broken: settings, library, index, state",
        _doctor_arguments,
        _doctor,
    ),
    Command(
        "completions",
        "print what completes commands in a shell",
        _completions_arguments,
        _completions,
        "examples:\n  reader completions bash > ~/.local/share/bash-completion/completions/reader",
    ),
)
"""In the order the help lists them."""
