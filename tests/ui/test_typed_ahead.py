"""Keys typed before what they are for has come."""

from __future__ import annotations

import pytest
from textual import events

from tests.ui.conftest import Opened


@pytest.mark.parametrize("key", ["ctrl+d", "ctrl+u", "pagedown", "j", "G", "space", "n", "w", "y"])
async def test_a_key_before_the_comparison_is_there_does_no_harm(room: Opened, key: str) -> None:
    async with room() as r:
        for typed in ("c", key, key):
            r.app.post_message(events.Key(typed, typed if len(typed) == 1 else None))
        await r.settle()
        assert r.app.return_code is None
