"""A long poll in pieces: every entry once, none longer than it may be, those that may be one together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.model.brought import PIECE, Bundle
from feedhub.model.keys import Guid, SourceSlug
from tests.builders import a_read


def _bundle(*names: tuple[str, str], withdrawn: tuple[str, ...] = ()) -> Bundle:
    """Entries by guid and page."""
    first = a_read()
    fresh = tuple(replace(first, entry=replace(first.entry, guid=Guid(guid), canonical=page)) for guid, page in names)
    return Bundle(source=SourceSlug("harbour"), fresh=fresh, withdrawn=tuple(map(Guid, withdrawn)), backlog=True)


def _names(bundle: Bundle) -> list[tuple[str, str]]:
    return [(read.entry.guid, read.entry.canonical) for read in bundle.fresh]


def _many(count: int) -> list[tuple[str, str]]:
    return [(str(number), "") for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, PIECE])
def test_a_short_bundle_is_its_only_piece(count: int) -> None:
    bundle = _bundle(*_many(count), withdrawn=("0",))
    assert bundle.pieces() == (bundle,)


def test_pieces_have_all_in_order_and_what_was_taken_back_goes_with_the_last() -> None:
    names = _many(2 * PIECE + 1)
    pieces = _bundle(*names, withdrawn=("7", "x")).pieces()
    assert [len(piece.fresh) for piece in pieces] == [PIECE, PIECE]
    assert [name for piece in pieces for name in _names(piece)] == [one for one in names if one[0] != "7"]
    assert [piece.withdrawn for piece in pieces] == [(), ("7", "x")]
    assert all(piece.backlog and piece.source == "harbour" for piece in pieces)


def test_entries_that_may_be_one_stay_together() -> None:
    more = _many(2 * PIECE)
    pieces = _bundle(("a", "page"), *more, ("a", ""), ("b", "page"), ("b", "")).pieces()
    apart = [name for name in _names(pieces[0]) if name not in more]
    assert apart == [("a", "page"), ("a", ""), ("b", "page"), ("b", "")]


def test_a_bundle_that_is_taken_back_as_a_whole_is_one_empty_piece() -> None:
    names = _many(PIECE + 1)
    (piece,) = _bundle(*names, withdrawn=tuple(guid for guid, _ in names)).pieces()
    assert (piece.fresh, len(piece.withdrawn)) == ((), PIECE + 1)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", "x", "y"])), max_size=5 * PIECE))
def test_no_piece_is_longer_than_twice_the_usual_and_nothing_is_lost(names: list[tuple[str, str]]) -> None:
    """Whatever ids a hostile feed repeats."""
    pieces = _bundle(*names).pieces()
    assert max(len(piece.fresh) for piece in pieces) <= 2 * PIECE
    assert sorted(name for piece in pieces for name in _names(piece)) == sorted(names)
