"""Who is quoted: the words near a quotation that name its speaker, and the verb that ties them to it.

Only text within a short distance of the quote is read, so a quote costs the same in any article. A speaker is
given as written; whom a name or a pronoun means is for `names` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from reader.model.article import Span
from reader.text.tokens import STOP_WORDS

CUES: Final[frozenset[str]] = frozenset(
    str.split("""
    said says say saying told tells tell telling added adds adding wrote writes write writing tweeted
    tweets retweeted asked asks asking replied replies argued argues arguing noted notes noting insisted
    insists insisting declared declares declaring continued continues explained explains explaining stated
    states stating stressed stresses warned warns warning recalled recalls called calls calling claimed
    claims claiming acknowledged acknowledges responded responds concluded concludes remarked remarks
    posted posts suggested suggests suggesting charged charges vowed vows promised promises quipped quips
    urged urges urging announced announces affirmed affirms clarified described describes describing
    mentioned mentions emphasized emphasised emphasizes confirmed confirms denied denies admitted admits
    expressed reiterated reiterates complained complains joked jokes commented comments answered cautioned
    observed observes pointed shouted yelled lamented boasted blasted predicted predicts accused accuses
    praised testified believes believed thinks thought quoted cited cites reads read demanded tweeting
    mused exclaimed proclaimed countered recounted maintained contends contended opined retorted assured
    reassured revealed reveals asserted asserts advised criticized criticised dismissed defended condemned
    labeled labelled dubbed slammed mocked ripped concedes conceded
    """)
)
"""Folded verbs of saying."""

_PRONOUNS: Final = frozenset(str.split("he she they i we it who"))
_TELLING: Final = frozenset(["told", "tells", "tell", "telling", "assured", "asked", "asking"])
"""Cues that are followed by who was told, not by who tells."""
_RELAYS: Final = frozenset(["quoted", "quotes", "quoting", "cited", "cites"])
_PERSONS: Final = _PRONOUNS - {"it", "who", "we"}
_AUXILIARIES: Final = frozenset(
    str.split("""
    has have had also later then once would will was were is are did does first repeatedly again further
    previously earlier recently himself herself went on never once even just since reportedly could
    """)
)
_BREAKS: Final = frozenset(
    str.split("""
    and but or that who which when while where after before because as if than in on at to from with by
    about during over into against for since until between among under through via without amid whether so
    not no is are was were be been has had have will would could should may might can do does did said
    told
    """)
)
_OPENINGS: Final = _BREAKS | _AUXILIARIES | frozenset(["of", "meanwhile", "however", "yesterday", "today"])
"""What a sentence may begin with before its subject."""
_DETERMINERS: Final = frozenset(
    str.split("a an the his her their its our my one another some several many two three")
)
_OBJECTS: Final = frozenset(str.split("reporters me us him them her you it this that there"))

_WORD: Final = re.compile(r"[^\W_][\w’'&.\-]*|[^\w\s]")
_AFTER: Final = 200
_BEFORE: Final = 300


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker as written and the cue beside it."""

    span: Span
    """In the body."""
    cue: str | None
    """Folded; `None` when no verb of saying was found."""


class _Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int


def is_pronoun(speaker: str) -> bool:
    """Whether a speaker is only "he", "she" or the like."""
    return speaker.casefold() in _PRONOUNS


def same_description(a: str, b: str) -> bool:
    """Whether two descriptions may mean one speaker: equal but for articles ("a source", "the source")."""
    return _bare(a) == _bare(b)


def _bare(speaker: str) -> list[str]:
    words = [word for word in speaker.casefold().split() if word not in _DETERMINERS]
    return [word.removesuffix("'s").removesuffix("’s") for word in words]


