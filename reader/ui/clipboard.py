"""The terminal's clipboard by OSC 52: how long a text may be, through which multiplexer, and who has none."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from pathlib import Path

LIMIT = 56_000
"""Bytes of text that fit in the 74,994 bytes an OSC 52 sequence may have, encoded."""
WITHOUT = {"linux", "dumb", "vt100", "vt102", "vt220", "ansi"}
"""Values of TERM whose terminals have no clipboard."""
_SCREEN_PART = 700
"""Bytes of one string that GNU screen passes on; it drops those above 768."""


def obstacle(text: str, environment: Mapping[str, str]) -> str | None:
    """Why the terminal's clipboard cannot take a text, as the start of a sentence; `None` if it may.

    Whether a terminal obeys OSC 52 cannot be asked; those known not to are named here.
    """
    if len(text.encode("utf-8", "replace")) > LIMIT:
        return f"Too long for the terminal's clipboard ({len(text):,} characters)"
    if environment.get("TERM", "") in WITHOUT:
        return "This terminal has no clipboard"
    if environment.get("TERM_PROGRAM") == "Apple_Terminal" and "TMUX" not in environment:
        return "Terminal.app lets no program reach the clipboard"
    return None


def sequence(text: str, environment: Mapping[str, str]) -> str:
    """What is written to the terminal; inside tmux and GNU screen wrapped, so that it passes them."""
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{encoded}\a"
    if "TMUX" in environment:
        # tmux takes the first if set-clipboard is on, and passes the second on if allow-passthrough is.
        doubled = plain.replace("\x1b", "\x1b\x1b")
        return f"{plain}\x1bPtmux;{doubled}\x1b\\"
    if "STY" in environment:
        parts = (plain[start : start + _SCREEN_PART] for start in range(0, len(plain), _SCREEN_PART))
        return "".join(f"\x1bP{part}\x1b\\" for part in parts)
    return plain


def put_aside(path: Path, text: str) -> str:
    """Slow. Write a text where it can be fetched, readable by its owner alone; the path as it is called.

    What was put there before is replaced: it is a clipboard. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    fresh.replace(path)
    return str(path)
