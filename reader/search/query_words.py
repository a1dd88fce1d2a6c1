"""What a single word of a query asks for: itself, the words it begins, a shape, or what is nearly it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reader.model.query import AnyOf, Diagnostic, Field, Fuzzy, Phrase, Prefix, Query, Terms, Wildcard
from reader.search.analysis import surface

MAX_EXPANSIONS = 20
"""Prefixes, wildcards and fuzzy words in one query; more are read as plain words."""

MAX_PATTERN = 64
"""Characters of a word with wildcards; no word of the index is longer."""

_FUZZY = re.compile(r"(.+?)~(\d{0,3})")
_UNKNOWN_FIELD = re.compile(r"([A-Za-z]{2,16}):(?=[^\s/\\:])")
_WILD = re.compile(r"[*?]")


@dataclass(slots=True)
class WordReader:
    """Reads the words of one query and counts how much they may expand to."""

    fields: tuple[str, ...]
    """Names to suggest when a word looks like an unknown field."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What had to be said, in the order of reading."""
    expansions: int = 0
    """How many prefixes, wildcards and fuzzy words were taken."""

    def read(self, word: str, position: int, in_field: Field, *, grows: bool) -> Query | None:
        """The query for one word; `None` when nothing in it can be searched.

        `grows`: it is still being typed, so the words it begins are wanted as well.
        """
        if "*" in word or "?" in word:
            return self._wild(word, position, in_field)
        if "~" in word and (match := _FUZZY.fullmatch(word)):
            return self._fuzzy(match, position, in_field)
        if not any(map(str.isalnum, word)):
            if any(ord(character) > 0x2FFF for character in word):
                self._say(f"there is no word in {word[:20]}; it was left out", position)
            return None
        if match := _UNKNOWN_FIELD.match(word):
            names = ", ".join(self.fields)
            self._say(f"there is no field {match[1]}: (there are {names}); its words were searched", position)
        if grows and len(surface(word)) >= 2:
            # The words it begins are stemmed; a word cut in its ending may stem to something else.
            return AnyOf((Terms((word,), in_field), Prefix(word, in_field)))
        return Terms((word,), in_field)

    def exact(self, word: str) -> Query | None:
        """A word as it is spelled, without other spellings of the name."""
        return Phrase((word,)) if any(map(str.isalnum, word)) else None

    def _wild(self, word: str, position: int, in_field: Field) -> Query | None:
        word = re.sub(r"\*+", "*", word)[:MAX_PATTERN]
        shape = surface(word)
        letters = _WILD.sub("", shape)
        if not letters:
            self._say("a star without letters would find every word; it was left out", position)
            return None
        if len(letters) < 2:
            self._say(f"{word[:20]} needs two letters before it can be searched; it was left out", position)
            return None
        if not self._may_expand(position):
            return Terms((_WILD.sub("", word),), in_field)
        if _WILD.search(shape) and shape.endswith("*") and not _WILD.search(shape[:-1]):
            return Prefix(word.replace("*", ""), in_field)
        return Wildcard(word, in_field)

    def _fuzzy(self, match: re.Match[str], position: int, in_field: Field) -> Query | None:
        word, edits = match[1].replace("~", ""), int(match[2] or 1)
        if not any(map(str.isalnum, word)):
            return None
        if edits > 2:
            self._say("words may differ in two letters at most; two were allowed", position)
        if len(surface(word)) < 3 or edits == 0:
            if edits:
                self._say(
                    f"{word} is too short to be searched with errors; it was searched as it is", position
                )
            return Terms((word,), in_field)
        if not self._may_expand(position):
            return Terms((word,), in_field)
        return Fuzzy(word, 1 if edits == 1 else 2, in_field)

    def _may_expand(self, position: int) -> bool:
        self.expansions += 1
        if self.expansions > MAX_EXPANSIONS:
            self._say(
                f"only the first {MAX_EXPANSIONS} words with * ? or ~ were expanded; "
                "the others were searched as they are",
                position,
            )
        return self.expansions <= MAX_EXPANSIONS

    def _say(self, message: str, position: int) -> None:
        self.diagnostics.append(Diagnostic(message, position))
