"""README's table of keys is the command table."""

from __future__ import annotations

from reader.ui.key_table import key_table
from tests.conftest import ROOT

MARKER = "<!-- keys: made from reader/ui/commands.py, compared by tests/ui/test_readme_keys.py -->\n"


def test_readme_lists_the_keys_of_the_command_table() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    _, _, after = text.partition(MARKER)
    assert after.startswith(key_table()), "put the output of `python -m reader.ui.key_table` below the marker"
