"""Persons, places and bodies that articles name, joined across spellings and articles.

A name is a run of capitalised words; titles before it are left out. Joining is strict: two names that only
look alike stay two, and a family name that fits two persons of the story stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from reader.compare import spellings
from reader.model.article import Span
from reader.model.comparison import Name, Spelling
from reader.text.fold import fold
from reader.text.tokens import STOP_WORDS


@dataclass(frozen=True, slots=True)
class NameMention:
    """One place where a body names somebody or something."""

    span: Span
    """Without titles and possessive."""
    text: str
    """As written."""


# Latin small letters are left out here, those of other alphabets below: `re` knows no class for capitals. A
# pattern that begins with a class is searched for much faster than one that begins with a border.
_CAPITALISED: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ](?:\.(?:[^\W\d_]\.)+|[^\W\d_]*(?:[.’'\-][^\W_]+)*)")
_PARTICLES: Final = frozenset(
    f" {particle} "
    for particle in str.split("de da di del della der den van von bin ibn al el la le du dos of", " ")
) | {" de la ", " van der ", " van den ", " of the ", " de los "}
_ABBREVIATIONS: Final = spellings.TITLES | {"st", "jr", "sr", "mt", "ft"}
_HEADS_BEFORE_OF: Final = frozenset(
    str.split("""
    department ministry university bank house court board bureau church college institute council office
    state secretary board chamber academy museum isle gulf bay sea strait republic kingdom bay centre
    center school society association league federation union city county district duke prince bishop
    """)
)
_TITLE_OBJECTS: Final = frozenset(
    str.split(
        "state staff defense defence homeland security commerce education energy transportation veterans "
        "affairs health justice labor labour"
    )
)
_NOT_NAMES: Final = frozenset(
    str.split("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb mar apr jun jul aug sept sep oct nov dec i am pm mr
    mrs ms dr tv ok mph gmt est edt et pt utc god internet ceo cfo fyi faq pdf vip i'm i've i'll i'd it's
    that's he's she's we're they're you're don't can't won't african american american americans asian
    british briton britons canadian chinese cuban dutch english european europeans finnish french german
    greek indian indonesian iranian iraqi irish islamic israeli italian japanese jewish jews korean latino
    mexican muslim muslims christian christians norwegian pakistani palestinian palestinians polish
    portuguese russian russians saudi scottish spanish swedish swiss syrian thai turkish ukrainian
    ukrainians vietnamese welsh western eastern northern southern afghan belarusian catholic arab arabs
    republican republicans democrat democrats democratic
    """)
)
_NEVER_ALONE: Final = frozenset(
    str.split("one two three four five six great second first image images photo")
)
_POSSESSIVE: Final = re.compile(r"['’](?:s|S)?$")
_SENTENCE_END: Final = frozenset('.!?:;“"‘(\n…—–•*”[')


def extract(body: str, spans: Sequence[Span]) -> tuple[NameMention, ...]:
    """The names of the paragraphs `spans`, in order, disjoint. Linear."""
    runs: list[list[_Part]] = []
    for span in spans:
        _runs(body, span, runs)
    inside = {part.text for run in runs for part in run if not part.begins}
    found: list[NameMention] = []
    for run in runs:
        if len(run) > _LONGEST_RUN:
            continue
        found.extend(_mentions(body, run, inside))
    return tuple(found)


_LONGEST_RUN: Final = 12


class _Part(NamedTuple):
    """One word of a run of capitalised words."""

    text: str
    start: int
    end: int
    begins: bool
    """Whether it stands at the beginning of a sentence."""


def _runs(body: str, span: Span, runs: list[list[_Part]]) -> None:
    """Runs of capitalised words of one paragraph, with the particles between them."""
    run: list[_Part] = []
    last_end = span.start
    for match in _CAPITALISED.finditer(body, span.start, span.end):
        text = match.group()
        start, end = match.span()
        gap = body[last_end:start]
        # "In the U.S. They left": a word of grammar in capitals begins a sentence.
        joined = run and _joins(run[-1], gap) and (text[-1] in ".’'" or fold(text) not in STOP_WORDS)
        if run and not joined:
            runs.append(run)
            run = []
        last_end = end
        before = body[start - 1] if start > span.start else " "
        after = body[end : end + 2] if end < span.end else " "
        if (
            not text[0].isupper()
            or before in "-_@#/"
            or after[0].isdigit()
            or (after[0] == "-" and after[1:].isdigit())
        ):
            if run:
                runs.append(run)
            run = []
            continue
        if joined and len(gap) > 2:
            run.append(_Part(gap.strip(), start - len(gap) + 1, start - 1, False))
        if len(run) > _LONGEST_RUN:
            # A list or a line in capitals, not a name: its words are passed over until it ends.
            run[_LONGEST_RUN:] = run[-1:]
        run.append(_Part(text, start, end, not run and _begins(body, start, span.start)))
        if text.endswith(("'s", "’s", "s'", "s’")):
            runs.append(run)
            run = []
    if run:
        runs.append(run)


