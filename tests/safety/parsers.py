"""Parsers for the tests of the sandbox: two useful ones, and some that misbehave."""

from __future__ import annotations

import os
import signal
import sys
import time
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

from reader.sandbox import Json


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def html_text(data: bytes) -> Json:
    parser = _TextOnly()
    parser.feed(data.decode("utf-8", "replace"))
    parser.close()
    return "".join(parser.pieces)


def xml_texts(data: bytes) -> Json:
    root = ElementTree.fromstring(data)
    return [text for text in root.itertext() if text.strip()]


def deep_xml(data: bytes) -> Json:
    def depth(element: ElementTree.Element) -> int:
        return 1 + max(map(depth, element), default=0)

    return depth(ElementTree.fromstring(data))


def echo(data: bytes) -> Json:
    return data.decode("latin-1")


def endless(data: bytes) -> Json:
    while True:
        pass


def endless_without_signals(data: bytes) -> Json:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return endless(data)


def asleep(data: bytes) -> Json:
    time.sleep(60)
    return None


def greedy(data: bytes) -> Json:
    return len(bytearray(1_000_000_000))


def greedy_in_steps(data: bytes) -> Json:
    kept = []
    while True:
        kept.append("x" * 1_000_000)


def crash(data: bytes) -> Json:
    os.kill(os.getpid(), signal.SIGSEGV)
    return None


def leave(data: bytes) -> Json:
    sys.exit(0)


def leave_at_once(data: bytes) -> Json:
    os._exit(0)


def refuse(data: bytes) -> Json:
    raise ValueError("\x1b]0;" + data.decode())


def recurse(data: bytes) -> Json:
    return recurse(data)


def chatter(data: bytes) -> Json:
    os.write(1, b'{"value": "forged"}')
    os.write(2, b"\x1b[2J")
    return "real"


def flood(data: bytes) -> Json:
    return "x" * 50_000_000


def forge(data: bytes) -> Json:
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, data)
        except OSError:
            continue
    os._exit(0)


def write_file(data: bytes) -> Json:
    Path(data.decode()).write_text("written")
    return "written"


def start_child(data: bytes) -> Json:
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    return "left"


def fork_as_nobody(data: bytes) -> Json:
    if os.geteuid() == 0:
        # No limit on processes binds root.
        os.setuid(65534)
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    return "left"


def surroundings(data: bytes) -> Json:
    names: list[Json] = [*sorted(os.environ)]
    return {"environment": names, "folder": os.getcwd()}


def not_json(data: bytes) -> Json:
    return {1, 2}  # type: ignore[return-value]  # on purpose


def close_input(data: bytes) -> Json:
    return len(data)
