"""What the ending of a poll makes of a source: its validators, its failures, and when it is asked next and why.

A source is never given up: after failures it is asked less and less often, up to once in `max_every`. What the
publisher asks for (Retry-After) counts where it is longer, within a week. A source that answered 410 rests until an
editor acts; one whose bodies have killed three children is asked once a day.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from feedhub.model.polling import Ending, Failed, Pace, Read, Trouble
from feedhub.model.source import Source, SourceState

DEATHS = 3
"""So many dead children in a row quarantine a source: two can be bad luck with memory."""

PATIENCE = timedelta(hours=4)
"""For 429 and 503 without Retry-After: long enough for a publisher's bad morning."""

HEEDED = timedelta(days=7)
"""The longest Retry-After that is believed: more is a mistake, and would look like a source that has fallen silent."""

QUARANTINE = timedelta(hours=24)
NEVER = timedelta(days=3650)


def conclude(state: SourceState, *, source: Source, ending: Ending, pace: Pace, now: datetime) -> SourceState:
    """The state to store after a poll that ended so."""
    match ending:
        case Read():
            return _after_read(state, source=source, ending=ending, pace=pace, now=now)
        case Failed():
            return _after_failure(state, source=source, ending=ending, pace=pace, now=now)
        case _:
            assert_never(ending)


def span(wait: timedelta) -> str:
    """A wait in the largest unit that tells it well: "45 s", "15 min", "4 h", "3 d"."""
    seconds = int(wait.total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{round(seconds / size)} {unit}"
    return f"{seconds} s"


def _after_read(state: SourceState, *, source: Source, ending: Read, pace: Pace, now: datetime) -> SourceState:
    wait, reason = _rhythm(source.every, pace)
    if ending.more:
        wait, reason = pace.min_every, "there is more in it than one poll takes"
    return replace(
        state,
        validators=state.validators if ending.more else ending.validators,
        body_digest=state.body_digest if ending.more else ending.body_digest or state.body_digest,
        title=ending.title or state.title,
        due=now + wait,
        last_poll=now,
        last_success=now,
        last_change=now if ending.changed else state.last_change,
        failures=0,
        deaths=0,
        fault="",
        gone=False,
        next_reason=reason,
    )


def _after_failure(state: SourceState, *, source: Source, ending: Failed, pace: Pace, now: datetime) -> SourceState:
    failures = state.failures + 1
    deaths = state.deaths + 1 if ending.trouble is Trouble.DEATH else state.deaths
    wait, reason = _wait(ending, source=source, pace=pace, failures=failures, deaths=deaths)
    return replace(
        state,
        due=now + wait,
        last_poll=now,
        failures=failures,
        deaths=deaths,
        fault=ending.fault,
        gone=ending.trouble is Trouble.GONE,
        next_reason=reason,
    )


def _rhythm(every: timedelta, pace: Pace) -> tuple[timedelta, str]:
    if every < pace.min_every:
        return pace.min_every, f"in {span(pace.min_every)}: no source is asked more often"
    if every > pace.max_every:
        return pace.max_every, f"in {span(pace.max_every)}: no source is asked less often"
    return every, f"in {span(every)}: as the source's settings ask"


def _wait(ending: Failed, *, source: Source, pace: Pace, failures: int, deaths: int) -> tuple[timedelta, str]:
    rhythm, _ = _rhythm(source.every, pace)
    wait = min(rhythm * 2 ** min(failures - 1, 16), pace.max_every)
    reason = "after a failure" if failures == 1 else f"after {failures} failures in a row"
    asked = min(ending.retry_after or timedelta(0), HEEDED)
    match ending.trouble:
        case Trouble.GONE:
            return NEVER, "not again: the publisher says that it is gone"
        case Trouble.DEATH if deaths >= DEATHS and wait < QUARANTINE:
            wait, reason = QUARANTINE, f"it has ended the parser {deaths} times in a row"
        case Trouble.BUSY if not asked and wait < PATIENCE:
            wait, reason = min(PATIENCE, pace.max_every), "the publisher is overloaded"
        case Trouble.BUSY | Trouble.DEATH | Trouble.ERROR:
            if asked > wait:
                wait, reason = asked, "the publisher asks for it"
        case _:
            assert_never(ending.trouble)
    return wait, f"in {span(wait)}: {reason}"
