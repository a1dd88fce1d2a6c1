"""What docs/features.md points at is there: files, commands, settings, keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reader import config
from reader.cli.parsers import COMMANDS as VERBS
from reader.ui.commands import COMMANDS, shown_keys

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
ROWS = [re.split(r"(?<!\\)\|", line)[1:-1] for line in PAGE.splitlines() if line.startswith("| ")]
ANSWERS = {"yes", "partly", "later", "no"}
NAMED = sorted(set(re.findall(r"`([^`]+)`", PAGE)))
KEYS = {key for command in COMMANDS for key in shown_keys(command.keys).split()}


def named(pattern: str) -> list[str]:
    """What the page names in backticks and is of this shape."""
    return [name for name in NAMED if re.fullmatch(pattern, name)]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row[0].strip() != "what"], ids=lambda row: row[0].strip()
)
def test_every_row_is_answered_and_says_where(row: list[str]) -> None:
    assert row[1].strip() in ANSWERS
    assert row[2].strip()


@pytest.mark.parametrize("path", named(r"(reader|docs)/\S+"))
def test_a_named_file_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("command", named(r"reader [a-z]+.*"))
def test_a_named_command_is_there(command: str) -> None:
    assert command.split()[1] in VERBS


@pytest.mark.parametrize("setting", named(r"(library|reading|search|compare)\.\w+"))
def test_a_named_setting_is_there(setting: str) -> None:
    assert setting in {option.name for option in config.OPTIONS}


@pytest.mark.parametrize("key", [name for name in named(r"\S{1,2}|PgDn|PgUp|Home|End|Esc") if name != "-0"])
def test_a_named_key_is_bound(key: str) -> None:
    assert key.replace("\\", "", 1) in KEYS if len(key) > 1 else key in KEYS
