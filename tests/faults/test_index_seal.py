"""Only what we sealed is opened: strangers' indexes, altered files and crafted pickles never are."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import whoosh.index
from whoosh.codec.whoosh3 import W3Segment

from reader.model.errors import IndexUnusable
from reader.model.query import Phrase, Terms
from reader.model.results import Page
from reader.search.whoosh import commit, seal
from reader.search.whoosh.backend import WhooshBackend
from reader.search.whoosh.postings import FlatCodec
from reader.search.whoosh.unpickler import guarded_load
from tests.conftest import make_article

ARTICLES = [
    make_article(
        f"Summit number {number}",
        f"Leaders met on day {number}. They spoke of peace and of guarantees.",
        id=f"herald/{number:03}",
        published=f"2025-08-{number % 28 + 1:02}",
    )
    for number in range(40)
]


class _Canary:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    index = _open(tmp_path)
    index.write(ARTICLES)
    index.write([ARTICLES[0]], delete=[ARTICLES[1].id])
    index.close()
    return tmp_path


def _open(root: Path) -> WhooshBackend:
    return WhooshBackend.open(root / "index", root / "articles", root / "key")


def _folder(root: Path) -> Path:
    (folder,) = (root / "index").iterdir()
    return folder


def _sealed_files(root: Path) -> list[Path]:
    return sorted(
        path
        for path in _folder(root).iterdir()
        if path.name.lstrip("_").startswith("MAIN_") and path.stat().st_size
    )


def _forbid_whoosh(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("Whoosh was asked to look at an index that is not ours")

    monkeypatch.setattr(whoosh.index.TOC, "read", forbidden)
    monkeypatch.setattr(commit, "open_segments", forbidden)
    monkeypatch.setattr(W3Segment, "__setstate__", forbidden, raising=False)


def _remove_seal(folder: Path) -> None:
    (folder / "SEAL").unlink()


def _cut_seal(folder: Path) -> None:
    (folder / "SEAL").write_bytes((folder / "SEAL").read_bytes()[:-9])


def _alter_seal(folder: Path) -> None:
    data = (folder / "SEAL").read_bytes()
    (folder / "SEAL").write_bytes(data.replace(b'"generation":', b'"generation": '))


def _link_seal(folder: Path) -> None:
    shutil.move(folder / "SEAL", folder.parent.parent / "elsewhere")
    (folder / "SEAL").symlink_to(folder.parent.parent / "elsewhere")


def _link_file(folder: Path) -> None:
    victim = next(path for path in folder.iterdir() if path.suffix == ".pst")
    shutil.move(victim, folder.parent.parent / "elsewhere")
    victim.symlink_to(folder.parent.parent / "elsewhere")


def _swap_key(folder: Path) -> None:
    (folder.parent.parent / "key").write_bytes(bytes(32))


def _fifo_seal(folder: Path) -> None:
    (folder / "SEAL").unlink()
    os.mkfifo(folder / "SEAL", 0o600)


@pytest.mark.parametrize(
    "breaking",
    [_remove_seal, _cut_seal, _alter_seal, _link_seal, _link_file, _swap_key, _fifo_seal],
)
def test_whoosh_never_sees_a_folder_without_a_valid_seal(
    library: Path, breaking: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    breaking(_folder(library))
    with monkeypatch.context() as patched:
        _forbid_whoosh(patched)
        index = _open(library)
    assert index.state == "rebuilt"
    assert "built afresh" in index.message
    assert index.write(ARTICLES).articles == len(ARTICLES)
    index.close()
    assert _open(library).state == "opened"


@pytest.mark.parametrize(("mode", "state"), [(0o770, "rebuilt"), (0o702, "rebuilt"), (0o755, "opened")])
def test_a_folder_others_could_write_is_built_afresh(library: Path, mode: int, state: str) -> None:
    _folder(library).chmod(mode)
    index = _open(library)
    assert index.state == state
    assert _folder(library).stat().st_mode & 0o077 == 0


def test_a_folder_that_is_a_link_is_moved_away(library: Path) -> None:
    folder = _folder(library)
    shutil.move(folder, library / "elsewhere")
    folder.symlink_to(library / "elsewhere")
    index = _open(library)
    assert index.state == "fresh"
    assert not folder.is_symlink()
    assert (library / "elsewhere" / "SEAL").exists()


def test_the_workspaces_files_survive_a_rebuild(library: Path) -> None:
    folder = _folder(library)
    (folder / "catalogue.jsonl").write_text("{}\n")
    (folder / "analysis").mkdir()
    (folder / "analysis" / "one.json").write_text("{}")
    _remove_seal(folder)
    index = _open(library)
    index.write(ARTICLES)
    assert (folder / "catalogue.jsonl").read_text() == "{}\n"
    assert (folder / "analysis" / "one.json").exists()


def test_an_unsealed_newer_generation_is_never_looked_at(library: Path) -> None:
    folder = _folder(library)
    canary = library / "canary"
    (folder / "_MAIN_99.toc").write_bytes(pickle.dumps(_Canary(canary)))
    (folder / "MAIN_0123456789abcdef.trm").write_bytes(pickle.dumps(_Canary(canary)))
    index = _open(library)
    assert index.state == "opened"
    index.write([], delete=[ARTICLES[2].id])
    assert not canary.exists()
    assert not (folder / "_MAIN_99.toc").exists()


@pytest.mark.parametrize("place", ["whole", "front", "behind"])
def test_canary_pickles_in_every_file_never_run(library: Path, place: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    crafted = pickle.dumps(_Canary(canary))
    for number in range(len(_sealed_files(library))):
        victim = _sealed_files(library)[number]
        data = victim.read_bytes()
        victim.write_bytes({"whole": crafted, "front": crafted + data, "behind": data + crafted}[place])
        index = _open(library)
        assert index.state == "rebuilt"
        index.write(ARTICLES)
        index.write([ARTICLES[0]], delete=[ARTICLES[1].id])
        index.close()
        assert not canary.exists()


def test_canaries_under_a_valid_seal_stop_at_the_second_wall(library: Path, tmp_path: Path) -> None:
    """As if the key were known: the files are crafted and sealed again."""
    canary = tmp_path / "canary"
    key = (library / "key").read_bytes()
    folder = _folder(library)
    for victim in _sealed_files(library):
        data = victim.read_bytes()
        victim.write_bytes(_with_pickles_replaced(data, pickle.dumps(_Canary(canary), 2)))
        state = seal.read_seal(folder, key)
        files = {name: seal.digest_file(folder / name) for name in state.files}
        seal.write_seal(folder, key, seal.Sealed(state.generation, "crafted", files))
        index = _open(library)
        index.search(Terms(("peace", "summit")))
        index.verify()
        assert not canary.exists()
        index.close()
        victim.write_bytes(data)


def _with_pickles_replaced(data: bytes, crafted: bytes) -> bytes:
    """Every place where a pickle of protocol 2 or more might begin gets the crafted one."""
    places = [at for at in range(len(data) - 1) if data[at] == 0x80 and 2 <= data[at + 1] <= 5]
    for at in places:
        data = data[:at] + crafted[: len(data) - at] + data[at + len(crafted) :]
    return data + crafted


@pytest.mark.parametrize("name", ["os.system", "posix.system", "builtins.eval", "subprocess.Popen"])
def test_the_unpickler_refuses_every_other_name(name: str, tmp_path: Path) -> None:
    module, _, attribute = name.rpartition(".")
    crafted = b"\x80\x02c" + f"{module}\n{attribute}\n".encode() + b"X\x04\x00\x00\x00true\x85R."
    (tmp_path / "crafted").write_bytes(crafted)
    with (
        (tmp_path / "crafted").open("rb") as file,
        pytest.raises(pickle.UnpicklingError, match="may not name"),
    ):
        guarded_load(file)


def test_the_unpickler_knows_our_codec() -> None:
    import io

    assert isinstance(guarded_load(io.BytesIO(pickle.dumps(FlatCodec(), 2))), FlatCodec)


def test_a_key_others_could_read_is_replaced(tmp_path: Path) -> None:
    key = tmp_path / "state" / "key"
    first = seal.load_key(key)
    key.chmod(0o644)
    assert seal.load_key(key) != first
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_key_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    with pytest.raises(IndexUnusable, match="cannot be used"):
        seal.load_key(tmp_path / "state" / "key")


def _answers(index: WhooshBackend) -> list[object]:
    """Everything a mutation could change."""
    queries = (Terms(("peace",)), Terms(("summit", "day", "number")), Phrase(("spoke", "of", "peace")))
    found = [index.search(query, page=Page(0, 100), facets=("source", "month")) for query in queries]
    return [(one.hits, one.total, one.facets) for one in found] + [sorted(index.digests().items())]


def _mutate(data: bytes, chooser: random.Random) -> bytes:
    at = chooser.randrange(len(data))
    kind = chooser.randrange(5)
    if kind == 0:
        return data[:at] + bytes((data[at] ^ 1 << chooser.randrange(8),)) + data[at + 1 :]
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data[:at] + chooser.randbytes(chooser.randint(1, 16)) + data[at:]
    if kind == 3:
        return data[:at] + data[at + chooser.randint(1, 64) :]
    end = min(len(data), at + chooser.randint(1, 64))
    return data[:at] + chooser.randbytes(end - at) + data[end:]


def _wrong_answers(root: Path, count: int) -> list[str]:
    """Mutations after which an opened index answers otherwise than before."""
    index = _open(root)
    expected = _answers(index)
    index.close()
    folder = _folder(root)
    wrong = []
    for number in range(count):
        chooser = random.Random(number)
        victim = chooser.choice([*_sealed_files(root), folder / "SEAL"])
        data = victim.read_bytes()
        mutated = _mutate(data, chooser)
        victim.write_bytes(mutated)
        index = _open(root)
        unchanged = mutated == data
        if index.state == "opened" and (not unchanged or _answers(index) != expected):
            wrong.append(f"{number}: {victim.name}")
        index.close()
        victim.write_bytes(data)
    return wrong


@pytest.mark.quick
def test_40_mutations_give_no_wrong_answer(library: Path) -> None:
    assert _wrong_answers(library, 40) == []


@pytest.mark.full
@pytest.mark.timeout(3_000)
def test_300_mutations_give_no_wrong_answer(library: Path) -> None:
    assert _wrong_answers(library, 300) == []
