"""What the ending of a poll makes of a source: its validators, its failures, its address, and when it is asked next.

A success forgives all; a failure keeps all that was read before. What this module keeps to, whatever else decides: a
source is not asked in hours and days that it skips, nor before the end of a Retry-After that it gave, even if somebody
has asked it in between.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from feedhub.model.polling import Ending, Failed, Pace, Read, Trip, Trouble
from feedhub.model.source import Source, SourceState
from feedhub.steps.conclude.due import Due, due_in, outside_skipped
from feedhub.steps.conclude.moves import follow, unconfirmed
from feedhub.steps.conclude.retry import retry
from feedhub.steps.conclude.rhythm import renewed
from feedhub.steps.conclude.when import usual_wait, when

_PATIENCE_ASKED: Final = frozenset({429, 503})
"""Statuses that come with Retry-After (RFC 9110, section 15.6.4; RFC 6585, section 4)."""


def conclude(
    state: SourceState, *, source: Source, ending: Ending, trip: Trip, pace: Pace, now: datetime
) -> SourceState:
    """The state to store after a poll that ended so."""
    if isinstance(ending, Failed) and ending.trouble is Trouble.OUTAGE:
        due = retry(state, ending, usual=pace.default_every, pace=pace, now=now)
        return _asked_next(replace(state, last_poll=now), due, before=state, now=now)
    after = replace(
        follow(state, ending=ending, trip=trip, now=now),
        last_poll=now,
        status=trip.status,
        wire_bytes=trip.wire_bytes,
        millis=trip.millis,
    )
    match ending:
        case Read():
            after = _read(after, ending, now=now)
            due = _due_after_read(after, source, ending=ending, trip=trip, pace=pace, now=now)
        case Failed():
            after = _failed(after, ending, now=now)
            usual = usual_wait(after, source=source, pace=pace, now=now).span
            due = retry(after, ending, usual=usual, pace=pace, now=now)
        case _:
            assert_never(ending)
    return _asked_next(after, due, before=state, now=now)


def put_off(state: SourceState, now: datetime) -> SourceState | None:
    """The state of one that is due in an hour that it skips, moved out of it; None where it may be asked now.

    It comes to that where nobody had the time to ask it before, or where somebody had it resumed.
    """
    due = outside_skipped(Due(at=now, reason=state.next_reason), state.hints, now=now)
    return None if due.at == now else replace(state, due=due.at, next_reason=due.reason)


def _read(state: SourceState, ending: Read, *, now: datetime) -> SourceState:
    """After a part of a body the old validators and digest stay, so that the rest comes again."""
    whole = not ending.more
    return replace(
        state,
        validators=ending.validators if whole else state.validators,
        body_digest=(ending.body_digest or state.body_digest) if whole else state.body_digest,
        title=ending.title or state.title,
        hints=state.hints if ending.hints is None else ending.hints,
        recent=renewed(state.recent, ending.dates, now),
        first_success=state.first_success or now,
        last_success=now,
        last_change=now if ending.changed else state.last_change,
        failures=0,
        failing_since=None,
        busy=0,
        deaths=0,
        fault="",
        gone=False,
    )


def _due_after_read(state: SourceState, source: Source, *, ending: Read, trip: Trip, pace: Pace, now: datetime) -> Due:
    if ending.more:
        return due_in(pace.min_every, "there is more in it than one poll takes", now=now)
    return when(state, source=source, pace=pace, fresh_for=trip.fresh_for, now=now)


def _failed(state: SourceState, ending: Failed, *, now: datetime) -> SourceState:
    return replace(
        state,
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
        busy=_busy(state.busy, ending),
        deaths=state.deaths + (ending.trouble is Trouble.DEATH),
        fault=ending.fault,
        gone=ending.trouble is Trouble.GONE,
    )


def _busy(before: int, ending: Failed) -> int:
    """Other failures in between say nothing of how busy the publisher is; a Retry-After does."""
    if ending.retry_after:
        return 0
    return before + (ending.trouble is Trouble.BUSY)


def _asked_next(state: SourceState, due: Due, *, before: SourceState, now: datetime) -> SourceState:
    if not state.gone:
        due = outside_skipped(_as_promised(due, before, now=now), state.hints, now=now)
    return replace(state, due=due.at, next_reason=due.reason + unconfirmed(state, now))


def _as_promised(due: Due, before: SourceState, *, now: datetime) -> Due:
    """Not before the end of a Retry-After, for a source that was asked out of turn."""
    if before.due <= max(now, due.at) or before.busy or before.status not in _PATIENCE_ASKED:
        return due
    return due_in(before.due - now, "the publisher asked for it", now=now)
