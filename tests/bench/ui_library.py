"""Libraries for the app's benchmark: two sample articles, or as many generated ones as asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from reader import config
from reader.config import Settings
from tests.bench.corpus import documents
from tests.conftest import EVAL_DATA, ROOT

STORY = "alaska-summit"
"""Two articles of the sample library are on it."""


class Place(NamedTuple):
    """Where a library is and what belongs to it."""

    folder: Path
    """Holds the three others."""
    size: int
    """How many articles it has."""

    @property
    def options(self) -> list[str]:
        """For the command line."""
        names = ("articles", "index", "state")
        return [word for name in names for word in (f"--{name}", str(self.folder / name))]

    @property
    def settings(self) -> Settings:
        """For a workspace."""
        return config.settings(self.folder / "articles", self.folder / "index", self.folder / "state")


def two(folder: Path) -> Place:
    """Two articles on one story, indexed."""
    for path in sorted((ROOT / "articles").rglob(f"*{STORY}*.txt"))[:2]:
        target = folder / "articles" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return indexed(Place(folder, 2))


def generated(folder: Path, count: int) -> Place:
    """So many articles, indexed; a folder that holds them already is used as it is."""
    place = Place(folder / f"library-{count}", count)
    if not (place.folder / "index").is_dir():
        write(place, count)
        indexed(place)
    return place


def write(place: Place, count: int) -> Place:
    """The articles alone."""
    for document in documents(count, "short", EVAL_DATA if EVAL_DATA.is_dir() else None):
        path = place.folder / "articles" / f"{document.id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"title: {document.headline}\nsource: {document.source}\ndate: {document.date}\n\n"
        path.write_text(head + document.body + "\n", encoding="utf-8")
    return place


def indexed(place: Place) -> Place:
    """Bring its index up to date, as the command does."""
    command = [sys.executable, "-m", "reader", *place.options, "index"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=dict(os.environ))
    return place
