from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.fold import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kyiv", "kyiv"),
        ("Erdoğan", "erdogan"),
        ("Sølheim", "solheim"),
        ("Łódź", "lodz"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁne", "fine"),
        ("e\u0301te\u0301", "ete"),
        ("so\u00adft", "soft"),
        ("zero\u200bwidth", "zerowidth"),
        ("don’t", "don't"),
        ("“quoted”", '"quoted"'),
        ("a–b—c", "a-b-c"),
        ("wait…", "wait..."),
        ("ＡＢＣ１", "abc1"),
    ],
)
def test_written_forms_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    "word", ["й", "मी", "שָׁ", "مُ", "が"], ids=["cyrillic", "hindi", "hebrew", "arabic", "kana"]
)
def test_marks_of_other_scripts_stay(word: str) -> None:
    assert fold(word) == word


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
