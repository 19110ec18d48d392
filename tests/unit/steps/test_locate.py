"""Slugs to topics."""

from feedhub.steps.locate import locate
from tests.builders import a_topic

FERRIES = a_topic("ferries", aliases=("boats", "trains"))
TRAINS = a_topic("trains", aliases=("boats",))


def test_locate_finds_a_topic_by_its_slug() -> None:
    assert locate("ferries", (FERRIES, TRAINS)) == FERRIES


def test_locate_finds_a_topic_by_an_old_slug_the_first_that_had_it() -> None:
    assert locate("boats", (FERRIES, TRAINS)) == FERRIES


def test_locate_prefers_a_slug_in_use_to_an_old_one() -> None:
    assert locate("trains", (FERRIES, TRAINS)) == TRAINS


def test_locate_finds_nothing_where_nothing_is() -> None:
    assert locate("trams", (FERRIES, TRAINS)) is None
