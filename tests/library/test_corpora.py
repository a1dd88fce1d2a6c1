"""Real and hostile corpora are read whole: nothing is lost, nothing raises."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from reader.library.library import Library
from reader.model import Article
from reader.text.clean import clean
from tests.data_library import records, write_library

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    ("corpus", "articles"),
    [
        ("us_gov_cc0", 1195),
        ("gum_wikinews", None),
        ("meantime_wikinews", None),
        ("pd_speeches", None),
        ("gospels_kjv", None),
    ],
)
def test_a_corpus_is_read_whole(eval_data: Path, tmp_path: Path, corpus: str, articles: int | None) -> None:
    paths = write_library(tmp_path, records(corpus))
    scan = Library(tmp_path).scan()
    assert scan.problems == ()
    assert len(scan.infos) == len(set(paths))
    assert articles in (None, len(scan.infos))
    assert all(info.headline and info.source != "unknown" for info in scan.infos)


def test_words_of_a_plain_corpus_are_all_kept(eval_data: Path, tmp_path: Path) -> None:
    texts = list(records("us_gov_cc0"))[:200]
    paths = write_library(tmp_path, texts)
    library = Library(tmp_path)
    lost = [
        path.name
        for path, record in zip(paths, texts, strict=True)
        if library.read(path.relative_to(tmp_path).as_posix()[:-4]).body.split()
        != clean(str(record["text"])).text.split()
    ]
    assert lost == []


def hostile_library(eval_data: Path, folder: Path) -> Path:
    """A copy of the public hostile items, with the links and the pipe that git does not carry."""
    shutil.copytree(eval_data / "hostile/public", folder)
    folder.chmod(0o755)
    for link in folder.glob("fs-*"):
        target = link.read_text()
        link.unlink()
        link.symlink_to(target)
    os.mkfifo(folder / "fs-fifo.txt")
    return folder


def test_hostile_items_are_read_or_listed_as_expected(eval_data: Path, tmp_path: Path) -> None:
    root = hostile_library(eval_data, tmp_path / "hostile")
    scan = Library(root).scan()
    items = json.loads((eval_data / "hostile/manifest_public.json").read_text())["items"]
    texts = [item for item in items if item["file"].endswith((".txt", ".md"))]
    read = {info.path for info in scan.infos}
    listed = {problem.path for problem in scan.problems}
    unread = [i["file"] for i in texts if i["expect"] == "read" and clean(i["file"]).text not in read]
    unlisted = [i["file"] for i in texts if i["expect"].startswith("skip") and i["file"] not in listed]
    lost = [i["file"] for i in texts if clean(i["file"]).text not in read | listed]
    assert (unread, unlisted, lost) == ([], [], [])


def test_hostile_items_show_their_words_and_no_control(eval_data: Path, tmp_path: Path) -> None:
    root = hostile_library(eval_data, tmp_path / "hostile")
    library = Library(root)
    articles = {a.path: a for a in library.iter_articles(i.id for i in library.scan().infos)}
    items = json.loads((eval_data / "hostile/manifest_public.json").read_text())["items"]
    shown = {item["file"]: whole(articles.get(clean(item["file"]).text)) for item in items}
    missing = [
        item["file"]
        for item in items
        if item["expect"] == "read" and item["file"].endswith((".txt", ".md"))
        and not all(word in shown[item["file"]] for word in item["must_show"])
    ]  # fmt: skip
    raw = [i["file"] for i in items for f in i["forbid"] if bytes.fromhex(f) in shown[i["file"]].encode()]
    # The addresses of links are no part of the text; "--help" and the like may stand in it.
    assert (missing, [file for file in raw if not file.startswith("link-")]) == ([], [])


def whole(article: Article | None) -> str:
    return "" if article is None else f"{article.id}\n{article.headline}\n{article.body}"


def test_naughty_strings_are_cleaned_and_counted(eval_data: Path) -> None:
    lines = (
        (eval_data / "hostile/more/own_terminal_and_text.jsonl")
        .read_text(encoding="utf-8")
        .strip()
        .split("\n")
    )
    dirty = []
    for payload in (json.loads(line)["payload"] for line in lines):
        cleaned = clean(payload)
        if clean(cleaned.text).text != cleaned.text or "\x1b" in cleaned.text:
            dirty.append(payload[:40])
    assert dirty == []
