"""Whatever bytes a file holds, parsing them raises nothing, costs little, and gives a consistent article."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest

from reader.library.parse import parse
from reader.model import Article
from reader.text.clean import clean, clean_line

PIECES: Sequence[bytes] = (
    b"Title: ",
    b"Source: a\x1b[2J",
    b"Date: 2025-08-15T10:00Z\n",
    b"Date: ",
    b"---\n",
    b"+++\n",
    b'title = "',
    b"\n",
    b"\n\n",
    b"\r\n",
    b"\r",
    b"# ",
    b"## ",
    b"=====\n",
    b"- ",
    b"> ",
    b"```\n",
    b"[a](javascript:x)",
    b"![",
    b"**",
    b"_",
    b"\x1b]0;x\x07",
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x9b2J",
    b"\xc2\x9b",
    b"\xc3",
    "\u202e".encode(),
    "\u200b".encode(),
    "\u0301".encode() * 12,
    "“Quote…” said he.".encode(),
    b"READ ALSO: x",
    b"By Ann",
    b"The council met on Monday. ",
    b"Charset: utf-7\n",
    b"Charset: cp1251\n",
    b"[[[[[[[[",
    b'{"a":',
    b"&#27;",
    b"<br>",
    b"Photo: Getty Images",
    b"\t",
    b" " * 50,
    b"a" * 200,
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
    b"\\",
    b"'",
    b'"',
    b"|",
    b": ",
    b"=",
)
PATHS = ("a.txt", "w/a.md", "w/\x1b[2J.txt", "w/caf\udce9.markdown")


def hostile_bytes(source: random.Random) -> bytes:
    data = bytearray(b"".join(source.choices(PIECES, k=source.randrange(1, 30))))
    for _ in range(source.randrange(3)):
        data[source.randrange(len(data))] = source.randrange(256)
    return bytes(data)


def check_article(article: Article) -> None:
    assert clean(article.body).text == article.body
    fields = (
        article.id,
        article.source,
        article.headline,
        article.author,
        article.url,
        article.path,
        article.lang,
    )
    assert all(field is None or clean_line(field, 3_000) == field for field in fields)
    assert article.source
    assert article.headline != ""
    assert article.hidden >= 0
    assert article.cut >= 0
    end = 0
    for paragraph in article.paragraphs:
        assert end <= paragraph.span.start < paragraph.span.end <= len(article.body)
        text = paragraph.span.slice(article.body)
        assert text == text.strip()
        end = paragraph.span.end
    covered = "".join(p.span.slice(article.body) for p in article.paragraphs)
    assert "".join(covered.split()) == "".join(article.body.split())


def fuzz(count: int, seed: int) -> float:
    """The 99th percentile of one run, in seconds of this process."""
    source = random.Random(seed)
    costs = []
    for _ in range(count):
        data, path = hostile_bytes(source), source.choice(PATHS)
        started = time.process_time()
        article = parse(data, path, "w")
        costs.append(time.process_time() - started)
        if isinstance(article, Article):
            check_article(article)
    return sorted(costs)[count * 99 // 100]


@pytest.mark.quick
def test_3000_hostile_files_raise_nothing() -> None:
    assert fuzz(3_000, 1) < 0.05


@pytest.mark.full
@pytest.mark.timeout(900)
def test_100000_hostile_files_raise_nothing() -> None:
    assert fuzz(100_000, 2) < 0.05


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "\n",
        "x\n\n",
        "*a",
        "[a](",
        "# \n",
        "# a\n",
        "a\n=\n",
        "- a\n",
        "Title: x\n",
        "---\n",
        "\u0301",
        "\x1b",
        "a. B",
        "\u2028",
        "\t",
        "x\r",
        "`a",
        "{#a}",
        "+++\n",
        "é",
        "By Ax ",
        '"',
    ],
    ids=ascii,
)
def test_the_longest_text_of_one_kind_costs_less_than_two_seconds(unit: str, suffix: str) -> None:
    data = ("a\n\nb " + unit * (1_100_000 // len(unit))).encode()
    started = time.process_time()
    article = parse(data, "w/a" + suffix, "w")
    assert time.process_time() - started < 2
    assert not isinstance(article, Article) or len(article.paragraphs) <= 20_000
