"""Articles made to do harm, of our own making: a folder full of them, class by class.

Every file that can be read carries a word of its own, so that a test can tell whether it was shown. What is
in here was written from the kinds of attack, not from any collection of them.
"""

# ruff: noqa: E501  lists of attacks read best with many in a line

from __future__ import annotations

import io
import os
import random
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

STORY = (
    "Two ferries collided off Port Ansel on Tuesday, and 14 people were hurt, the harbour master said. "
    "“Nobody was killed,” she told reporters. The company put the damage at $1.2 million."
)


class Item(NamedTuple):
    """One file of the folder."""

    kind: str
    """The class of attack."""
    path: str
    """Below the folder; surrogate escapes stand for bytes that are no text."""
    content: bytes
    """What the file holds."""
    word: str
    """Stands in what is shown; empty where nothing needs to be."""


CSI = (
    *("2J", "3J", "H", "9;9H", "6n", "5n", "c", ">c", "=c", ">0q", "21t", "20t", "14t", "18t", "8;1;1t", "9;1t"),
    *("?1049l", "?1049h", "?25l", "?1000h", "?1003h", "?1006h", "?2004l", "?2004h", "?2026h", "?9001h"),
    *("?7l", "?5h", "?3h", "4h", "20h", "2l", "1;2r", "5i", "4i", "0q", "8m", "38;5;1m", "38:2::1:2:3m"),
    *("!p", "61\"p", "1$}", "2*x", "?1$p", "$|", "200~", "201~", "1;5A", "100T", "100S", "100L", "100M", "100P"),
    *("100X", "9999b", "3g", "1 q", "1;1'w", "'|", ">4;2m", ">1u", "=1;1u", "?u", "1\"q", "?15n", "?26n", "?996n"),
)  # fmt: skip
"""What may stand between a control sequence's introducer and its end."""
STRINGS = (
    *("0;owned", "1;owned", "2;owned", "4;1;?", "4;1;#ff0000", "5;0;?", "7;file:///x", "8;;http://x.invalid"),
    *("8;id=a;javascript:x", "9;owned", "9;4;1;50", "10;?", "11;?", "12;?", "17;?", "19;?", "104", "110", "112"),
    *("50;?", "52;c;b3duZWQ=", "52;p;?", "52;c;?", "133;A", "133;C;owned", "633;E;owned", "777;notify;a;b"),
    *("1337;File=inline=1:AAAA", "1337;SetMark", "1337;RequestUpload=format=tgz", "1337;ReportCellSize"),
    *("1337;CopyToClipboard=", "99;i=1;owned", "22;pointer", "30001", "L;owned", "I;owned", "P0ff0000"),
)  # fmt: skip
"""What may stand in an operating system command."""
SHORT = ("c", "7", "8", "D", "E", "H", "M", "N", "O", "Z", "=", ">", "(0", ")0", "%G", "%@", "#8", "#6", " F", "n", "o", "|", "l", "`", "", "\x1b", "\n", "[", "]")  # fmt: skip
"""What may stand behind an escape on its own."""
ENDS = ("\x07", "\x1b\\", "\x9c", "", "\x18", "\x1a")
INVISIBLE = (
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x2060, 0x2066), *range(0x206A, 0x2070),
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F),
    *(0x2028, 0x2029, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFC, 0xFFFD),
    *(0xFFFE, 0xFFFF, 0xFDD0, 0xE000, 0xF8FF, 0x1D173, 0x1D17A, 0x13430, 0x1BCA0, 0xE0001, 0xE0020, 0xE007F),
    *(0xE0100, 0xE01EF, 0xE0FFF, 0xF0000, 0x10FFFD, 0x10FFFE, 0x1FFFE, 0x85, 0x80, 0x84, 0x90, 0x9B, 0x9D, 0x9F),
)  # fmt: skip
MARKUP = (
    *("[@click=app.quit]x[/]", "[@click=app.bell()]", "[@click=app.screenshot('pwned.svg','.')]x[/]", "[/]", "[/b]"),
    *("[/foo]", "[bold", "[[", "]]", "[]", "\\[", "\\\\[b]", "[link=http://x.invalid]y[/link]", "[link='x']", "[$error]"),
    *("[on red]x", "[reverse]x", "[#ff0000]x", "$t ${t} {t} {0} %s %(t)s", ":skull: :bomb:", "<b>x</b>", "&#27;[2J"),
    *("[not a tag", "['", '["', "[@", "[@click=", "[@click=app.quit", "[b][i][u]" * 50, "[/][/][/]", "[a=b](c)", "**x** _y_"),
)  # fmt: skip
LINKS = (
    *("javascript:alert(1)", "javascript%3Aalert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd"),
    *("vbscript:x", "vscode://x", "ssh://-oProxyCommand=x/", "smb://x/y", "mailto:x@y.invalid", "tel:1", "--version"),
    *("http://user:pass@bank.invalid/", "http://bank.invalid@evil.invalid/", "http://bank.invalid\\@evil.invalid/"),
    *("http://b\u0430nk.invalid/", "http://evil.invalid/\x1b[2J", "http://evil.invalid/%1b]0;x%07", "http://\u202emoc.invalid/"),
    *("http://evil.invalid/%0d%0aX: y", "http://[::1]/", "http://[", "http://x:99999/", "http:///x", "//evil.invalid/", "../../etc/passwd"),
    *("http://evil.invalid/" + "a" * 5_000, "http://evil.invalid/$(id)`id`;id|id", "https://-x.invalid/", "HTTP://EVIL.INVALID"),
)  # fmt: skip
CHARSETS = (
    *("utf-7", "utf-16", "utf-32", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "rot13", "hex", "base64"),
    *("zlib", "bz2", "undefined", "mbcs", "iso-2022-jp", "iso-2022-kr", "hz", "cp037", "cp500", "cp1252", "utf-8-sig"),
    *("../x", "x" * 300, "\x1b[2J", "latin-1", "shift_jis", "big5", "gb18030", "koi8-r", "cp1255", "ascii", "utf8\x00"),
)  # fmt: skip
NAMES = (
    *("a\nb", "a\rb", "a\tb", "\x1b[2Jx", "\x1b]0;owned\x07", "\x1b]52;c;AAAA\x1b\\", "a\x7fb", "a\x9bb", "a\u202eb"),
    *("a\u2066b\u2069", "a\u2028b", "a\U000e0041b", "a\u200bb", "\ufeffa", "a\u0301" * 40, "--help", "-o", "--", "+tag"),
    *("$(id)", "`id`", ";id", "|id", "&", "a'b", 'a"b', "a\\b", "*", "?", "~", "~root", "%s%n", "{lib}", "[@click=app.quit]"),
    *("[/]", "[bold", "a:1-2", "id:a", "source:x", '"a b"', "#", "a b", " a", "a ", "a" * 200, "é" * 100, "日本語", "CON"),
    *("..a", "...", ".hidden", "a.txt", "SEAL", "state.db", "a\udcff\udc9bb", "\udc9b2J", "👨\u200d👩\u200d👧"),
)  # fmt: skip
FIELDS = ("Title", "Source", "Author", "Date", "Url", "Lang", "Id", "Charset")