def attribute(
    body: str, paragraph: Span, quote: Span, before: Span | None, after: Span | None, lead: Span | None = None
) -> Attribution | None:
    """The speaker of one quote.

    `before` and `after` are the neighbouring quotes of its paragraph, `lead` the paragraph above. Looked at
    in this order: a cue right after the quote, a cue before it, the last name before it, a lead-in above that
    ends with a colon. Where the sentence ends with the quote, a cue before it comes first.
    """
    after_end = min(paragraph.end, quote.end + _AFTER, after.start if after else paragraph.end)
    before_start = max(paragraph.start, quote.start - _BEFORE, before.end if before else paragraph.start)
    behind = _words(body, quote.end, after_end)
    ahead = _words(body, before_start, max(before_start, quote.start - 1))
    found = _behind(behind)
    if found is not None and _is_complete(body, quote, behind) and (said := _ahead(ahead)) and said.cue:
        # "…, he said, was “counting on us.” Bell suggested …": the next sentence is about something else.
        return said
    if found is not None:
        return found
    found = _ahead(ahead)
    if found is None and lead is not None and not ahead:
        above = _words(body, max(lead.start, lead.end - _BEFORE), lead.end)
        if above and above[-1].text == ":":
            found = _ahead(above)
    return found


def _is_complete(body: str, quote: Span, behind: list[_Word]) -> bool:
    """Whether the sentence ends with the quote, so that what comes after begins another."""
    is_ended = body[quote.start : quote.end].rstrip("”\"’'»“").endswith(".")
    first = next((word for word in behind if word.text not in "”\"’',»“."), None)
    return is_ended and first is not None and first.text[0].isupper()


def _words(body: str, start: int, end: int) -> list[_Word]:
    found = []
    for match in _WORD.finditer(body, start, end):
        text = match.group()
        word_end = match.end()
        if text[-1] == "." and len(text) > 3 and text.count(".") == 1 and text.lower() not in _TITLES:
            word_end -= 1
            found.append(_Word(text[:-1], text[:-1].lower(), match.start(), word_end))
            found.append(_Word(".", ".", word_end, word_end + 1))
            continue
        found.append(_Word(text, text.lower(), match.start(), word_end))
    return found


_TITLES: Final = frozenset(["mrs.", "sen.", "gov.", "rep.", "gen.", "prof.", "capt.", "sgt.", "col."])
_STOPS: Final = frozenset('.;:!?()[]“”"—–…')


def _behind(words: list[_Word]) -> Attribution | None:
    """`… ,” said X`, `… ,” X said`, `… ,” according to X`."""
    at = 0
    while at < len(words) and words[at].text in "”\"’',»“.":
        at += 1
    if at >= len(words) or words[at].text in _STOPS:
        return None
    first = words[at]
    if first.low == "according" and at + 1 < len(words) and words[at + 1].low == "to":
        return _phrase(words, at + 2, "according to")
    if first.low in CUES and first.text[0].islower():
        start = at + 1
        while start < len(words) and (
            words[start].low.endswith("ly") or words[start].low in _OBJECTS - {"it", "her"}
        ):
            start += 1
        if start < len(words) and words[start].low == "by":
            start += 1
        return _phrase(words, start, first.low)
    for position in range(at + 1, min(len(words), at + 24)):
        word = words[position]
        if word.text in _STOPS:
            break
        if _is_relayed(words, position):
            return _phrase(words, position + 1, word.low)
        if word.low in CUES and not word.text[0].isupper():
            subject = _subject(words, position, at)
            if subject is not None:
                return Attribution(subject, word.low)
    return None


def _is_relayed(words: list[_Word], cue: int) -> bool:
    """Whether the cue passes on what somebody else said: `the agency quoted X as saying`."""
    if words[cue].low not in _RELAYS:
        return False
    following = [word.low for word in words[cue + 1 : cue + 14]]
    return any(pair in (("as", "saying"), ("as", "telling")) for pair in pairwise(following))


def _phrase(words: list[_Word], start: int, cue: str) -> Attribution | None:
    """The noun phrase that begins at a word."""
    end = start
    while end < len(words) and end - start < 12:
        word = words[end]
        if not word.text[0].isalnum() or (word.low in _BREAKS and end > start) or word.low in CUES:
            if word.low == "of" and end > start:
                end += 1
                continue
            break
        end += 1
        if word.low in _PRONOUNS:
            break
    while end > start and words[end - 1].low in ("of", "the", "a"):
        end -= 1
    if end <= start or words[start].low in _OBJECTS - {"it"} or words[start].low in _BREAKS:
        return None
    return Attribution(Span(words[start].start, words[end - 1].end), cue)


