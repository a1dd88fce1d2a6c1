"""A corpus of any size, the same every time: real agency stories, then their sentences put together anew.

The recombined articles carry invented names with a long tail, so that the vocabulary grows as real ones do.
Nothing is copied into the project: the stories are read from the evaluation data, or, where that is absent,
from the sample library.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import lzma
import random
import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from reader.model import Article, Paragraph, Span

Profile = Literal["short", "long"]
"""About 950 characters an article, or about 3,500."""

SOURCES = tuple(f"outlet-{number:02}" for number in range(24))
FIRST_DAY = dt.date(2021, 1, 1)
DAYS = 1600

_SEED = 21578
_SHORT_SENTENCES, _LONG_SENTENCES = 7, 26
_SYLLABLES = (
    "ba be chi da do el fa gor gri ha il jan ka ko len lo mar mi na nov "
    "o pa po ra ros sa ski ta tor u va vich wa ya ze zu"
)


class Document(NamedTuple):
    """One article as every engine gets it."""

    id: str
    source: str
    date: str
    headline: str
    body: str

    @property
    def article(self) -> Article:
        """As the library would hand it over."""
        digest = hashlib.blake2b(f"{self.headline}\0{self.body}".encode(), digest_size=16).hexdigest()
        return Article(
            id=self.id,
            source=self.source,
            headline=self.headline,
            published=self.date,
            url=None,
            author=None,
            lang="en",
            paragraphs=(Paragraph(Span(0, len(self.body)), "body"),),
            body=self.body,
            digest=digest,
            path=f"{self.id}.txt",
        )


class Corpus:
    """Documents in a file, with random access to them: what the library is to the product."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.offsets = array("Q", path.with_suffix(".offsets").read_bytes())

    def __len__(self) -> int:
        return len(self.offsets)

    def __getitem__(self, number: int) -> Document:
        self._file.seek(self.offsets[number])
        return Document(*json.loads(self._file.readline()))

    def __iter__(self) -> Iterator[Document]:
        self._file.seek(0)
        for line in self._file:
            yield Document(*json.loads(line))

    def body(self, article_id: str) -> str:
        """The text of an article, read from the file."""
        return self[int(article_id.rsplit("-", 1)[1])].body


def write(path: Path, count: int, profile: Profile, data: Path | None) -> Corpus:
    """Generate a corpus into a file. The same arguments give the same bytes."""
    offsets = array("Q")
    position = 0
    with path.open("wb") as file:
        for document in documents(count, profile, data):
            offsets.append(position)
            line = json.dumps(document, ensure_ascii=False).encode() + b"\n"
            position += file.write(line)
    path.with_suffix(".offsets").write_bytes(offsets.tobytes())
    return Corpus(path)


def documents(count: int, profile: Profile, data: Path | None) -> Iterator[Document]:
    """The corpus itself."""
    chance = random.Random(_SEED)
    stories = list(_stories(data))
    sentences = [s for _, body in stories for s in re.split(r"(?<=[.!?])\s+", body) if 30 < len(s) < 400]
    headlines = [headline for headline, _ in stories if headline]
    names = _Names(chance)
    wanted = _SHORT_SENTENCES if profile == "short" else _LONG_SENTENCES
    for number in range(count):
        source = SOURCES[int(chance.random() ** 2 * len(SOURCES))]
        day = FIRST_DAY + dt.timedelta(days=int(chance.random() * DAYS))
        if number < len(stories) and profile == "short":
            headline, body = stories[number]
        else:
            headline = f"{chance.choice(headlines)} {names.next()}"
            body = _recombined(chance, sentences, names, wanted)
        yield Document(f"{source}/{day}-{number}", source, day.isoformat(), headline, body)


def _recombined(chance: random.Random, sentences: Sequence[str], names: _Names, wanted: int) -> str:
    count = max(2, int(chance.gauss(wanted, wanted / 3)))
    parts = [chance.choice(sentences) for _ in range(count)]
    for _ in range(1 + count // 6):
        at = chance.randrange(len(parts))
        parts[at] = f"{names.next()} said. {parts[at]}"
    return "\n".join(parts)


class _Names:
    """Invented surnames: a few frequent ones, and always new rare ones (a Zipf-like tail)."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._known: list[str] = []
        self._syllables = _SYLLABLES.split()

    def next(self) -> str:
        if self._known and self._chance.random() > 0.12:
            return self._known[int(self._chance.random() ** 3 * len(self._known))]
        name = "".join(self._chance.choice(self._syllables) for _ in range(self._chance.randrange(2, 5)))
        self._known.append(name.capitalize())
        return self._known[-1]


def _stories(data: Path | None) -> Iterator[tuple[str, str]]:
    """Headline and body of real texts."""
    packed = data / "data" / "reuters.jsonl.xz" if data is not None else None
    if packed is not None and packed.is_file():
        with lzma.open(packed, "rt", encoding="utf-8") as lines:
            for line in lines:
                story = json.loads(line)
                if story["text"].strip():
                    yield story["title"].strip() or "Untitled", story["text"].strip()
        return
    samples = Path(__file__).resolve().parents[2] / "articles"
    for path in sorted(samples.rglob("*.txt")):
        headline, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        yield headline.splitlines()[0], body.strip()
