"""How one reader wants the app, beside theme, keys and measure: what the configuration says, ready to use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Preferences:
    """Settled before the first frame; the default suits a UTF-8 terminal and keeps nothing on disk."""

    ascii: bool = False
    """Whether every sign on the screen is written in ASCII."""
    plain_letters: bool = False
    """Whether letters beyond ASCII are replaced as well, as the terminal cannot show them."""
    justify: bool = False
    """Whether both edges of a column of text are straight."""
    aside: Path | None = None
    """Where text is written that the terminal's clipboard cannot take."""
    copy_command: str = ""
    """A program that takes what is copied, instead of the terminal."""


def wants_ascii(setting: str, environment: Mapping[str, str], encoding: str | None = None) -> bool:
    """Whether signs are written in ASCII: as set, or `auto` by encoding and kind of terminal."""
    if setting != "auto":
        return setting == "yes"
    return not is_unicode(environment, encoding) or environment.get("TERM") in ("linux", "vt100", "vt220")


def is_unicode(environment: Mapping[str, str], encoding: str | None = None) -> bool:
    """Whether the terminal is said to understand UTF-8; a C locale says nothing of the terminal."""
    named = next((environment[key] for key in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(key)), "")
    if named in ("", "C", "POSIX"):
        return True
    # A locale that is named but not installed falls back to ASCII; its name still tells of the terminal.
    charset = named.partition("@")[0].partition(".")[2] or encoding or _encoding()
    return charset.lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")


def _encoding() -> str:
    import locale  # rarely asked for: most names of locales say their charset

    return locale.getencoding()
