"""Whether it is our own network that is down."""

from datetime import datetime, timedelta

from feedhub.model.keys import SourceSlug
from feedhub.model.weather import Heard, Weather
from feedhub.steps.weather import MOST, WINDOW, down, heard, pardonable, pardoned
from tests.builders import NOW

MINUTE = timedelta(minutes=1)


def seen(weather: Weather, said: str, *, now: datetime = NOW) -> Weather:
    """The weather after words like "a+ b- b2-": the host's letter, a number for its other sources, if it answered."""
    for word in said.split():
        name = word.rstrip("+-")
        weather = heard(weather, host=name[0], source=SourceSlug(name), reached=word.endswith("+"), now=now)
    return weather


def weather(said: str) -> Weather:
    """The weather after these words alone."""
    return seen(Weather(), said)


CUT_OFF = weather("a+ b+ c- d- e- f-")


def test_weather_is_bad_when_half_of_the_hosts_cannot_be_reached() -> None:
    assert [down(weather(said), NOW) for said in ("a+ b+ c+ d- e-", "a+ b+ d- e- f-", "a+ b+ c+ d- e- f-")] == [
        False,
        True,
        True,
    ]


def test_weather_is_not_judged_by_fewer_than_five_hosts() -> None:
    assert [down(weather(said), NOW) for said in ("", "a- b- c- d-", "a- a2- a3- b- b2- c-", "a- b- c- d- e-")] == [
        False,
        False,
        False,
        True,
    ]


def test_weather_counts_what_each_host_did_last() -> None:
    assert not down(weather("a- b- c- a+ b+ c+ d+ e-"), NOW)


def test_weather_goes_by_the_last_ten_minutes() -> None:
    old = weather("a- b- c- d-")
    assert down(seen(old, "e-", now=NOW + WINDOW), NOW + WINDOW)
    assert not down(seen(old, "e-", now=NOW + WINDOW + MINUTE), NOW + WINDOW + MINUTE)


def test_weather_that_nobody_looked_at_for_ten_minutes_is_not_bad_any_more() -> None:
    assert [down(CUT_OFF, NOW + WINDOW), down(CUT_OFF, NOW + WINDOW + MINUTE)] == [True, False]


def test_weather_gives_whom_to_pardon_once_it_is_known_to_be_bad() -> None:
    assert pardonable(weather("a- b- c- d-")) == ()
    assert pardonable(CUT_OFF) == ("c", "d")


def test_weather_pardons_each_source_of_a_host_once_and_nobody_whose_host_has_answered_since() -> None:
    found = weather("a- b- b2- b- c- a+ d- e- f-")
    assert (down(found, NOW), pardonable(found)) == (True, ("b2", "b", "c", "d"))


def test_weather_pardons_nobody_twice() -> None:
    once = pardoned(CUT_OFF)
    assert (down(once, NOW), pardonable(once), pardonable(seen(once, "a- g-"))) == (True, (), ())


def test_weather_is_better_as_soon_as_a_host_answers_again() -> None:
    found = seen(CUT_OFF, "d+")
    assert found == weather("a+ b+ d+")


def test_weather_stays_bad_while_only_those_answer_that_always_did() -> None:
    assert down(seen(CUT_OFF, "a+ b+ a+"), NOW)


def test_weather_is_better_where_enough_others_answer() -> None:
    assert seen(CUT_OFF, "g+ h+ i+") == weather("a+ b+ g+ h+ i+")


def test_weather_charges_failures_again_after_it_is_better() -> None:
    found = seen(CUT_OFF, "d+ e- g-")
    assert found.hosts["e"] == Heard(at=NOW, reached=False, counted=(SourceSlug("e"),))
    again = seen(found, "h-")
    assert (down(again, NOW), pardonable(again)) == (True, ("e", "g"))


def test_weather_is_better_where_bad_hosts_are_forgotten_and_too_few_are_left() -> None:
    later = NOW + WINDOW + MINUTE
    assert seen(CUT_OFF, "z-", now=later) == seen(Weather(), "z-", now=later)


def test_weather_remembers_the_newest_hosts_only() -> None:
    found = Weather()
    for number in range(3 * MOST):
        found = heard(found, host=f"{number}.example", source=SourceSlug(f"s{number}"), reached=True, now=NOW)
    assert list(found.hosts) == [f"{number}.example" for number in range(2 * MOST, 3 * MOST)]
