"""The one way Whoosh reaches our files: mapped, read through the guarded unpickler, and swept last.

Whoosh sees only the files of the sealed state it was given plus those it wrote itself, whatever else lies in
the folder. What it deletes is only noted; the writer removes it when the new seal stands, so that a crash at
any moment leaves one whole sealed state behind.
"""

from __future__ import annotations

import io
import mmap
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from reader.search.whoosh.unpickler import guarded_load


class MappedFile(StructFile):  # type: ignore[misc]  # whoosh is untyped
    """A file read through a memory map: `get` may be called from many threads."""

    def __init__(self, path: str, name: str) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            size = os.fstat(descriptor).st_size
            # An empty file cannot be mapped.
            mapped: Any = mmap.mmap(descriptor, size, access=mmap.ACCESS_READ) if size else io.BytesIO()
        finally:
            os.close(descriptor)
        super().__init__(mapped, name=name)
        # A map has no file descriptor of its own that Whoosh could use.
        self.is_real = False
        self._map = mapped if size else b""

    def get(self, position: int, length: int) -> bytes:
        """A copy of these bytes; shorter at the end of the file."""
        return self._map[position : position + length]

    def read_pickle(self) -> Any:
        """The next object, built by the guarded unpickler."""
        return guarded_load(self.file)

    def close(self) -> None:
        """Unmap."""
        if not self.is_closed:
            self._map = b""
            super().close()


class SealedStorage(FileStorage):  # type: ignore[misc]  # whoosh is untyped
    """A folder of which only known files can be seen."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        super().__init__(str(folder))
        self.names = set(names)
        """Files that exist for Whoosh: sealed ones and those written through this object."""
        self.written: set[str] = set()
        """Files written through this object and still wanted."""
        self.unwanted: set[str] = set()
        """Files Whoosh deleted; still on disk until somebody sweeps."""

    def list(self) -> list[str]:
        """The known files, sorted."""
        return sorted(self.names)

    def __iter__(self) -> Any:
        return iter(self.list())

    def open_file(self, name: str, **_: Any) -> MappedFile:
        """Map a known file. Raises `FileNotFoundError` for any other."""
        if name not in self.names:
            raise FileNotFoundError(name)
        return MappedFile(self._fpath(name), name)

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> Any:
        """Create a file that will be sealed with the next commit."""
        self.names.add(name)
        self.written.add(name)
        return super().create_file(name, excl=excl, mode=mode, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file of ours; an unsealed leftover of that name is in nobody's way."""
        if newname not in self.names:
            Path(self._fpath(newname)).unlink(missing_ok=True)
        super().rename_file(oldname, newname, safe=safe)
        for known in (self.names, self.written):
            if oldname in known:
                known.discard(oldname)
                known.add(newname)

    def delete_file(self, name: str) -> None:
        """Forget a file; it is removed after the next seal."""
        self.names.discard(name)
        self.written.discard(name)
        self.unwanted.add(name)

    def file_exists(self, name: str) -> bool:
        """Whether Whoosh may know of it."""
        return name in self.names

    def temp_storage(self, name: str | None = None) -> Any:
        """A folder for temporary files below this one, which no listing shows."""
        return FileStorage(self._fpath(name or "MAIN.tmp")).create()
