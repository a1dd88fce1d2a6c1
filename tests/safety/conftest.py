"""The app of the screen's tests, for tests of what may not reach the screen."""

from __future__ import annotations

from tests.ui.conftest import room

__all__ = ["room"]
