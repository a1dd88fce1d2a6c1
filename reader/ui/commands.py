"""Every command of the app in one table. Bindings, footer, palette, help and the README's keys come from it.

A key exists here or not at all. A key means the same in every pane. Whether a command applies at this
moment is answered by `check_action` of its screen alone.
"""
# ruff: noqa: E501  the table reads best with one command a line

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from textual.binding import Binding

ScreenName = Literal["app", "browse", "compare", "matrix", "help", "sheet"]
"""Where a command applies; `app` is everywhere."""

READING: tuple[ScreenName, ...] = ("browse", "compare", "matrix", "help")
SHEETS: tuple[ScreenName, ...] = (*READING, "sheet")


class Command(NamedTuple):
    """One thing a reader can ask for."""

    id: str
    """Stable; what a configuration rebinds."""
    keys: str
    """Textual's names, comma-separated; the first is the one that is shown."""
    action: str
    """Name of the `action_` method."""
    label: str
    """One or two words for footer and palette."""
    help: str
    """A sentence without full stop."""
    screens: tuple[ScreenName, ...]
    """Where it applies."""
    footer: tuple[ScreenName, ...] = ()
    """Where it is one of the keys named in the bottom line."""
    group: str = "Moving"
    """Heading in the help sheet."""


COMMANDS: tuple[Command, ...] = (
    Command("help", "question_mark,f1", "show_help", "Help", "List the keys that work here; again to go back", ("app",), READING, "App"),
    Command("search", "slash", "search", "Search", "Search as you type; in a comparison in all sides, in this sheet filter the keys", ("browse", "compare", "help"), ("browse", "help"), "Finding"),
    Command("compare", "c", "compare", "Compare", "Compare the marked articles, else the story; back from a comparison", ("browse", "compare"), ("browse",), "Comparing"),
    Command("next_hit", "n", "next_hit", "Next", "Next hit, on into the next article; in a comparison the next mark", ("browse", "compare"), ("browse", "compare"), "Finding"),
    Command("previous_hit", "N", "previous_hit", "Previous", "Previous hit or mark", ("browse", "compare"), (), "Finding"),
    Command("mark", "x", "mark", "Mark", "Mark or unmark the article for a comparison", ("browse",), ("browse",), "Comparing"),
    Command("mark_all", "A", "mark_all", "Mark all", "Mark all that is listed or found, or take all marks away", ("browse",), (), "Keeping"),
    Command("why", "w", "why", "Why", "Say why this is here: the words that matched, or what the row rests on", ("browse", "compare"), ("compare",), "Comparing"),
    Command("view", "d", "view", "View", "Show all, differences, shared, quotes, figures, names, only here", ("compare",), ("compare",), "Comparing"),
    Command("matrix", "M", "matrix", "Matrix", "Claims against sources; again to go back", ("compare", "matrix"), ("compare", "matrix"), "Comparing"),
    Command("lock", "equals_sign", "lock", "Lock", "Unlock or lock scrolling; locking keeps each side's place", ("compare",), (), "Comparing"),
    Command("swap", "X", "swap", "Swap", "Swap this side with the one beside it", ("compare",), (), "Comparing"),
    Command("next_source", "right_square_bracket", "next_source", "Next source", "The same story by the next source; in a comparison in this column", ("browse", "compare"), (), "Comparing"),
    Command("previous_source", "left_square_bracket", "previous_source", "Previous source", "The same story by the previous source", ("browse", "compare"), (), "Comparing"),
    Command("next_quote", "quotation_mark", "next_quote", "Next quote", "Next shared quote", ("compare",), (), "Comparing"),
    Command("next_figure", "number_sign", "next_figure", "Next figure", "Next figure", ("compare",), (), "Comparing"),
    Command("next_only", "full_stop", "next_only", "Next only here", "Next passage that only one source has", ("compare",), (), "Comparing"),
    Command("other_end", "percent_sign", "other_end", "Other end", "From a passage out of order to the one it is linked with", ("compare",), (), "Comparing"),
    Command("fold", "F", "fold", "Fold", "Fold the rows without a link or quote, or unfold them", ("compare",), (), "Comparing"),
    Command("trace", "T", "trace", "Trace", "Find this passage in the whole library", ("browse", "compare"), (), "Comparing"),
    Command("down", "j,down", "down", "Down", "Down", SHEETS),
    Command("up", "k,up", "up", "Up", "Up", SHEETS),
    Command("half_down", "ctrl+d", "half_down", "Half page down", "Half a page down", SHEETS),
    Command("half_up", "ctrl+u", "half_up", "Half page up", "Half a page up", SHEETS),
    Command("page_down", "pagedown", "page_down", "Page down", "A page down", SHEETS),
    Command("page_up", "pageup,b", "page_up", "Page up", "A page up", SHEETS),
    Command("top", "g,home", "top", "Top", "To the top", SHEETS),
    Command("bottom", "G,end", "bottom", "Bottom", "To the bottom", SHEETS),
    Command("advance", "space", "advance", "Page on", "Open, then page; at the end the next unread article or pair", ("browse", "compare")),
    Command("pane_left", "h,left", "pane_left", "Pane left", "Pane or side to the left", ("browse", "compare")),
    Command("pane_right", "l,right", "pane_right", "Pane right", "Pane or side to the right", ("browse", "compare")),
    Command("next_pane", "tab", "next_pane", "Next pane", "Next pane or side; while typing another place to search", ("browse", "compare")),
    Command("previous_pane", "shift+tab", "previous_pane", "Previous pane", "Previous pane or side", ("browse", "compare")),
    Command("next_story", "J", "next_story", "Next story", "Next story or source, without leaving the article", ("browse", "compare")),
    Command("previous_story", "K", "previous_story", "Previous story", "Previous story or source", ("browse", "compare")),
    Command("history_back", "H,alt+left", "history_back", "Back in history", "What was read before", ("browse", "compare")),
    Command("history_forward", "L,alt+right", "history_forward", "Forward in history", "What was read after that, or the comparison just left", ("browse", "compare")),
    Command("jump", "ctrl+o", "jump", "Jump", "Letters on the panes or sides", ("browse", "compare")),
    Command("open", "enter", "open", "Open", "Open the selection; in a comparison this side in full", ("browse", "compare", "matrix", "sheet")),
    Command("sort", "backslash", "sort", "Sort", "Order hits by relevance, date, source", ("browse",), (), "Finding"),
    Command("show_all", "1", "show_all", "All", "List all articles", ("browse",), (), "Finding"),
    Command("show_unread", "2", "show_unread", "Unread", "List unread articles alone", ("browse",), (), "Finding"),
    Command("show_starred", "3", "show_starred", "Starred", "List starred articles alone", ("browse",), (), "Finding"),
    Command("narrow", "comma", "narrow", "Narrow", "Narrow the list by source, month, story or tag, with counts", ("browse",), (), "Finding"),
    Command("widen", "backspace", "widen", "Widen", "Drop the latest such filter", ("browse",), (), "Finding"),
    Command("zen", "z", "zen", "Zen", "Only the article, or everything again", ("browse", "compare"), (), "Reading"),
    Command("wider", "plus", "wider", "Wider", "Longer lines", ("browse",), (), "Reading"),
    Command("narrower", "minus", "narrower", "Narrower", "Shorter lines", ("browse",), (), "Reading"),
    Command("info", "i", "info", "Info", "Drawer with facts, outline, the story's other sources, notes; in a comparison all that was found", ("browse", "compare"), (), "Reading"),
    Command("preview", "p", "preview", "Preview", "Show the article beside the list, or the list alone", ("browse",), (), "Reading"),
    Command("toggle_read", "m", "toggle_read", "Read", "Mark read or unread: this, the marked, or the whole shelf", ("browse", "compare"), (), "Keeping"),
    Command("star", "s", "star", "Star", "Star, or take the star", ("browse", "compare"), (), "Keeping"),
    Command("tags", "t", "tags", "Tags", "Add and remove tags", ("browse", "compare"), (), "Keeping"),
    Command("annotate", "a", "annotate", "Note", "Note or highlight on the selection or passage; in a comparison on the pair", ("browse", "compare"), (), "Keeping"),
    Command("notes", "apostrophe", "notes", "Notes", "The notes of this article, or all: go there, change, remove", ("browse",), (), "Keeping"),
    Command("save_search", "ctrl+s", "save_search", "Save search", "This query, or this comparison, into the left column", ("browse", "compare"), (), "Keeping"),
    Command("merge", "ampersand", "merge", "Merge", "The marked articles are one story", ("browse",), (), "Keeping"),
    Command("split", "S", "split", "Split", "This article is not of this story", ("browse",), (), "Keeping"),
    Command("undo", "u", "undo", "Undo", "Take the latest change back", ("browse", "compare"), (), "Keeping"),
    Command("redo", "ctrl+r", "redo", "Redo", "Make it again", ("browse", "compare"), (), "Keeping"),
    Command("select", "v", "select", "Select", "Select by sentence, j and k extend; in the list mark a range", ("browse", "compare"), (), "Handing on"),
    Command("copy", "y", "copy", "Copy", "Selection or passage as a quotation with its citation; in a comparison the pair", ("browse", "compare"), (), "Handing on"),
    Command("copy_all", "Y", "copy_all", "Copy all", "The whole article with its citation; in a comparison all of it", ("browse", "compare"), (), "Handing on"),
    Command("open_url", "o", "open_url", "Original", "Open the original in the browser, after showing where", ("browse", "compare"), (), "Handing on"),
    Command("hints", "f", "hints", "Links", "Letters on the addresses that are seen, else all addresses", ("browse", "compare"), (), "Handing on"),
    Command("export", "e", "export", "Export", "Write the article, the marked, the list or the comparison to a file", ("browse", "compare"), (), "Handing on"),
    Command("pipe", "vertical_line", "pipe", "Pipe", "Hand the same to a program, without a shell", ("browse", "compare"), (), "Handing on"),
    Command("palette", "ctrl+p,colon", "command_palette", "Palette", "Every command, source and story by name", ("app",), READING, "App"),
    Command("back", "q", "back", "Back", "One step back; at the first screen quit", SHEETS, READING, "App"),
    Command("cancel", "escape", "cancel", "Cancel", "Close, clear the query, back to the list; loses nothing", SHEETS, (), "App"),
    Command("refresh", "r", "refresh_library", "Refresh", "Read the folder of articles again", ("browse", "compare"), (), "App"),
    Command("theme", "ctrl+t", "switch_theme", "Light or dark", "Switch between the light and the dark theme", ("app",), (), "App"),
    Command("quit", "ctrl+q", "quit", "Quit", "Quit at once", ("app",), (), "App"),
)  # fmt: skip
"""In the order of footer and help."""

