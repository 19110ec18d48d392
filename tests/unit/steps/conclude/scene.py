"""A source that is polled on a Monday morning, and how to say so in few words."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.fetching import Validators
from feedhub.model.keys import Digest, SourceSlug
from feedhub.model.polling import Ending, Failed, Pace, Read, Trip, Trouble
from feedhub.model.source import SourceState
from feedhub.steps.conclude import conclude
from tests.builders import NOW, a_source

PACE = Pace()
HALF_AN_HOUR = timedelta(minutes=30)
URL = "https://harbour.example/rss"
TAG = Validators(etag='"1"')
READ = Read(validators=TAG)


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def ago(span: timedelta) -> datetime:
    """That long before NOW."""
    return NOW - span


def dated(*spans: timedelta) -> tuple[datetime, ...]:
    """Dates that long before NOW."""
    return tuple(ago(span) for span in spans)


def each(gap: timedelta, number: int = 5) -> tuple[datetime, ...]:
    """Dates that lie so far apart, the newest one at NOW."""
    return tuple(ago(gap * place) for place in range(number))


STATE = SourceState(
    slug=SourceSlug("harbour"),
    url=URL,
    validators=TAG,
    body_digest=Digest("one"),
    title="Harbour Post",
    due=NOW,
    fence=3,
    last_poll=ago(hours(1)),
    last_success=ago(hours(1)),
    last_change=NOW,
    first_success=ago(days(30)),
    status=200,
    wire_bytes=900,
    millis=70,
    entries=7,
)
"""Known for a month, well, and with news at this moment; nothing is known of its rhythm."""


def a_state(**changes: object) -> SourceState:
    """The source with other facts."""
    return replace(STATE, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def failed(trouble: Trouble = Trouble.ERROR, **changes: object) -> Failed:
    """A failure of this kind."""
    return replace(Failed(trouble=trouble, fault="no answer"), **changes)  # type: ignore[arg-type]  # as above


def after(
    state: SourceState,
    ending: Ending,
    *,
    every: timedelta | None = HALF_AN_HOUR,
    trip: Trip | None = None,
    pace: Pace = PACE,
    now: datetime = NOW,
) -> SourceState:
    """The state after a poll of a source that its editor wants to be asked every half an hour."""
    trip = trip or Trip(status=200 if isinstance(ending, Read) else None)
    return conclude(state, source=a_source(every=every), ending=ending, trip=trip, pace=pace, now=now)


def waits(state: SourceState, ending: Ending, **changes: object) -> tuple[timedelta, str]:
    """How long it is left alone, and why."""
    concluded = after(state, ending, **changes)  # type: ignore[arg-type]  # as above
    return concluded.due - NOW, concluded.next_reason
