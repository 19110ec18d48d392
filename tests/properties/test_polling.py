"""What must hold of the next poll, whatever a source did and said before."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Ending, Failed, Pace, Read, Trip, Trouble
from feedhub.model.source import HostState, Source, SourceState
from feedhub.model.weather import Weather
from feedhub.steps.conclude import conclude
from feedhub.steps.rest import rest
from feedhub.steps.weather import LEAST, MOST, down, heard, pardonable
from tests.builders import NOW, a_source

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ZERO = timedelta(0)


def spans(longest: timedelta, shortest: timedelta = ZERO) -> st.SearchStrategy[timedelta]:
    """Spans of any length up to that."""
    return st.timedeltas(min_value=shortest, max_value=longest)


past = spans(400 * DAY).map(lambda span: NOW - span)
maybe_past = st.none() | past
counts = st.integers(0, 100)
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True).map(SourceSlug)
odd_spans = st.none() | spans(400 * DAY, -DAY)
addresses = st.none() | st.sampled_from(
    ["https://harbour.example/new", "https://www.harbour.example/rss", "https://news.example/"]
)

hints = st.builds(
    Hints,
    ttl=odd_spans,
    every=odd_spans,
    skip_hours=st.lists(st.integers(-1, 25), max_size=30).map(tuple),
    skip_days=st.lists(st.integers(-1, 8), max_size=9).map(tuple),
)
paces = st.tuples(spans(timedelta(hours=2), timedelta(seconds=1)), spans(DAY), spans(3 * DAY), spans(2 * DAY)).map(
    lambda of: Pace(min_every=of[0], default_every=of[0] + of[1], max_every=of[0] + of[1] + of[2], spread=of[3])
)
validators = st.builds(Validators, etag=st.none() | st.just('"1"'), last_modified=st.none())
dates = st.lists(spans(60 * DAY, -DAY).map(lambda span: NOW - span), max_size=30).map(tuple)
states = st.builds(
    SourceState,
    slug=slugs,
    url=st.just("https://harbour.example/rss"),
    validators=validators,
    due=past,
    fence=counts,
    last_change=maybe_past,
    first_success=maybe_past,
    failures=counts,
    failing_since=maybe_past,
    busy=counts,
    deaths=st.integers(0, 5),
    moved_to=addresses,
    moves=st.integers(0, 5),
    moved_since=maybe_past,
    hints=hints,
    recent=dates.map(lambda found: tuple(sorted(found, reverse=True)[:20])),
    pushed=st.booleans(),
    status=st.none() | st.sampled_from([200, 304, 404, 429, 503]),
)
sources = (st.none() | spans(36_500 * DAY)).map(lambda every: a_source(every=every))
trips = st.builds(
    Trip, status=st.none() | st.sampled_from([200, 304, 404, 503]), fresh_for=odd_spans, moved_to=addresses
)
reads = st.builds(Read, validators=validators, hints=st.none() | hints, dates=dates, changed=st.booleans())
parts = reads.map(lambda read: replace(read, more=True))
failures = st.builds(
    Failed,
    trouble=st.sampled_from([trouble for trouble in Trouble if trouble is not Trouble.GONE]),
    fault=st.just("no answer"),
    retry_after=st.none() | spans(31 * DAY),
    of_host=st.booleans(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A poll that has ended."""

    state: SourceState
    source: Source
    ending: Ending
    trip: Trip
    pace: Pace

    def concluded(self) -> SourceState:
        """The state to store."""
        return conclude(self.state, source=self.source, ending=self.ending, trip=self.trip, pace=self.pace, now=NOW)


def cases(endings: st.SearchStrategy[Ending]) -> st.SearchStrategy[Case]:
    """Polls that have ended so."""
    return st.builds(Case, state=states, source=sources, ending=endings, trip=trips, pace=paces)


def skipped(at: datetime, said: Hints) -> bool:
    """Whether the source does not want to be asked then, though there are times at which it does."""
    hours = set(range(24)) & set(said.skip_hours)
    days = set(range(7)) & set(said.skip_days)
    return (len(hours) < 24 and at.hour in hours) or (len(days) < 7 and at.weekday() in days)


@given(cases(st.one_of(reads, parts, failures)))
def test_next_poll_always_comes_never_too_soon_and_says_why(case: Case) -> None:
    found = case.concluded()
    assert case.pace.min_every <= found.due - NOW <= max(WEEK, case.pace.max_every) + WEEK
    assert not skipped(found.due, found.hints)
    assert found.next_reason.startswith(("in ", "at ", "on "))
    assert ": " in found.next_reason


