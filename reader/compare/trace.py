"""Where else a passage stands: the same words or the same claim in other articles, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reader.compare import levels, links
from reader.compare.analysis import Analysis
from reader.compare.passages import Passage, PassageText, content_stem, cut
from reader.compare.runs import equal_stretches
from reader.model.article import Paragraph, Span
from reader.model.cancel import CancelToken
from reader.model.comparison import Trace, TraceHit

THRESHOLD: Final = 0.2
"""The least score of a hit; higher than for a link, because these articles need not tell one story."""
OF_BEST: Final = 0.55
"""A hit's score is at least this part of the best one's."""
MOST_HITS: Final = 50
_RUN: Final = 4
"""Equal tokens in a row that count as the same words."""


def trace(
    text: str,
    analyses: Iterable[Analysis],
    *,
    origin: str | None = None,
    cancel: CancelToken | None = None,
) -> Trace:
    """Find the passages of these articles that say what `text` says.

    A text of several sentences is looked for sentence by sentence. The score is the larger of two: how alike
    the weighted terms are, and how much of the sentence stands there word for word. The article `origin` is
    left out.
    At most `MOST_HITS` hits, best first, then by article and place. Linear in the articles.
    """
    token = cancel or CancelToken()
    asked = cut(text, [Paragraph(Span(0, len(text)), "body")])
    others = [analysis for analysis in analyses if analysis.info.id != origin]
    weights = links.weigh([asked.passages, *(analysis.passages for analysis in others)])
    # A traced phrase may be shorter than a passage that is linked.
    wanted = [links.unit_vector(passage, weights) for passage in asked.passages]
    hits: list[TraceHit] = []
    for analysis in others:
        token.check()
        vectors = [links.unit_vector(passage, weights) for passage in analysis.passages]
        scores = {
            (ask, there): score
            for ask, there, score in links.scored(wanted, vectors, THRESHOLD)
            if links.shared_terms(wanted[ask], vectors[there]) >= min(links.COMMON_TERMS, len(wanted[ask]))
        }
        for key, part in _copied(asked, analysis).items():
            if part >= THRESHOLD:
                scores[key] = max(scores.get(key, 0.0), part)
        hits.extend(_hits(asked, analysis, scores))
    best = max((hit.score for hit in hits), default=0.0)
    kept = [hit for hit in hits if hit.score >= OF_BEST * best]
    kept.sort(key=lambda hit: (-hit.score, hit.article_id, hit.start))
    return Trace(text, tuple(kept[:MOST_HITS]))


def _hits(asked: PassageText, analysis: Analysis, scores: Mapping[tuple[int, int], float]) -> list[TraceHit]:
    """One hit for each passage that a sentence reaches, for the sentence that suits it best."""
    best: dict[int, tuple[float, int]] = {}
    for (ask, there), score in scores.items():
        best[there] = max(best.get(there, (0.0, 0)), (score, -ask))
    found: list[TraceHit] = []
    for there, (score, negative_ask) in best.items():
        sentence, passage = asked.passages[-negative_ask], analysis.passages[there]
        words = asked.words[sentence.first : sentence.last]
        words_there = analysis.words_of(passage)
        level = "verbatim" if _holds(words_there, words) else levels.level(words, words_there)
        info, span = analysis.info, passage.span
        found.append(
            TraceHit(
                info.id,
                info.source,
                span.start,
                span.end,
                span.slice(analysis.body),
                level,
                round(min(score, 1.0), 3),
            )
        )
    return found


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a phrase stands in a passage word for word."""
    return bool(phrase) and f" {' '.join(phrase)} " in f" {' '.join(words)} "


def _copied(asked: PassageText, analysis: Analysis) -> dict[tuple[int, int], float]:
    """How much of each asked passage stands in each passage of the article in runs of equal words."""
    copied: dict[tuple[int, int], float] = {}
    if not asked.words:
        return copied
    seed = min(_RUN, len(asked.words))
    stretches = equal_stretches(asked.words, analysis.words, seed)
    asked_of = _owners(asked.passages)
    owner_of = _owners(analysis.passages)
    for a_start, b_start, length in stretches:
        if not any(map(content_stem, asked.words[a_start : a_start + length])):
            continue
        for step in range(length):
            key = (asked_of[a_start + step], owner_of[b_start + step])
            ask = asked.passages[key[0]]
            copied[key] = copied.get(key, 0.0) + 1 / (ask.last - ask.first)
    return copied


def _owners(passages: Sequence[Passage]) -> list[int]:
    return [passage.index for passage in passages for _ in range(passage.first, passage.last)]
