"""What the drawer says of an article, from what is at hand. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.ui.naming import NO_DATE, count, day, minutes, moment, name_of
from reader.ui.widgets.info_pane import Entry

if TYPE_CHECKING:
    from reader.model import Article, ArticleInfo, Story
    from reader.ui.keep import KeptMarks, KeptNote

MOST_HEADINGS = 60


def entries(
    article: Article,
    story: Story | None,
    others: Sequence[ArticleInfo],
    marks: KeptMarks,
    notes: Sequence[KeptNote],
) -> tuple[Entry, ...]:
    """Facts, outline, the story's other articles, notes."""
    return (
        *_facts(article, marks),
        *_outline(article),
        *_story(article, story, others),
        *_notes(article, notes),
    )


def note_choice(note: KeptNote, infos: Mapping[str, ArticleInfo]) -> tuple[str, str]:
    """A note as a choice: where it stands and its text, and below the words it is on."""
    place = note.places[0]
    info = infos.get(place.article_id)
    where = place.article_id if info is None else f"{name_of(info)}, {day(info.published) or NO_DATE}"
    pair = " and another" if len(note.places) > 1 else ""
    gone = " (words gone)" if note.is_detached else ""
    quoted = " ".join(place.quoted.split())
    return f"{where}{pair}{gone}: {note.text or 'highlight'}", f"“{quoted}”"


def _facts(article: Article, marks: KeptMarks) -> Iterator[Entry]:
    info = article.info
    yield Entry("Facts", is_title=True)
    yield Entry(name_of(article))
    yield Entry(moment(article.published))
    if article.author:
        yield Entry(f"by {article.author}")
    yield Entry(f"{count(info.words, 'word')} · {minutes(info.words)}")
    yield Entry(article.path)
    if article.url:
        yield Entry(article.url)
    if article.hidden:
        yield Entry(f"{count(article.hidden, 'hidden character')} removed or marked")
    if article.cut:
        yield Entry(f"cut at the size limit: {count(article.cut, 'character')} left out")
    tags = [tag for tag, ids in marks.tags.items() if article.id in ids]
    if tags:
        yield Entry("tags: " + ", ".join(tags))
    if article.id in marks.starred:
        yield Entry("starred")


def _outline(article: Article) -> Iterator[Entry]:
    headings = [p for p in article.paragraphs if p.kind == "heading"][:MOST_HEADINGS]
    if headings:
        yield Entry("Outline", is_title=True)
    for heading in headings:
        yield Entry(" ".join(heading.span.slice(article.body).split()), offset=heading.span.start)


def _story(article: Article, story: Story | None, others: Sequence[ArticleInfo]) -> Iterator[Entry]:
    if story is None or len(story.article_ids) < 2:
        return
    yield Entry("Same story", is_title=True)
    for info in others:
        if info.id != article.id:
            yield Entry(f"{name_of(info)}: {info.headline or info.id}", article_id=info.id)
    if story.evidence:
        yield Entry("because of: " + ", ".join(story.evidence))


def _notes(article: Article, notes: Sequence[KeptNote]) -> Iterator[Entry]:
    if notes:
        yield Entry("Notes (' changes or removes)", is_title=True)
    for note in notes:
        place = next((place for place in note.places if place.article_id == article.id), None)
        if place is None:
            continue
        quoted = " ".join(place.quoted.split())
        said = f"{note.text or 'highlight'}: “{quoted[:80]}{'…' if len(quoted) > 80 else ''}”"
        if note.is_detached:
            yield Entry(f"{said} (these words are no longer in the article)")
        else:
            yield Entry(said, offset=place.start)
