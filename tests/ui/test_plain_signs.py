"""Signs in ASCII, cell for cell, and who gets them."""

from __future__ import annotations

import pytest

from reader.layout.cells import cells
from reader.ui.plain_signs import plain_signs
from reader.ui.preferences import Preferences, is_unicode, wants_ascii
from tests.ui.conftest import Opened

KINDS = "=≈~“!·⇄"


def test_each_kind_of_row_keeps_a_sign_of_its_own() -> None:
    assert plain_signs(KINDS) == '=%~"!.x'


@pytest.mark.parametrize("text", ["“Zelenskyy” – 3 × 4 …", "日本 é", "▏█░─│┌", "e\u0301"])
def test_no_cell_is_lost_or_won(text: str) -> None:
    assert cells(plain_signs(text, letters=True)) == cells(text)
    assert plain_signs(text, letters=True).isascii()


def test_letters_stay_where_the_terminal_shows_them() -> None:
    assert plain_signs("Sølheim – 日本") == "Sølheim - 日本"


@pytest.mark.parametrize(
    ("setting", "environment", "encoding", "wanted"),
    [
        ("yes", {}, "utf-8", True),
        ("no", {"TERM": "linux"}, "ascii", False),
        ("auto", {"LANG": "en_GB.UTF-8"}, "ascii", False),
        ("auto", {"LANG": "en_GB.ISO-8859-1"}, "utf-8", True),
        ("auto", {"LANG": "en_GB"}, "iso8859-1", True),
        ("auto", {"LANG": "C", "LC_ALL": ""}, "ascii", False),
        ("auto", {"LC_ALL": "de_DE.ISO-8859-15@euro", "LANG": "de_DE.UTF-8"}, "utf-8", True),
        ("auto", {"TERM": "linux"}, "utf-8", True),
    ],
)
def test_ascii_is_chosen_by_setting_locale_and_terminal(
    setting: str, environment: dict[str, str], encoding: str, wanted: bool
) -> None:
    assert wants_ascii(setting, environment, encoding) is wanted


def test_a_charset_that_is_not_unicode_replaces_letters_as_well() -> None:
    assert not is_unicode({"LANG": "en_GB.ISO-8859-1"})


@pytest.mark.parametrize("keys", [(), ("c",), ("c", "M"), ("enter", "i"), ("question_mark",)])
async def test_every_screen_is_ascii_when_that_is_wanted(room: Opened, keys: tuple[str, ...]) -> None:
    async with room(preferences=Preferences(ascii=True, plain_letters=True)) as r:
        await r.press(*keys)
        assert r.text.isascii()