def _subject(words: list[_Word], cue: int, floor: int) -> Span | None:
    """The noun phrase that ends before a cue, over auxiliaries and one apposition between commas."""
    end = cue
    while end > floor and (words[end - 1].low in _AUXILIARIES or words[end - 1].low.endswith("ly")):
        end -= 1
    if end > floor and words[end - 1].text == ",":
        comma = end - 2
        while comma >= floor and words[comma].text != "," and words[comma].text not in _STOPS:
            comma -= 1
        if comma >= floor and words[comma].text == ",":
            end = comma
        elif comma < floor or words[comma].text in _STOPS:
            return None
    start = end
    while start > floor and end - start < 10:
        word = words[start - 1]
        if not word.text[0].isalnum() or word.low in CUES:
            break
        if word.low in _BREAKS and word.low not in ("for", "of"):
            break
        start -= 1
        if word.low in _PRONOUNS:
            break
    while start < end and words[start].low in _OPENINGS:
        start += 1
    if start >= end:
        return None
    first = words[start].low
    is_noun_phrase = first in _PRONOUNS or first in _DETERMINERS or words[end - 1].low.endswith("s")
    if not is_noun_phrase and not _has_name(words[start:end]):
        return None
    return Span(words[start].start, words[end - 1].end)


def _has_name(words: list[_Word]) -> bool:
    return any(word.text[0].isupper() for word in words)


def _ahead(words: list[_Word]) -> Attribution | None:
    """`X said: “…`, `according to X, “…`, or else the last name before the quote."""
    floor = 0
    for position in range(len(words) - 1, -1, -1):
        if words[position].text in ".!?" and position < len(words) - 1:
            floor = position + 1
            break
    report: Attribution | None = None
    for position in range(len(words) - 1, floor - 1, -1):
        word = words[position]
        if word.low == "according" and position + 1 < len(words) and words[position + 1].low == "to":
            # "Bell said, according to the Post": who said it comes before who reports it.
            report = report or _phrase(words, position + 2, "according to")
        elif word.low in CUES and not word.text[0].isupper():
            subject = _subject(words, position, floor)
            if subject is not None:
                return Attribution(subject, word.low)
            inverted = None if word.low in _TELLING else _phrase(words, position + 1, word.low)
            if inverted is not None and _is_name(words, inverted.span):
                return inverted
    if report is not None:
        return report
    return _subject_name(words, floor)


def _is_name(words: list[_Word], span: Span) -> bool:
    return any(span.start <= word.start < span.end and word.text[0].isupper() for word in words)


def _subject_name(words: list[_Word], floor: int) -> Attribution | None:
    """The first name or pronoun of the last sentence, or the last name of the sentences before it."""
    for at in range(floor, len(words)):
        word = words[at]
        is_name = word.text[0].isupper() and word.low not in _BREAKS and word.low not in _DETERMINERS
        if word.low in _PERSONS:
            return Attribution(Span(word.start, word.end), None)
        if is_name and (at > floor or word.low not in STOP_WORDS) and not word.low.endswith("ly"):
            end = at + 1
            while end < len(words) and words[end].text[0].isupper() and words[end].low not in _BREAKS:
                end += 1
            return Attribution(Span(word.start, words[end - 1].end), None)
    return _last_name(words[:floor])


def _last_name(words: list[_Word]) -> Attribution | None:
    end = len(words)
    while end > 0:
        word = words[end - 1]
        if word.low in _PERSONS:
            return Attribution(Span(word.start, word.end), None)
        if word.text[0].isupper() and word.low not in _BREAKS and word.low not in _DETERMINERS:
            start = end - 1
            while start > 0 and words[start - 1].text[0].isupper() and words[start - 1].low not in _BREAKS:
                start -= 1
            return Attribution(Span(words[start].start, word.end), None)
        end -= 1
    return None
