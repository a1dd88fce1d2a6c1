"""Memory of a large library: the build in its process and the app's engine on it stay within their limits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.corpus import documents
from tests.conftest import ROOT

OPENED = """
import re, sys
from pathlib import Path
from reader.config import settings
from reader.workspace.workspace import Workspace
workspace = Workspace(settings(*map(Path, sys.argv[1:4]), environment={}))
workspace.open()
assert len(workspace.articles()) == int(sys.argv[4]), len(workspace.articles())
assert workspace.search(workspace.articles()[0].headline).total
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
"""Opens a library, searches it and prints the most memory that was held, in MB.

`ru_maxrss` would not do: Linux carries what the parent held over into a program that it starts.
"""


def peak_mb(folder: Path, count: int) -> int:
    """What opening the library takes at its peak, in a process of its own."""
    places = [str(folder / name) for name in ("articles", "index", "state")]
    told = subprocess.run(
        [sys.executable, "-c", OPENED, *places, str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no peak of a process")
@pytest.mark.parametrize(
    ("count", "most_built", "most_opened"),
    [
        pytest.param(2_000, 130, 110, marks=pytest.mark.quick),
        pytest.param(50_000, 400, 300, marks=[pytest.mark.full, pytest.mark.timeout(3600)]),
    ],
)
def test_a_large_library_is_built_and_opened_in_bounded_memory(
    tmp_path: Path, count: int, most_built: int, most_opened: int
) -> None:
    for document in documents(count, "short", None):
        file = tmp_path / "articles" / f"{document.id}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"title: {document.headline}\ndate: {document.date}\n\n{document.body}")
        os.utime(file, (1_700_000_000, 1_700_000_000))
    built, opened = peak_mb(tmp_path, count), peak_mb(tmp_path, count)
    assert (built <= most_built, opened <= most_opened) == (True, True), (built, opened)
