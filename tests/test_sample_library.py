"""The sample library keeps what its README promises, read as plain files by rules of this file alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT

LIBRARY = ROOT / "articles"
LEDGER, WIRE, CIVIC, MERIDIAN = "harbour-ledger", "northern-wire", "civic-post", "meridian-daily"
STORIES = {
    "ferry-collision": {LEDGER, WIRE, CIVIC, MERIDIAN},
    "mill-street-vote": {LEDGER, WIRE, CIVIC},
    "asteroid-probe": {LEDGER, WIRE, CIVIC},
    "alaska-summit": {LEDGER, WIRE, CIVIC},
    "ostra-flood": {LEDGER, WIRE, CIVIC, MERIDIAN},
    "rotor-strike": {WIRE, CIVIC, MERIDIAN},
    "bank-merger": {LEDGER, WIRE, MERIDIAN},
}
SINGLES = {"library-hours": {LEDGER}, "eel-ladder": {CIVIC}, "rowing-notes": {MERIDIAN}}
WRITTEN = date(2026, 11, 23)
FILES = sorted(path for path in LIBRARY.glob("*/*") if path.suffix in {".txt", ".md"})
HEADER = re.compile(r"(?:---\n)?((?:[a-z]+: .+\n)+)(?:---\n)?\n+")

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
each_story = pytest.mark.parametrize("slug", STORIES)


def slug_of(path: Path) -> str:
    """The file's name without its date and suffix."""
    return re.sub(r"^\d{4}-\d\d-\d\d-", "", path.stem)


def header(path: Path) -> dict[str, str]:
    """The header's keys and values; every sample file has one."""
    found = HEADER.match(path.read_text(encoding="utf-8"))
    assert found, f"{path} has no header"
    return dict(line.split(": ", 1) for line in found[1].splitlines())


def body(path: Path) -> str:
    """Everything below the header."""
    return HEADER.sub("", path.read_text(encoding="utf-8"), count=1)


def told_by(slug: str) -> dict[str, str]:
    """The bodies of one story, by the outlet's folder."""
    return {path.parent.name: body(path) for path in FILES if slug_of(path) == slug}


def days(slug: str) -> list[date]:
    """The known days on which a story's articles were published, earliest first."""
    known = (header(path).get("date") for path in FILES if slug_of(path) == slug)
    return sorted(date.fromisoformat(value[:10]) for value in known if value)


def words(text: str) -> list[str]:
    """Folded words without punctuation, parted by white space, dashes and ellipses."""
    parts = (re.sub(r"[\W_]+", "", part) for part in re.split(r"[\s–—…-]+", text.casefold()))
    return [part for part in parts if part]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    folded = words(text)
    return {tuple(folded[i : i + length]) for i in range(len(folded) - length + 1)}


def quotes(text: str) -> list[str]:
    """What stands between curly marks."""
    return re.findall(r"“([^”]+)”", text)


def shared_share(text: str, other: str) -> float:
    """The share of a text's words that stand in paragraphs it has in common with another."""
    paragraphs = {line for line in text.split("\n") if line}
    common = paragraphs & set(other.split("\n"))
    return sum(len(line.split()) for line in common) / len(text.split())


def test_there_are_at_least_six_stories_and_two_of_four_outlets() -> None:
    sizes = sorted(len(outlets) for outlets in STORIES.values())
    assert (len(sizes) >= 6, sizes[0] >= 3, sizes[-2:]) == (True, True, [4, 4])


def test_the_library_holds_exactly_these_stories_and_singles() -> None:
    found: dict[str, set[str]] = {}
    for path in FILES:
        found.setdefault(slug_of(path), set()).add(path.parent.name)
    assert found == STORIES | SINGLES


@each_file
def test_has_the_length_of_a_newspaper_article(path: Path) -> None:
    assert 300 <= len(body(path).split()) <= 700


@each_file
def test_names_its_outlet_as_its_folder_does(path: Path) -> None:
    assert header(path)["source"].lower().replace(" ", "-") == path.parent.name


@each_file
def test_the_date_in_the_name_is_the_date_in_the_header(path: Path) -> None:
    in_name = re.match(r"\d{4}-\d\d-\d\d", path.name)
    assert header(path).get("date", "")[:10] == (in_name[0] if in_name else "")


