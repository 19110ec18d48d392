"""Marking spans of a text, and the sentence round one."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.text.marks import mark, passage

TEXT = "The port said so. TASS reports that Axar.az saw 3.5 ships! Nobody knows why."


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ((), (("abcdef", False),)),
        (((2, 4),), (("ab", False), ("cd", True), ("ef", False))),
        (((0, 6),), (("abcdef", True),)),
        (((3, 5), (1, 4)), (("a", False), ("bcde", True), ("f", False))),
        (((1, 5), (2, 3)), (("a", False), ("bcde", True), ("f", False))),
        (((0, 2), (2, 3)), (("abc", True), ("def", False))),
        (((-5, 1), (5, 99), (3, 3), (4, 2), (70, 80)), (("a", True), ("bcde", False), ("f", True))),
    ],
)
def test_mark_joins_what_overlaps_and_cuts_what_lies_outside(
    spans: Iterable[tuple[int, int]], wanted: tuple[tuple[str, bool], ...]
) -> None:
    """Spans that touch are one too; empty and backward ones mark nothing."""
    assert mark("abcdef", spans) == wanted


def test_mark_gives_nothing_for_no_text() -> None:
    """Whatever the spans are."""
    assert mark("", [(0, 3)]) == ()


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6))
def test_mark_pieces_are_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    """No piece is empty, and marked and plain ones take turns."""
    pieces = mark(text, spans)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(one[1] != other[1] for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("TASS", "TASS reports that Axar.az saw 3.5 ships!"),
        ("ships", "TASS reports that Axar.az saw 3.5 ships!"),
        ("The port", "The port said so."),
        ("why", "Nobody knows why."),
    ],
)
def test_passage_is_the_sentence_round_the_words(words: str, wanted: str) -> None:
    """A full stop within a name or a number ends nothing."""
    at = TEXT.index(words)
    found, (start, end) = passage(TEXT, (at, at + len(words)))
    assert (found, found[start:end]) == (wanted, words)


def test_passage_shows_where_it_was_cut() -> None:
    """The words keep as much before them as after them."""
    text = "one two three four five six seven eight nine ten"
    at = text.index("five")
    assert passage(text, (at, at + 4), limit=16) == ("…four five six s…", (6, 10))


def test_passage_cuts_words_longer_than_the_limit() -> None:
    """A span may be a whole page long."""
    assert passage("x" * 50, (0, 50), limit=10) == ("xxxxxxxxxx…", (0, 10))


def test_passage_ends_at_paragraphs_and_at_full_stops_of_chinese() -> None:
    """No white space follows a full stop there."""
    text = "标题\n新华社报道。船到了"
    at = text.index("新华社")
    assert passage(text, (at, at + 3)) == ("新华社报道。", (0, 3))


@given(
    text=st.text(alphabet="ab .!?\n。", max_size=60),
    span=st.tuples(st.integers(-5, 70), st.integers(-5, 70)),
    limit=st.integers(1, 30),
)
def test_passage_is_bounded_and_keeps_the_words(text: str, span: tuple[int, int], limit: int) -> None:
    """For any span, also one that lies outside of the text."""
    found, (first, last) = passage(text, span, limit=limit)
    low = min(max(span[0], 0), len(text))
    high = min(max(span[1], low), len(text), low + limit)
    assert found[first:last] == text[low:high]
    assert len(found) <= limit + 2
