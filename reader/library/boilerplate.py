"""Lines that belong to the page and not to the story: flagged, never deleted.

Corrections are part of the story and are not flagged. Every pattern is anchored or looks for one
fixed phrase, so that a check is linear in the line.
"""

from __future__ import annotations

import re

MAX_LENGTH = 400
"""A longer paragraph is never boilerplate as a whole."""


def _any(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_CAPITALISED = r"[“\"‘]?[^\W\d_a-zà-öø-ÿ][\w.’'-]*"
_SMALL_IN_NAMES = "and|&|of|the|in|for|de|del|della|da|van|von|der|den|bin|al|la|le|y"
_PEOPLE = rf"{_CAPITALISED}(?:,?\s+(?:{_CAPITALISED}|{_SMALL_IN_NAMES})){{0,14}}"
_SOCIAL = (
    "(?:twitter|facebook|instagram|x|whatsapp|telegram|youtube|linkedin|tiktok|google news|social media"
    "|threads|bluesky)"
)
_PIECES = "(?:stories|articles|coverage|content|news|reading|links?|story|topics|posts?|videos?|now)"
_AGENCY = (
    "(?:reuters|ap|afp|dpa|ani|pti|ians|xinhua|tass|upi|nan|bloomberg|(?:the )?associated press"
    "|agence france-presse|(?:news )?agencies|agency inputs?|wires?)"
)
_INPUTS = "(?:inputs?|files|additional (?:inputs?|reporting|material))"

_TEASERS = _any(
    r"(?:(?:must|also) (?:read|see|watch)|(?:read|see|watch|listen) also|(?:watch|listen) now)\b.{0,160}$",
    r"read (?:more|next|the full (?:story|article|report|text))\b.{0,160}$",
    r"(?:related|trending|recommended|watch|listen|in pictures|in depth|more|up next|don['’]t miss)"
    rf"(?: {_PIECES})?\s*:\s*\S.{{0,160}}$",
    rf"(?:related(?: {_PIECES})?|recommended(?: for you)?|most (?:read|popular|viewed)|trending(?: now)?"
    r"|editor['’]?s['’]? picks?|you (?:may|might) (?:also )?like.{0,40}|more (?:stories|news|headlines)"
    r"|top stories|latest news|in this (?:article|story)|share this(?: (?:article|story|post|page))?)"
    r"\s*[:.!]?$",
    r"more (?:on|from) (?:this|the|our|[A-Z“‘])[^.]{0,100}$",
    r"back to (?:top|the table of contents)\.?$",
)
_ADVERTISING = _any(
    r"(?:advertisement|advertising|advertorial|ads?|ad feedback|sponsored(?: content| post)?"
    r"|promoted(?: content)?|paid (?:content|post|partner content)|skip advertisement|remove ads?)\s*[:.]?$",
    r"(?:story|article|report) continues (?:below|after|underneath)\b.{0,60}$",
    r"continue reading\b.{0,80}$",
    r"scroll (?:down )?(?:to|for) (?:continue|more|read)\b.{0,60}$",
)
_CREDITS = _any(
    r"[(\[—–-]{0,2}\s*(?:additional |with |further |and )?"
    r"(?:reporting|writing|editing|compiled|written|edited|reported|translated)"
    r"(?: and (?:writing|editing|reporting))?(?: (?:in|from) [^.;]{1,60})? by\b.{0,300}$",
    rf"[(\[]\s*(?:with {_INPUTS}|source|agencies|inputs?)\b.{{0,120}}[)\]]\.?$",
    rf"with {_INPUTS} (?:from|by)\b.{{0,120}}$",
    rf"[(\[—–-]{{0,3}}\s*(?:with )?(?:{_AGENCY}|staff(?: (?:writer|reporter|and agencies))?)"
    rf"(?:\s*[/,&]\s*{_AGENCY}){{0,5}}\s*[)\]]?\.?$",
    r"source\s*:\s*\S.{0,60}$",
)
_CALLS = _any(
    r"(?:sign up|subscribe|register|click|tap) (?:for|to|here|now|today|on)\b.{0,250}$",
    r"(?:sign up|subscribe|register|join us|join now|join our)\b.{0,30}"
    r"(?:newsletters?|channel|inbox|community|briefing|whatsapp|telegram|now|today|here|free)?\s*[.!:]?$",
    r"(?:get|receive) .{0,120}\b(?:inbox|newsletters?|alerts|app)\b.{0,60}$",
    r"(?:join|enter your email|our newsletter|newsletter|want more|never miss|stay up to date|stay informed"
    r"|stay tuned)\b.{0,120}\b(?:newsletters?|channel|inbox|email|updates|stor(?:y|ies)|free)\b.{0,60}$",
    r"(?:follow|like|find|join|connect with|catch) (?:us|me|him|her|them|the author|@?\w+(?:\s\w+)?)"
    rf" (?:on|at|via) {_SOCIAL}\b.{{0,120}}$",
    r"follow (?:us|@\w+)\b.{0,120}$",
    r"(?:newsletter|daily briefing|morning briefing)(?: sign-?up)?\s*[:.]?$",
    r"(?:download|get|try) (?:the|our|your) .{0,60}\bapp\b.{0,80}$",
    r"(?:support|donate to|become a (?:member|subscriber|supporter))\b.{0,60}"
    r"\b(?:journalism|newsroom|today|now|here)\b.{0,60}$",
    r"(?:do you have|got|have) (?:a|any|an)?\s*(?:news )?(?:tips?|stor(?:y|ies)|comments?|question)\b"
    r".{0,120}\?(?:\s+(?:e-?mail|send|write|contact|let|call|tell|share|get in|click|drop)\b.{0,120})?$",
    r"(?:thank you|thanks) for (?:reading|subscribing|your (?:support|interest))\b.{0,120}$",
    r"you can unsubscribe\b.{0,120}$",
    r"this (?:article|story|post) (?:was |has been )?(?:originally |first )?"
    r"(?:published|appeared|posted)\b.{0,200}$",
    r"(?:originally|first) (?:published|posted|appeared) (?:on|at|in|by)\b.{0,160}$",
)
_RIGHTS = _any(
    r"(?:copyright|©|\(c\))\s*(?:\d{4}|©|\(c\)|by\b).{0,250}$",
    r"(?:terms of (?:use|service)|privacy policy|cookie (?:policy|settings))\b.{0,60}$",
)
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATES = _any(
    r"(?:(?:mon|tues?|wed|thu|thurs|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
    rf"(?:{_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}-{_MONTH}-\d{{2,4}}"
    # Months of other languages, too: a day, a word and a year are a date.
    r"|[0-3]?\d\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:del?\s+)?(?:19|20)\d\d)"
    r"(?:[,\s]+(?:at\s+)?\d{1,2}[:.]\d{2}.{0,20})?\.?$",
)
_WHOLE = re.compile(_any(_TEASERS, _ADVERTISING, _DATES, _CREDITS, _CALLS, _RIGHTS), re.I)
# Here capitals tell "By Jane Doe" from "by noon".
_BYLINE = re.compile(
    _any(
        rf"(?:(?:written|words|story|reported|text|compiled|edited|report) )?by\s*:?\s+{_PEOPLE}[.]?$",
        r"(?:last |first )?(?:updated|published|posted|modified)(?: (?:on|at))?\s*:?\s+"
        r"(?=.{0,60}(?:\d|today|yesterday)).{0,70}[^.!?]$",
        r"\d{1,3}[ -]min(?:ute)?s?(?: read)?$",
        r"(?:share|tweet|print|email|comments?|leave a comment|\d{1,5} comments?|share on .{0,30})\s*$",
    )
)
_WITHIN = re.compile(
    r"\ball rights reserved\b|\bcontributed to this (?:report|story|article)\b"
    r"|\bmay not be (?:published, broadcast|reproduced)\b|\bviews expressed (?:in this|here|are)\b",
    re.I,
)
_WITHIN_HINTS = ("rights reserved", "contributed to", "may not be", "views expressed")
_CAPTION = re.compile(
    _any(
        r"[(\[]?(?:file |archive )?"
        r"(?:photo(?:graph)?|picture|image|illustration|graphic|video|pictured|caption|figure)s?\s*(?:\d+\s*)?"
        r"(?:by\b|credit\b|courtesy\b|:)",
        r"[(\[]?(?:photo|image)s?\s*[/|—–]",
        r"[(\[]?(?:file (?:photo|picture|image)|image (?:source|caption)|photo credit)\b",
    ),
    re.I,
)
_PICTURE_CREDIT = re.compile(
    r"(?:\(|\[|\||/|—|–|:|\bvia\b|\bby\b|\bcredit\b)[^().]{0,60}"
    r"(?:getty images|ap photo|afp photo|shutterstock|istock|unsplash|(?:/|via )(?:afp|ap|reuters|epa)\b)"
    r"[^.]{0,40}[)\]]?\.?$",
    re.I,
)
_CREDIT_HINTS = (
    "getty",
    " photo",
    "shutterstock",
    "istock",
    "unsplash",
    "/afp",
    "/ap",
    "/reuters",
    "/epa",
    "via ",
)


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph, or one line of it, is no part of the story.

    Advertisement labels, "READ ALSO" teasers, bylines, agency credits, calls to subscribe or
    follow, rights notices.
    """
    if len(text) > MAX_LENGTH:
        return False
    line = " ".join(text.split()).strip("*_|>•·►▶→ ")
    if not line:
        return False
    if _WHOLE.match(line) or _BYLINE.match(_lower_first_words(line)):
        return True
    # A search costs far more than looking for a fixed word first.
    lowered = line.lower()
    return any(hint in lowered for hint in _WITHIN_HINTS) and _WITHIN.search(line) is not None


def is_caption(text: str) -> bool:
    """Whether a paragraph describes or credits a picture."""
    if len(text) > MAX_LENGTH:
        return False
    line = " ".join(text.split()).strip("*_|>•· ")
    if _CAPTION.match(line):
        return True
    end = line[-160:].lower()
    return any(hint in end for hint in _CREDIT_HINTS) and _PICTURE_CREDIT.search(end) is not None


def _lower_first_words(line: str) -> str:
    """The line with a leading keyword in lower case, so that `_BYLINE` sees the case of the rest."""
    head, space, rest = line.partition(" ")
    second, space_two, tail = rest.partition(" ")
    if second.rstrip(":").casefold() in {
        "by",
        "updated",
        "published",
        "posted",
        "modified",
        "on",
        "at",
        "read",
    }:
        return f"{head.lower()}{space}{second.lower()}{space_two}{tail}"
    return head.lower() + space + rest
