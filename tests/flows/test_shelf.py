"""What waits to be stored, and how much of it is stored at once."""

from dataclasses import replace

import pytest

from feedhub.flows.tick.shelf import ENTRIES, POLLS, Shelf
from feedhub.model.brought import Brought
from feedhub.model.fetching import Validators
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Read, Trip
from feedhub.model.reading import ReadDone
from feedhub.model.source import SourceState
from tests.builders import NOW, a_read, a_source


def _brought(number: int, *, entries: int = 1) -> Brought:
    slug = f"s{number}"
    state = SourceState(slug=SourceSlug(slug), url=f"https://{slug}.example/feed", due=NOW)
    done = ReadDone(form="rss", title="", link="", total=entries, fresh=(a_read(),) * entries)
    return Brought(
        state=state, source=a_source(slug), done=done, ending=Read(validators=Validators()), trip=Trip(status=200)
    )


def _filled(*sizes: int) -> Shelf:
    shelf = Shelf()
    for number, entries in enumerate(sizes):
        shelf.put(_brought(number, entries=entries))
    return shelf


def _slugs(part: list[Brought]) -> list[str]:
    return [one.state.slug for one in part]


def test_an_empty_shelf_gives_nothing() -> None:
    shelf = Shelf()
    assert (shelf.surplus(), shelf.take()) == ([], [])


@pytest.mark.parametrize(
    ("sizes", "enough", "taken"),
    [
        ([1] * (POLLS - 1), False, [POLLS - 1]),
        ([1] * (POLLS + 2), True, [POLLS, 2]),
        ([0] * POLLS, True, [POLLS]),
        ([100, 100, 100, 100, 99], False, [5]),
        ([100, 100, 100, 100, 100, 1], True, [5, 1]),
        ([100, 100, 100, 100, 50, 100, 1], True, [5, 2]),
        ([ENTRIES, 0], True, [2]),
        ([1, ENTRIES, 1], True, [1, 1, 1]),
    ],
)
def test_as_much_is_taken_as_is_stored_at_once_the_first_first(
    sizes: list[int], taken: list[int], *, enough: bool
) -> None:
    shelf = _filled(*sizes)
    parts = [_slugs(part)] if (part := shelf.surplus()) else []
    assert bool(parts) is enough
    while part := shelf.take():
        parts.append(_slugs(part))
    assert [len(part) for part in parts] == taken
    assert [slug for part in parts for slug in part] == [f"s{number}" for number in range(len(sizes))]


def test_what_is_taken_is_what_was_put() -> None:
    one = replace(_brought(1), trip=Trip(status=200, millis=7))
    shelf = Shelf()
    shelf.put(one)
    assert shelf.take() == [one]
    assert shelf.take() == []


def test_shelf_is_still_when_nothing_was_taken_since_it_was_asked() -> None:
    """What is put on it, or looked for in vain, makes no difference."""
    shelf = _filled(1)
    assert [shelf.still(), shelf.still()] == [True, True]
    shelf.take()
    assert [shelf.still(), shelf.still()] == [False, True]
    shelf.take()
    shelf.put(_brought(2))
    assert shelf.still()
