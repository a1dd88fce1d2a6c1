"""Golden files: what is printed, byte for byte. READER_UPDATE_GOLDEN=1 writes them; read the diff."""

from __future__ import annotations

import os
from pathlib import Path


def matches(file: Path, printed: str) -> bool:
    """Whether the file holds what was printed; written first when asked for by the environment."""
    if os.environ.get("READER_UPDATE_GOLDEN") == "1":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(printed, encoding="utf-8")
    assert printed == file.read_text(encoding="utf-8")
    return True
