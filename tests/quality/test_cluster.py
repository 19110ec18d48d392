"""How well entries are gathered on a labelled day: floors, which only rise."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations

import pytest

from tests.builders import NOW
from tests.quality.arrivals import Arrivals, an_arrival
from tests.quality.newsday import Item, items


def _placed(day: Iterable[Item]) -> tuple[Arrivals, dict[str, Item]]:
    arrivals, by_guid = Arrivals(), {}
    for number, item in enumerate(day):
        guid, seen = str(number), NOW + timedelta(minutes=number)
        by_guid[guid] = item
        arrivals.put(
            an_arrival(
                guid,
                source=item.source,
                credit=item.credit,
                title=item.title,
                text=item.text,
                lang=item.lang,
                seen=seen,
                published=seen,
            )
        )
    return arrivals, by_guid


def _pairs(arrivals: Arrivals, by_guid: dict[str, Item]) -> tuple[list[str], int, int]:
    """Wrong pairs by what they are, right pairs that were found, right pairs in all."""
    found = {pair for group in arrivals.groups() for pair in combinations(sorted(group), 2)}
    right = {(a, b) for a, b in combinations(sorted(by_guid), 2) if by_guid[a].label == by_guid[b].label}
    wrong = [f"{by_guid[a].label} ({by_guid[a].kind}) with {by_guid[b].label}" for a, b in sorted(found - right)]
    return wrong, len(found & right), len(right)


@pytest.mark.parametrize("step", [1, 17, 29])
def test_a_day_is_gathered_without_a_wrong_pair_in_any_order(step: int) -> None:
    day = items()
    wrong, found, right = _pairs(*_placed(day[number * step % len(day)] for number in range(len(day))))
    assert wrong == []
    assert found / right >= 1.0


def test_the_day_has_all_kinds_and_a_step_that_visits_each_item_once() -> None:
    day = items()
    assert {item.kind for item in day} == {"wire", "copy", "bulletin", "followup", "digest", "wall"}
    assert all(len({number * step % len(day) for number in range(len(day))}) == len(day) for step in (1, 17, 29))
