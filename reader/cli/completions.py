"""Scripts that complete commands and options in a shell, made from the parsers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from reader.cli.parsers import COMMANDS, Option, command_parser, main_parser, options

Shell = Literal["bash", "zsh", "fish"]
"""Shells we know."""


def script(shell: Shell) -> str:
    """The script for one shell, for both names of the command."""
    made = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return "\n".join(made()) + "\n"


def _taken() -> dict[str, tuple[Option, ...]]:
    """Options of every command; the empty name stands for no command."""
    taken = {"": tuple(options(main_parser()))}
    for name, command in COMMANDS.items():
        taken[name] = tuple(options(command_parser(command)))
    return taken


def _bash() -> Iterator[str]:
    yield "# bash completion for reader; made by `reader completions bash`"
    yield "_reader() {"
    yield '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" each'
    yield '    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f'        case "$each" in {"|".join(COMMANDS)}) command="$each"; break ;; esac'
    yield "    done"
    yield '    case "$before" in'
    for name, choices in _with_choices():
        yield f'        {name}) COMPREPLY=($(compgen -W "{" ".join(choices)}" -- "$word")); return ;;'
    for kind, flag in (("DIR", "-d"), ("FILE", "-f")):
        named = "|".join(sorted(set(_names_with(kind))))
        yield f'        {named}) COMPREPLY=($(compgen {flag} -- "$word")); return ;;'
    yield "    esac"
    yield '    if [[ "$word" != -* && -z "$command" ]]; then'
    yield f'        COMPREPLY=($(compgen -W "{" ".join(COMMANDS)}" -- "$word")); return'
    yield "    fi"
    yield '    case "$command" in'
    for name, taken in _taken().items():
        flags = " ".join(flag for option in taken for flag in option.names)
        words = " ".join(choice for option in taken if not option.names for choice in option.choices)
        label = name or '""'
        yield f'        {label}) COMPREPLY=($(compgen -W "{f"{flags} {words}".strip()}" -- "$word")) ;;'
    yield "    esac"
    yield "}"
    yield "complete -o default -F _reader reader crossread"


def _with_choices() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Options with a fixed list of values; the same name has the same list or is left out."""
    lists: dict[str, set[tuple[str, ...]]] = {}
    for taken in _taken().values():
        for option in taken:
            for name in option.names:
                if option.value:
                    lists.setdefault(name, set()).add(option.choices)
    for name, found in sorted(lists.items()):
        if len(found) == 1 and (choices := next(iter(found))):
            yield name, choices


def _names_with(value: str) -> Iterator[str]:
    for taken in _taken().values():
        for option in taken:
            if option.value == value:
                yield from option.names


def _zsh() -> Iterator[str]:
    yield "#compdef reader crossread"
    yield "# zsh completion for reader; made by `reader completions zsh`"
    yield "_reader_commands() {"
    yield "    local -a commands"
    yield "    commands=("
    for name, command in COMMANDS.items():
        yield f"        {_quoted(f'{name}:{command.summary}')}"
    yield "    )"
    yield "    _describe command commands"
    yield "}"
    yield "_reader() {"
    yield f'    local command="${{words[(r)({"|".join(COMMANDS)})]}}"'
    yield '    case "$command" in'
    for name, taken in _taken().items():
        yield f"        {_quoted(name)})"
        yield "            _arguments \\"
        for option in taken:
            for flag in option.names:
                yield f"                {_quoted(_zsh_option(flag, option))} \\"
        words = " ".join(choice for option in taken if not option.names for choice in option.choices)
        rest = f"({words})" if words else "_files" if name else "_reader_commands"
        yield f"                {_quoted(f'*:argument:{rest}')}"
        yield "            ;;"
    yield "    esac"
    yield "}"
    yield '_reader "$@"'


def _zsh_option(flag: str, option: Option) -> str:
    said = option.help.replace("[", "(").replace("]", ")").replace(":", "\\:")
    if not option.value:
        return f"{flag}[{said}]"
    if option.choices:
        return f"{flag}[{said}]:{option.value}:({' '.join(option.choices)})"
    kind = {"DIR": "_files -/", "FILE": "_files"}.get(option.value, " ")
    return f"{flag}[{said}]:{option.value}:{kind}"


def _fish() -> Iterator[str]:
    yield "# fish completion for reader; made by `reader completions fish`"
    none = f"not __fish_seen_subcommand_from {' '.join(COMMANDS)}"
    for program in ("reader", "crossread"):
        for name, command in COMMANDS.items():
            yield f"complete -c {program} -n {_quoted(none)} -a {name} -d {_quoted(command.summary)}"
        for name, taken in _taken().items():
            when = f"__fish_seen_subcommand_from {name}" if name else none
            for option in taken:
                yield from _fish_option(program, when, option)


def _fish_option(program: str, when: str, option: Option) -> Iterator[str]:
    line = f"complete -c {program} -n {_quoted(when)}"
    for name in option.names:
        line += f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}"
    if option.choices:
        line += f" {'-x' if option.names else '-f'} -a {_quoted(' '.join(option.choices))}"
    elif option.value:
        line += " -r"
    if option.names or option.choices:
        yield f"{line} -d {_quoted(option.help)}"


def _quoted(text: str) -> str:
    """In single quotation marks, as all three shells read them."""
    return "'" + text.replace("'", "'\\''") + "'"