@given(cases(st.one_of(reads, parts, failures)))
def test_next_poll_is_the_same_whenever_it_is_asked_for(case: Case) -> None:
    assert case.concluded() == case.concluded()


@given(cases(reads))
def test_next_poll_of_a_well_source_comes_when_its_publisher_wants_it_but_not_after_the_longest_wait(
    case: Case,
) -> None:
    found = case.concluded()
    asked = (case.trip.fresh_for, found.hints.ttl, found.hints.every)
    wait = found.due - NOW
    assert all(wait >= min(span, case.pace.max_every) for span in asked if span is not None)
    assert wait <= case.pace.max_every or "wants to be left alone" in found.next_reason


@given(cases(reads.map(lambda read: replace(read, hints=Hints()))))
def test_next_poll_is_spread_by_a_quarter_of_the_wait_at_most(case: Case) -> None:
    whole = replace(case, pace=replace(case.pace, spread=ZERO)).concluded().due - NOW
    assert whole - min(whole / 4, case.pace.spread) <= case.concluded().due - NOW <= whole


@given(cases(reads), spans(40 * DAY), spans(40 * DAY))
def test_next_poll_comes_no_sooner_where_the_publisher_asks_for_more_time(
    case: Case, short: timedelta, more: timedelta
) -> None:
    case = replace(case, pace=replace(case.pace, spread=ZERO))
    sooner = replace(case, trip=replace(case.trip, fresh_for=short)).concluded()
    later = replace(case, trip=replace(case.trip, fresh_for=short + more)).concluded()
    assert sooner.due <= later.due


@given(cases(failures))
def test_next_poll_after_a_failure_comes_not_before_the_end_of_retry_after(case: Case) -> None:
    assert isinstance(case.ending, Failed)
    assert case.concluded().due - NOW >= min(case.ending.retry_after or ZERO, WEEK)


@given(cases(failures))
def test_next_poll_after_a_failure_sends_what_the_last_success_gave(case: Case) -> None:
    before, found = case.state, case.concluded()
    assert (found.validators, found.body_digest, found.hints, found.recent, found.last_success) == (
        before.validators,
        before.body_digest,
        before.hints,
        before.recent,
        before.last_success,
    )


@given(st.lists(st.one_of(reads, failures), max_size=30))
def test_rest_of_a_host_ends_within_a_week_and_says_why(told: list[Ending]) -> None:
    host, now = HostState(host="harbour.example"), NOW
    for ending in told:
        host = rest(host, ending=ending, now=now)
        assert host.until is None or (host.until <= now + WEEK and host.reason)
        now += timedelta(minutes=1)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), spans(timedelta(minutes=3))), max_size=60))
def test_weather_pardons_only_who_was_charged_and_is_bad_only_where_half_failed(
    told: list[tuple[int, bool, timedelta]],
) -> None:
    weather, now = Weather(), NOW
    charged: set[SourceSlug] = set()
    for number, reached, later in told:
        now += later
        slug = SourceSlug(f"source-{number}")
        weather = heard(weather, host=f"{number}.example", source=slug, reached=reached, now=now)
        failed = [last for last in weather.hosts.values() if not last.reached]
        assert len(weather.hosts) <= MOST
        if down(weather, now):
            assert failed
            assert set(pardonable(weather)) <= charged
        elif not reached:
            charged.add(slug)
            assert len(weather.hosts) < LEAST or 2 * len(failed) < len(weather.hosts)


def test_phases_of_ten_thousand_sources_are_spread_evenly() -> None:
    """Ten thousand that began together, after a day at one poll an hour: no minute has much more to do than another."""
    pace, source = Pace(spread=timedelta(minutes=20)), a_source(every=timedelta(hours=1))
    minutes = [0] * 60
    for number in range(10_000):
        state = SourceState(slug=SourceSlug(f"source-{number}"), url="https://harbour.example/rss", due=NOW)
        now = NOW
        for _ in range(5):
            state = conclude(
                state, source=source, ending=Read(validators=Validators()), trip=Trip(), pace=pace, now=now
            )
            now = state.due
        minutes[now.minute] += 1
    chi_squared = sum((found - 10_000 / 60) ** 2 / (10_000 / 60) for found in minutes)
    assert chi_squared < 105  # one in ten thousand even draws is beyond, at 59 degrees of freedom