def test_only_two_files_have_no_date() -> None:
    assert [path.name for path in FILES if "date" not in header(path)] == [
        "ferry-collision.md",
        "rowing-notes.txt",
    ]


def test_only_one_file_has_no_headline() -> None:
    assert [path.name for path in FILES if "title" not in header(path)] == ["rowing-notes.txt"]


@each_story
def test_the_articles_of_a_story_lie_within_two_days(slug: str) -> None:
    published = days(slug)
    assert (published[-1] - published[0]).days <= 2


@each_story
def test_nothing_is_published_after_the_day_the_library_was_written(slug: str) -> None:
    assert date(2025, 1, 1) <= days(slug)[0] <= days(slug)[-1] <= WRITTEN


@each_file
def test_no_later_year_is_named(path: Path) -> None:
    assert not re.search(r"\b20(?:2[7-9]|[3-9]\d)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("outlet", "phrase"),
    [
        (LEDGER, "“a possibility”"),
        (CIVIC, "refrained from offering Ukraine any security guarantees"),
        (LEDGER, "“Apparently, some terms will be agreed upon… because Trump cannot be refused,”"),
        (CIVIC, "upon because Trump cannot be refused, and we are not in a position to refuse…” a source"),
        (LEDGER, "a Kremlin official"),
        (LEDGER, "Zelenskyy"),
        (CIVIC, "Zelenskiy"),
        (WIRE, "Zelensky"),
        (CIVIC, "\nREAD ALSO: "),
        (CIVIC, "3:30 p.m. ET (11:30 a.m. local time)"),
        (LEDGER, "several hours"),
        (CIVIC, "six to seven hours"),
        (LEDGER, "\n\nWhat Moscow wants\n\n"),
    ],
)
def test_the_alaska_story_holds(outlet: str, phrase: str) -> None:
    assert phrase in told_by("alaska-summit")[outlet]


@pytest.mark.parametrize(
    ("outlet", "spelling"), [(LEDGER, "Zelenskyy"), (CIVIC, "Zelenskiy"), (WIRE, "Zelensky")]
)
def test_each_outlet_keeps_to_one_spelling(outlet: str, spelling: str) -> None:
    assert set(re.findall(r"Zelensk\w+", told_by("alaska-summit")[outlet])) == {spelling}


@pytest.mark.parametrize(
    ("outlet", "line"),
    [
        (LEDGER, "READ ALSO: Fog delays third launch of harbour bridge"),
        (CIVIC, "Advertisement"),
        (CIVIC, "Sign up for our morning newsletter."),
        (WIRE, "(Reporting by Mika Dane; editing by R. Osei)"),
    ],
)
def test_the_ferry_story_holds_the_boilerplate_line(outlet: str, line: str) -> None:
    assert line in told_by("ferry-collision")[outlet].split("\n")


def test_the_merger_is_mostly_wire_copy_in_one_outlet() -> None:
    merger = told_by("bank-merger")
    assert shared_share(merger[MERIDIAN], merger[WIRE]) > 0.7


def test_the_flood_borrows_two_paragraphs() -> None:
    flood = told_by("ostra-flood")
    assert (
        0.1
        < shared_share(flood[MERIDIAN], flood[WIRE].replace("the water.", "the water. (Northern Wire)"))
        < 0.3
    )


@pytest.mark.parametrize("outlet", [LEDGER, WIRE, CIVIC])
def test_shares_no_eight_words_with_the_two_texts_but_in_quotes(outlet: str, seeds: tuple[str, str]) -> None:
    theirs = runs(seeds[0], 8) | runs(seeds[1], 8)
    own_words = re.sub(r"“[^”]+”", " “” ", told_by("alaska-summit")[outlet])
    assert not runs(own_words, 8) & theirs


@pytest.mark.parametrize("outlet", [LEDGER, WIRE, CIVIC])
def test_the_public_quotations_are_short(outlet: str) -> None:
    assert max(len(quote.split()) for quote in quotes(told_by("alaska-summit")[outlet])) <= 30


@each_file
def test_shares_no_eight_words_with_the_two_texts_elsewhere(path: Path, seeds: tuple[str, str]) -> None:
    shared = runs(body(path), 8) & (runs(seeds[0], 8) | runs(seeds[1], 8))
    assert not shared or slug_of(path) == "alaska-summit"
