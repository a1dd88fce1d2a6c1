"""Whether two names are spellings of one: titles, initials, short forms and transliterations.

Only the letters of the two names are looked at, never the texts around them. The rules are strict where a
name stands alone and looser where first names agree; joining is not transitive, so callers must compare all
members.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from reader.text.fold import fold

TITLES: Final[frozenset[str]] = frozenset(
    str.split("""
    mr mrs ms miss mx dr sir dame lord lady madam president vice prime minister premier chancellor senator
    sen congressman congresswoman representative rep governor gov mayor councillor councilor councilman
    councilwoman judge justice chief prof professor officer sgt sergeant detective det inspector constable
    lieutenant lt captain capt colonel col major maj general gen admiral adm commander cmdr corporal cpl
    private actor actress king queen prince princess emperor sultan sheikh ayatollah imam pope bishop
    archbishop cardinal rev reverend father sister brother rabbi pastor secretary foreign defense defence
    treasury interior finance coach director ambassador envoy spokesman spokeswoman spokesperson chairman
    chairwoman chair ceo cto cfo deputy former ex us uk pm mp attorney speaker leader majority minority
    republican democrat democratic special counsel comedian administrator commissioner cos presidentelect
    whip analyst author activist candidate nominee economist founder musician singer correspondent
    reporter host editor lawyer prosecutor
    """)
)
"""Folded words that stand before a person's name and are no part of it."""

NEVER_GIVEN: Final[frozenset[str]] = frozenset(
    str.split("""
    senate house congress parliament white u.s us uk eu un america britain england scotland wales france
    germany russia ukraine china japan india israel iran iraq syria turkey egypt greece italy spain canada
    mexico brazil australia california texas florida arizona ohio michigan pennsylvania virginia georgia
    nevada iowa alaska wisconsin minnesota carolina york jersey washington london paris moscow kyiv
    beijing supreme federal national state department customs judiciary justice homeland central bank city
    university trump obama biden
    """)
)
"""Folded words that begin many names and so stand for none of them alone."""

_NEVER_FAMILY: Final = frozenset(
    str.split(
        "house court street state states party war committee department board office act one world america"
    )
)
"""Last words of many names, none of which they stand for alone."""
NEVER_LAST: Final[frozenset[str]] = frozenset(
    str.split("""
    news times post journal constitution journalconstitution tribune herald gazette press dispatch gop
    treasury nominations correspondents enforcement police department court committee administration
    airport street
    """)
)
"""Folded last words of names that their first word alone does not stand for."""

_GENERATIONS: Final = frozenset(str.split("jr sr ii iii iv"))
_DIRECTIONS: Final = frozenset(
    str.split("north south east west new northern southern eastern western central")
)
_PARTICLES: Final = frozenset(str.split("al el bin ibn ben de da di del della der den van von la le du dos"))

_GROUPS: Final = (
    "kyiv kiev",
    "kharkiv kharkov charkiw",
    "odesa odessa",
    "lviv lvov",
    "chernobyl chornobyl",
    "luhansk lugansk",
    "mykolaiv nikolaev nikolayev",
    "zaporizhzhia zaporizhia zaporozhye zaporizhzhya",
    "dnipro dnepr dniepr",
    "mohammed muhammad mohamed mohammad muhammed mohamad mahomet muhamad",
    "hezbollah hizbullah hizbollah hezballah hisbollah",
    "gaddafi qaddafi khadafy kadhafi gadhafi qadhafi gadafi kadafi kaddafi qathafi khaddafi",
    "muammar moammar muamar moamer",
    "osama usama",
    "laden ladin",
    "volodymyr vladimir wladimir wolodymyr",
    "oleksandr alexander aleksandr alexandr",
    "mykola nikolai nikolay",
    "dmytro dmitry dmitri dmitriy",
    "serhiy sergey sergei serhii",
    "yury yuri yuriy iouri",
    "khamenei chamenei",
    "quran koran",
    "beijing peking",
    "mumbai bombay",
    "makkah mecca",
    "ramallah ramalla",
    "daesh daish",
    "tehran teheran",
    "belarus byelarus belorussia byelorussia",
    "houthi huthi",
    "qaeda qaida kaida",
    "kolkata calcutta",
    "yangon rangoon",
    "abdullah abdallah abdulla",
    "hussein husain hussain husayn husein",
    "ahmadinejad ahmedinejad",
    "rouhani ruhani",
    "raisi raeisi",
    "haniyeh haniya haniyah",
    "khashoggi kashoggi",
    "gorbachev gorbachov gorbatchev gorbatschow",
    "yevgeny evgeny yevgeni evgeni",
    "mikhail michail mikhael",
    "zelensky zelenskyy selenskyj selenskij zelenskyi",
    "prigozhin prigojin prigoschin",
    "putin poutine",
    "yeltsin jelzin eltsin",
)
_SAME_WORD: Final[dict[str, str]] = {word: group.split()[0] for group in _GROUPS for word in group.split()}

