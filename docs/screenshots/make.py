"""Draw the pictures in this folder from the sample library: `python docs/screenshots/make.py`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHOTS: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "browse-120x40": ((120, 40), "reader-dark", ()),
    "search-120x40": ((120, 40), "reader-light", ("slash", *"guarantees", "enter", "l")),
    "compare-120x40": ((120, 40), "reader-dark", ("c",)),
    "compare-80x24": ((80, 24), "reader-light", ("c",)),
    "compare-120x40-light": ((120, 40), "reader-light", ("c",)),
    "matrix-120x40": ((120, 40), "reader-dark", ("c", "M")),
    "browse-200x60": ((200, 60), "reader-light", ()),
}
"""Name -> size, theme, keys pressed before the picture."""


async def shoot(name: str, folder: Path) -> None:
    """One picture; text of the terminal as SVG."""
    from reader import config
    from reader.ui.app import ReaderApp
    from reader.workspace.workspace import Workspace

    size, theme, keys = SHOTS[name]
    articles = ROOT / "articles"
    settings = config.settings(articles=articles, index=folder / "index", state=folder / "state", config=None)
    app = ReaderApp(Workspace(settings), theme=theme)
    async with app.run_test(size=size) as pilot:
        while not app.browse.is_open:
            await pilot.pause(0.1)
        ids = [info.id for info in app.engine.articles() if "alaska-summit" in info.id]
        app.browse.go_to_article(ids[0])
        await pilot.pause(3)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.3)
        await pilot.pause(1)
        # The names of styles carry a number that is another one each time.
        svg = re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="reader"))
        # Fonts that a viewer would fetch from elsewhere: its own monospaced one does.
        svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
        # Spaces at the ends of a run count; not every viewer keeps them unasked.
        svg = svg.replace("<svg class", '<svg xml:space="preserve" class', 1)
        (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> int:
    """All pictures."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        for name in SHOTS:
            asyncio.run(shoot(name, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
