"""The cleaner does to each character what the table of the safety document says, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text import clean as module
from reader.text.clean import MAX_MARKS, clean, clean_line

NONCHARACTERS = {*range(0xFDD0, 0xFDF0), *(p << 16 | last for p in range(17) for last in (0xFFFE, 0xFFFF))}
REMOVED = {
    0xAD,
    0x61C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x2060, 0x2065),
    *range(0x206A, 0x2070),
    0xFEFF,
}
REPLACED = (
    {*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC)}
    | {*range(0xE0000, 0xE0080), *range(0xD800, 0xE000)} | NONCHARACTERS
) - {0x85}  # fmt: skip
SPELLED = {0x09: "    ", 0x0A: "\n", 0x0D: "\n", 0x85: " ", 0x2028: "\n", 0x2029: "\n\n", 0x7F: "␡"}
FORBIDDEN = {*range(0x20), 0x7F, 0x85, 0x2028, 0x2029} - {0x0A} | REMOVED | REPLACED

ATTACKS = ["\x1b", "\x9b", "\u202e", "\u200b", "\r", "\t", "\u0301", "\u200d", "\ufeff", "\ud800"]
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from(ATTACKS), st.sampled_from("ab \n")),
    max_size=60,
)


def is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"


def longest_run_of_marks(text: str) -> int:
    return max(map(len, "".join("m" if is_mark(c) else " " for c in text).split()), default=0)


def check_properties(text: str) -> None:
    once = clean(text)
    assert not FORBIDDEN & set(map(ord, once.text))
    assert longest_run_of_marks(once.text) <= MAX_MARKS
    assert clean(once.text).text == once.text
    assert clean(once.text).hidden == 0
    assert len(once.text) <= 4 * len(text)
    assert once.hidden <= len(text)
    once.text.encode("utf-8")
    line = clean_line(text, 20)
    assert clean_line(line, 20) == line
    assert len(line) <= 20
    assert "\n" not in line


@pytest.mark.quick
@settings(max_examples=1_000, deadline=None)
@given(TEXTS)
def test_any_text_comes_out_safe_and_cleaning_again_changes_nothing(text: str) -> None:
    check_properties(text)


@pytest.mark.full
@settings(max_examples=20_000, deadline=None)
@given(TEXTS)
def test_any_of_20000_texts_comes_out_safe(text: str) -> None:
    check_properties(text)


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00a0"), max_size=80)
)
def test_plain_text_of_any_script_is_unchanged(text: str) -> None:
    assert clean(text) == module.Cleaned(module.CleanText(text), 0)


def test_every_code_point_alone_follows_the_table() -> None:
    # One text, because a million calls take long; a word between keeps the characters apart.
    cleaned = clean("<apart>".join(map(chr, range(0x110000)))).text.split("<apart>")
    wrong = [hex(code) for code, text in enumerate(cleaned) if text != expected(code)]
    assert (len(cleaned), wrong) == (0x110000, [])


def expected(code: int) -> str:
    if code in SPELLED:
        return SPELLED[code]
    if code < 0x20:
        return chr(0x2400 + code)
    if code in REMOVED:
        return ""
    return "\ufffd" if code in REPLACED else chr(code)


def test_every_mark_takes_the_exact_path() -> None:
    unsuspected = [
        hex(code)
        for code in range(0x110000)
        if (is_mark(chr(code)) or code in FORBIDDEN) and not module._SUSPECT.search(chr(code))
    ]
    assert unsuspected == []


@pytest.mark.parametrize(
    ("dirty", "hidden"),
    [
        ("plain “text” – with café and 日本語", 0),
        ("lines\r\nand\rtabs\t", 0),
        ("\x1b[31mred\x1b[0m", 2),
        ("inv\u200bisi\u00adble\u2060", 3),
        ("\u202egnp.exe\u202c", 2),
        ("a" + "\u0301" * 20, 12),
        ("lone \ud800 surrogate", 1),
    ],
    ids=["plain", "line-ends", "colours", "zero-width", "bidi", "marks", "surrogate"],
)
def test_hidden_characters_are_counted(dirty: str, hidden: int) -> None:
    assert clean(dirty).hidden == hidden


def test_escape_sequence_stays_readable() -> None:
    assert clean("\x1b]0;owned\x07").text == "␛]0;owned␇"


def test_eight_marks_stay_and_the_ninth_goes() -> None:
    assert clean("e" + "\u0301" * 9 + "x").text == "e" + "\u0301" * 8 + "x"


def test_emoji_families_stay_whole() -> None:
    family = "👨\u200d👩\u200d👧\ufe0f"
    assert clean(family).text == family


def test_removed_characters_cannot_hide_a_run_of_marks() -> None:
    assert longest_run_of_marks(clean("a" + "\u0301\u200b" * 40).text) == MAX_MARKS


def test_quotes_and_ligatures_are_not_normalised() -> None:
    text = "ﬁ é e\u0301 “ ” … ½ Å"
    assert clean(text).text == text


def test_line_is_cut_with_an_ellipsis() -> None:
    assert clean_line("one two three", 8) == "one two…"


def test_line_joins_white_space() -> None:
    assert clean_line("  a\n\n b\tc\u2028d ") == "a b c d"


@pytest.mark.parametrize("unit", ["\u0301", "\x1b", "👨\u200d", "\u200b", "*", "\r"], ids=ascii)
def test_a_long_hostile_text_costs_as_much_as_its_length(unit: str) -> None:
    assert len(clean(unit * 200_000).text) <= 800_000