PRIORITY = frozenset({"quit"})
"""Ids of commands that no other binding can take the keys of."""

MODAL = frozenset({"help", "sheet"})
"""Screens that bind the app's commands as well: Textual 8.2 cuts a modal screen off from the app's own."""


def bindings(place: ScreenName) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """What a screen (or the app) binds; every binding carries its command's id."""
    own = [_binding(command, command.action) for command in COMMANDS if place in command.screens]
    if place not in MODAL:
        return [*own]
    return [*own, *(_binding(each, f"app.{each.action}") for each in COMMANDS if "app" in each.screens)]


def _binding(command: Command, action: str) -> Binding:
    return Binding(
        command.keys,
        action,
        command.label,
        show=False,
        priority=command.id in PRIORITY,
        tooltip=command.help,
        id=command.id,
    )


def commands_for(place: ScreenName) -> tuple[Command, ...]:
    """What applies on a screen, the app's own commands included, in the order of the table."""
    return tuple(command for command in COMMANDS if place in command.screens or "app" in command.screens)


def footer_for(place: ScreenName) -> tuple[Command, ...]:
    """The few commands that the bottom line of a screen names."""
    return tuple(command for command in COMMANDS if place in command.footer)


_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "equals_sign": "=",
    "quotation_mark": '"',
    "number_sign": "#",
    "full_stop": ".",
    "colon": ":",
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "backslash": "\\",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
    "vertical_line": "|",
    "comma": ",",
    "apostrophe": "'",
    "percent_sign": "%",
    "ampersand": "&",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def shown_key(key: str) -> str:
    """One key as people write it: `?`, `^p`, `Tab`."""
    modifier, _, name = key.rpartition("+")
    text = _SHOWN.get(name, name if len(name) == 1 else name.capitalize())
    if modifier == "ctrl":
        return f"^{text.lower() if len(text) == 1 else text}"
    return f"{modifier.capitalize()}-{text}" if modifier else text


def shown_keys(keys: str) -> str:
    """All keys of a command as people write them."""
    return " ".join(shown_key(key) for key in keys.split(","))


def by_group(commands: Iterable[Command]) -> list[tuple[str, list[Command]]]:
    """The commands under their headings, in the order of first appearance, those of the whole app last."""
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.group, []).append(command)
    general = groups.pop("App", None)
    return [*groups.items(), *([("App", general)] if general else [])]
