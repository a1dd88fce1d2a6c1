"""Long work on the index in a process of its own, so that the app's keys never wait for it.

`python -P -m reader.workspace.child` reads the settings and the task as JSON from standard input, updates the
library's index and stories or merges the index, and writes progress as JSON lines. It ends by itself when
nobody reads them any more, and may be killed at any moment: what was committed stands, the rest is made at
the next start.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from reader.config import Settings
from reader.model import CancelToken
from reader.model.errors import IndexUnusable, ReaderError

Report = Callable[[str, int, int], None]

_POLL_S = 0.1
_CHUNK = 65_536
_NICENESS = 5


def update_in_child(settings: Settings, report: Report | None, cancel: CancelToken) -> None:
    """Bring index and stories up to date in a child. Raises `Cancelled` or `IndexUnusable`."""
    _in_child(settings, "update", report, cancel)


def tidy_in_child(settings: Settings, cancel: CancelToken) -> None:
    """Merge the index in a child, unless somebody else writes. Raises `Cancelled` or `IndexUnusable`."""
    _in_child(settings, "tidy", None, cancel)


def _in_child(settings: Settings, task: str, report: Report | None, cancel: CancelToken) -> None:
    folders = {name: str(getattr(settings, name)) for name in ("articles", "index", "state")}
    asked = json.dumps({"task": task, **folders, "options": dict(settings.options)}).encode()
    failed = "the process that builds it ended early; refresh to try again"
    # -P: the folder one happens to be in must not provide modules.
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "reader.workspace.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(asked)
            child.stdin.close()
            for line in _lines(child.stdout, cancel):
                said = json.loads(line)
                failed = said.get("failed", failed)
                if report is not None and "what" in said:
                    report(said["what"], said["done"], said["of"])
            cancel.check()
        finally:
            if child.poll() is None and cancel.cancelled:
                child.kill()
    if child.returncode != 0:
        raise IndexUnusable(f"the index could not be brought up to date: {failed}")


def _lines(pipe: IO[bytes], cancel: CancelToken) -> Iterator[bytes]:
    """What the child writes, line by line, until it ends or somebody asks to stop."""
    rest = b""
    while not cancel.cancelled:
        ready, _, _ = select.select([pipe], [], [], _POLL_S)
        if not ready:
            continue
        chunk = os.read(pipe.fileno(), _CHUNK)
        if not chunk:
            return
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def main() -> int:
    """The child's side; the exit code is that of the error, 0 when all went well."""
    from reader.workspace.tidying import merge
    from reader.workspace.workspace import Workspace

    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.nice(_NICENESS)
    asked = json.load(sys.stdin)
    settings = Settings(
        articles=Path(asked["articles"]),
        index=Path(asked["index"]),
        state=Path(asked["state"]),
        is_sample=False,
        config_file=Path(),
        options=asked["options"],
    )

    def say(**said: object) -> None:
        os.write(sys.stdout.fileno(), json.dumps(said).encode() + b"\n")

    workspace = Workspace(settings)
    try:
        if asked["task"] == "tidy":
            merge(settings)
            return 0
        workspace.open(lambda what, done, of: say(what=what, done=done, of=of))
    except ReaderError as error:
        say(failed=str(error))
        return error.exit_code
    finally:
        workspace.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
