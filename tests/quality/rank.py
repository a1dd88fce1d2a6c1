"""Index a test collection with the product's own code and write a ranking: `rank.py COLLECTION_DIR OUT.run`.

The collection is `docs.jsonl` and `queries.jsonl`; judgements are never opened here. The output has the TREC
run format. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.model import Article, Paragraph, Span
from reader.model.results import Page
from reader.search.query_tree import plain
from reader.search.whoosh.backend import WhooshBackend

TAG = "reader"
DEPTH = 1000


def articles(collection: Path) -> Iterator[Article]:
    """The documents: title as headline, text as body."""
    for number, line in enumerate(_lines(collection / "docs.jsonl"), 1):
        document = json.loads(line)
        yield as_article(
            str(document["id"]), str(document.get("title", "")), str(document.get("text", "")), number
        )


def as_article(article_id: str, headline: str, body: str, number: int = 0) -> Article:
    """One document as the library would hand it over."""
    paragraphs = (Paragraph(Span(0, len(body)), "body"),) if body.strip() else ()
    digest = hashlib.blake2b(f"{headline}\0{body}".encode(), digest_size=16).hexdigest()
    return Article(
        id=article_id,
        source="collection",
        headline=headline.strip() or None,
        published=None,
        url=None,
        author=None,
        lang="en",
        paragraphs=paragraphs,
        body=body,
        digest=digest,
        path=f"{number}.txt",
    )


def ranking(collection: Path, index_root: Path) -> Iterator[str]:
    """The lines of the run, queries in file order."""
    key_file = index_root / "key"
    backend = WhooshBackend.open(index_root / "index", collection, key_file)
    try:
        backend.write(articles(collection))
        for line in _lines(collection / "queries.jsonl"):
            query = json.loads(line)
            yield from ranked(backend, str(query["id"]), str(query["text"]))
    finally:
        backend.close()


def ranked(backend: WhooshBackend, query_id: str, text: str) -> Iterator[str]:
    """One query's lines; scores are made to fall strictly, since scorers sort by them."""
    hits = backend.search(plain(text), page=Page(0, DEPTH)).hits
    before = float("inf")
    for rank, hit in enumerate(hits, 1):
        # Coverage and ties may put an article above one of the same or a higher score.
        score = min(round(hit.score, 6), round(before - 1e-6, 6))
        before = score
        yield f"{query_id} Q0 {hit.article_id} {rank} {score:.6f} {TAG}"


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip())


def main(argv: Sequence[str]) -> int:
    """Write the run; 0 when done."""
    parser = argparse.ArgumentParser(prog="rank.py", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("collection", type=Path, help="a folder with docs.jsonl and queries.jsonl")
    parser.add_argument("run", type=Path, help="where to write the ranking")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="rank-") as folder:
        lines = "".join(f"{line}\n" for line in ranking(options.collection, Path(folder)))
    options.run.write_text(lines, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
