"""What every test may ask for: an article from a few words, the evaluation data, a clean environment."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.model import Article, Paragraph, Span

ROOT = Path(__file__).resolve().parent.parent
EVAL_DATA = Path(os.environ.get("READER_EVAL_DATA", ROOT.parent / "shared"))

ArticleFactory = Callable[..., Article]


def make_article(
    headline: str | None = "A headline",
    body: str = "One. Two.",
    *,
    source: str = "Test Herald",
    published: str | None = None,
    id: str = "test-herald/one",
) -> Article:
    """An article whose paragraphs are parted by blank lines, all of kind body."""
    paragraphs = tuple(
        Paragraph(Span(m.start(), m.end()), "body")
        for m in re.finditer(r"\S(?:.*?\S)??(?=\n\s*\n|\s*\Z)", body, re.S)
    )
    digest = hashlib.blake2b(f"{headline}\0{body}".encode(), digest_size=16).hexdigest()
    return Article(id, source, headline, published, None, None, None, paragraphs, body, digest, f"{id}.txt")


@pytest.fixture
def article() -> ArticleFactory:
    """Builds articles: `article("A headline", "One. Two.", source=..., published=..., id=...)`."""
    return make_article


@pytest.fixture
def eval_data() -> Path:
    """The evaluation data; the test is skipped by name where it is absent."""
    if not (EVAL_DATA / "eval").is_dir():
        pytest.skip(f"no evaluation data at {EVAL_DATA} (set READER_EVAL_DATA)")
    return EVAL_DATA


@pytest.fixture
def seeds(eval_data: Path) -> tuple[str, str]:
    """The two texts the app was first asked for, in file order."""
    first, second = sorted((eval_data / "seeds").glob("*.txt"))
    return first.read_text(encoding="utf-8"), second.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for variable, folder in (
        ("HOME", "."),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_DATA_HOME", "data"),
    ):
        monkeypatch.setenv(variable, str(home / folder))
