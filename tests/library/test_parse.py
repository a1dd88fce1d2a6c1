"""A file becomes an article with all that its head and folders say, and no more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reader.library.parse import MAX_TEXT_LENGTH, parse, plain_id
from reader.model import Article, Problem

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DEMO_FIRST = "Two ferries collide in fog\n\nTwo passenger ferries collided on Tuesday.\n\nNobody was missing."


def read(text: str | bytes, path: str = "wire/a.txt", folder: str | None = "wire") -> Article:
    article = parse(text if isinstance(text, bytes) else text.encode(), path, folder, now=NOW)
    assert isinstance(article, Article)
    return article


def paragraphs(article: Article) -> list[tuple[str, str]]:
    return [(p.kind, p.span.slice(article.body)) for p in article.paragraphs]


def test_header_gives_the_fields() -> None:
    article = read(
        "Title: A vote\nSource: Civic Post\nDate: 2025-08-15T10:00+02:00\nAuthor: Ann Lee\n"
        "Url: https://civic.example/1\nLang: en_GB\n\nThe text is here.\n"
    )
    assert (article.headline, article.source, article.published) == (
        "A vote",
        "Civic Post",
        "2025-08-15T10:00:00+02:00",
    )
    assert (article.author, article.url, article.lang) == ("Ann Lee", "https://civic.example/1", "en-GB")
    assert article.body == "The text is here."


def test_source_is_the_folder_without_a_header() -> None:
    assert read(DEMO_FIRST).source == "wire"


def test_source_is_unknown_without_a_folder() -> None:
    assert read(DEMO_FIRST, "a.txt", None).source == "unknown"


def test_headline_line_leaves_the_body() -> None:
    article = read(DEMO_FIRST)
    assert article.headline == "Two ferries collide in fog"
    assert article.body.startswith("Two passenger ferries")


@pytest.mark.parametrize(
    "text",
    [
        "A sentence first.\n\nMore text.",
        "Title like line\nText follows at once.",
        "Only one line",
        "Advertisement\n\nText.",
    ],
)
def test_text_without_a_headline_has_none(text: str) -> None:
    assert read(text).headline is None


def test_headline_repeated_below_the_header_is_taken_once() -> None:
    article = read("Title: A vote\n\nA Vote\n\nThe text is here.")
    assert (article.headline, article.body) == ("A vote", "The text is here.")


def test_markdown_title_is_the_headline() -> None:
    article = read("![x](y)\n\n# The *big* vote\n\nThe **council** met.\n\n## Next\n\nIt goes on.", "w/a.md")
    assert article.headline == "The big vote"
    assert paragraphs(article) == [
        ("caption", "x"), ("body", "The council met."), ("heading", "Next"), ("body", "It goes on.")
    ]  # fmt: skip


def test_markdown_front_matter_wins_over_its_title_which_stays_a_heading() -> None:
    article = read("---\ntitle: From the head\n---\n# From the text\n\nThe council met.", "w/a.md")
    assert article.headline == "From the head"
    assert paragraphs(article) == [("heading", "From the text"), ("body", "The council met.")]


def test_marks_in_plain_text_stay() -> None:
    assert read("It was *not* [sic] #1.").body == "It was *not* [sic] #1."


def test_date_of_the_future_is_missing() -> None:
    assert read("Title: x\nDate: 2031-01-01\n\nText.").published is None


def test_hidden_characters_are_counted_with_those_of_the_name() -> None:
    assert read("Some\u200b te\u202ext.", "w/a\u200b.txt").hidden == 3


def test_controls_spelled_in_a_header_are_cleaned() -> None:
    article = read('+++\ntitle = "\\u001b]0;x\\u0007"\nsource = "a\\u202eb"\n+++\nText here.')
    assert (article.headline, article.source) == ("␛]0;x␇", "a\ufffdb")


def test_length_over_the_cap_is_counted() -> None:
    line = "word " * 3_000 + ".\n\n"
    text = line * 70
    article = read(text)
    assert len(article.body) <= MAX_TEXT_LENGTH
    assert len(article.body) + article.cut >= len(text) - 2
    assert article.cut > 0


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xef\xbb\xbf", b"...\n"])
def test_a_file_without_words_is_a_problem(data: bytes) -> None:
    problem = parse(data, "w/a.txt", "w")
    assert isinstance(problem, Problem)
    assert "empty" in problem.reason


def test_binary_is_a_problem() -> None:
    problem = parse(b"\x7fELF" + bytes(400), "w/\x1b.txt", "w")
    assert problem == Problem("w/␛.txt", "holds binary data, not text",
                              "convert it to plain text, or rename it if it is no article")  # fmt: skip


def test_a_byline_and_a_date_may_stand_under_the_headline() -> None:
    article = read("A vote at last\nBy Ann Lee\nMarch 3, 2025\n\nThe council met.\n\nIt voted.")
    assert article.headline == "A vote at last"
    assert [kind for kind, _ in paragraphs(article)] == ["boilerplate", "boilerplate", "body", "body"]


@pytest.mark.parametrize(
    ("path", "article_id"),
    [("w/a.b.txt", "w/a.b"), ("a.MD", "a"), ("w/a\x1b.txt", "w/a␛"), ("w/caf\udce9.txt", "w/caf\ufffd")],
)
def test_id_is_the_cleaned_path_without_suffix(path: str, article_id: str) -> None:
    assert plain_id(path) == article_id


@pytest.mark.data
def test_seeds_have_no_headline_and_their_headings_are_known(eval_data: Path) -> None:
    first, second = (read(f.read_bytes(), f.name, None) for f in sorted((eval_data / "seeds").glob("*.txt")))
    assert (first.headline, second.headline) == (None, None)
    headings = [text for kind, text in paragraphs(first) if kind == "heading"]
    assert headings == [
        "The Ukraine Question",
        "Trump Says He’s ‘Not Here to Negotiate for Ukraine’",
        "Inside the Talks",
        "Russia’s Agenda and Strategic Goals",
        "Can a Peace Deal Be Finalised?",
    ]
    assert [text for kind, text in paragraphs(second) if kind == "heading"] == ["Offer"]
    assert [text[:10] for kind, text in paragraphs(second) if kind == "boilerplate"] == ["READ ALSO:"] * 2
