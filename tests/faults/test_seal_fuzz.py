"""Whatever bytes stand where the seal is: it is read, or refused in words, quickly."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from reader.search.whoosh import seal
from reader.search.whoosh.seal import SEAL_NAME, SealBroken, Sealed, read_seal

KEY = bytes(range(32))
FILES = {"_MAIN_3.toc": (2_000, "ab" * 32), "MAIN_0123456789abcdef.trm": (90_000, "cd" * 32)}
SCRAPS = (
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"null",
        b"true",
        b"1e999",
        b"-1",
        b"Infinity",
        b"NaN",
        b"\n",
    ),
    *(b'"files"', b'"generation"', b'"serial"', b'"versions"', b"\\ud800", b"\xff", b"\x00", b"[" * 5_000),
    *(b'{"a":' * 5_000, b"9" * 5_000, b'"../../x"', b'"_MAIN_1.toc"', b'["a",1,"b"]', b"{}", b"\x1b[2J"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir(mode=0o700)
    seal.write_seal(folder, KEY, Sealed(3, "serial", FILES))
    return folder


def mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(SCRAPS) + data[at + chance.choice((0, 0, 1, 5, 60)) :]
    return data


def values(chance: random.Random, depth: int = 0) -> object:
    """Any JSON value, now and then one that fits."""
    simple = (None, True, -1, 0, 3, 1e308, float("inf"), "", "x", "_MAIN_3.toc", "../x", "\ud800", 10**4_000)
    if depth > 3 or chance.random() < 0.6:
        return chance.choice(simple)
    if chance.random() < 0.5:
        return [values(chance, depth + 1) for _ in range(chance.randrange(4))]
    names = ("versions", "generation", "serial", "files", "x")
    return {chance.choice(names): values(chance, depth + 1) for _ in range(chance.randrange(5))}


def head(sound: bytes, chance: random.Random) -> bytes:
    """The sealed part: mutated, another document, or the sound one with one value changed."""
    kind = chance.randrange(3)
    if kind == 0:
        return mutated(sound, chance)
    if kind == 1:
        return json.dumps(values(chance)).encode()
    said = json.loads(sound)
    said[chance.choice(list(said))] = values(chance)
    return json.dumps(said).encode()


def fuzz(folder: Path, count: int) -> float:
    """The 99th percentile of one reading, in seconds of this process."""
    path = folder / SEAL_NAME
    whole = path.read_bytes()
    sound = whole.rpartition(b"\n")[0]
    chance = random.Random(count)
    costs = []
    for number in range(count):
        if number % 2:
            data = mutated(whole, chance)
        else:
            # As from another version of ours: authentic, and still not believed.
            said = head(sound, chance)
            data = said + b"\n" + seal._mac(said, KEY)
        path.write_bytes(data)
        started = time.process_time()
        read, refused = None, ""
        try:
            read = read_seal(folder, KEY)
        except SealBroken as error:
            refused = str(error)
        costs.append(time.process_time() - started)
        assert refused.isprintable()
        if read is not None:
            assert all(seal._NAME.match(name) for name in read.files)
            assert data == whole or number % 2 == 0
    return sorted(costs)[count * 99 // 100]


@pytest.mark.quick
def test_2000_seals_are_read_or_refused(folder: Path) -> None:
    assert fuzz(folder, 2_000) < 0.05


@pytest.mark.full
@pytest.mark.timeout(900)
def test_50000_seals_are_read_or_refused(folder: Path) -> None:
    assert fuzz(folder, 50_000) < 0.05
