"""`python -m tests.bench relevance`: how well we and our peers rank, on collections with judgements.

MAP over queries that have a judgement (rel > 0), and known items: headlines of real posts with two words
dropped, and queries whose one answer is known. All engines get plain words, any of which may match.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reader.model.results import Page
from reader.search.chunks import STOP_WORDS
from reader.search.query_tree import plain
from reader.search.whoosh.backend import WhooshBackend
from tests.bench.search_engines import DEBIAN_MODULES
from tests.conftest import EVAL_DATA
from tests.quality.rank import as_article

DEPTH = 1000
PARTIAL = 5
_WORD = re.compile(r"\w+")

Ranker = Callable[[str], list[str]]
"""A question to ids, best first."""


class Text(NamedTuple):
    """One document of a collection."""

    id: str
    headline: str
    body: str


def _words(question: str) -> list[str]:
    """A question for engines without stop words of their own; leaving them in costs every peer."""
    words = [word.lower() for word in _WORD.findall(question)]
    return [word for word in words if word not in STOP_WORDS] or words


def average_precision(ranked: Iterable[str], relevant: frozenset[str]) -> float:
    """Mean of the precision at each relevant document (Manning, Raghavan, Schütze 2008, section 8.4)."""
    found, total = 0, 0.0
    for rank, article_id in enumerate(ranked, 1):
        if article_id in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0


def ours(texts: Sequence[Text], folder: Path) -> Ranker:
    """The product's engine."""
    backend = WhooshBackend.open(folder / "index", folder / "library", folder / "key")
    backend.write(as_article(text.id, text.headline, text.body) for text in texts)
    return lambda question: [
        hit.article_id for hit in backend.search(plain(question), page=Page(0, DEPTH)).hits
    ]