_SHORT_FORMS: Final = (
    "william bill billy will",
    "robert bob bobby rob robby",
    "richard dick rick ricky rich",
    "james jim jimmy jamie",
    "john johnny jack",
    "joseph joe joey",
    "thomas tom tommy",
    "michael mike mick mickey",
    "edward ed eddie ted teddy",
    "elizabeth liz lizzie beth betty bettie bess",
    "katherine catherine kathryn kate katie kathy cathy kat",
    "margaret maggie meg peggy",
    "anthony tony",
    "charles charlie chuck",
    "daniel dan danny",
    "david dave",
    "donald don donny",
    "frederick fred freddy",
    "gerald jerry",
    "gregory greg gregg",
    "henry harry hank",
    "kenneth ken kenny",
    "lawrence larry",
    "matthew matt",
    "nicholas nick",
    "patrick pat",
    "peter pete",
    "philip phil phillip",
    "ronald ron ronny",
    "samuel sam",
    "stephen steven steve",
    "theodore ted",
    "timothy tim",
    "alexander alex",
    "andrew andy",
    "benjamin ben",
    "christopher chris",
    "jeffrey jeff",
    "jonathan jon",
    "joshua josh",
    "leonard len lenny",
    "patricia pat patty",
    "susan sue",
    "deborah debbie debra",
    "jennifer jen jenny",
    "rebecca becky",
    "victoria vicky",
)
_SHORT: Final[dict[str, frozenset[int]]] = {}
for _number, _group in enumerate(_SHORT_FORMS):
    for _word in _group.split():
        _SHORT[_word] = _SHORT.get(_word, frozenset()) | {_number}

_POSSESSIVE: Final = re.compile(r"'s?$")


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name without titles, generation marks and a possessive."""
    parts = _POSSESSIVE.sub("", fold(name).strip()).replace(".", " ").replace(",", " ").split()
    # "al-Assad" is written "Assad" as often.
    parts = [part[3:] if part[:3] in ("al-", "el-") and len(part) > 6 else part for part in parts]
    # A hyphen joins syllables of one given name ("Jin-ping") or two family names; either way one word.
    parts = [part.replace("-", "").replace("'", "") for part in parts]
    parts = [part for part in parts if part]
    start = 0
    while start < len(parts) - 1 and parts[start] in TITLES:
        start += 1
    end = len(parts)
    while end - start > 1 and parts[end - 1] in _GENERATIONS:
        end -= 1
    return tuple(parts[start:end])


_PLAIN_RULES: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("^tch|tsch", "ch"),
        ("sch", "sh"),
        ("ph", "f"),
        ("ck", "k"),
        ("tz|tc", "ts"),
        ("x", "ks"),
        ("w", "v"),
        ("[yj]", "i"),
        ("ii+", "i"),
        ("(?<=[uo])e(?=[^aeiou])", ""),
        ("(?<=[aeo])h$", ""),
        ("off$", "ov"),
        ("eff$", "ev"),
        ("enka$", "enko"),
        (r"(.)\1", r"\1"),
    )
)
_DEEP_RULES: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("[kc]h", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("q", "k"),
        ("c(?=[aou])", "k"),
        ("[ou]u?", "u"),
        ("i?e|i", "i"),
        (r"(.)\1", r"\1"),
    )
)
_DOUBLED: Final = re.compile(r"(.)\1+")
_PLAIN_LENGTH: Final = 4
_DEEP_LENGTH: Final = 8


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A folded word with the letters that transcriptions exchange made equal: `zelenskyy`, `zelenskiy`."""
    for pattern, plain in _PLAIN_RULES:
        word = pattern.sub(plain, word)
    return word


