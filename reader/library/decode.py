"""Bytes of an article file to text: byte order mark, declared, UTF-8, Windows-1252. Never raises."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"^(?:charset|encoding|content-type)[ \t]*[:=](?:[^\n\r]{0,80}charset=)?[ \t\"']*([\w.:-]{2,40})",
    re.I | re.M,
)
_DECLARED_WITHIN = 1_000
_ISO_PARTS = (*range(1, 12), *range(13, 17))
_KNOWN = frozenset(
    {"utf-8", "ascii", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "gbk", "gb2312", "big5"}
    | {
        "big5hkscs",
        "shift_jis",
        "euc_jp",
        "euc_kr",
        "iso2022_jp",
        "cp437",
        "cp850",
        "cp866",
        "cp932",
        "cp949",
    }
    | {f"cp125{number}" for number in range(9)}
    | {f"iso8859-{number}" for number in _ISO_PARTS}
)
_MAGIC = (
    b"\x7fELF",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"BZh",
    b"\xfd7zXZ",
    b"MZ\x90",
)
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\r\f\x1b"})
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile("[\x80-\ufffc\U00010000-\U0010ffff]")
_SAMPLE = 65_536


def decode(data: bytes) -> str | None:
    """The text of a file; `None` when it holds binary data.

    What cannot be decoded becomes U+FFFD. The text is not yet cleaned.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _unless_binary(data[len(mark) :].decode(encoding, "replace"))
    if data.startswith(_MAGIC):
        return None
    wide = _utf16_without_mark(data[:_SAMPLE])
    if wide:
        return _unless_binary(data.decode(wide, "replace"))
    declared = _declared(data[:_DECLARED_WITHIN])
    if declared:
        try:
            return _unless_binary(data.decode(declared))
        except UnicodeDecodeError:
            pass
    return _guess(data)


def _guess(data: bytes) -> str | None:
    try:
        return _unless_binary(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    sample = lenient[:_SAMPLE]
    broken = sample.count("\ufffd")
    if len(_MULTIBYTE.findall(sample)) > broken:
        return _unless_binary(lenient)
    head = data[:_SAMPLE]
    # An old one-byte text has letters beyond ASCII, but hardly any control.
    if len(head) - len(head.translate(None, _CONTROL_BYTES)) > len(head) // 50:
        return None
    return _unless_binary(data.decode("cp1252", "replace"))


def _unless_binary(text: str) -> str | None:
    sample = text[:_SAMPLE]
    controls = len(_CONTROL_CHARACTERS.findall(sample))
    lost = sample.count("\ufffd")
    return None if controls > len(sample) * 0.2 or lost > len(sample) * 0.3 else text


def _utf16_without_mark(sample: bytes) -> str | None:
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _declared(head: bytes) -> str | None:
    match = _DECLARED.search(head)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii", "replace")).name
    except (LookupError, ValueError):
        return None
    return name if name in _KNOWN else None
