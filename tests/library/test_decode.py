"""Bytes become text whatever they are, unless they are no text."""

from __future__ import annotations

import pytest

from reader.library.decode import decode

TEXT = "Überschrift “naïve” – 15 €\nZweite Zeile, länger als die erste"
RUSSIAN = "Переговоры прошли в пятницу, сообщил источник."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_common_encodings_are_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("Charset: windows-1251\n\n", "cp1251"),
        ("Content-Type: text/plain; charset=KOI8-R\n\n", "koi8-r"),
        ('---\nencoding: "iso-8859-5"\n---\n', "iso8859-5"),
    ],
)
def test_declared_encoding_is_used(declaration: str, encoding: str) -> None:
    assert decode((declaration + RUSSIAN).encode(encoding)) == declaration + RUSSIAN


@pytest.mark.parametrize("name", ["rot13", "zip", "idna", "unknown-8bit", "utf-7", "undefined", "x" * 40])
def test_strange_declared_encoding_is_not_used(name: str) -> None:
    text = f"Charset: {name}\n\nPlain words."
    assert decode(text.encode()) == text


def test_one_broken_byte_does_not_spoil_a_utf8_text() -> None:
    assert decode("“a”\udc80“b”".encode("utf-8", "surrogateescape")) == "“a”\ufffd“b”"


def test_truncated_utf8_keeps_what_was_whole() -> None:
    assert decode("“Two” “quotes”".encode()[:-1]) == "“Two” “quotes\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01",
        b"%PDF-1.7 text",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n",
        b"a\0" + b"\0" * 500,
        bytes(range(256)) * 40,
    ],
    ids=["elf", "pdf", "zip", "png", "nul", "random"],
)
def test_binary_is_no_text(data: bytes) -> None:
    assert decode(data) is None


def test_a_few_controls_are_still_text() -> None:
    assert decode(b"Real words \x1b[31m and a bell \x07 in the text") is not None