@lru_cache(maxsize=8192)
def _deep_sound(word: str) -> str:
    word = sound(word)
    for pattern, plain in _DEEP_RULES:
        word = pattern.sub(plain, word)
    return word


def same_word(a: str, b: str, *, loose: bool = False) -> bool:
    """Whether two folded words of names are one; `loose` when other words of the names already agree."""
    if a == b:
        return True
    if _SAME_WORD.get(a, a) == _SAME_WORD.get(b, b):
        return True
    shorter = min(len(a), len(b))
    if shorter < _PLAIN_LENGTH or (a[0] != b[0] and shorter < _DEEP_LENGTH - 1):
        return False
    if sound(a) == sound(b):
        return a[0] == b[0] or shorter >= _DEEP_LENGTH - 2
    if _deep_sound(a) == _deep_sound(b):
        return shorter >= (_PLAIN_LENGTH if loose else _DEEP_LENGTH)
    return loose and shorter >= _PLAIN_LENGTH and _one_slip(a, b)


def _one_slip(a: str, b: str) -> bool:
    """One letter doubled, one `e` or `h` more at the end, or one vowel for another; not the first letter."""
    if len(a) > len(b):
        a, b = b, a
    if a[0] != b[0]:
        return False
    at = 0
    while at < len(a) and a[at] == b[at]:
        at += 1
    if len(a) == len(b):
        return a[at + 1 :] == b[at + 1 :] and a[at] in "aeiouy" and b[at] in "aeiouy" and at < len(a) - 1
    if len(b) - len(a) != 1 or a[at:] != b[at + 1 :]:
        return False
    return b[at] == b[at - 1] or (at == len(a) and b[at] in "eh")


def same_given(a: str, b: str) -> bool:
    """Whether two given names may be one person's: equal, an initial, a short form, or a common beginning."""
    if a == b or same_word(a, b):
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if _SHORT.get(a, frozenset()) & _SHORT.get(b, frozenset()):
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= 3 and longer.startswith(shorter) and len(longer) - len(shorter) >= 2


_VOWELS: Final = str.maketrans("", "", "aeiouy")


def _skeleton(word: str) -> str:
    """The consonants that one slip (`_one_slip`) leaves alone, with the first letter."""
    rest = (word[0] + word[1:].translate(_VOWELS)).rstrip("h") or word[0]
    return _DOUBLED.sub(r"\1", rest)


@lru_cache(maxsize=8192)
def keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """What two names have at least one of in common if `same_words` holds of them.

    A name without a particle may besides be the beginning of one with it: see `particle_key`.
    """
    if not words:
        return ()
    last = words[-1]
    return _skeleton(last), "=" + "".join(words), "~" + _deep_sound(last), "#" + _SAME_WORD.get(last, last)


def particle_key(words: tuple[str, ...], *, wanted: bool) -> tuple[str, ...]:
    """The key under which "Salman bin Abdul" is kept, and looked for (`wanted`) by its shorter forms."""
    if len(words) < 2 or not (wanted or _PARTICLES.intersection(words)):
        return ()
    return ("<" + words[0],)


def same_name(a: str, b: str) -> bool:
    """Whether two names, alone, are spellings of one. Symmetric, not transitive."""
    return same_words(words(a), words(b))


def same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """`same_name` of two results of `words`."""
    if not a or not b:
        return False
    if a == b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        if len(b) == 1:
            return same_word(a[0], b[0])
        if "".join(b) == a[0]:
            return True
        return same_word(a[0], b[-1]) and _ends_with_family(b) and a[0] not in _NEVER_FAMILY
    if "".join(a) == "".join(b):
        return True
    if set(a) <= set(b):
        return a[-1] == b[-1] or (a[0] == b[0] and bool(_PARTICLES.intersection(b)))
    given = same_given(a[0], b[0]) or (len(b) > 2 and same_given(a[0], b[1]))
    return given and same_word(a[-1], b[-1], loose=True) and _middles_agree(a, b)


def _ends_with_family(name: tuple[str, ...]) -> bool:
    """Whether the last word may stand for the name: not so in "North Carolina" and "Bank of Muscat"."""
    return name[0] not in _DIRECTIONS and "of" not in name


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) != len(b):
        return True
    return all(
        same_given(x, y) or x in _PARTICLES or y in _PARTICLES for x, y in zip(a[1:-1], b[1:-1], strict=True)
    )
