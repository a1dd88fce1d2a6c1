"""The English Snowball stemmer (Porter2), so that an index does not depend on another package's copy.

Source: M. F. Porter, "The English (Porter2) stemming algorithm", snowballstem.org. Pure; no I/O.
"""

from __future__ import annotations

import re

VOWELS = "aeiouy"
"""A `y` that acts as a consonant is written `Y` while a word is being worked on."""

_SPECIAL = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
}
_INVARIANT = frozenset(["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"])
_AFTER_1A = frozenset(("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"))

_REGION = re.compile(r"[aeiouy][^aeiouy]")
_SHORT_SYLLABLE = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$")
_CONSONANT_Y = re.compile(r"(?:(?<=^)|(?<=[aeiouy]))y")
_VOWEL = re.compile(r"[aeiouy]")

_STEP_2 = (
    ("ization", "ize"),
    ("ational", "ate"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("entli", "ent"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("ousli", "ous"),
    ("iviti", "ive"),
    ("fulli", "ful"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("abli", "able"),
    ("izer", "ize"),
    ("ator", "ate"),
    ("alli", "al"),
    ("bli", "ble"),
    ("ogi", "og"),
    ("li", ""),
)
_STEP_3 = (
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ative", ""),
    ("ical", "ic"),
    ("ness", ""),
    ("ful", ""),
)
_STEP_4_SUFFIXES = "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic"
_STEP_4 = tuple(_STEP_4_SUFFIXES.split())
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")


# One test in C spares most words the search for the longest of these.
_ENDS_2 = tuple(suffix for suffix, _ in _STEP_2)
_ENDS_3 = tuple(suffix for suffix, _ in _STEP_3)


def stem(word: str) -> str:
    """Cut a lower-case word to its stem; words of one or two letters stay as they are."""
    if len(word) < 3:
        return word
    if word in _SPECIAL:
        return _SPECIAL[word]
    if word in _INVARIANT:
        return word
    word = word.removeprefix("'")
    word = _step_0_1a(_CONSONANT_Y.sub("Y", word) if "y" in word else word)
    if word in _AFTER_1A:
        return word
    r1, r2 = _regions(word)
    word = _step_1b(word, r1)
    if len(word) > 2 and word[-1] in "yY" and word[-2] not in VOWELS:
        word = word[:-1] + "i"
    word = _step_2(word, r1)
    word = _step_3(word, r1, r2)
    word = _step_4(word, r2)
    return _step_5(word, r1, r2).replace("Y", "y")


def _regions(word: str) -> tuple[int, int]:
    """Where R1 and R2 begin; the length of the word when they are empty."""
    r1 = len(word)
    for exception in ("gener", "commun", "arsen"):
        if word.startswith(exception):
            r1 = len(exception)
            break
    else:
        if found := _REGION.search(word):
            r1 = found.end()
    found = _REGION.search(word, r1)
    return r1, found.end() if found else len(word)


def _step_0_1a(word: str) -> str:
    for suffix in ("'s'", "'s", "'") if "'" in word else ():
        if word.endswith(suffix):
            word = word[: -len(suffix)]
            break
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith(("us", "ss")) or not word.endswith("s"):
        return word
    return word[:-1] if _VOWEL.search(word, 0, len(word) - 2) else word


def _step_1b(word: str, r1: int) -> str:
    if not word.endswith(("eed", "ed", "ing", "ly")):
        return word
    for suffix in ("eedly", "eed"):
        if word.endswith(suffix):
            return word[: -len(suffix)] + "ee" if len(word) - len(suffix) >= r1 else word
    for suffix in ("ingly", "edly", "ing", "ed"):
        if word.endswith(suffix):
            root = word[: -len(suffix)]
            return _mend(root, r1) if _VOWEL.search(root) else word
    return word


def _mend(root: str, r1: int) -> str:
    """What a root needs after -ed or -ing was taken away: `hop(p)`, `hop(e)`."""
    if root.endswith(("at", "bl", "iz")):
        return root + "e"
    if root.endswith(_DOUBLES):
        return root[:-1]
    if len(root) <= r1 and _SHORT_SYLLABLE.search(root):
        return root + "e"
    return root


def _step_2(word: str, r1: int) -> str:
    if not word.endswith(_ENDS_2):
        return word
    for suffix, replacement in _STEP_2:
        if not word.endswith(suffix):
            continue
        root = word[: -len(suffix)]
        if len(root) < r1:
            return word
        if suffix == "li" and root[-1:] not in set("cdeghkmnrt"):
            return word
        if suffix == "ogi" and not root.endswith("l"):
            return word
        return root + replacement
    return word


def _step_3(word: str, r1: int, r2: int) -> str:
    if not word.endswith(_ENDS_3):
        return word
    for suffix, replacement in _STEP_3:
        if word.endswith(suffix):
            root = word[: -len(suffix)]
            if len(root) < (r2 if suffix == "ative" else r1):
                return word
            return root + replacement
    return word


def _step_4(word: str, r2: int) -> str:
    if not word.endswith(_STEP_4):
        return word
    for suffix in _STEP_4:
        if word.endswith(suffix):
            root = word[: -len(suffix)]
            if len(root) < r2 or (suffix == "ion" and root[-1:] not in ("s", "t")):
                return word
            return root
    return word


def _step_5(word: str, r1: int, r2: int) -> str:
    root = word[:-1]
    if word.endswith("e"):
        if len(root) >= r2 or (len(root) >= r1 and not _SHORT_SYLLABLE.search(root)):
            return root
    elif word.endswith("ll") and len(root) >= r2:
        return root
    return word
