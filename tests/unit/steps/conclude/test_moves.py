"""What becomes of redirects that say "for good"."""

from datetime import datetime

import pytest

from feedhub.model.polling import Ending, Trip, Trouble
from feedhub.model.source import SourceState
from tests.builders import NOW
from tests.unit.steps.conclude.scene import READ, STATE, URL, a_state, after, ago, days, failed, hours

NEW = "https://harbour.example/feed.xml"
OTHER = "https://news.example/harbour.xml"
YESTERDAY = ago(days(1))


def sent(state: SourceState, to: str | None, *, ending: Ending = READ, now: datetime = NOW) -> SourceState:
    """The state after a poll that was sent there for good."""
    return after(state, ending, trip=Trip(status=200, moved_to=to), now=now)


def where(state: SourceState) -> tuple[str, str | None, int, datetime | None]:
    """All that is known of its address."""
    return state.address, state.moved_to, state.moves, state.moved_since


def moving(to: str, *, moves: int = 2, since: datetime = YESTERDAY, **changes: object) -> SourceState:
    """A source that was sent there before."""
    return a_state(moved_to=to, moves=moves, moved_since=since, **changes)


def test_conclude_counts_how_often_and_since_when_a_source_was_sent_to_one_place() -> None:
    once = sent(STATE, NEW)
    twice = sent(once, NEW, now=NOW + hours(1))
    elsewhere = sent(twice, OTHER, now=NOW + hours(2))
    assert [where(state) for state in (once, twice, elsewhere)] == [
        ("", NEW, 1, NOW),
        ("", NEW, 2, NOW),
        ("", OTHER, 1, NOW + hours(2)),
    ]


def test_conclude_follows_to_another_address_on_the_host_after_three_times_over_a_day() -> None:
    assert where(sent(moving(NEW), NEW)) == (NEW, None, 0, None)


@pytest.mark.parametrize("state", [moving(NEW, moves=1), moving(NEW, since=ago(hours(23))), moving(OTHER, moves=9)])
def test_conclude_follows_to_no_address_that_was_not_seen_often_or_for_long(state: SourceState) -> None:
    assert sent(state, NEW).address == ""


def test_conclude_does_not_follow_to_where_nothing_could_be_read_but_keeps_count() -> None:
    assert where(sent(moving(NEW), NEW, ending=failed(Trouble.DENIED))) == ("", NEW, 3, YESTERDAY)


@pytest.mark.parametrize(
    ("url", "to", "followed"),
    [
        ("http://harbour.example/rss", "https://harbour.example/rss", True),
        ("http://harbour.example/rss", "https://www.harbour.example/rss", True),
        ("https://www.harbour.example/rss", "https://harbour.example/rss", True),
        ("https://harbour.example/rss", "https://feeds.harbour.example/rss", False),
        ("https://harbour.example/rss", "https://harbour.example:8443/rss", False),
        ("https://harbour.example/rss", "https://news.example/rss", False),
    ],
)
def test_conclude_follows_to_the_same_host_only(url: str, to: str, *, followed: bool) -> None:
    assert where(sent(moving(to, url=url), to)) == ((to, None, 0, None) if followed else ("", to, 3, YESTERDAY))


def test_conclude_asks_for_an_editor_where_a_source_has_moved_to_another_host() -> None:
    state = sent(moving(OTHER), OTHER)
    assert state.next_reason == (
        "in 30 min: as its settings say; has moved to news.example for good: confirm its new address"
    )
    assert (state.fault, state.url) == ("", URL)


@pytest.mark.parametrize(("state", "to"), [(STATE, OTHER), (moving(NEW), NEW), (moving(OTHER), NEW)])
def test_conclude_asks_for_nobody_where_a_move_is_not_certain_or_was_followed(state: SourceState, to: str) -> None:
    assert sent(state, to).next_reason == "in 30 min: as its settings say"


@pytest.mark.parametrize(
    ("ending", "status"), [(READ, 200), (failed(Trouble.DENIED), 404), (failed(Trouble.GONE), 410)]
)
def test_conclude_forgets_a_move_once_the_old_address_answers_itself(ending: Ending, status: int) -> None:
    assert where(after(moving(NEW), ending, trip=Trip(status=status))) == ("", None, 0, None)


def test_conclude_learns_nothing_of_a_move_from_a_poll_without_a_reply() -> None:
    assert where(after(moving(NEW), failed(), trip=Trip())) == ("", NEW, 2, YESTERDAY)


def test_conclude_goes_back_to_the_address_of_the_documents_where_the_new_one_sends_it_there() -> None:
    assert where(sent(moving(URL, address=NEW), URL)) == ("", None, 0, None)
