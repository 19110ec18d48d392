"""When a source that failed is asked again.

A source is never given up, but for one that says itself that it is gone (410): it rests until an editor acts. How long
the others wait depends on what helps:

- an error may be over soon: a time drawn between `min_every` and a bound that doubles with every failure, up to a day
  (full jitter: M. Brooker, "Exponential Backoff and Jitter", 2015), so that sources which failed together do not come
  back together. The first bound is twice the usual wait: its mean is no less than that, since a source in trouble must
  not be asked more often than one that is well;
- a refusal (401, 403, 404) is for people to end: an hour, doubling to a day;
- a publisher that is overloaded (429, 503) is given the time that it asks for, else four hours, doubling to a day;
- a source whose bodies have killed three children is asked once a day;
- errors and refusals of thirty days: once a week.

No wait but that of an error is shorter than the usual one. Retry-After counts whatever the trouble is, where it is
longer, up to a week. These waits are not bounded by `max_every`, which says how fresh news should be: that makes no
publisher in trouble answer. While our own network is down nothing was learnt about the source, and it is asked soon.
"""

from datetime import datetime, timedelta
from typing import Final, assert_never

from feedhub.model.polling import Failed, Pace, Trouble
from feedhub.model.source import SourceState
from feedhub.steps.conclude.due import DAY, HOUR, Due, due_in, due_never
from feedhub.text.lots import lot

DEATHS: Final = 3
"""So many dead children in a row quarantine a source: two can be bad luck with memory."""

PATIENCE: Final = timedelta(hours=4)
"""For 429 and 503 without Retry-After: long enough for a publisher's bad morning."""

HEEDED: Final = timedelta(days=7)
"""The longest Retry-After that is believed: more is a mistake, and would look like a source that has fallen silent."""

LONG: Final = timedelta(days=30)
WEEK: Final = timedelta(days=7)
_DOUBLINGS: Final = 20

_Wait = tuple[timedelta, str]


def retry(state: SourceState, ending: Failed, *, usual: timedelta, pace: Pace, now: datetime) -> Due:
    """When to ask again, and why, for the state as it is with this failure counted.

    `usual` is how long the source would be left alone if it were well.
    """
    if ending.trouble is Trouble.GONE:
        return due_never("the publisher says that it is gone", now=now)
    asked = min(ending.retry_after or timedelta(0), HEEDED)
    match ending.trouble:
        case Trouble.OUTAGE:
            wait, why = _cut_off(state, pace)
        case Trouble.BUSY:
            wait, why = _overloaded(state, usual, asked=bool(asked))
        case Trouble.DENIED:
            wait, why = _refused(state, usual, now=now)
        case Trouble.DEATH | Trouble.ERROR:
            wait, why = _failed(state, usual, pace=pace, now=now)
        case _:
            assert_never(ending.trouble)
    if asked > wait:
        wait, why = asked, "the publisher asks for it"
    return due_in(wait, why, now=now)


def _cut_off(state: SourceState, pace: Pace) -> _Wait:
    return pace.min_every * (1 + lot(state.slug, "outage", str(state.fence))), "our own network seems to be down"


def _overloaded(state: SourceState, usual: timedelta, *, asked: bool) -> _Wait:
    if asked:
        return usual, _times(state)
    return max(_doubled(PATIENCE, state.busy - 1), usual), "the publisher is overloaded"


def _refused(state: SourceState, usual: timedelta, *, now: datetime) -> _Wait:
    if _for_long(state, now):
        return max(WEEK, usual), "refused for 30 days and more"
    return max(_doubled(HOUR, state.failures - 1), usual), "asking more often would not help"


def _failed(state: SourceState, usual: timedelta, *, pace: Pace, now: datetime) -> _Wait:
    if state.deaths >= DEATHS:
        return max(DAY, usual), f"it has ended the parser {state.deaths} times in a row"
    if _for_long(state, now):
        return max(WEEK, usual), "it has failed for 30 days and more"
    longest = max(_doubled(usual, state.failures), pace.min_every)
    chance = lot(state.slug, str(state.failures), str(state.fence))
    return pace.min_every + (longest - pace.min_every) * chance, _times(state)


def _times(state: SourceState) -> str:
    return "after a failure" if state.failures == 1 else f"after {state.failures} failures in a row"


def _doubled(first: timedelta, times: int) -> timedelta:
    """Doubled so often, up to a day."""
    return min(min(first, DAY) * (1 << min(times, _DOUBLINGS)), DAY)


def _for_long(state: SourceState, now: datetime) -> bool:
    return state.failing_since is not None and now - state.failing_since >= LONG
