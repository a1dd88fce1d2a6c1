from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from reader.compare.stories import (
    Neighbours,
    StoryFeatures,
    features,
    features_from_json,
    features_to_json,
    group,
)
from reader.model import CancelToken, Story
from reader.model.errors import Cancelled
from tests.conftest import make_article

BRIDGE_A = """Mayor Ada Brandt opened the new harbour bridge in Oster on Monday after four years of building.

The crowd cheered Brandt as the first lorries crossed the harbour bridge. It cost 12 million crowns."""
BRIDGE_B = """After four years of building, the harbour bridge of Oster was opened by mayor Ada Brandt.

Lorries crossed the bridge first; the harbour master said that the 12 million crowns were well spent."""
STRIKE = """Train drivers walked out across the northern region, and commuters waited in the rain.

The union wants shorter shifts. Its chairwoman, Vera Lund, called the last offer an insult."""


def described(id: str, body: str, published: str | None = "2031-05-02") -> StoryFeatures:
    return features(make_article(None, body, source=id.split("/", maxsplit=1)[0], published=published, id=id))


def ids(found: Sequence[Story]) -> list[tuple[str, ...]]:
    return [story.article_ids for story in found]


@pytest.fixture
def three() -> list[StoryFeatures]:
    return [described("b/bridge", BRIDGE_B), described("c/strike", STRIKE), described("a/bridge", BRIDGE_A)]


def test_articles_about_one_event_are_one_story(three: list[StoryFeatures]) -> None:
    assert ids(group(three)) == [("a/bridge", "b/bridge"), ("c/strike",)]


def test_a_story_has_the_id_and_headline_of_its_earliest_article() -> None:
    later = features(make_article("Later", BRIDGE_A, published="2031-05-03", id="a/later"))
    earlier = features(make_article("Earlier", BRIDGE_B, published="2031-05-02", id="z/earlier"))
    story = group([later, earlier])[0]
    assert (story.id, story.headline) == ("z/earlier", "Earlier")


def test_undated_articles_stand_last_in_a_story() -> None:
    found = group([described("a/bridge", BRIDGE_A, None), described("b/bridge", BRIDGE_B)])
    assert ids(found) == [("b/bridge", "a/bridge")]


def test_articles_further_apart_than_the_window_are_two_stories() -> None:
    pair = [described("a/bridge", BRIDGE_A, "2031-05-02"), described("b/bridge", BRIDGE_B, "2031-05-06")]
    assert len(group(pair)) == 2
    assert len(group(pair, window_days=None)) == 1


def test_copies_join_whatever_their_dates() -> None:
    pair = [described("a/bridge", BRIDGE_A, "2031-05-02"), described("b/copy", BRIDGE_A, "2034-01-01")]
    assert len(group(pair)) == 1


def test_evidence_is_written_as_a_reader_would(three: list[StoryFeatures]) -> None:
    assert {"Oster", "bridge"} <= set(group(three)[0].evidence)


def test_what_the_reader_merged_is_one_story(three: list[StoryFeatures]) -> None:
    found = group(three, merged=[("c/strike", "a/bridge")])
    assert ids(found) == [("a/bridge", "b/bridge", "c/strike")]


def test_what_the_reader_split_stays_apart(three: list[StoryFeatures]) -> None:
    found = group(three, split=[("a/bridge", "b/bridge")], merged=[("a/bridge", "b/bridge")])
    assert len(found) == 3


def test_given_candidates_are_the_only_pairs_looked_at(three: list[StoryFeatures]) -> None:
    assert len(group(three, candidates={})) == 3
    assert len(group(three, candidates={"a/bridge": ["b/bridge", "gone"]})) == 2


def test_the_order_of_articles_does_not_matter(three: list[StoryFeatures]) -> None:
    assert group(three) == group(three[::-1])


def test_grouping_can_be_cancelled(three: list[StoryFeatures]) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        group(three, cancel=token)


def test_features_survive_json() -> None:
    made = described("a/bridge", BRIDGE_A)
    assert features_from_json(json.loads(json.dumps(features_to_json(made))), made.digest) == made


@pytest.mark.parametrize("damaged", [None, [], {}, {"version": 0}, {"version": 1, "features": ["a"]}])
def test_damaged_or_foreign_features_are_refused(damaged: object) -> None:
    assert features_from_json(damaged, "digest") is None


@pytest.mark.parametrize("bodies", [[], [""], ["", ""], ["one", "one"]], ids=str)
def test_hardly_any_text_is_grouped(bodies: list[str]) -> None:
    found = group([described(f"a/{number}", body) for number, body in enumerate(bodies)])
    assert sum(len(story.article_ids) for story in found) == len(bodies)


def test_the_nearest_article_tells_the_same_event(three: list[StoryFeatures]) -> None:
    near = Neighbours(three)
    assert near.nearest("a/bridge")[0] == "b/bridge"
    assert near.nearest("gone") == ()
