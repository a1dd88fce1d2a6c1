"""Writes corpora of records as a library of article files, for tests and benchmarks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.conftest import EVAL_DATA

Record = Mapping[str, object]

_HEADER = (("Title", "title"), ("Source", "source"), ("Date", "date"), ("Author", "author"), ("Url", "url"))


def write_library(root: Path, records: Iterable[Record]) -> list[Path]:
    """Write each record (`id`, `source`, `title`, `date`, `url`, `author`, `text`) below `root`.

    The file is `<source>/<id>.txt`, so that the article's id is `<source>/<id>`, both with all but
    letters, digits, `.`, `_` and `-` replaced by `-`. A record without `text` is not allowed.
    """
    paths = []
    for record in records:
        folder = root / file_name(str(record.get("source") or "unknown"))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{file_name(str(record['id']))}.txt"
        path.write_text(article_file(record), encoding="utf-8", newline="")
        paths.append(path)
    return paths


def article_file(record: Record) -> str:
    """The text of the article file of a record: header lines, a blank line, the body."""
    lines = [f"{name}: {_one_line(record[key])}" for name, key in _HEADER if record.get(key)]
    return "\n".join([*lines, "", str(record["text"]), ""])


def file_name(text: str) -> str:
    """The text as a portable file name."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-.") or "unnamed"


def records(corpus: str) -> Iterator[Record]:
    """The public records of a corpus of the evaluation data, such as `us_gov_cc0`."""
    with open(EVAL_DATA / "data" / corpus / "public" / "articles.jsonl", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _one_line(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return " ".join(str(value).split())
