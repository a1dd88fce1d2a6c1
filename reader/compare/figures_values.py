"""Whether two figures may be set side by side, and whether their values then agree.

Nothing here knows where the figures stand; that two of them speak of one thing is for `figures` to say.
"""

from __future__ import annotations

from typing import Final, Literal

from reader.compare.figures_lexemes import FigureMention
from reader.compare.numbers_units import DAYS
from reader.model.comparison import FigureValue

Verdict = Literal["agree", "differs"]
_ROUNDED: Final = 0.1
_ROUND_MINUTES: Final = 30
_MONTHS_DIFFER_BY: Final = 0.05


def family(mention: FigureMention) -> tuple[str, str | None]:
    """Figures of one family can be compared: a kind and what is counted; all spans of time are one family."""
    if mention.kind in ("number", "money") and mention.unit in DAYS:
        return ("number", "day")
    if mention.kind == "date":
        return ("date", shape(mention.value))
    if mention.kind == "time":
        return ("time", None)
    return (mention.kind, mention.unit)


def shape(value: FigureValue) -> str | None:
    """How much of a date a value says: year, month, day, day of the week, decade or century."""
    if not isinstance(value, str):
        return None
    if value.startswith("-W-"):
        return "weekday"
    if value.startswith("--"):
        return "day" if value.count("-") == 3 else "month"
    return ("year", "month", "day")[value.count("-")] if value.isascii() and "X" not in value else "decade"


def compare(a: FigureMention, b: FigureMention) -> Verdict | None:
    """Whether two figures of one thing agree; `None` when their values cannot be compared."""
    if a.kind == "date" and b.kind == "date":
        return _dates(a.value, b.value)
    if a.kind == "time" and b.kind == "time":
        if a.unit is not None and b.unit is not None and a.unit != b.unit:
            return None
        return "agree" if _minutes_apart(a, b) <= _slack(a, b) else "differs"
    if family(a) != family(b) and not (a.unit is None or b.unit is None):
        return None
    if {a.kind, b.kind} & {"date", "time"} or (a.bound == "change") != (b.bound == "change"):
        return None
    return _amounts(a, b)


def _minutes_apart(a: FigureMention, b: FigureMention) -> int:
    x, y = (60 * int(str(m.value)[:2]) + int(str(m.value)[3:]) for m in (a, b))
    # "Half past five" leaves open which half of the day is meant.
    day = 720 if "spoken" in (a.bound, b.bound) else 1440
    return min((x - y) % day, (y - x) % day)


def _slack(a: FigureMention, b: FigureMention) -> int:
    return _ROUND_MINUTES if a.approximate or b.approximate else 0


def _dates(a: FigureValue, b: FigureValue) -> Verdict | None:
    if not isinstance(a, str) or not isinstance(b, str):
        return None
    if a == b:
        return "agree"
    if "-W-" in a or "-W-" in b:
        return "differs" if "-W-" in a and "-W-" in b else None
    if "X" in a or "X" in b:
        short = min(a.rstrip("X"), b.rstrip("X"), key=len)
        return "agree" if a.startswith(short) and b.startswith(short) else "differs"
    parts_a, parts_b = _parts(a), _parts(b)
    shared = [(x, y) for x, y in zip(parts_a, parts_b, strict=True) if x and y]
    if not shared:
        return None
    return "agree" if all(x == y for x, y in shared) else "differs"


def _parts(value: str) -> tuple[str, str, str]:
    if value.startswith("--"):
        month, _, day = value[2:].partition("-")
        return "", month, day
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return year, month, day


def _amounts(a: FigureMention, b: FigureMention) -> Verdict:
    if a.value is None or b.value is None:
        return "agree" if a.value is None and b.value is None else "differs"
    if isinstance(a.value, str) or isinstance(b.value, str):
        return "agree" if a.value == b.value else "differs"
    factor_a, factor_b = 1.0, 1.0
    slack = 0.0
    if a.unit != b.unit and a.unit in DAYS and b.unit in DAYS:
        factor_a, factor_b, slack = DAYS[a.unit], DAYS[b.unit], _MONTHS_DIFFER_BY
    if isinstance(a.value, tuple) or isinstance(b.value, tuple):
        return "agree" if _ends(a.value, factor_a) == _ends(b.value, factor_b) else "differs"
    x, y = a.value * factor_a, b.value * factor_b
    if a.approximate or b.approximate:
        slack = _ROUNDED
    if abs(x - y) <= slack * max(abs(x), abs(y)):
        return "agree"
    return "agree" if _within(x, a.bound, y, b.bound) or _within(y, b.bound, x, a.bound) else "differs"


def _ends(value: float | tuple[float, float], factor: float) -> tuple[float, float]:
    low, high = value if isinstance(value, tuple) else (value, value)
    return low * factor, high * factor


def _within(limit: float, bound: str, exact: float, other_bound: str) -> bool:
    """Whether an exact amount keeps to a limit that is near enough to be meant for it."""
    if other_bound:
        return False
    if bound == "least":
        return limit <= exact <= (1 + _ROUNDED) * limit
    return bound == "most" and (1 - _ROUNDED) * limit <= exact <= limit
