"""What numbers count: measures, currencies and plural nouns, brought to one singular form."""

from __future__ import annotations

from typing import Final

from reader.text.tokens import STOP_WORDS

CURRENCY_SIGNS: Final[dict[str, str]] = {
    "$": "dollar",
    "US$": "dollar",
    "A$": "Australian dollar",
    "AU$": "Australian dollar",
    "C$": "Canadian dollar",
    "CA$": "Canadian dollar",
    "NZ$": "New Zealand dollar",
    "HK$": "Hong Kong dollar",
    "S$": "Singapore dollar",
    "R$": "real",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "₽": "rouble",
    "₴": "hryvnia",
}
"""What stands before an amount."""
for _prefix in ("US", "A", "C", "AU", "CA", "NZ", "HK", "S", "R"):
    for _sign in "€£¥₹₽₴":
        CURRENCY_SIGNS[_prefix + _sign] = CURRENCY_SIGNS[_sign]

CURRENCY_CODES: Final[dict[str, str]] = {
    "usd": "dollar",
    "eur": "euro",
    "gbp": "pound",
    "jpy": "yen",
    "chf": "franc",
    "rub": "rouble",
    "uah": "hryvnia",
    "cny": "yuan",
    "inr": "rupee",
}
"""Folded codes that stand before an amount."""

CURRENCY_NOUNS: Final[dict[str, str]] = {
    word: word
    for word in str.split(
        "dollar euro pound crown yen yuan rupee franc peso real won lira shekel dinar riyal cent penny "
        "krona krone"
    )
}
"""Singular nouns that count money, to their one spelling."""
CURRENCY_NOUNS.update(
    {"ruble": "rouble", "rouble": "rouble", "hryvnia": "hryvnia", "quid": "pound", "kronor": "krona"}
)

_MEASURE_FORMS: Final[dict[str, str]] = {
    "kilometre": "km kilometre kilometer kms",
    "metre": "m metre meter",
    "centimetre": "cm centimetre centimeter",
    "millimetre": "mm millimetre millimeter",
    "mile": "mile mi",
    "foot": "foot feet ft",
    "inch": "inch inches",
    "yard": "yard",
    "acre": "acre",
    "hectare": "hectare ha",
    "kilogram": "kg kilogram kilo",
    "gram": "gram g",
    "tonne": "tonne",
    "ton": "ton",
    "pound": "pound lb lbs",
    "ounce": "ounce oz",
    "litre": "litre liter",
    "gallon": "gallon",
    "barrel": "barrel",
    "degree": "degree",
    "hour": "hour hr hrs",
    "minute": "minute min mins",
    "second": "second sec secs",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year yr yrs",
    "decade": "decade",
    "century": "century centuries",
    "mile an hour": "mph",
    "kilometre an hour": "kph kmh",
    "megawatt": "mw megawatt",
    "gigawatt": "gw gigawatt",
}
MEASURES: Final[dict[str, str]] = {
    form: unit for unit, forms in _MEASURE_FORMS.items() for form in forms.split()
}
"""Lower-case forms of measures to their one singular; plurals in -s are there too."""
MEASURES.update({f"{form}s": unit for form, unit in tuple(MEASURES.items()) if len(form) > 2})

DAYS: Final[dict[str, float]] = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "week": 7,
    "month": 30,
    "year": 365,
    "decade": 3652,
    "century": 36525,
}
"""How many days a unit of time lasts; months and years roughly."""

_IRREGULAR: Final[dict[str, str]] = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "wives": "wife",
    "feet": "foot",
    "teeth": "tooth",
    "police": "police",
    "troops": "soldier",
    "servicemen": "soldier",
    "crises": "crisis",
    "media": "medium",
    "series": "series",
    "species": "species",
    "aircraft": "aircraft",
    "dead": "dead",
    "injured": "injured",
    "wounded": "wounded",
    "knives": "knife",
    "leaves": "leaf",
    "shelves": "shelf",
    "halves": "half",
    "heroes": "hero",
    "potatoes": "potato",
    "movies": "movie",
    "hours": "hour",
}
BREAKS: Final = STOP_WORDS | frozenset(
    str.split("""
    said says say told percent per cent million billion thousand hundred times ago later earlier went came
    took made won lost got left died killed injured wounded including according plus minus versus vs or as
    remain remains remained became become begins began begin ends ended
    """)
) - {"injured", "wounded"}
"""Words no unit begins with or follows."""
_NOT_PLURAL: Final = frozenset(
    str.split("""
    this his its as was is has us plus yes less always perhaps thus across news politics physics gas bus
    does goes says gets makes takes gives comes various previous famous serious religious congress process
    success business access press class loss boss mass crisis basis status focus campus bonus minus versus
    united states
    """)
)


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if word in _IRREGULAR:
        return True
    if len(word) < 4 or not word.endswith("s") or word in _NOT_PLURAL:
        return False
    return not word.endswith(("ss", "us", "is", "’s", "'s"))


def singular(word: str) -> str:
    """The singular of a lower-case noun."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in MEASURES:
        return MEASURES[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    if word.endswith("s") and is_plural(word):
        return word[:-1]
    return word
