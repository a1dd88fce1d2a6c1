"""Everything that touches Whoosh. The first import of it happens here, with its old syntax warnings off."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # whoosh 2.7.4: invalid escapes warn on Python 3.12 and later whenever its modules are compiled.
    warnings.simplefilter("ignore", SyntaxWarning)
    import whoosh.codec.whoosh3
    import whoosh.fields
    import whoosh.index
    import whoosh.writing  # noqa: F401
