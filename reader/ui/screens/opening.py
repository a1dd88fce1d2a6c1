"""Opening an address in the browser, shown in full first. The only place that opens one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.ui.links import addresses, safe_address
from reader.ui.screens.asking import PickScreen
from reader.ui.screens.moving import Talking

if TYPE_CHECKING:
    from textual.app import App

    from reader.model import Article

HINT = "opens in your browser; nothing else of reader uses the network"


def offer_original(app: App[int], screen: Talking, article: Article | None) -> None:
    """Ask whether to open where an article came from."""
    address = None if article is None else safe_address(article.url)
    if address is None:
        screen.say("This article names no address that can be opened")
    else:
        offer_addresses(app, screen, (address,), "Open the original?")


def offer_all(app: App[int], screen: Talking, article: Article | None) -> None:
    """Ask which of an article's addresses to open."""
    found = () if article is None else addresses(article)
    if found:
        offer_addresses(app, screen, found, "Open which address?")
    else:
        screen.say("There is no address in this article")


def offer_addresses(app: App[int], screen: Talking, found: Sequence[str], title: str) -> None:
    """Show the addresses, which have been checked, whole; open the one that is chosen, if any."""

    def opened(choice: int | None) -> None:
        import webbrowser

        if choice is not None:
            webbrowser.open(found[choice])
            screen.say(f"Asked the browser for {found[choice]}")

    app.push_screen(PickScreen(title, [(address, "") for address in found], HINT, whole=True), opened)
