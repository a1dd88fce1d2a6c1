"""Other spellings of a name: a search for Zelensky finds Zelenskyy and Zelenskiy as well.

Only ways in which names are carried from one script to another count as spellings: endings in -sky, doubled
consonants, `y` for `i`, `kh` for `h`, `ou` for `u`. Used at query time only, one word at a time, and always
told to the user, who can turn it off with `=zelensky` or `"zelensky"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reader.search.analysis import stem_of, surface
from reader.search.backend import Lexicon

VARIANT_WEIGHT = 0.8
"""What a match of another spelling counts, against 1 for the one typed."""

MIN_LETTERS = 6
"""Shorter words are too alike by chance."""

_MAX_VARIANTS = 6
_MUCH_RARER = 50
_SKI = re.compile(r"sk(?:yy|iy|ij|yj|yi|ii|y|i)$")
_DOUBLED = re.compile(r"([bcdfgklmnprstvz])\1")
_SINGLE = re.compile(r"(?<=[aeiouy])[bdfgklmnprst](?=[aeiouy])")
_SWAPS = (("kh", "h"), ("yy", "y"), ("iy", "y"), ("ou", "u"), ("ei", "ey"), ("ai", "ay"))
_INFLECTIONS = ("s", "es", "ed", "ing", "ly")
# What ends like this is an English word form, not the end of a name: `planned` is not `planed`.
_NAME_ENDINGS = ("med", "y", "i", "e", "s")
_FORMS = ("ing", "ed", "ly", "er", "est", "ion", "ment", "ness", "able", "ous", "ive", "ful")


def classes(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Folded words of the library that spell the same name otherwise; most frequent first, at most six.

    Empty for most words. At most some 30 look-ups.
    """
    typed = surface(word)
    if len(typed) < MIN_LETTERS or not typed.isalpha():
        return ()
    if ending := _SKI.search(typed):
        root = typed[: ending.start() + 2]
        found = [(w, n) for w, n in lexicon.completions(root) if _SKI.search(w) and w != typed]
        found = [(w, n) for w, n in found if _SKI.sub("sk", w) == root]
    else:
        found = [(other, n) for other in _respelled(typed) if (n := lexicon.count(other))]
        if found and _is_ordinary(typed, lexicon):
            return ()
        # Beside so frequent a word the other spelling is a slip of the pen.
        least = lexicon.count(typed) / _MUCH_RARER
        found = [(other, n) for other, n in found if n >= least and not _is_ordinary(other, lexicon)]
    found.sort(key=lambda item: (-item[1], item[0]))
    return tuple(other for other, _ in found[:_MAX_VARIANTS])


def recogniser(word: str) -> tuple[Callable[[str], bool], tuple[str, ...]] | None:
    """A test whether a folded word may be another spelling of this one, and how such words begin.

    The two words alone are judged, without a lexicon. `None` for a word that has no other spellings.
    """
    typed = surface(word)
    if len(typed) < MIN_LETTERS or not typed.isalpha():
        return None
    if _SKI.search(typed):
        root = _SKI.sub("sk", typed)
        return (lambda other: other.startswith(root) and other != typed and _SKI.sub("sk", other) == root), (
            root,
        )
    respelled = frozenset(_respelled(typed))
    if not respelled:
        return None
    # Every change comes after what the two extremes of the sorted words share.
    first, last = min(respelled), max(respelled)
    shared = first[
        : next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    ]
    return respelled.__contains__, (shared,) if len(shared) > 2 else tuple(respelled)


def message(variants: tuple[str, ...]) -> str:
    """What is told to the user: "also matching Zelenskiy, Zelenskyy"."""
    return "also matching " + ", ".join(variant.capitalize() for variant in variants)


def _respelled(word: str) -> Iterator[str]:
    """The word with one thing spelled otherwise; each once."""
    if _is_word_form(word):
        return
    seen = {word}
    for other in _one_change(word):
        if other not in seen and len(other) >= MIN_LETTERS:
            seen.add(other)
            yield other


def _one_change(word: str) -> Iterator[str]:
    for match in _DOUBLED.finditer(word):
        yield word[: match.start()] + word[match.start() + 1 :]
    for match in _SINGLE.finditer(word):
        yield word[: match.end()] + match[0] + word[match.end() :]
    for one, another in _SWAPS:
        for old, new in ((one, another), (another, one)):
            at = word.find(old, 1)
            while at > 0:
                yield word[:at] + new + word[at + len(old) :]
                at = word.find(old, at + 1)
    for at, letter in enumerate(word):
        if at and letter in "iy":
            yield word[:at] + ("y" if letter == "i" else "i") + word[at + 1 :]


def _is_word_form(word: str) -> bool:
    return word.endswith(_FORMS) and not word.endswith("med")


def _is_ordinary(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is bent like an English word; names are not, but for the 's that folding takes off."""
    stem = stem_of(word)
    if stem is not None and stem.decode() != word and not word.endswith(_NAME_ENDINGS):
        return True
    return any(lexicon.count(word + ending) for ending in _INFLECTIONS)
