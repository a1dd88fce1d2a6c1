"""The seal of an index folder: only what this user's own program wrote is ever opened.

Opening a Whoosh index unpickles, and so runs, what is in it; Whoosh keeps no checksums and never calls fsync.
`SEAL` therefore names every file of the index with its size and digest, and carries a digest over all of that
keyed with 32 random bytes only the user can read. It is written last. A folder without a valid seal is not
an index: nobody looks into its files. `catalogue.jsonl` and `analysis/` belong to the workspace and are not
sealed.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import whoosh

from reader.model.errors import IndexUnusable
from reader.model.refusals import reason, remedy
from reader.search.analysis import ANALYZER_VERSION
from reader.search.whoosh.schema import SCHEMA_VERSION

SEAL_NAME = "SEAL"
LOCK_NAME = "MAIN_WRITELOCK"

_KEY_BYTES = 32
_CHUNK = 1 << 20
_NAME = re.compile(r"(_MAIN_[0-9]{1,9}\.toc|MAIN_[0-9a-z]{1,40}(\.[A-Za-z0-9_]{1,40}){1,2})\Z")
_OF_AN_INDEX = re.compile(r"_MAIN_|MAIN_(?!WRITELOCK)|MAIN\.tmp|SEAL\.new")
_MAX_SEAL_BYTES = 4 << 20


class SealBroken(IndexUnusable):
    """An index folder whose seal is missing or wrong; the remedy is always to build it afresh."""


class SealUnreadable(SealBroken):
    """The system would not let us look (too many open files, an I/O error); the index may be sound."""


_TELLING = frozenset({errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO})
"""Errors that are about the file itself."""


def _refused(what: str, error: OSError) -> SealBroken:
    kind = SealBroken if error.errno in _TELLING else SealUnreadable
    return kind(f"{what} cannot be read: {reason(error)}")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal says."""

    generation: int
    """Of Whoosh's table of contents."""
    serial: str
    """Random, new with every commit: two states never share it."""
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Name -> size in bytes and hex digest."""


def versions() -> dict[str, Any]:
    """Everything that must be the same for an index to be readable."""
    return {
        "seal": 1,
        "schema": SCHEMA_VERSION,
        "analyzer": ANALYZER_VERSION,
        "whoosh": ".".join(str(part) for part in whoosh.__version__),
        "byteorder": sys.byteorder,
    }


def load_key(key_file: Path) -> bytes:
    """The user's key; made on first use. Raises `IndexUnusable` when it cannot be read or made.

    A key file that others could have read or written is replaced, which makes every index a stranger's.
    """
    try:
        key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = _read_key(key_file)
        if key is not None:
            return key
        fresh = secrets.token_bytes(_KEY_BYTES)
        beside = key_file.with_name(f"{key_file.name}.{secrets.token_hex(4)}")
        write_durably(beside, fresh)
        # Two programs may start at once: the first key stays, unless it was not fit to be used.
        try:
            os.link(beside, key_file)
        except FileExistsError:
            if _read_key(key_file) is None:
                beside.replace(key_file)
        except OSError:
            # Some file systems know no second name for a file.
            beside.replace(key_file)
        beside.unlink(missing_ok=True)
        fsync_folder(key_file.parent)
        return _read_key(key_file) or fresh
    except OSError as error:
        raise IndexUnusable(
            f"the key of the index, {key_file}, cannot be used: {reason(error)}; {remedy(error)}"
        ) from error


def _read_key(key_file: Path) -> bytes | None:
    try:
        descriptor = os.open(key_file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return None
    except OSError as error:
        # A symbolic link: not ours to follow.
        if key_file.is_symlink():
            return None
        raise error
    with os.fdopen(descriptor, "rb") as file:
        if not is_private(os.fstat(file.fileno()), stat.S_ISREG):
            return None
        key = file.read(_KEY_BYTES + 1)
    return key if len(key) == _KEY_BYTES else None


def is_private(status: os.stat_result, is_kind: Any) -> bool:
    """Whether a file or folder is of this kind, belongs to this user, and is closed to all others."""
    return bool(is_kind(status.st_mode)) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def read_seal(folder: Path, key: bytes) -> Sealed:
    """The seal of a folder, its keyed digest checked. Opens nothing else. Raises `SealBroken`."""
    try:
        if not is_private(os.lstat(folder), stat.S_ISDIR):
            raise SealBroken("the index folder belongs to somebody else or is open to others")
        data = _read_small(folder / SEAL_NAME)
    except FileNotFoundError:
        raise SealBroken("there is no sealed index yet") from None
    except OSError as error:
        raise _refused("the seal of the index", error) from error
    head, _, mac = data.rpartition(b"\n")
    if not hmac.compare_digest(mac, _mac(head, key)):
        raise SealBroken("the seal of the index is not ours")
    return _parse(head)


def _parse(head: bytes) -> Sealed:
    """What an authentic seal says; still checked, for it may come from another version."""
    try:
        said = json.loads(head)
        if said["versions"] != versions():
            raise SealBroken("the index was written by another version")
        files = {str(name): (int(size), str(digest)) for name, size, digest in said["files"]}
        sealed = Sealed(int(said["generation"]), str(said["serial"]), files)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise SealBroken("the seal of the index cannot be understood") from error
    if not all(_NAME.match(name) for name in files):
        raise SealBroken("the seal of the index names a foreign file")
    return sealed


def verify_files(folder: Path, sealed: Sealed, known: dict[str, tuple[int, str]] | None = None) -> None:
    """Compare every file with the seal; those in `known` were compared before. Raises `SealBroken`.

    Reads all of them, in pieces (about 350 MB/s); the digest is computed without the interpreter's lock.
    """
    for name, (size, digest) in sealed.files.items():
        if known is not None and known.get(name) == (size, digest):
            continue
        found = digest_file(folder / name)
        if found != (size, digest):
            raise SealBroken(f"the index file {name} is not as it was written")


def digest_file(path: Path) -> tuple[int, str]:
    """Size and hex digest of a regular file of ours. Raises `FileNotFoundError` or `SealBroken`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _refused(f"the index file {path.name}", error) from error
    state = hashlib.blake2b(digest_size=32)
    size = 0
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise SealBroken(f"the index file {path.name} is not a file of ours")
        while chunk := file.read(_CHUNK):
            state.update(chunk)
            size += len(chunk)
    return size, state.hexdigest()


