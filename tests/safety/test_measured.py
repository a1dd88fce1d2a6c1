"""What the document on safety says was measured can be measured again: every suite it names is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")
SUITES = re.findall(r"^\|.*\| `(tests/[\w/]+\.py)` \|$", TEXT, re.M)


def test_every_suite_of_safety_and_faults_is_named() -> None:
    suites = {
        path.relative_to(ROOT).as_posix()
        for folder in ("safety", "faults")
        for path in (ROOT / "tests" / folder).glob("test_*.py")
    }
    # The promises have a table of their own; the others look at sources and documents.
    others = {f"tests/safety/test_{name}.py" for name in ("promises", "no_markup", "measured")}
    assert suites - others - set(SUITES) == set()


@pytest.mark.parametrize("suite", SUITES)
def test_named_suite_is_there(suite: str) -> None:
    assert "def test_" in (ROOT / suite).read_text(encoding="utf-8")