def payloads() -> Iterator[tuple[str, str]]:
    """Class and text of everything that can stand within an article."""
    for body in CSI:
        yield "escape", f"\x1b[{body}"
        yield "escape", f"\x9b{body}"
    for number, body in enumerate(STRINGS):
        yield "escape", f"\x1b]{body}{ENDS[number % len(ENDS)]}"
        yield "escape", f"\x9d{body}\x9c"
    for opening in ("\x1bP", "\x90", "\x1b_", "\x9f", "\x1b^", "\x9e", "\x1bX", "\x98", "\x1bk"):
        for body in (
            "$qm",
            "+q544e",
            "q#0;2;0;0;0",
            "tmux;\x1b\x1b]0;x\x07",
            "Ga=q,i=1;AAAA",
            "1000p",
            "=1s",
        ):
            yield "escape", f"{opening}{body}\x1b\\"
    for body in SHORT:
        yield "escape", f"\x1b{body}"
    chance = random.Random(7)
    for _ in range(60):
        middle = "".join(chr(chance.randrange(0x20, 0x7F)) for _ in range(chance.randrange(1, 24)))
        yield "escape-random", chance.choice("\x1b\x9b\x9d\x90\x9f") + middle + chance.choice(ENDS)
    for code in (*range(0x20), 0x7F):
        yield "c0", f"a{chr(code)}b{chr(code) * 2}"
    for code in INVISIBLE:
        yield "unicode", f"[{chr(code)}x{chr(code)}]"
    yield from (("unicode", text) for text in ("e" + "\u0301" * 300, "\u200d" * 100, "\u202e" * 100 + "x"))
    yield from (("markup", text) for text in MARKUP)
    yield from (("link", text) for text in LINKS)


