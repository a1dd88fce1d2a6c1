"""What a command may load: a static import graph cannot see whether a deferred import is deferred."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "reader"
FILES = sorted(path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py"))

PROBE = """
import contextlib, io, sys
from reader.__main__ import main
sys.argv = ["reader", *{arguments!r}]
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    try:
        code = main()
    except SystemExit as stop:
        code = stop.code
print(code or 0, *sorted(set({forbidden!r}) & set(sys.modules)))
"""

FIRST_FRAME = """
import asyncio, sys, threading
import reader.cli.main
from reader.model.errors import LibraryError
from reader.ui.app import ReaderApp
from reader.ui.unopened import Unopened

wanted = threading.Event()

def load():
    wanted.wait()
    raise LibraryError("not today")

async def start():
    app = ReaderApp(Unopened("somewhere"), load=load)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        while not app.screen.query("KeyBar"):
            await pilot.pause()
        shown = "Palette" in str(app.screen.query_one("KeyBar").render_line(0))
        print(shown, *sorted(name for name in sys.modules if name.startswith({forbidden!r})))
        wanted.set()
        await app.workers.wait_for_complete()
        await pilot.pause()

asyncio.run(start())
"""
LATER = (
    *("whoosh", "rapidfuzz", "sqlite3", "tomllib", "urllib3", "textual.widgets._markdown"),
    *(
        "reader.cli.parsers",
        "reader.layout.w",
        "reader.layout.r",
        "reader.model.article",
        "reader.model.query",
    ),
    *("reader.model.results", "reader.text", "reader.ui.lookup", "reader.ui.palette", "reader.ui.widgets.c"),
    *("reader.ui.widgets.info", "reader.ui.screens.compare", "reader.ui.screens.help"),
)
"""Beginnings of the names of modules that the first frame does without."""

HEAVY = ("textual", "rich", "whoosh", "rapidfuzz", "sqlite3", "importlib.metadata")
TUI = ("textual", "rich.console", "trafilatura", "feedparser", "urllib3", "opensearchpy")


def loaded(arguments: list[str], forbidden: tuple[str, ...], home: Path) -> str:
    """Exit code and the forbidden modules that a fresh interpreter has after one command."""
    probe = PROBE.format(arguments=arguments, forbidden=forbidden)
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=True,
    )
    return finished.stdout.strip()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["search", "--help"]], ids=" ".join)
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    assert loaded(arguments, HEAVY, tmp_path) == "0"


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["sources"],
        ["stories"],
        ["search", "harbour"],
        ["show", "one/first"],
        ["compare", "one/first", "two/second"],
        ["trace", "the ferry company suspended all crossings"],
        ["index"],
    ],
    ids=lambda command: command[0],
)
def test_text_command_loads_no_textual(command: list[str], tmp_path: Path) -> None:
    library = tmp_path / "articles"
    for name in ("one/first", "two/second"):
        file = library / f"{name}.txt"
        file.parent.mkdir(parents=True)
        file.write_text("The ferry company suspended all crossings in the harbour until Thursday.\n")
    options = [
        "--articles",
        str(library),
        "--index",
        str(tmp_path / "index"),
        "--state",
        str(tmp_path / "state"),
    ]
    assert loaded([*options, *command], TUI, tmp_path) == "0"


def test_first_frame_loads_only_what_it_shows(tmp_path: Path) -> None:
    probe = FIRST_FRAME.format(forbidden=LATER)
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=True,
    )
    assert finished.stdout.strip() == "True"


@pytest.mark.parametrize("file", FILES)
def test_file_has_at_most_400_lines(file: str) -> None:
    assert len((ROOT / file).read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("file", FILES)
def test_module_says_what_it_is_for(file: str) -> None:
    assert ast.get_docstring(ast.parse((ROOT / file).read_text(encoding="utf-8")))


RISKY = {
    # The allow-list unpickler is a subclass of pickle's, and the backend names its error.
    "pickle": {"reader/search/whoosh/unpickler.py", "reader/search/whoosh/backend.py"},
    # A pager, the parsing child, the indexing child and programs that a reader names: each from its argument
    # list, never through a shell.
    "subprocess": {
        "reader/cli/output.py",
        "reader/sandbox.py",
        "reader/workspace/child.py",
        "reader/ui/piping.py",
    },
    # One place opens links, after showing them.
    "webbrowser": {"reader/ui/screens/opening.py"},
    "marshal": set(),
    "shelve": set(),
    "urllib.request": set(),
}


@pytest.mark.parametrize("name", RISKY)
def test_risky_module_is_imported_only_where_it_is_known(name: str) -> None:
    assert {file for file in FILES if _imports(file, name)} <= RISKY[name]


def test_package_itself_imports_nothing() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def _imports(file: str, name: str) -> bool:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return any(
        (isinstance(node, ast.Import) and any(_is_in(alias.name, name) for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and _is_in(node.module or "", name))
        for node in ast.walk(tree)
    )


def _is_in(module: str, name: str) -> bool:
    return module == name or module.startswith(f"{name}.")
