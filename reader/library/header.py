"""The head of an article file: `Key: value` lines, or front matter between `---` or `+++` lines.

Front matter between `---` is read line by line as the simple YAML people write there; no YAML
feature that could build anything but text is known. All values are still to be cleaned again,
because a quoted value may spell a control character.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

MAX_HEADER_LINES = 200
"""A block that is longer is no header."""
MAX_HEADER_CHARACTERS = 16_000
"""The same, in characters."""

_NAMES = {
    "title": ("title", "headline"),
    "source": ("source", "outlet", "publisher", "publication", "newspaper", "site"),
    "date": ("date", "published", "pubdate", "publishdate", "publish_date", "published_at", "datepublished"),
    "author": ("author", "authors", "by", "byline", "creator"),
    "url": ("url", "link", "permalink", "canonical", "canonical_url"),
    "lang": ("lang", "language", "locale"),
}
_KEYS = {alias: name for name, aliases in _NAMES.items() for alias in aliases}
_SILENT = frozenset(
    {"charset", "encoding", "content-type", "tags", "keywords", "section", "category", "categories", "id"}
    | {"description", "summary", "slug", "layout", "draft", "excerpt", "subtitle", "image", "updated"}
)
_FENCE = re.compile(r"(---|\+\+\+)[ ]*\n")
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,30})[ ]?:(?:[ ]+(.*)|)$")
_YAML_LINE = re.compile(r"[\"']?([A-Za-z][A-Za-z0-9_ -]{0,40})[\"']?[ ]*:(?:[ ]+(.*)|)$")
_TOML_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,40})[ ]*=[ ]*(.*)$")


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a file says, as written; `None` where it says nothing."""

    fields: Mapping[str, str]
    """Only the names title, source, date, author, url, lang; never empty values."""
    end: int
    """Code points of the text that the header takes; 0 without one."""

    def get(self, name: str) -> str | None:
        """The value of a field."""
        return self.fields.get(name)


NO_HEADER = Header({}, 0)


def read_header(text: str) -> Header:
    """The header at the start of a cleaned text. Linear; never raises."""
    start = len(text) - len(text.lstrip("\n "))
    fence = _FENCE.match(text, start)
    if fence:
        return _front_matter(text, fence)
    return _key_lines(text, start)


def _front_matter(text: str, fence: re.Match[str]) -> Header:
    closing = re.compile(rf"^{re.escape(fence[1])}[ ]*$", re.M)
    end = closing.search(text, fence.end(), fence.end() + MAX_HEADER_CHARACTERS)
    if end is None:
        return NO_HEADER
    block = text[fence.end() : end.start()]
    if block.count("\n") > MAX_HEADER_LINES:
        return NO_HEADER
    if fence[1] == "---":
        pairs = _yaml_pairs(block)
        # A text may begin with a rule and have a second one: that is no front matter.
        return Header(_known(pairs), end.end()) if pairs or not block.strip() else NO_HEADER
    return Header(_known(_toml_pairs(block)), end.end())


def _key_lines(text: str, start: int) -> Header:
    block = text[start : start + MAX_HEADER_CHARACTERS]
    lines = block.split("\n", MAX_HEADER_LINES)[:MAX_HEADER_LINES]
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    matches = [_LINE.match(line) for line in lines[:blank]]
    until = next((number for number, match in enumerate(matches) if match is None), blank)
    # Lines of any key belong to a block that a blank line ends; else only the keys we know.
    if until < blank:
        until = next((number for number in range(until) if not _is_known(matches[number])), until)
    if not until or not _is_known(matches[0]):
        return NO_HEADER
    end = min(start + sum(len(line) + 1 for line in lines[:until]), len(text))
    # Without a blank line behind it, one such line may be the article's own ("Source: ...").
    if until == 1 and until < blank:
        return NO_HEADER
    pairs = [(match[1], (match[2] or "").strip()) for match in matches[:until] if match]
    return Header(_known(pairs), end)


def _is_known(match: re.Match[str] | None) -> bool:
    return match is not None and (match[1].casefold() in _KEYS or match[1].casefold() in _SILENT)


def _yaml_pairs(block: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    is_odd = False
    for line in block.split("\n"):
        match = _YAML_LINE.match(line)
        stripped = line.strip()
        if match:
            pairs.append((match[1], _yaml_value(match[2] or "")))
        elif pairs and stripped and (line[0] == " " or stripped.startswith("- ")):
            item = _yaml_value(stripped.removeprefix("- "))
            name, value = pairs[-1]
            joint = ", " if stripped.startswith("- ") else " "
            pairs[-1] = (name, f"{value}{joint}{item}" if value else item)
        elif stripped and not stripped.startswith("#"):
            is_odd = True
    return [] if is_odd and not _known(pairs) else pairs


def _yaml_value(text: str) -> str:
    text = text.strip()
    if text in {"|", ">", "|-", ">-", "~", "null"}:
        return ""
    inner = text[1:-1]
    if len(text) > 1 and text[0] == text[-1] == "'" and "'" not in inner.replace("''", ""):
        return inner.replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inner.replace('\\"', ""):
        return inner.replace('\\"', '"')
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(filter(None, (_yaml_value(item) for item in text[1:-1].replace("[", "").split(","))))
    return re.split(r"\s#\s", text, maxsplit=1)[0].strip()


def _toml_pairs(block: str) -> list[tuple[str, str]]:
    try:
        table = tomllib.loads(block)
    except (ValueError, RecursionError):
        lines = (_TOML_LINE.match(line) for line in block.split("\n"))
        return [(match[1], _yaml_value(match[2])) for match in lines if match]
    return [(name, _toml_text(value)) for name, value in table.items()]


def _toml_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return ""


def _known(pairs: list[tuple[str, str]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in pairs:
        name = _KEYS.get(key.strip().casefold())
        if name and value.strip() and name not in fields:
            fields[name] = value.strip()
    return fields