def items() -> Iterator[Item]:
    """Every file, in the order of the classes."""
    number = 0
    for number, (kind, text) in enumerate(payloads()):
        word = f"OKOWN{number:03}"
        fields = (
            f"Title: {text} T\nAuthor: A {text}\nUrl: http://x.invalid/{text}\n\n" if number % 3 == 0 else ""
        )
        ending = ("txt", "md")[number % 2]
        link = f"[{word}]({text}) <{text}> " if kind == "link" else ""
        body = f"{fields}{word} {text} {STORY}\n\n{link}{text}{text} end.\n"
        yield Item(kind, f"{kind}/{number:03}.{ending}", body.encode("utf-8", "surrogatepass"), word)
    yield from _encodings()
    yield from _headers()
    yield from _sizes()
    yield from _names()
    yield from _formats()


def _encodings() -> Iterator[Item]:
    text = f"OKENC \x1b[2J é “x” {STORY}"
    for name in (
        "utf-7",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-8-sig",
        "cp037",
        "gb18030",
    ):
        yield Item("encoding", f"encoding/{name}.txt", text.encode(name, "replace"), "")
    for number, charset in enumerate(CHARSETS):
        content = f"Charset: {charset}\nTitle: OKSET{number:02} \x1b]0;x\x07\n\n{STORY} +Bsb \\x1b[2J ~{{ \x1b$B".encode()
        yield Item("encoding", f"encoding/set-{number:02}.txt", content + bytes(range(128, 256)), "")
    parts = (
        b"\xc0\x9b",
        b"\xe0\x82\x9b",
        b"\xed\xa0\xbd\xed\xb8\x80",
        b"\xf4\x90\x80\x80",
        b"\xff\xfe\x00",
        b"\x9b2J",
    )
    for number, part in enumerate(parts):
        content = STORY.encode() + b"\n\n" + part + b" " + STORY.encode() + part
        yield Item("encoding", f"encoding/part-{number}.md", content, "")
    yield Item("encoding", "encoding/bytes.txt", bytes(range(256)) * 40, "")
    yield Item("encoding", "encoding/bom.txt", b"\xff\xfe", "")


def _headers() -> Iterator[Item]:
    attack = "\x1b]0;owned\x07\u202e[@click=app.quit]"
    for number, field in enumerate(FIELDS):
        yield Item(
            "header",
            f"header/{number}.txt",
            f"{field}: {attack}x\n\nOKHEAD{number} {STORY}".encode(),
            f"OKHEAD{number}",
        )
    fronts = (
        "---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n",
        "---\na: &a [x,x]\nb: &b [*a,*a,*a,*a]\ntitle: *b\n---\n",
        '+++\ntitle = """\x1b[2J"""\n+++\n',
        '{"title": "\\u001b]0;x\\u0007", "date": "9999999-99-99"}\n',
        "---\n" + "k: v\n" * 20_000 + "---\n",
        "---\ntitle: never closed\n",
        "Date: -0001-01-01T00:00:00Z\nTitle: " + "a" * 100_000 + "\n\n",
        "Date: 2025-13-45T99:99\nId: ../../../etc/passwd\nSource: ../..\n\n",
    )
    for number, front in enumerate(fronts):
        yield Item("header", f"header/front-{number}.md", f"{front}\nOKFRONT{number} {STORY}".encode(), "")


