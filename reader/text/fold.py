"""Folding words for matching: case, accents and look-alike punctuation no longer tell two words apart.

Folding may change the length of a string, so it is applied to whole tokens whose offsets stay those of the
original text. It must never be used for anything that is shown.
"""

from __future__ import annotations

import unicodedata

# Everything here is replaced before Unicode normalisation sees the text. No value removes the character.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‵ʼʹ`´ˈ＇", "'"),
        **dict.fromkeys("“”„‟«»″‶＂", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        "…": "...",
        # Invisible: soft hyphen, zero width characters, direction marks, selectors, byte order mark.
        **dict.fromkeys("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
        # Latin letters that Unicode does not decompose.
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ħ": "h",
        "Ħ": "H",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ı": "i",
        "ŋ": "n",
        "Ŋ": "N",
    }
)


def fold(text: str) -> str:
    """The form of a word under which equal words are equal.

    Case-folded, compatibility-normalised, quotation marks, dashes and ellipses unified, marks taken off Latin
    letters only (in other scripts they make another letter), soft hyphens and zero width characters gone.
    Folding twice changes nothing. Linear.
    """
    if text.isascii():
        # U+0060 is the only ASCII character that unifies with another.
        return text.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold().translate(_PLAIN)
    if plain.isascii():
        return plain
    return _without_latin_marks(plain)


def _without_latin_marks(text: str) -> str:
    kept: list[str] = []
    after_latin = False
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if not after_latin:
                kept.append(character)
        else:
            after_latin = character < "ɐ"
            kept.append(character)
    return unicodedata.normalize("NFKC", "".join(kept)).translate(_PLAIN)
