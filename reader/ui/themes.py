"""One light and one dark theme for long reading. Colour only repeats what glyph and weight already say."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="reader-dark",
    dark=True,
    primary="#86aed0",
    secondary="#a5b4a0",
    accent="#d9b36c",
    warning="#e0a458",
    error="#e09090",
    success="#8fb573",
    foreground="#d6d3cb",
    background="#1c1d20",
    surface="#222327",
    panel="#2b2d32",
    variables={
        "foreground-muted": "#a8a59e",
        "block-cursor-background": "#313c47",
        "block-cursor-foreground": "#f0ede4",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2a2d32",
        "block-cursor-blurred-foreground": "#d6d3cb",
        "footer-key-foreground": "#d9b36c",
        "input-selection-background": "#86aed0 35%",
        "scrollbar": "#3c3f45",
        "scrollbar-background": "#1c1d20",
        "scrollbar-background-hover": "#222327",
        "scrollbar-background-active": "#222327",
        "border": "#3c3f45",
    },
)
"""Warm grey on near black, no pure white, contrast about 11 : 1."""

LIGHT = Theme(
    name="reader-light",
    dark=False,
    primary="#2f5f86",
    secondary="#566551",
    accent="#835500",
    warning="#8f5200",
    error="#9c3434",
    success="#3f6b2a",
    foreground="#2e2c28",
    background="#f7f4ec",
    surface="#f0ece1",
    panel="#e5e0d3",
    variables={
        "foreground-muted": "#615e56",
        "block-cursor-background": "#d5dfe6",
        "block-cursor-foreground": "#1c1b18",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e8e4d8",
        "block-cursor-blurred-foreground": "#2e2c28",
        "footer-key-foreground": "#835500",
        "input-selection-background": "#2f5f86 30%",
        "scrollbar": "#cfc9ba",
        "scrollbar-background": "#f7f4ec",
        "scrollbar-background-hover": "#f0ece1",
        "scrollbar-background-active": "#f0ece1",
        "border": "#cfc9ba",
    },
)
"""Ink on paper."""

THEMES = (DARK, LIGHT)
"""Registered beside Textual's own."""
