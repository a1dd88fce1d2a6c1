"""What a person typed, read as a query. Never raises: what is not understood is said and the rest searched.

Words stand side by side and an article needs any of them; those with more come first. Everything a person
went out of their way to write is required: quoted phrases, fields, groups in parentheses, words with `+`, and
both sides of `AND`. `AND` binds closer than `OR`, and `OR` closer than a space.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from reader.model.query import (
    EVERYTHING,
    All,
    AnyOf,
    Diagnostic,
    Field,
    In,
    Not,
    ParsedQuery,
    Phrase,
    Query,
    Range,
    Terms,
)
from reader.search.analysis import is_stop_word
from reader.search.dates import date_range, days
from reader.search.query_lexer import Token, tokens
from reader.search.query_tree import NOTHING, in_field, merged_words
from reader.search.query_words import WordReader

MAX_CHARACTERS = 4_000
"""Longer queries are cut."""
MAX_DEPTH = 32
"""Parentheses inside parentheses; deeper ones are passed over."""
MAX_SLOP = 100
"""Other words between the words of a phrase."""

_WORD_FIELDS: dict[str, Field] = {
    "headline": "headline",
    "title": "headline",
    "author": "author",
    "text": "text",
}
_VALUE_FIELDS: dict[str, Field] = {
    "source": "source",
    "story": "story",
    "is": "is",
    "has": "has",
    "tag": "tag",
    "id": "id",
}
_RANGE_FIELDS = frozenset(("date", "since", "until"))
_FIELDS = (*_VALUE_FIELDS, *_WORD_FIELDS, *sorted(_RANGE_FIELDS))
_SHOWN_FIELDS = ("source", "headline", "author", "date", "since", "until", "story", "is", "has", "tag")
_KNOWN_VALUES = {"is": ("read", "unread", "starred"), "has": ("note", "tag")}

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Part:
    """One clause; of all loose clauses side by side only one need match."""

    query: Query
    is_loose: bool = False


@lru_cache(maxsize=64)
def parse(text: str, *, today: dt.date, as_you_type: bool = False) -> ParsedQuery:
    """Read a query as of a day.

    With `as_you_type` the last word is also the beginning of longer ones, unless a space follows it, and what
    is merely unfinished is not complained about. At most 4,000 characters are read; linear.

    Bare words become one `Terms`; when prefixes, wildcards, fuzzy or exact words stand among them, an `AnyOf`
    of single words, in which a nested `AnyOf` is one word still being typed. The last few texts are
    remembered: the list, its excerpts and the article all ask for the same one.
    """
    return _Parser(text, today, as_you_type).parsed()


class _Parser:
    def __init__(self, text: str, today: dt.date, as_you_type: bool) -> None:
        self.today = today
        self.as_you_type = as_you_type
        self.words = WordReader(_SHOWN_FIELDS)
        self.text = self._cleaned(text)
        self.tokens = list(tokens(self.text, frozenset(_FIELDS), _RANGE_FIELDS))
        self.at = 0
        self.passed_over = 0

    def parsed(self) -> ParsedQuery:
        """The whole query."""
        if not self.text.strip():
            if not self.as_you_type:
                self._say("nothing was asked for: these are all articles", 0)
            return self._result(EVERYTHING)
        parts: list[_Part] = []
        while self.at < len(self.tokens):
            parts.extend(self._clauses(0))
            if self.at < len(self.tokens):
                self._say("this ) closes nothing and was left out", self._next().position)
        query = self._together(parts)
        if query is None and not self.words.diagnostics:
            if self.as_you_type:
                return self._result(EVERYTHING)
            self._say("there is no word here to search for", 0)
        return self._result(NOTHING if query is None else query)

    def _result(self, query: Query) -> ParsedQuery:
        first: dict[str, Diagnostic] = {}
        for diagnostic in sorted(self.words.diagnostics, key=lambda d: (d.position, d.message)):
            first.setdefault(diagnostic.message, diagnostic)
        return ParsedQuery(self.text, query, tuple(first.values()))

    def _say(self, message: str, position: int) -> None:
        self.words.diagnostics.append(Diagnostic(message, position))

    def _say_unless_typing(self, message: str, token: Token) -> None:
        """Complain about something that more typing may still finish."""
        if not (self.as_you_type and token is self.tokens[-1]):
            self._say(message, token.position)

    def _cleaned(self, text: str) -> str:
        """Control characters as spaces, so that positions stay those of the typed text."""
        if len(text) > MAX_CHARACTERS:
            self._say(f"only the first {MAX_CHARACTERS:,} characters were read", MAX_CHARACTERS)
            text = text[:MAX_CHARACTERS]
        for unseen in _UNSEEN.finditer(text):
            if not unseen[0].isspace():
                self._say("control characters were left out", unseen.start())
                break
        return _UNSEEN.sub(" ", text)

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _clauses(self, depth: int) -> list[_Part]:
        """Clauses up to the end or to a closing parenthesis, which is not taken."""
        parts: list[_Part] = []
        while (token := self._peek()) is not None:
            if token.kind == "close":
                if self.passed_over == 0:
                    break
                self.passed_over -= 1
                self.at += 1
            elif (part := self._joined("or", depth)) is not None:
                parts.append(part)
        return parts

    def _joined(self, operator: str, depth: int) -> _Part | None:
        """Clauses joined by `OR`, each of which is clauses joined by `AND`."""
        found: list[_Part] = []
        while True:
            part = self._joined("and", depth) if operator == "or" else self._signed(depth)
            if part is not None:
                found.append(part)
            token = self._peek()
            if token is None or token.kind != operator:
                break
            self.at += 1
            following = self._peek()
            if part is None or following is None or following.kind in ("close", "and", "or"):
                self._say_unless_typing(f"{token.text} needs a word on both sides; it was left out", token)
                if following is None or following.kind == "close":
                    break
        if len(found) > 1:
            found = [part for part in found if not self._is_stop_part(part)] or found
        if len(found) < 2:
            return found[0] if found else None
        queries = tuple(part.query for part in found)
        return _Part(AnyOf(queries) if operator == "or" else All(queries))

    def _is_stop_part(self, part: _Part) -> bool:
        return isinstance(part.query, Terms) and all(map(is_stop_word, part.query.words))

    def _signed(self, depth: int) -> _Part | None:
        """A clause with the signs before it."""
        signs: list[Token] = []
        while (token := self._peek()) is not None and token.kind in ("not", "must", "exact"):
            signs.append(self._next())
        if token is None or token.kind in ("close", "and", "or"):
            if signs:
                self._say_unless_typing(f"{signs[-1].text} stands before nothing; it was left out", signs[-1])
            return None
        kinds = {sign.kind for sign in signs}
        self.at += 1
        if token.kind == "word" and "exact" in kinds:
            exact = self.words.exact(token.text)
            part = None if exact is None else _Part(exact, is_loose=True)
        else:
            part = self._clause(token, depth, may_grow="not" not in kinds)
        if part is None or not kinds & {"not", "must"}:
            return part
        if self._is_stop_part(part):
            self._say(f"{token.text} is in nearly every article; it was left out", token.position)
            return None
        return _Part(Not(part.query) if "not" in kinds else part.query)

    def _clause(self, token: Token, depth: int, *, may_grow: bool) -> _Part | None:
        if token.kind == "open":
            return self._group(token, depth)
        if token.kind == "phrase":
            return self._phrase(token, "text")
        if token.kind == "field":
            return self._field(token, depth)
        return self._word(token, "text", may_grow=may_grow)

    def _group(self, token: Token, depth: int) -> _Part | None:
        if depth >= MAX_DEPTH:
            self._say(f"parentheses more than {MAX_DEPTH} deep were passed over", token.position)
            self.passed_over += 1
            return None
        query = self._together(self._clauses(depth + 1))
        if self._peek() is not None:
            self.at += 1
        elif not self.as_you_type:
            self._say("this ( is never closed; it ends with the query", token.position)
        return None if query is None else _Part(query)

    def _word(self, token: Token, field: Field, *, may_grow: bool) -> _Part | None:
        grows = may_grow and self.as_you_type and self.at == len(self.tokens) and not self.text[-1:].isspace()
        query = self.words.read(token.text, token.position, field, grows=grows)
        return None if query is None else _Part(query, is_loose=field == "text")

    def _phrase(self, token: Token, field: Field) -> _Part | None:
        if "*" in token.text:
            self._say("a star between quotes is not a wildcard; it was left out", token.position)
        if not token.is_closed:
            self._say_unless_typing("this quote is never closed; it ends with the query", token)
        words = tuple(word for word in token.text.split() if any(map(str.isalnum, word)))
        if not words:
            self._say_unless_typing("there is no word between these quotes; they were left out", token)
            return None
        if self.as_you_type and not token.is_closed and not token.text[-1:].isspace():
            return self._growing_phrase(words, field)
        if all(map(is_stop_word, words)) and len(words) == 1:
            self._say(f"{words[0]} is in nearly every article; it was left out", token.position)
            return None
        return _Part(Phrase(words, self._slop(token), field))

    def _growing_phrase(self, words: tuple[str, ...], field: Field) -> _Part | None:
        """A phrase whose last word is still being typed: the phrase so far, and some word that begins so."""
        last = self.words.read(words[-1], 0, field, grows=True)
        if last is None or isinstance(last, Terms):
            return _Part(Phrase(words[:-1], 0, field)) if words[1:] else None
        return _Part(All((Phrase(words[:-1], 0, field), last)) if words[1:] else last)

    def _slop(self, token: Token) -> int:
        if token.slop is None:
            return 0
        if token.slop < 0:
            self._say('a number is needed after "…"~; one was assumed', token.position)
            return 1
        if token.slop > MAX_SLOP:
            self._say(f"at most {MAX_SLOP} words may stand between; that many were allowed", token.position)
        return min(token.slop, MAX_SLOP)

    def _field(self, token: Token, depth: int) -> _Part | None:
        if token.text in _RANGE_FIELDS:
            return self._dates(token)
        following = self._peek()
        if (
            following is None
            or following.position != token.end
            or following.kind not in ("word", "phrase", "open")
        ):
            self._say_unless_typing(f"{token.text}: needs a value right after it; it was left out", token)
            return None
        self.at += 1
        if token.text in _WORD_FIELDS:
            field = _WORD_FIELDS[token.text]
            if following.kind == "open":
                part = self._group(following, depth)
                return None if part is None else _Part(in_field(part.query, field))
            if following.kind == "phrase":
                return self._phrase(following, field)
            return self._word(following, field, may_grow=True)
        if following.kind == "open":
            self._say(
                f"{token.text}: takes one value, in quotes if it has spaces; it was left out", token.position
            )
            return self._group(following, depth)
        return self._value(token, following)

    def _value(self, token: Token, following: Token) -> _Part | None:
        text = following.text.strip()
        values = (text,) if following.kind == "phrase" else tuple(filter(None, text.split(",")))
        known = _KNOWN_VALUES.get(token.text)
        if known is not None:
            values = tuple(value.lower() for value in values)
            if not set(values) <= set(known):
                choices = " or ".join(f"{token.text}:{value}" for value in known)
                self._say_unless_typing(f"there is {choices}; this was searched as words", following)
                return _Part(Terms((f"{token.text}:{text}",)), is_loose=True)
        if not any(values):
            self._say_unless_typing(f"{token.text}: needs a value right after it; it was left out", token)
            return None
        return _Part(In(_VALUE_FIELDS[token.text], values))

    def _dates(self, token: Token) -> _Part | None:
        if token.value is None:
            self._say_unless_typing(f"{token.text}: needs a date right after it; it was left out", token)
            return None
        for extra in (2, 1, 0):
            if (span := self._read_dates(token, extra)) is not None:
                self.at += extra
                low, high = span
                if low is not None and high is not None and low > high:
                    self._say("these dates were the wrong way round; they were swapped", token.position)
                    low, high = high, low
                return _Part(Range("date", _written(low), _written(high)))
        self._say_unless_typing(
            f"{token.value[:40]} is no date (try 2025-08, 2025-08-15..2025-09, yesterday, "
            '"last week", "3 days ago"); it was searched as words',
            token,
        )
        words = tuple(word for word in token.value.strip('"').split() if any(map(str.isalnum, word)))
        return _Part(Terms(words), is_loose=True) if words else None

    def _read_dates(self, token: Token, extra: int) -> tuple[dt.date | None, dt.date | None] | None:
        """The days of a date field whose value goes on over some more words: `since:3 days ago`."""
        more = self.tokens[self.at : self.at + extra]
        if len(more) < extra or any(word.kind != "word" for word in more):
            return None
        text = " ".join((token.value or "", *(word.text for word in more)))
        if token.text == "date":
            return date_range(text, self.today)
        found = days(text, self.today)
        if found is None:
            return None
        return (found[0], None) if token.text == "since" else (None, found[1])

    def _together(self, parts: list[_Part]) -> Query | None:
        """Clauses side by side: the required ones, and at least one of the loose ones."""
        parts = _merged_sources(parts)
        loose = self._loose(
            [part.query for part in parts if part.is_loose], is_alone=all(p.is_loose for p in parts)
        )
        combined: list[Query] = []
        for part in parts:
            if not part.is_loose:
                combined.append(part.query)
            elif loose is not None:
                combined.append(loose)
                loose = None
        if not combined:
            return None
        if len(combined) == 1 and not isinstance(combined[0], Not):
            return combined[0]
        return All(tuple(combined))

    def _loose(self, queries: list[Query], *, is_alone: bool) -> Query | None:
        """Bare words side by side. Stop words alone are a phrase; a single one says nothing."""
        if not queries:
            return None
        words = [word for query in queries if isinstance(query, Terms) for word in query.words]
        if all(isinstance(query, Terms) for query in queries):
            if not all(map(is_stop_word, words)):
                return Terms(tuple(words))
            if len(words) > 1:
                return Phrase(tuple(words))
            if not is_alone:
                return None
            if not self.as_you_type:
                self._say(f"{words[0]} is in nearly every article: these are all articles", 0)
            return EVERYTHING
        kept = [
            query
            for query in queries
            if not (isinstance(query, Terms) and all(map(is_stop_word, query.words)))
        ]
        return kept[0] if len(kept) == 1 else AnyOf(tuple(merged_words(kept)))


def _written(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _merged_sources(parts: list[_Part]) -> list[_Part]:
    """Several wanted sources as alternatives: an article has only one."""
    wanted = [part for part in parts if isinstance(part.query, In) and part.query.field == "source"]
    if len(wanted) < 2:
        return parts
    values = dict.fromkeys(
        value for part in wanted if isinstance(part.query, In) for value in part.query.values
    )
    merged = _Part(In("source", tuple(values)))
    others = [part for part in parts if part not in wanted]
    return [merged, *others]
