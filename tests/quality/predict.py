"""Answer the gold tasks with the product's own functions.

`python tests/quality/predict.py INPUT_DIR OUTPUT.json` reads `<task>.inputs.json` for whichever of the seven
tasks stand in INPUT_DIR and writes one object with their answers. It only adapts formats. One set of
parameters for all; the two kinds of sentence pairs have different priors and so one threshold each.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reader.compare import links, names, paraphrase, quotes, quotes_match, runs, stories
from reader.compare.passages import Passage, cut
from reader.model import Article, Paragraph, Span
from reader.text.sentences import sentences
from reader.text.tokens import tokens

SAME_FROM = {"msrp": 0.6, "pan": 0.27}
"""Sentence pairs of a set say the same from this likelihood on; two in three do in the first set."""


def predict(folder: Path) -> dict[str, Any]:
    """Answers to all tasks whose inputs stand in a folder."""
    answers: dict[str, Any] = {}
    for task, answer in TASKS.items():
        inputs = folder / f"{task}.inputs.json"
        if inputs.exists():
            answers[task] = answer(json.loads(inputs.read_text(encoding="utf-8")))
    return answers


def _verbatim(inputs: dict[str, list[str]]) -> dict[str, list[list[int]]]:
    return {pair: _copied(*texts) for pair, texts in inputs.items()}


def _copied(text: str, source: str) -> list[list[int]]:
    a, b = tokens(text), tokens(source)
    found = runs.runs([token.text for token in a], [token.text for token in b], runs.COPIES)
    return [
        [
            a[run.a_start].start,
            a[run.a_end - 1].end - a[run.a_start].start,
            b[run.b_start].start,
            b[run.b_end - 1].end - b[run.b_start].start,
        ]
        for run in found
    ]


def _align(inputs: dict[str, list[list[str]]]) -> dict[str, list[list[int]]]:
    answers = {}
    for topic, texts in inputs.items():
        sides = [[whole(sentence) for sentence in side] for side in texts]
        weights = links.weigh(sides)
        found = links.pairs(*(links.vectors(side, weights) for side in sides))
        answers[topic] = [[pair.a, pair.b] for pair in found]
    return answers


def whole(sentence: str) -> Passage:
    """A sentence as one passage, however it would be cut."""
    text = cut(sentence, [Paragraph(Span(0, len(sentence)), "body")])
    forms = {
        term: form
        for passage in reversed(text.passages)
        for term, form in zip(passage.terms, passage.forms, strict=True)
    }
    return Passage(0, Span(0, len(sentence)), 0, len(text.words), tuple(forms), tuple(forms.values()))


def _paraphrase(inputs: dict[str, list[str]]) -> dict[str, int]:
    rarity = paraphrase.rarity_in(sentence for pair in inputs.values() for sentence in pair)
    return {
        key: int(paraphrase.likelihood(a, b, rarity) >= SAME_FROM[re.match(r"[a-z]+", key)[0]])  # type: ignore[index]
        for key, (a, b) in inputs.items()
    }


def _cluster(inputs: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {
        f"{collection}/{article_id}": story.id
        for collection, articles in inputs.items()
        for story in stories.group([stories.features(as_article(one)) for one in articles])
        for article_id in story.article_ids
    }


def as_article(one: dict[str, str]) -> Article:
    """An article of a gold set, each line one paragraph; a date that is none is unknown."""
    text = one["text"]
    paragraphs = tuple(Paragraph(Span(*match.span()), "body") for match in re.finditer(r"\S(?:.*\S)?", text))
    day = one.get("date") or ""
    valid = re.fullmatch(r"(?:19|20[0-4])\d+-\d\d-\d\d", day)
    return Article(
        one["id"],
        one.get("source") or "unknown",
        one.get("title") or None,
        day if valid else None,
        None,
        None,
        None,
        paragraphs,
        text,
        one["id"],
        one["id"],
    )


def _quotes(inputs: dict[str, list[str]]) -> list[int]:
    bank = quotes_match.Bank([_stream(quote) for quote in inputs["bank"]])
    return [bank.find(_stream(query)) for query in inputs["queries"]]


def _stream(quote: str) -> quotes_match.Stream:
    return quotes_match.stream(quotes.text_segments(quote, Span(0, len(quote))))


def _sentences(inputs: dict[str, str]) -> dict[str, list[str]]:
    return {
        key: [span.slice(paragraph) for span in sentences(paragraph)] for key, paragraph in inputs.items()
    }


def _names(inputs: dict[str, list[str]]) -> dict[str, list[int]]:
    return {topic: list(names.cluster_names(mentions)) for topic, mentions in inputs.items()}


TASKS: dict[str, Callable[[Any], Any]] = {
    "verbatim": _verbatim,
    "align": _align,
    "paraphrase": _paraphrase,
    "cluster": _cluster,
    "quotes": _quotes,
    "sentences": _sentences,
    "names": _names,
}


def main(argv: list[str]) -> int:
    """Write the answers to the tasks of a folder; 2 for wrong arguments."""
    if len(argv) != 2:
        print("usage: python tests/quality/predict.py INPUT_DIR OUTPUT.json", file=sys.stderr)
        return 2
    answers = predict(Path(argv[0]))
    Path(argv[1]).write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