def _joins(last: _Part, gap: str) -> bool:
    """Whether a capitalised word goes on the name that ends with `last`."""
    if gap == " " or gap == "\n":
        return True
    if gap in (". ", "."):
        return len(last.text) == 1 or fold(last.text) in _ABBREVIATIONS
    if len(gap) > 9 or gap not in _PARTICLES:
        return False
    return not gap.startswith(" of") or fold(last.text) in _HEADS_BEFORE_OF


def _begins(body: str, start: int, floor: int) -> bool:
    at = start - 1
    while at >= floor and body[at] == " " and start - at < 4:
        at -= 1
    return at < floor or body[at] in _SENTENCE_END


def _mentions(body: str, run: list[_Part], inside: set[str]) -> list[NameMention]:
    """The names in one run: without what only begins the sentence, cut at titles."""
    first = 0
    while first < len(run) - 1 and fold(run[first].text) in STOP_WORDS:
        run[first + 1] = run[first + 1]._replace(begins=run[first].begins)
        first += 1
    while first < len(run) and run[first].begins and _is_starter(run[first], len(run) == 1, inside):
        first += 1
        if first < len(run):
            run[first] = run[first]._replace(begins=True)
    pieces: list[list[_Part]] = [[]]
    at = first
    while at < len(run):
        low = fold(run[at].text).rstrip(".")
        is_last = at == len(run) - 1
        if low in spellings.TITLES and not (is_last and pieces[-1]):
            at += 1
            if at + 1 < len(run) and run[at].text == "of" and fold(run[at + 1].text) in _TITLE_OBJECTS:
                at += 2
                while at < len(run) - 1 and fold(run[at].text) in _TITLE_OBJECTS:
                    at += 1
            pieces.append([])
        elif low in _NOT_NAMES or (
            "-" in low and run[at].text.rpartition("-")[2].islower() and "backed" in low
        ):
            at += 1
            pieces.append([])
        else:
            pieces[-1].append(run[at])
            at += 1
    found: list[NameMention] = []
    for piece in pieces:
        while piece and not piece[0].text[0].isupper():
            piece = piece[1:]
        if piece:
            found.extend(_mention(body, piece, inside))
    return found


def _is_starter(part: _Part, alone: bool, inside: set[str]) -> bool:
    """Whether a word is capitalised only because a sentence begins with it."""
    low = fold(part.text)
    if low in STOP_WORDS or low in _NOT_NAMES or low.endswith("ly"):
        return True
    bare = _POSSESSIVE.sub("", part.text)
    return alone and bare not in inside and not bare.isupper() and bare == part.text


def _mention(body: str, piece: list[_Part], inside: set[str]) -> list[NameMention]:
    start, end = piece[0].start, piece[-1].end
    mark = _POSSESSIVE.search(body, start, end)
    if mark:
        end = mark.start()
    text = body[start:end]
    low = fold(text)
    if (
        len(text) < 2
        or low in STOP_WORDS
        or low in _NOT_NAMES
        or (len(piece) == 1 and low in _NEVER_ALONE)
        or (len(piece) == 1 and "-" in low and not _is_double(text))
    ):
        return []
    if len(piece) > 1 and text.isupper() and not all(part.text.title() in inside for part in piece):
        return []
    return [NameMention(Span(start, end), text)]


def _is_double(text: str) -> bool:
    return all(part[:1].isupper() for part in text.split("-"))


def cluster_names(names: Sequence[str]) -> tuple[int, ...]:
    """A group number for each name; equal numbers mean one person. The input's order does not matter."""
    group_of = dict(zip(distinct := tuple(sorted(set(names))), _grouped(distinct), strict=True))
    order: dict[int, int] = {}
    return tuple(order.setdefault(group_of[name], len(order)) for name in names)


@lru_cache(maxsize=16)
def _grouped(names: tuple[str, ...]) -> tuple[int, ...]:
    """Group numbers of distinct names; kept, because a comparison asks for the same names several times."""
    longest_first = sorted(names, key=lambda name: (-len(spellings.words(name)), -len(name), name))
    group_of: dict[str, int] = {}
    groups = _Groups()
    for name in longest_first:
        group_of[name] = groups.place(spellings.words(name))
    return tuple(group_of[name] for name in names)


