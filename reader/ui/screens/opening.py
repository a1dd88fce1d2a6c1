"""Opening an address in the browser, shown in full first. The only place that opens one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.ui.screens.asking import PickScreen
from reader.ui.screens.moving import Talking

if TYPE_CHECKING:
    from textual.app import App

HINT = "opens in your browser; nothing else of reader uses the network"


def offer_addresses(app: App[int], screen: Talking, addresses: Sequence[str], title: str) -> None:
    """Show the addresses, which have been checked, whole; open the one that is chosen, if any."""

    def opened(choice: int | None) -> None:
        import webbrowser

        if choice is not None:
            webbrowser.open(addresses[choice])
            screen.say(f"Asked the browser for {addresses[choice]}")

    app.push_screen(PickScreen(title, [(address, "") for address in addresses], HINT, whole=True), opened)
