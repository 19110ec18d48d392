"""Chance that comes out the same each time."""

from feedhub.text.lots import lot


def test_lot_is_the_same_for_the_same_parts() -> None:
    assert lot("harbour", "1") == lot("harbour", "1")


def test_lot_differs_where_the_parts_do() -> None:
    assert len({lot("harbour"), lot("harbour", "1"), lot("harbour1"), lot("harbour", "2"), lot()}) == 5


def test_lot_lies_between_nothing_and_one_and_prefers_no_part_of_that() -> None:
    tenths = [0] * 10
    for number in range(10_000):
        tenths[int(lot(f"source-{number}") * 10)] += 1
    assert all(900 < found < 1100 for found in tenths)
