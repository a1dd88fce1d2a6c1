"""A small library on disk, and a workspace on it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Settings, settings
from reader.workspace.workspace import Workspace

FERRY_LEDGER = """title: Two ferries collide in fog
date: 2026-10-06

Two ferries collided in thick fog off Port Ansel on Tuesday morning, injuring 14 people, the coastguard said.

The company Coastline suspended all crossings between Port Ansel and Skarvik until Thursday.

“It is too early to say who turned first, and I will not guess,” said harbour master Ingrid Solheim.
"""

FERRY_WIRE = """title: Ferry collision injures 17
source: Northern Wire
date: 2026-10-06

At least 17 people were injured when two ferries collided in fog near Port Ansel on Tuesday, hospitals said.

Coastline suspended all crossings between Port Ansel and Skarvik until Friday.

“It is too early to say who turned first…” harbour master Ingrid Sølheim said.
"""

HERON = """title: A heron on the roof
date: 2026-04-01

A heron has nested on the roof of the town hall for the third year. Visitors bring binoculars.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of three articles by two sources."""
    root = tmp_path / "articles"
    for name, text in {
        "ledger/ferries": FERRY_LEDGER,
        "wire/ferries": FERRY_WIRE,
        "ledger/heron": HERON,
    }.items():
        file = root / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        # A file written a moment ago may change again within one tick of its clock and is read anew.
        os.utime(file, (1_700_000_000, 1_700_000_000))
    return root


@pytest.fixture
def chosen(folder: Path, tmp_path: Path) -> Settings:
    """Settings that keep everything below the test's folder."""
    return settings(folder, tmp_path / "index", tmp_path / "state", environment={})


@pytest.fixture
def workspace(chosen: Settings) -> Iterator[Workspace]:
    """That library, opened on a fixed day."""
    opened = Workspace(chosen, today=lambda: dt.date(2026, 10, 10))
    opened.open()
    yield opened
    opened.close()