def _sizes() -> Iterator[Item]:
    units = (
        *("word ", "[", "[a](", "> ", "- ", "* ", "\n", "\r", "x\n\n", "\x1b[", "\u202e", "\u0301", "“", '"', "(" , "`", "~~~\n"),
        *("1,234 ", "$5 million ", "12:30 ", "A. ", "a" , "👨\u200d", "\t", "# x\n", "|a|b|\n", "<div>", "&amp;", "http://x.y/ "),
    )  # fmt: skip
    for number, unit in enumerate(units):
        text = unit * (1_200_000 // len(unit.encode()))
        yield Item(
            "size",
            f"size/{number:02}.{('md', 'txt')[number % 2]}",
            f"Title: Size {number}\n\n{STORY}\n\n{text}".encode(),
            "",
        )
    yield Item("size", "size/over.txt", b"x" * 9_000_000, "")
    yield Item("size", "size/under.txt", b"word \x1b[2J" * 790_000, "")


def _names() -> Iterator[Item]:
    for number, name in enumerate(NAMES):
        content = f"OKNAME{number:02} in a name\n\n{STORY}".encode()
        yield Item("name", f"name/{name}.txt", content, "")
        if len(os.fsencode(name)) < 100 and "/" not in name and name not in ("...",):
            yield Item("name", f"name-{name}/x.txt", content, "")


def _formats() -> Iterator[Item]:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )  # fmt: skip
    texts = {
        "feed/bomb.xml": f"{laughs}]><rss><channel><title>&j;</title></channel></rss>",
        "feed/external.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
        "feed/escape.rss": "<rss><channel><item><title>&#27;]0;x&#7;</title><link>javascript:x</link></item></channel></rss>",
        "feed/atom.atom": "<feed><entry><title type='html'>&lt;script&gt;&#x9b;2J</title></entry></feed>",
        "feed/deep.xml": "<a>" * 100_000,
        "html/escape.html": f"<title>&#27;]0;x&#7;&#x202e;</title><p>&#x1b;[2J {STORY}</p>",
        "html/deep.html": "<div>" * 200_000,
        "html/script.htm": "<script>alert(1)</script><meta http-equiv=refresh content='0;javascript:x'>",
        "html/attributes.html": "<a " + "b=c " * 100_000 + ">",
        "html/comment.html": "<!--" * 100_000,
    }
    for path, text in texts.items():
        yield Item(path.partition("/")[0], path, text.encode(), "")
        yield Item(path.partition("/")[0], f"{path}.txt", f"{text[:200_000]}\n\n{STORY}".encode(), "")
    yield Item("epub", "epub/bomb.epub", _book([("a.xhtml", bytes(20_000_000))]), "")
    yield Item(
        "epub", "epub/out.epub", _book([("../../escaped_1.txt", b"x"), ("/tmp/escaped_2.txt", b"x")]), ""
    )
    yield Item("epub", "epub/name.epub", _book([("a\x1b]0;x\x07.xhtml", STORY.encode())]), "")
    yield Item("epub", "epub/cut.epub", _book([("a.xhtml", STORY.encode())])[:-30], "")
    yield Item("epub", "epub/book.txt", _book([("a.xhtml", STORY.encode())]), "")


def _book(members: list[tuple[str, bytes]]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members:
            book.writestr(name, content)
    return held.getvalue()


def write(folder: Path, kinds: frozenset[str] | None = None) -> list[Item]:
    """Write the articles of some classes, or all, and what is no file; those that could be written."""
    written = []
    for item in items():
        if kinds is not None and item.kind not in kinds:
            continue
        target = folder / item.path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(item.content)
        except OSError:
            # Not every file system takes every name.
            continue
        written.append(item)
    if kinds is None or "fs" in kinds:
        _write_oddities(folder / "fs")
    return written


def _write_oddities(folder: Path) -> None:
    """Links, pipes, a socket, folders without end."""
    folder.mkdir(parents=True)
    outside = folder.parent.with_name(f"{folder.parent.name}-outside")
    outside.mkdir(exist_ok=True)
    (outside / "secret.txt").write_text("OKSECRET must never be read\n\nOKSECRET")
    for name, target in {
        "out.txt": outside / "secret.txt",
        "folder": outside,
        "passwd.md": Path("/etc/passwd"),
        "zero.txt": Path("/dev/zero"),
        "random.txt": Path("/dev/urandom"),
        "terminal.txt": Path("/dev/tty"),
        "input.txt": Path("/dev/stdin"),
        "process.txt": Path("/proc/self/environ"),
        "self.txt": Path("self.txt"),
        "up": Path(".."),
        "here": Path("."),
        "root": Path("/"),
        "nowhere.txt": Path("/nonexistent/\x1b[2J\u202e"),
        "long.txt": Path("x/" * 1_500),
    }.items():
        (folder / name).symlink_to(target)
    for name in ("pipe.txt", "pipe.md", "\x1b[2Jpipe.txt"):
        os.mkfifo(folder / name)
    (folder / "folder.txt").mkdir()
    (folder / "closed.txt").write_text("closed")
    (folder / "closed.txt").chmod(0)
    deep = folder
    for _ in range(60):
        deep = deep / "deeper"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(f"Deep down\n\n{STORY}")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.getcwd()
        os.chdir(folder)
        try:
            listening.bind("socket.txt")
        finally:
            os.chdir(here)