def sqlite(texts: Sequence[Text], folder: Path) -> Ranker:
    """FTS5, porter stems, headline twice as heavy."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, headline, body, tokenize='porter unicode61')"
    )
    base.executemany("INSERT INTO t VALUES (?, ?, ?)", texts)

    def rank(question: str) -> list[str]:
        match = " OR ".join(f'"{word}"' for word in _words(question))
        order = f"ORDER BY bm25(t, 0, 2.0, 1.0) LIMIT {DEPTH}"
        return [row[0] for row in base.execute(f"SELECT id FROM t WHERE t MATCH ? {order}", (match,))]

    return rank


def tantivy(texts: Sequence[Text], folder: Path) -> Ranker:
    """One field, English stems."""
    import tantivy as engine

    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = engine.Index(builder.build())
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for text in texts:
        document = engine.Document()
        document.add_text("id", text.id)
        document.add_text("text", f"{text.headline}\n{text.body}")
        writer.add_document(document)
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(question: str) -> list[str]:
        query = index.parse_query(" ".join(_words(question)), ["text"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, limit=DEPTH).hits]

    return rank


def xapian(texts: Sequence[Text], folder: Path) -> Ranker:
    """English stems, headline twice, k1 1.2, b .75."""
    if DEBIAN_MODULES not in sys.path:
        sys.path.append(DEBIAN_MODULES)
    import xapian as engine

    stemmer = engine.Stem("en")
    base: Any = engine.WritableDatabase("", engine.DB_BACKEND_INMEMORY)
    for text in texts:
        document = engine.Document()
        generator = engine.TermGenerator()
        generator.set_stemmer(stemmer)
        generator.set_stemming_strategy(engine.TermGenerator.STEM_ALL)
        generator.set_document(document)
        generator.index_text(text.headline, 2)
        generator.index_text(text.body)
        document.set_data(text.id)
        base.add_document(document)

    def rank(question: str) -> list[str]:
        stems = [stemmer(word) for word in _words(question)]
        enquire = engine.Enquire(base)
        enquire.set_weighting_scheme(engine.BM25Weight(1.2, 0, 1, 0.75, 0.5))
        enquire.set_query(engine.Query(engine.Query.OP_OR, stems))
        return [match.document.get_data().decode() for match in enquire.get_mset(0, DEPTH)]

    return rank


def whoosh(texts: Sequence[Text], folder: Path) -> Ranker:
    """Stock: stemming analyzer, any word, headline no heavier (heavier is worse everywhere)."""
    from whoosh import fields, filedb, query
    from whoosh.analysis import StemmingAnalyzer

    schema = fields.Schema(
        id=fields.ID(stored=True),
        headline=fields.TEXT(analyzer=StemmingAnalyzer()),
        body=fields.TEXT(analyzer=StemmingAnalyzer()),
    )
    index = filedb.filestore.RamStorage().create_index(schema)
    writer = index.writer()
    for text in texts:
        writer.add_document(id=text.id, headline=text.headline, body=text.body)
    writer.commit()
    searcher, stem = index.searcher(), StemmingAnalyzer()

    def rank(question: str) -> list[str]:
        terms = [query.Term(name, token.text) for token in stem(question) for name in ("headline", "body")]
        return [hit["id"] for hit in searcher.search(query.Or(terms), limit=DEPTH)]

    return rank


ENGINES: dict[str, Callable[[Sequence[Text], Path], Ranker]] = {
    "ours": ours,
    "sqlite": sqlite,
    "tantivy": tantivy,
    "xapian": xapian,
    "whoosh": whoosh,
}


def collections(root: Path) -> Iterator[tuple[str, list[Text], dict[str, str], dict[str, frozenset[str]]]]:
    """Name, documents, questions, and what is relevant, of each collection in a folder."""
    for folder in sorted(path.parent for path in root.glob("*/qrels.tsv")):
        texts = [Text(str(d["id"]), d["title"], d["text"]) for d in _objects(folder / "docs.jsonl")]
        questions = {str(q["id"]): q["text"] for q in _objects(folder / "queries.jsonl")}
        relevant: dict[str, set[str]] = defaultdict(set)
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            query_id, article_id, level = line.split("\t")
            if int(level) > 0:
                relevant[query_id].add(article_id)
        yield folder.name, texts, questions, {q: frozenset(ids) for q, ids in relevant.items()}


def known_items(root: Path) -> tuple[list[Text], dict[str, dict[str, frozenset[str]]]]:
    """Real posts; and for each kind of question, the question with the posts that answer it."""
    posts = [Text(p["id"], p["title"], p["text"]) for p in _objects(root / "articles.jsonl")]
    same: dict[str, set[str]] = defaultdict(set)
    for line in (root / "pairs.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, one, other, *_ = line.split("\t")
        same[one].add(other)
        same[other].add(one)
    chance = random.Random(0)
    headlines: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        words = post.headline.split()
        if len(words) >= 5:
            dropped = set(chance.sample(range(len(words)), 2))
            question = " ".join(word for at, word in enumerate(words) if at not in dropped)
            headlines[question] |= {post.id, *same[post.id]}
    known: dict[str, set[str]] = defaultdict(set)
    for line in (root / "known_item_queries.tsv").read_text(encoding="utf-8").splitlines():
        question, ids = line.split("\t", 1)
        known[question].update(ids.split())
    return posts, {
        "headlines": {q: frozenset(ids) for q, ids in headlines.items()},
        "known items": {q: frozenset(ids) for q, ids in known.items()},
    }


def success(ranker: Ranker, asked: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """How often an answer stands first, in the top 3, in the top 10; and the mean reciprocal rank."""
    ranks = [
        next((rank for rank, found in enumerate(ranker(question)[:100], 1) if found in answers), 0)
        for question, answers in asked.items()
    ]
    shares = {f"top {top}": sum(0 < rank <= top for rank in ranks) / len(ranks) for top in (1, 3, 10)}
    return {**shares, "mrr": sum(1 / rank for rank in ranks if rank) / len(ranks), "n": len(ranks)}


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _rankers(
    names: Sequence[str], texts: Sequence[Text], folder: Path, missing: dict[str, str]
) -> dict[str, Ranker]:
    rankers: dict[str, Ranker] = {}
    for name in names:
        (folder / name).mkdir(parents=True)
        try:
            rankers[name] = ENGINES[name](texts, folder / name)
        except ImportError as error:
            missing[name] = str(error)
    return rankers


def main(argv: Sequence[str]) -> int:
    """Score all engines; 0, or 5 when one is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench relevance", description="Rank and score.")
    parser.add_argument(
        "--against", default="sqlite,tantivy,xapian,whoosh", type=lambda text: text.split(",")
    )
    parser.add_argument("--data", type=Path, default=EVAL_DATA)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    names = ["ours", *(name for name in options.against if name)]
    report: dict[str, Any] = {"schema": 1, "kind": "relevance", "map": {}, "known": {}, "missing": {}}
    with tempfile.TemporaryDirectory(prefix="bench-rank-") as folder:
        for name, texts, questions, relevant in collections(options.data / "eval" / "rank"):
            rankers = _rankers(names, texts, Path(folder) / name, report["missing"])
            report["map"][name] = {
                engine: round(
                    sum(average_precision(ranker(questions[q]), ids) for q, ids in relevant.items())
                    / len(relevant),
                    4,
                )
                for engine, ranker in rankers.items()
            }
            print(f"MAP {name:12}", json.dumps(report["map"][name]))
        posts, asked = known_items(options.data / "data" / "us_gov_cc0" / "public")
        rankers = _rankers(names, posts, Path(folder) / "known", report["missing"])
        for kind, answers in asked.items():
            report["known"][kind] = {
                engine: {key: round(value, 4) for key, value in success(ranker, answers).items()}
                for engine, ranker in rankers.items()
            }
            for engine, shares in report["known"][kind].items():
                print(f"{kind:12} {engine:8}", json.dumps(shares))
    by_engine: dict[str, list[float]] = defaultdict(list)
    for scores in report["map"].values():
        for engine, score in scores.items():
            by_engine[engine].append(score)
    report["mean_map"] = {engine: round(sum(scores) / len(scores), 4) for engine, scores in by_engine.items()}
    print("mean MAP", json.dumps(report["mean_map"]))
    if options.json is not None:
        options.json.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return PARTIAL if report["missing"] else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
