"""A parser in the sandbox answers, or is stopped; whatever it does, the program goes on."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.model import CancelToken
from reader.model.errors import Cancelled
from reader.sandbox import Json, Limits, ParsingFailed, run
from tests.safety import parsers

SHORT = Limits(cpu_s=1, wall_s=3.0)

BOMB = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]><x>&j;</x>"  # fmt: skip
QUADRATIC = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50_000 + b'">]><x>' + b"&a;" * 50_000 + b"</x>"
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_html_is_parsed() -> None:
    assert run(parsers.html_text, "<p>Two &amp; “three”</p>".encode()) == "Two & “three”"


def test_xml_is_parsed() -> None:
    assert run(parsers.xml_texts, b"<a>one<b>two</b> </a>") == ["one", "two"]


def test_a_large_input_and_answer_pass_both_ways() -> None:
    assert run(parsers.echo, b"\xe9\n" * 1_000_000) == "é\n" * 1_000_000


@pytest.mark.parametrize("data", [BOMB, QUADRATIC, EXTERNAL], ids=["billion-laughs", "quadratic", "external"])
def test_hostile_xml_is_refused_or_harmless(data: bytes) -> None:
    with pytest.raises(ParsingFailed, match=r"cannot be parsed \(ParseError\)|longer than|more than"):
        run(parsers.xml_texts, data)


def test_deep_xml_is_refused() -> None:
    with pytest.raises(ParsingFailed, match=r"RecursionError|crash"):
        run(parsers.deep_xml, b"<a>" * 200_000 + b"</a>" * 200_000)


@pytest.mark.parametrize(
    "unit", ["<div>", "<", "<!--", "<a b='", "&#", "<![CDATA[", "</", "<p ", "&amp;", "<a/"]
)
def test_hostile_html_is_parsed_or_stopped(unit: str) -> None:
    started = time.monotonic()
    with contextlib.suppress(ParsingFailed):
        assert isinstance(run(parsers.html_text, (unit * 200_000).encode(), limits=SHORT), str)
    assert time.monotonic() - started < 8


@pytest.mark.parametrize(
    ("parser", "said"),
    [
        (parsers.endless, "takes longer than 1 s"),
        (parsers.endless_without_signals, "takes longer than 1 s"),
        (parsers.asleep, "takes longer than 1 s"),
        (parsers.greedy, "needs more than 200 MB"),
        (parsers.greedy_in_steps, "needs more than 200 MB"),
        (parsers.crash, "crash"),
        (parsers.leave, "crash"),
        (parsers.leave_at_once, "crash"),
        (parsers.recurse, "RecursionError"),
        (parsers.flood, "more than 16 MB"),
        (parsers.not_json, "TypeError"),
    ],
)
def test_a_parser_that_misbehaves_is_stopped_in_words(parser: Callable[[bytes], Json], said: str) -> None:
    with pytest.raises(ParsingFailed, match=said):
        run(parser, b"", limits=SHORT)
    assert children() == set()


def test_words_of_the_input_do_not_come_out_in_an_error() -> None:
    with pytest.raises(ParsingFailed) as caught:
        run(parsers.refuse, b"owned")
    assert str(caught.value) == "cannot be parsed (ValueError); it is damaged or hostile"


def test_what_a_parser_prints_is_no_answer() -> None:
    assert run(parsers.chatter, b"") == "real"


@pytest.mark.parametrize(
    "answer",
    [b"[" * 100_000, b"null", b'{"value": 1, "error": 2}', b'{"error": "\\u001b[2J"}', b"\xff", b'{"value"'],
)
def test_a_forged_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(ParsingFailed, match="damaged or hostile"):
        run(parsers.forge, answer)


def test_no_file_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / "escaped.txt"
    with pytest.raises(ParsingFailed, match="OSError"):
        run(parsers.write_file, str(target).encode())
    assert not target.exists() or target.read_text() == ""


def test_what_a_parser_starts_ends_with_it() -> None:
    started = time.monotonic()
    with pytest.raises(ParsingFailed):
        run(parsers.start_child, b"", limits=SHORT)
    assert time.monotonic() - started < 8


def test_no_process_can_be_started() -> None:
    with pytest.raises(ParsingFailed, match="BlockingIOError"):
        run(parsers.fork_as_nobody, b"", limits=SHORT)
    assert children() == set()


def test_the_child_knows_nothing_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_SECRET", "x")
    said = run(parsers.surroundings, b"")
    assert isinstance(said, dict)
    assert said["folder"] == "/"
    assert set(said["environment"] if isinstance(said["environment"], list) else []) <= {"PATH", "LC_CTYPE"}


def test_it_can_be_cancelled() -> None:
    token = CancelToken()
    threading.Timer(0.3, token.cancel).start()
    with pytest.raises(Cancelled):
        run(parsers.asleep, b"", cancel=token)
    assert children() == set()


def test_a_child_that_does_not_read_stops_nothing() -> None:
    with pytest.raises(ParsingFailed):
        run(parsers.crash, b"x" * 5_000_000, limits=SHORT)


def test_only_a_function_at_the_top_of_a_module_can_run() -> None:
    with pytest.raises(ValueError, match="top of a module"):
        run(lambda data: data.hex(), b"")


def test_no_descriptor_is_left_open() -> None:
    before = os.listdir("/proc/self/fd")
    run(parsers.echo, b"x")
    assert os.listdir("/proc/self/fd") == before


@pytest.mark.data
def test_files_made_to_break_parsers_do_not(eval_data: Path) -> None:
    broken = []
    for path in sorted((eval_data / "hostile/more").rglob("*")):
        parser = {".xml": parsers.xml_texts, ".html": parsers.html_text}.get(path.suffix)
        if parser is not None:
            try:
                said = json_text(run(parser, path.read_bytes(), limits=SHORT))
            except ParsingFailed:
                continue
            if "root:x:0" in said:
                broken.append(path.name)
    assert broken == []


def json_text(value: Json) -> str:
    return value if isinstance(value, str) else " ".join(map(str, value)) if isinstance(value, list) else ""
