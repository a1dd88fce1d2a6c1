"""The flat forms on disk and in memory: blocks, pool, columns, words, bit sets, upper bounds."""

from __future__ import annotations

import random
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import IndexUnusable
from reader.search.whoosh.blocks import HEAD, Block, decode_positions, encode_positions, pack
from reader.search.whoosh.columns import UNDATED, Columns, ColumnsWriter, Row
from reader.search.whoosh.lexicon import LexiconView, SegmentLexicon, Word, has_shape, lexicon_bytes
from reader.search.whoosh.lists import Classes, bit_set, length_norms, members
from reader.search.whoosh.phrases import nearness
from reader.search.whoosh.pool import GroupPool, Prepared
from tests.search.whoosh.conftest import OpenIndex, invented_library

places_lists = st.lists(st.integers(0, 200_000), min_size=1, max_size=20, unique=True).map(sorted)


@given(places_lists)
def test_positions_come_back(places: list[int]) -> None:
    encoded = encode_positions(places)
    assert decode_positions(encoded).tolist() == places
    assert len(encoded) % 2 == (places[-1] > 65_535)


def test_a_block_has_the_documented_bytes() -> None:
    values = [encode_positions([1, 4]), encode_positions([70_000])]
    offsets = array("I", (0, 4, 9))
    data = pack(array("I", (3, 9)), b"\3\1", b"\x0a\x0b", offsets, b"".join(values))
    expected = b"RB1\0" + b"".join(n.to_bytes(4, sys.byteorder) for n in (2, 0, 9, 3, 9))
    expected += b"\3\1\x0a\x0b" + b"".join(n.to_bytes(4, sys.byteorder) for n in (0, 4, 9))
    assert data == expected + b"".join(values)
    block = Block(data)
    assert (list(block.ids), list(block.weights), block.value(1), block.is_even) == (
        [3, 9],
        [3, 1],
        values[1],
        False,
    )


def test_heavy_weights_are_floats() -> None:
    block = Block(pack(array("I", (1,)), array("f", (300,)), b"\1", array("I", (0, 2)), b"\0\0"))
    assert list(block.weights) == [300.0]


@pytest.mark.parametrize("cut", [0, 3, 15, 20, 33])
def test_a_block_cut_short_is_refused(cut: int) -> None:
    data = pack(array("I", (3, 9)), b"\3\1", b"\1\1", array("I", (0, 2, 4)), b"\0\0\1\0")
    with pytest.raises(IndexUnusable):
        Block(data[:cut])


def test_a_block_of_another_kind_is_refused() -> None:
    with pytest.raises(IndexUnusable, match="damaged"):
        Block(HEAD.pack(b"RB2\0", 0, 0, 0) + bytes(4))


def test_a_block_out_of_order_is_found_by_the_check() -> None:
    data = pack(array("I", (9, 3)), b"\3\1", b"\1\1", array("I", (0, 2, 4)), b"\0\0\1\0")
    with pytest.raises(IndexUnusable, match="out of order"):
        Block(data).check(10)


@pytest.mark.parametrize("spill_bytes", [1_000, 60_000, 200_000])
def test_a_segment_is_byte_identical_whatever_the_bound(tmp_path: Path, spill_bytes: int) -> None:
    def postings(bound: int, name: str) -> list[object]:
        folder = tmp_path / name
        folder.mkdir()
        pool = GroupPool(folder, bound)
        chooser = random.Random(4)
        for doc in range(300):
            terms = {
                f"term{chooser.randrange(400)}".encode(): [chooser.randrange(9), 100_000] for _ in range(30)
            }
            heavy = {term: 400 for term in terms if chooser.random() < 0.01}
            pool.add(("text", b"", doc, 1.0, Prepared(terms, heavy, 60)))
        spilled = len(list(folder.iterdir()))
        assert (spilled > 0) == (bound < 1 << 40)
        packed = [
            (p.field, p.term, bytes(p.values), list(p.ids), list(p.weights)) for p in pool.iter_postings()
        ]
        pool.cleanup()
        assert not list(folder.iterdir())
        return list(packed)

    assert postings(spill_bytes, "bounded") == postings(1 << 41, "unbounded")


def test_whole_segments_are_byte_identical_whatever_the_bound(open_index: OpenIndex, tmp_path: Path) -> None:
    from reader.search.whoosh.backend import WhooshBackend

    library = invented_library(150)

    def files(bound: int) -> dict[str, bytes]:
        root = tmp_path / str(bound)
        index = WhooshBackend.open(root / "i", root / "a", root / "k", spill_bytes=bound)
        index.write(library)
        index.close()
        endings = (".pst", ".trm", ".cols", ".lex", "_text_len.col")
        return {
            end: path.read_bytes()
            for path in index.folder.iterdir()
            for end in endings
            if path.name.endswith(end)
        }

    assert files(30_000) == files(1 << 40)


