"""Packed vectors of a grouping under way: in memory while they are few, in a file without name when many."""

from __future__ import annotations

import os
import tempfile
from array import array
from pathlib import Path
from typing import BinaryIO

IN_MEMORY = 24 * 1024 * 1024
"""Bytes of rows that are held before a file is begun."""


class SpilledRows:
    """See `compare.story_vectors.Rows`. Without room on the disk all stays in memory."""

    def __init__(self, folder: Path, in_memory: int = IN_MEMORY) -> None:
        """`folder` holds the file, if one is needed."""
        self._folder = folder
        self._in_memory = in_memory
        self._held: list[bytes] = []
        self._held_from = 0
        self._bytes = 0
        self._offsets = array("Q", [0])
        self._file: BinaryIO | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def append(self, row: bytes, /) -> None:
        """Keep one more."""
        self._held.append(row)
        self._bytes += len(row)
        if self._bytes > self._in_memory:
            self._spill()

    def __len__(self) -> int:
        return self._held_from + len(self._held)

    def __getitem__(self, index: int, /) -> bytes:
        if index >= self._held_from or self._file is None:
            return self._held[index - self._held_from]
        start, end = self._offsets[index], self._offsets[index + 1]
        return os.pread(self._file.fileno(), end - start, start)

    def __setitem__(self, index: int, row: bytes, /) -> None:
        if index >= self._held_from or self._file is None:
            self._held[index - self._held_from] = row
        else:
            os.pwrite(self._file.fileno(), row, self._offsets[index])

    def _spill(self) -> None:
        whole = b"".join(self._held)
        try:
            if self._file is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                # Closed by `close`, or when nobody holds the rows any more.
                self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
            at = self._offsets[-1]
            written = 0
            while written < len(whole):
                written += os.pwrite(self._file.fileno(), whole[written:], at + written)
        except OSError:
            # No room: from here on the rest is held.
            self._in_memory = 1 << 62
            return
        for row in self._held:
            self._offsets.append(self._offsets[-1] + len(row))
        self._held_from += len(self._held)
        self._held = []
        self._bytes = 0
