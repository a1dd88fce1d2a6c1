"""Measure everything and write the table of `docs/quality.md`: `python -m tests.quality [--check]`.

With `--check` nothing is written; the exit code is 1 when a figure misses its target.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import EVAL_DATA, ROOT
from tests.quality import (
    test_attribution,
    test_comparisons,
    test_figures,
    test_names,
    test_quotes,
    test_seeds,
    test_stories,
    test_tasks,
)

PAGE = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    part: str
    """What is measured."""
    name: str
    """The key under which `measure` gives it."""
    data: str
    """The gold data below `$READER_EVAL_DATA`."""
    target: float | None = None
    """At least this; at most this where `most` is set; `None` for a figure without a target."""
    most: bool = False
    """Whether less is better."""
    whole: bool = False
    """Whether it is a count."""

    def reached(self, value: float) -> bool:
        """Whether a value is as good as the target."""
        return self.target is None or (value <= self.target if self.most else value >= self.target)

    def line(self, value: float) -> str:
        """The line in Markdown."""
        shown = f"{value:.0f}" if self.whole else f"{value:.3f}"
        sign = "≤" if self.most else "≥"
        target = "" if self.target is None else f"{sign} {self.target:g}"
        note = "" if self.reached(value) else "missed"
        return f"| {self.part} | `{self.data}` | {shown} | {target} | {note} |"


COMPARE = "eval/compare"
ROWS = (
    Row("sentence boundaries, F1", "sentences F1", COMPARE, 0.957),
    Row("copied passages, PlagDet", "verbatim plagdet", COMPARE, 0.97),
    Row("copied passages, granularity", "verbatim granularity", COMPARE, 1.02, most=True),
    Row(
        "copied passages, alarms on unrelated pairs",
        "verbatim alarms on unrelated pairs",
        COMPARE,
        0,
        True,
        True,
    ),
    Row("copied share, mean absolute error", "verbatim share error", COMPARE, 0.002, most=True),
    Row("links between sentences, F1", "align F1", COMPARE, 0.70),
    Row("links of the two seeds, of 11", "seeds links found", "seeds", 9, whole=True),
    Row("links of the two seeds beyond those", "seeds links beyond", "seeds", 12, True, True),
    Row("paraphrases, MSRP, accuracy", "paraphrase_msrp acc", COMPARE, 0.745),
    Row("paraphrases, PAN, accuracy", "paraphrase_pan acc", COMPARE, 0.92),
    Row("quotes, altered in any way, F1", "quotes F1 all", COMPARE, 0.985),
    Row("quotes, fragments, F1", "quotes F1 frag", COMPARE, 0.93),
    Row("quotes, false alarms", "quotes false alarms", COMPARE, 0.01, most=True),
    Row("quotes, exact set of flags", "quotes exact flags", COMPARE, 0.97),
    Row("speakers of quotes", "attribution", "eval/attribution", 0.80),
    Row("dates and times, precision", "dates precision", "data/gum_wikinews", 0.95),
    Row("dates and times, recall", "dates recall", "data/gum_wikinews", 0.85),
    Row("names of one person, pairwise F1", "names F1", COMPARE, 0.81),
    Row("names, spellings joined, of 24", "names variants", COMPARE, 22, whole=True),
    Row("names, look-alikes joined, of 14", "names look-alikes", COMPARE, 1, True, True),
    Row("same event, BASIL, B-cubed F1", "cluster_basil F1", COMPARE, 0.96),
    Row("same event, ECB+, B-cubed F1", "cluster_ecbplus F1", COMPARE, 0.90),
    Row("same story, pairs of a news stream, F1", "stories pair F1", "eval/stories", 0.70),
    Row("reprints in one story, of 39", "reprints in one story", "data/us_gov_cc0", 39, whole=True),
    Row("nearest parallel passage", "gospels nearest", "data/gospels_kjv", 0.72),
    Row("differences, precision", "differences precision", "tests/quality/gold"),
    Row("differences, recall", "differences recall", "tests/quality/gold"),
    Row("only here, precision", "only precision", "tests/quality/gold"),
    Row("only here, recall", "only recall", "tests/quality/gold"),
    Row("traced passages, precision at 10", "trace precision", "tests/quality/gold"),
    Row("traced passages, recall at 10", "trace recall", "tests/quality/gold"),
)
MEASURES = (
    test_tasks.measure,
    test_seeds.measure,
    test_stories.measure,
    test_quotes.measure,
    test_attribution.measure,
    test_figures.measure,
    test_names.measure,
    test_comparisons.measure,
)


def measure(eval_data: Path) -> dict[str, float]:
    """Every figure by its name."""
    figures: dict[str, float] = {}
    for part in MEASURES:
        figures.update(part(eval_data))
    return figures


def main(argv: list[str]) -> int:
    """Measure, print, and write the page unless only checking; 2 where the data is absent."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a target is missed")
    options = parser.parse_args(argv)
    if not (EVAL_DATA / "eval").is_dir():
        print(f"no evaluation data at {EVAL_DATA} (set READER_EVAL_DATA)", file=sys.stderr)
        return 2
    figures = measure(EVAL_DATA)
    table = ["| what | data | figure | target | |", "|---|---|---|---|---|"]
    table += [row.line(figures[row.name]) for row in ROWS]
    print("\n".join(table))
    if not options.check:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text("\n".join([before + BEGIN, *table, END]) + after, encoding="utf-8")
    missed = [row.name for row in ROWS if not row.reached(figures[row.name])]
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
