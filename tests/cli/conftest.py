"""A small library of its own, and a command line to ask it with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.cli.main import run

LIBRARY = Path(__file__).parent / "library"
GOLDEN = Path(__file__).parent / "golden"
BRIDGE_ECHO = "coast-echo/2026-04-02-bridge"
BRIDGE_TIMES = "hill-times/2026-04-02-bridge"


@dataclass(frozen=True)
class Printed:
    """What one command line did."""

    code: int
    """Exit code."""
    out: str
    """What went to stdout."""
    err: str
    """What went to stderr."""


Cli = Callable[..., Printed]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a copy of the library in `articles`."""
    shutil.copytree(LIBRARY, tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def options(folder: Path) -> list[str]:
    """Options that keep everything in the working folder."""
    return [
        "--articles",
        str(folder / "articles"),
        "--index",
        str(folder / "index"),
        "--state",
        str(folder / "state"),
    ]


@pytest.fixture
def cli(options: list[str], capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command line on the library: `cli("search", "bridge")`."""

    def ask(*words: str) -> Printed:
        capsys.readouterr()
        code = run([*options, *words])
        return Printed(code, *capsys.readouterr())

    return ask