def test_columns_come_back_in_both_orders() -> None:
    writer = ColumnsWriter()
    rows = [
        Row("b/2", "d2", "Times", 100, 5, 3, 40),
        Row("a/9", "d9", "Herald", UNDATED, 0, 0, 0),
        Row("é/1", "d1", "Times", 100, 4, 2, 7),
        Row("a/1", "d0", "Herald", 300, 9, 2, 7),
    ]
    for row in rows:
        writer.add(row)
    columns = Columns(writer.to_bytes())
    assert [columns.row(doc) for doc in range(4)] == rows
    assert [columns.ids[doc] for doc in columns.newest] == ["a/1", "b/2", "é/1", "a/9"]
    assert list(columns.by_day) == [2, 0, 3]
    assert [columns.find(article_id) for article_id in ("a/1", "é/1", "zz")] == [3, 2, None]
    assert columns.day_places(5, None) == (1, 3)


def test_columns_cut_short_are_refused() -> None:
    writer = ColumnsWriter()
    writer.add(Row("b/2", "d2", "Times", 100, 5, 3, 40))
    data = writer.to_bytes()
    for cut in (0, 8, 30):
        with pytest.raises(IndexUnusable):
            Columns(data[:cut])


WORDS = [
    Word("peace", 5, b"peac"),
    Word("peaceful", 2, b"peac"),
    Word("pear", 9, b"pear"),
    Word("élan", 1, b"elan"),
]


@pytest.fixture
def words() -> LexiconView:
    first = SegmentLexicon(lexicon_bytes(WORDS))
    second = SegmentLexicon(lexicon_bytes([Word("peace", 10, b"peac"), Word("rain", 1, b"rain")]))
    return LexiconView([first, second])


def test_counts_add_up_over_segments(words: LexiconView) -> None:
    assert [words.count(word) for word in ("peace", "rain", "pea", "élan")] == [15, 1, 0, 1]


def test_completions_are_most_frequent_first(words: LexiconView) -> None:
    assert words.completions("pea") == (("peace", 15), ("pear", 9), ("peaceful", 2))
    assert words.completed("pea", 2)[1]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("p*r", ["pear"]),
        ("*ace*", ["peace", "peaceful"]),
        ("pe?r", ["pear"]),
        ("?lan", ["élan"]),
        ("*n", ["rain", "élan"]),
    ],
)
def test_shapes(words: LexiconView, pattern: str, expected: list[str]) -> None:
    assert sorted(word.surface for word in words.shaped(pattern, 40)[0]) == sorted(expected)


def test_a_shape_is_matched_in_bounded_time() -> None:
    assert not has_shape("a" * 64, "*".join("a" * 30) + "*b")


@pytest.mark.parametrize(("word", "expected"), [("paece", ["peace"]), ("peer", ["pear"]), ("rian", ["rain"])])
def test_words_within_one_edit(words: LexiconView, word: str, expected: list[str]) -> None:
    assert [found for found, _ in words.near(word, 1)] == expected


@given(st.sets(st.integers(0, 999)), st.integers(1_000, 1_010))
def test_bit_sets_come_back(docs: set[int], count: int) -> None:
    bits = bit_set(sorted(docs), count)
    assert bits.bit_count() == len(docs)
    assert members(bits, count) == sorted(docs)


@given(
    st.floats(1, 400),
    st.floats(1, 400),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 255)), min_size=1),
)
def test_a_class_bounds_every_score_in_it(own: float, other: float, postings: list[tuple[int, int]]) -> None:
    table = Classes(own)
    norms = length_norms(other)
    bounds = table.bounds(norms)
    weights, codes = [weight for weight, _ in postings], bytes(code for _, code in postings)
    for (weight, code), number in zip(postings, table.of(weights, codes), strict=True):
        assert number >= 1
        assert weight * 2.2 / (weight + norms[code]) <= bounds[number]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([3], [4], 1.0),
        ([3], [3], 0.0),
        ([3], [12], 0.0),
        ([0, 10], [2, 11], 1 / 2 + 1 / 8 + 1.0),
        ([], [1], 0.0),
    ],
)
def test_nearness_sums_inverse_distances_within_eight(
    left: list[int], right: list[int], expected: float
) -> None:
    assert nearness(left, right) == pytest.approx(expected)