class _Groups:
    """Groups of names, found by what any two names of one group have in common."""

    def __init__(self) -> None:
        self._members: list[list[tuple[str, ...]]] = []
        self._by_key: dict[str, list[int]] = {}
        self._by_first: dict[str, list[int]] = {}

    def place(self, words: tuple[str, ...]) -> int:
        """The group of a name: one that fits, or a new one."""
        number = self._fitting(words) if words else None
        if number is None:
            number = len(self._members)
            self._members.append([])
        self._members[number].append(words)
        for key in (*spellings.keys(words), *spellings.particle_key(words, wanted=False)):
            held = self._by_key.setdefault(key, [])
            if number not in held[-1:]:
                held.append(number)
        if len(words) > 1 and number not in self._by_first.get(words[0], ()):
            self._by_first.setdefault(words[0], []).append(number)
        return number

    def _fitting(self, words: tuple[str, ...]) -> int | None:
        keys = (*spellings.keys(words), *spellings.particle_key(words, wanted=True))
        near = sorted({number for key in keys for number in self._by_key.get(key, ())})
        fitting = [number for number in near if _fits(words, self._members[number])]
        if len(words) > 1:
            return fitting[0] if fitting else None
        if len(fitting) > 1:
            exact = [n for n in fitting if any(words[0] == other[-1] for other in self._members[n])]
            fitting = exact if len(exact) == 1 else []
        if not fitting and words[0] not in spellings.NEVER_GIVEN:
            given = [n for n in self._by_first.get(words[0], ()) if self._has_given(n)]
            fitting = given if len(given) == 1 else []
        return fitting[0] if fitting else None

    def _has_given(self, number: int) -> bool:
        """Whether the first word of a group's names may stand for them alone."""
        return all(
            len(other) > 1 and other[-1] not in spellings.NEVER_LAST for other in self._members[number]
        )


def _fits(words: tuple[str, ...], group: Sequence[tuple[str, ...]]) -> bool:
    if len(words) == 1:
        # "George" in the group of "George Bush" says nothing about whether "Bush" belongs there.
        group = [other for other in group if len(other) > 1] or group
    return all(spellings.same_words(words, other) for other in group)


def _numbers(mentions_by_article: Sequence[Sequence[NameMention]]) -> dict[str, int]:
    """The group number of every text that is mentioned."""
    texts = tuple(sorted({mention.text for mentions in mentions_by_article for mention in mentions}))
    return dict(zip(texts, _grouped(texts), strict=True))


class NameTable:
    """Which mentions of several articles are one name."""

    def __init__(self, mentions_by_article: Sequence[Sequence[NameMention]]) -> None:
        """Join the mentions of articles, numbered as given."""
        self._mentions = mentions_by_article
        self._group = _numbers(mentions_by_article)
        self._fullest: list[dict[int, str]] = []
        for mentions in mentions_by_article:
            fullest: dict[int, str] = {}
            for text in {mention.text for mention in mentions}:
                group = self._group[text]
                known = fullest.get(group)
                if known is None or (-len(text), text) < (-len(known), known):
                    fullest[group] = text
            self._fullest.append(fullest)

    def group(self, text: str) -> int | None:
        """The number of the name a mention's text belongs to."""
        return self._group.get(text)

    def resolve(self, article: int, speaker: str | None, span: Span | None = None) -> str | None:
        """The fullest form by which an article names a speaker; `None` for a description or a pronoun."""
        if speaker is None or span is None:
            return None
        mentions = self._mentions[article]
        last = bisect_left(mentions, span.end, key=lambda mention: mention.span.start) - 1
        # A name that does not end the words of the speaker only describes: "a Kremlin official".
        if last < 0 or not span.end - 2 <= mentions[last].span.end or not mentions[last].span.overlaps(span):
            return None
        return self._fullest[article][self._group[mentions[last].text]]

    def same(self, name_a: str, name_b: str) -> bool:
        """Whether two names of these articles are one."""
        a, b = self._group.get(name_a), self._group.get(name_b)
        if a is not None and b is not None:
            return a == b
        return spellings.same_name(name_a, name_b)


def join(mentions_by_article: Sequence[Sequence[NameMention]]) -> tuple[Name, ...]:
    """The names of all articles with every spelling and how often each article writes it, by key."""
    groups = _numbers(mentions_by_article)
    counts: dict[int, dict[tuple[int, str], int]] = {}
    for article, mentions in enumerate(mentions_by_article):
        for text, count in Counter([mention.text for mention in mentions]).items():
            counts.setdefault(groups[text], {})[article, text] = count
    names = [
        Name(
            _key(spelled),
            tuple(Spelling(text, article, count) for (article, text), count in spelled.items()),
        )
        for spelled in counts.values()
    ]
    return tuple(sorted(names, key=lambda name: (name.key, name.spellings[0].article)))


def _key(spelled: Mapping[tuple[int, str], int]) -> str:
    """The longest form, folded; of equally long ones the most frequent."""
    texts = {text for _, text in spelled}
    if len(texts) == 1:
        return fold(texts.pop())
    counts: Counter[str] = Counter()
    for (_, text), count in spelled.items():
        counts[fold(text)] += count
    return min(counts, key=lambda key: (-len(key), -counts[key], key))
