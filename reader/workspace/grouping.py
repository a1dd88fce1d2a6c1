"""Stories of a library: features and the last grouping, kept as JSON and checked when read."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reader.compare.stories import StoryFeatures, features, features_from_json, features_to_json, group
from reader.compare.story_features import FEATURES_VERSION
from reader.model import Article, ArticleInfo, CancelToken, Story

Report = Callable[[str, int, int], None]
Decision = tuple[str, ...]

_MAX_LINE = 1_000_000
_REPORT_EVERY = 32


class StoryBook:
    """The two files of one library. Never trusted: what does not fit the articles is made anew."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when something is kept."""
        self._features = folder / "features.jsonl"
        self._stories = folder / "stories.jsonl"

    def known(self, key: str) -> tuple[Story, ...] | None:
        """The grouping that was kept under this key; `None` when there is none."""
        found: list[Story] = []
        try:
            with self._stories.open("rb") as file:
                if json.loads(file.readline(_MAX_LINE)) != {"kind": "stories", "key": key}:
                    return None
                for line in iter(lambda: file.readline(_MAX_LINE), b""):
                    row = json.loads(line)
                    if row == "end":
                        return tuple(found)
                    story_id, headline, ids, sources, evidence = row
                    texts = (story_id, *ids, *sources, *evidence, headline or "")
                    if not all(isinstance(text, str) for text in texts):
                        return None
                    found.append(Story(story_id, headline, tuple(ids), tuple(sources), tuple(evidence)))
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return None

    def group(
        self,
        key: str,
        infos: Sequence[ArticleInfo],
        read: Callable[[Iterable[str]], Iterator[Article]],
        *,
        window_days: int | None,
        merged: Sequence[Decision] = (),
        split: Sequence[Decision] = (),
        report: Report | None = None,
        cancel: CancelToken | None = None,
    ) -> tuple[Story, ...]:
        """Group all articles, reading only those whose features are not kept, and keep the result."""
        token = cancel or CancelToken()
        made = self._made({info.id: info.digest for info in infos}, token)
        missing = [info.id for info in infos if info.id not in made]
        for number, article in enumerate(read(missing)):
            token.check()
            if report is not None and number % _REPORT_EVERY == 0:
                report("looking for stories", number, len(missing))
            made[article.id] = features(article)
        if report is not None:
            report("grouping stories", 0, 0)
        stories = group(
            list(made.values()), window_days=window_days, merged=merged, split=split, cancel=token
        )
        if missing:
            rows: Iterable[object] = ([one.id, features_to_json(one)] for one in made.values())
            self._keep(self._features, "features", str(FEATURES_VERSION), rows)
        rows = ([s.id, s.headline, s.article_ids, s.sources, s.evidence] for s in stories)
        self._keep(self._stories, "stories", key, rows)
        return stories

    def _made(self, digests: Mapping[str, str], token: CancelToken) -> dict[str, StoryFeatures]:
        made: dict[str, StoryFeatures] = {}
        with (
            contextlib.suppress(OSError, ValueError, TypeError, RecursionError),
            self._features.open("rb") as file,
        ):
            if json.loads(file.readline(_MAX_LINE)) != {"kind": "features", "key": str(FEATURES_VERSION)}:
                return made
            for line in iter(lambda: file.readline(_MAX_LINE), b""):
                token.check()
                article_id, kept = json.loads(line)
                digest = digests.get(article_id)
                found = None if digest is None else features_from_json(kept, digest)
                if found is not None and found.id == article_id:
                    made[found.id] = found
        return made

    def _keep(self, path: Path, kind: str, key: str, rows: Iterable[object]) -> None:
        # What cannot be kept (full disk, read-only folder) only costs time at the next start.
        temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with temporary.open("wb") as file:
                    file.write(_line({"kind": kind, "key": key}))
                    file.writelines(map(_line, rows))
                    if kind == "stories":
                        file.write(_line("end"))
                os.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)


def grouping_key(
    infos: Iterable[ArticleInfo],
    window_days: int | None,
    merged: Sequence[Decision],
    split: Sequence[Decision],
) -> str:
    """Changes whenever the articles, the rules or the reader's own decisions do."""
    state = hashlib.blake2b(digest_size=16)
    state.update(repr((FEATURES_VERSION, window_days, sorted(merged), sorted(split))).encode())
    for info in sorted(infos, key=lambda one: one.id):
        state.update(f"{info.id}\0{info.digest}\0{info.published}\n".encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def _line(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
