"""What every command does in the sheet of keys, and in a sheet that asks for a choice."""

from __future__ import annotations

from tests.ui.effects import Case, code, place, screen, theme, typing

HELP = (
    Case("help", screen, "HelpScreen", "BrowseScreen"),
    Case("search", typing, False, True),
    Case("down", place, 1, 2),
    Case("up", place, 2, 1, ("j",)),
    Case("half_down", place, 1, 5),
    Case("half_up", place, 5, 1, ("ctrl+d",)),
    Case("page_down", place, 1, 11),
    Case("page_up", place, 11, 3, ("pagedown",)),
    Case("top", place, 2, 1, ("j",)),
    Case("bottom", place, 1, 70),
    Case("palette", screen, "HelpScreen", "Palette"),
    Case("back", screen, "HelpScreen", "BrowseScreen"),
    Case("cancel", screen, "HelpScreen", "BrowseScreen"),
    Case("theme", theme, "reader-dark", "reader-light"),
    Case("quit", code, None, 0),
)

SHEET = (
    Case("help", screen, "PickScreen", "HelpScreen"),
    Case("down", place, 0, 1),
    Case("up", place, 1, 0, ("j",)),
    Case("half_down", place, 0, 3),
    Case("half_up", place, 7, 4, ("G",)),
    Case("page_down", place, 0, 7),
    Case("page_up", place, 7, 0, ("G",)),
    Case("top", place, 7, 0, ("G",)),
    Case("bottom", place, 0, 7),
    Case("open", screen, "PickScreen", "AskScreen"),
    Case("palette", screen, "PickScreen", "Palette"),
    Case("back", screen, "PickScreen", "BrowseScreen"),
    Case("cancel", screen, "PickScreen", "BrowseScreen"),
    Case("theme", theme, "reader-dark", "reader-light"),
    Case("quit", code, None, 0),
)
