"""Starts windows of their own for the tests; see `tests.state.writing`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def window(what: str, path: Path, *arguments: object) -> subprocess.Popen[str]:
    """A process that writes to a state file; it ends by itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.state.writing", what, str(path), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def finished(process: subprocess.Popen[str], within_s: float = 120) -> str:
    """What a window said until it ended; fails with its errors when it did not end well."""
    said, errors = process.communicate(timeout=within_s)
    assert process.returncode == 0, errors
    return said
