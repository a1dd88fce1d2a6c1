"""What comparing costs, as ratios to one yardstick in the same run.

The yardstick is scikit-learn's default `TfidfVectorizer().fit_transform` over the passages of both texts and
the sparse product of the two halves: median CPU of 40. All other figures are divided by it or by each other.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.compare import stories
from reader.compare.analysis import Analysis, analyse, from_json, to_json
from reader.compare.engine import compare
from reader.model import Article, Paragraph, Span

ROUNDS = 40
LENGTH = 4_500
"""Characters of an article at median length."""
DATA = Path(os.environ.get("READER_EVAL_DATA", Path(__file__).resolve().parents[3] / "shared"))


def cpu_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median CPU milliseconds of one call, after one to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def least_ms(work: Callable[[], object], rounds: int = 9) -> float:
    """Least CPU milliseconds of one call: how work grows is hidden by what else the machine does."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def as_article(name: str, text: str) -> Article:
    """A text as an article, one paragraph a line, the way a file without a header is read."""
    paragraphs = tuple(
        Paragraph(Span(*match.span()), "body" if len(match[0]) > 60 else "heading")
        for match in re.finditer(r"\S(?:.*\S)?", text)
    )
    return Article(name, name, None, None, None, None, None, paragraphs, text, name, f"{name}.txt")


def yardstick(passages: Sequence[Sequence[str]]) -> Callable[[], object]:
    """Weighing the passages of two texts and multiplying them, as scikit-learn does it."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    first, second = passages

    def work() -> object:
        matrix = TfidfVectorizer().fit_transform([*first, *second])
        return matrix[: len(first)] @ matrix[len(first) :].T

    return work


def candidates_ms(count: int) -> float:
    """Finding the nearest of `count` articles for one of them, its library being indexed."""
    lines = (DATA / "eval/stories/allsides.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    articles = [as_article(one["id"], one["text"]) for one in map(json.loads, lines)]
    near = stories.Neighbours([stories.features(article) for article in articles])
    return cpu_ms(lambda: near.nearest(articles[0].id))


def foreign_modules() -> int:
    """How many top-level modules besides ours, the standard library and rapidfuzz the engine imports."""
    code = (
        "import sys; before = set(sys.modules); import reader.compare.engine;"
        "new = {name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names);"
        "print(len({name for name in new if 'cython' not in name} - {'reader', 'rapidfuzz'}))"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return int(answer.stdout)


def _reading(article: Article, analysis: Analysis) -> Callable[[], object]:
    stored = json.loads(json.dumps(to_json(analysis)))
    return lambda: from_json(stored, article)


def _growth(work: Callable[[Sequence[Article]], Callable[[], object]]) -> float:
    """What twice the text costs, as a multiple of once; of long texts that never repeat themselves."""
    lines = (DATA / "eval/stories/allsides.jsonl").read_text(encoding="utf-8").splitlines()[:16]
    texts = [json.loads(line)["text"] for line in lines]
    once = [as_article(f"once/{k}", "\n".join(texts[k : 8 + k : 2])) for k in (0, 1)]
    twice = [as_article(f"twice/{k}", "\n".join(texts[k : 16 + k : 2])) for k in (0, 1)]
    ratio = sum(len(article.body) for article in twice) / sum(len(article.body) for article in once)
    return least_ms(work(twice)) / least_ms(work(once)) * 2 / ratio


def _analysing(articles: Sequence[Article]) -> Callable[[], object]:
    return lambda: [analyse(article) for article in articles]


def _comparing(articles: Sequence[Article]) -> Callable[[], object]:
    analyses = [analyse(article) for article in articles]
    return lambda: compare(analyses)


def main(argv: list[str]) -> int:
    """Print one line a figure with its target; 1 when one is missed and `--check` is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench compare")
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    parser.add_argument("--articles", type=int, default=1_000, help="library size for candidates")
    options = parser.parse_args(argv)
    texts = [path.read_text(encoding="utf-8") for path in sorted((DATA / "seeds").glob("*.txt"))]
    articles = [as_article(f"seed/{number}", text) for number, text in enumerate(texts)]
    analyses = [analyse(article) for article in articles]
    peer = cpu_ms(yardstick([[p.span.slice(one.body) for p in one.passages] for one in analyses]))
    print(f"yardstick {peer:.2f} ms CPU")
    pair = cpu_ms(lambda: compare(analyses))
    long = as_article("seed/long", (texts[0] + "\n" + texts[1])[:LENGTH])
    rows = [
        ("a warm pair / yardstick", pair / peer, 1.0),
        (f"analysis of {LENGTH} characters / yardstick", cpu_ms(lambda: analyse(long)) / peer, 2.8),
        ("a stored analysis read back / yardstick", cpu_ms(_reading(articles[0], analyses[0])) / peer, 1.0),
        (
            f"1 against {options.articles} for candidates / warm pair",
            candidates_ms(options.articles) / pair,
            45.0,
        ),
        ("twice the text / once, analysis", _growth(_analysing), 2.3),
        ("twice the text / once, pair", _growth(_comparing), 2.3),
        ("modules imported besides rapidfuzz", foreign_modules(), 0.0),
    ]
    missed = 0
    for name, value, target in rows:
        missed += value > target
        print(f"{name:58} {value:8.2f}   target {target:5.2f}{'' if value <= target else '   MISSED'}")
    return 1 if missed and options.check else 0
