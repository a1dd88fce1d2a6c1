"""The second wall before a Whoosh index: an unpickler that knows nine names.

Whoosh keeps its table of contents and the head of each term file as pickles, and a pickle can name any
callable. The first wall is the seal (`seal.py`): a file we did not write is not read at all.
"""

from __future__ import annotations

import pickle
from typing import Any, BinaryIO

ALLOWED = frozenset(
    {
        ("collections", "defaultdict"),
        ("builtins", "set"),
        ("builtins", "int"),
        ("__builtin__", "set"),
        ("__builtin__", "int"),
        ("array", "array"),
        ("array", "_array_reconstructor"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("reader.search.whoosh.postings", "FlatCodec"),
    }
)
"""All that the files of our own indexes name."""


class GuardedUnpickler(pickle.Unpickler):
    """Builds plain data and the few classes of `ALLOWED`; refuses every other name before it is looked up."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is allowed."""
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"an index may not name {module}.{name}")

    def persistent_load(self, pid: Any) -> Any:  # noqa: ARG002 - pickle's
        """Never: our indexes have no persistent ids."""
        raise pickle.UnpicklingError("an index may not hold persistent ids")


def guarded_load(file: BinaryIO) -> Any:
    """Read one pickle from where the file stands. Raises `pickle.UnpicklingError` for a forbidden name."""
    return GuardedUnpickler(file).load()
