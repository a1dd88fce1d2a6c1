"""The `reader` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code is the result."""
    try:
        from reader.cli.main import run
    except KeyboardInterrupt:
        # Pressed while modules are still loading; nothing has begun.
        return 130

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