def write_seal(folder: Path, key: bytes, sealed: Sealed) -> bool:
    """Make a state the valid one; whether it is certain to survive a loss of power.

    Raises `OSError` as long as the former state is still the valid one.
    """
    said = {
        "versions": versions(),
        "generation": sealed.generation,
        "serial": sealed.serial,
        "files": [[name, size, digest] for name, (size, digest) in sorted(sealed.files.items())],
    }
    head = json.dumps(said, separators=(",", ":")).encode()
    beside = folder / f"{SEAL_NAME}.new"
    beside.unlink(missing_ok=True)
    write_durably(beside, head + b"\n" + _mac(head, key))
    beside.replace(folder / SEAL_NAME)
    try:
        fsync_folder(folder)
    except OSError:
        return False
    return True


def _mac(head: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(head, key=key, digest_size=32, person=b"crossread index").hexdigest().encode()


def _read_small(path: Path) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            raise SealBroken("the seal of the index is not a file of ours")
        if status.st_size > _MAX_SEAL_BYTES:
            raise SealBroken("the seal of the index is too large")
        return file.read(_MAX_SEAL_BYTES)


def write_durably(path: Path, data: bytes) -> None:
    """Create a file for this user alone and see it onto the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def fsync_file(path: Path) -> None:
    """See a file that Whoosh wrote onto the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_folder(folder: Path) -> None:
    """See new and changed names onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_folder(folder: Path) -> None:
    """Make sure that a folder is there, ours and closed to others; a foreign one is moved out of the way.

    Raises `OSError` when that is not possible.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        status = os.lstat(folder)
    except FileNotFoundError:
        folder.mkdir(mode=0o700)
        return
    if stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid():
        if status.st_mode & 0o077:
            folder.chmod(0o700)
        if status.st_mode & 0o022:
            # Whoever could write may still hold a file open: what is in there is nobody's index now.
            (folder / SEAL_NAME).unlink(missing_ok=True)
        return
    folder.replace(folder.with_name(f"{folder.name}.foreign-{secrets.token_hex(4)}"))
    folder.mkdir(mode=0o700)


def sweep(folder: Path, keep: Collection[str]) -> None:
    """Remove what no seal names: orphans of killed commits, a stranger's index. Opens none of it.

    Touches only names an index has; everything else in the folder is somebody else's.
    """
    for entry in os.scandir(folder):
        if entry.name in keep or not _OF_AN_INDEX.match(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            Path(entry.path).unlink(missing_ok=True)
