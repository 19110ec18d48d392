"""When a source that was read well is asked next.

Four voices are heard, and the longest wait wins:

- its own pace: what the editor has set, else half the gap between its entries, so that news is on average a quarter of
  a gap old when it is found. Dates in a feed say little until they were seen to come true: in the first day the rhythm
  may only make us quicker than the default. A source whose hub tells us of news is asked twice a day, to find what the
  hub has missed.
- the publisher: the longest of what its reply (Cache-Control, Expires), its ttl and its syndication module ask for.
  Each counts up to `max_every`: an image server's "a year" is no statement on news.
- courtesy: a source that gives no validators costs its publisher the whole body each time. If it has not changed for a
  week it is asked once a day, whatever the editor has set.
- the operator: never under `min_every`; never over `max_every`, but for hours and days that the publisher skips.

Last, polls are spread. Each source has a phase of its own, drawn by its slug, on a grid as wide as its wait. A poll
comes early by as much as it lies off that phase, at most by `spread` and a quarter of the wait; what is further off
gets there in a few steps. It is early only within a pace of our own choice: what the publisher asks for is kept to the
second.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Pace
from feedhub.model.source import Source, SourceState
from feedhub.steps.conclude.due import DAY, Due, due_in
from feedhub.steps.conclude.rhythm import patience, rate, rhythm, silence
from feedhub.text.durations import tell_duration
from feedhub.text.lots import lot

PUSHED: Final = timedelta(hours=12)
"""How often a source is asked whose hub is trusted."""

SELDOM: Final = timedelta(days=7)
"""One that has brought nothing for so long seldom changes."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long a source is left alone, why, and how much of it is not ours to shorten."""

    span: timedelta
    why: str
    floor: timedelta


def when(state: SourceState, *, source: Source, pace: Pace, fresh_for: timedelta | None, now: datetime) -> Due:
    """When to ask next, and why, for the state as it is after a poll that went well.

    Less the hours that it skips: see `due.outside_skipped`. `fresh_for` is how long the reply is good for.
    """
    wait = usual_wait(state, source=source, pace=pace, fresh_for=fresh_for, now=now)
    return due_in(_spread(wait, state.slug, spread=pace.spread, now=now), wait.why, now=now)


def usual_wait(
    state: SourceState, *, source: Source, pace: Pace, fresh_for: timedelta | None = None, now: datetime
) -> Wait:
    """How long a source that is well is left alone, from `min_every` to `max_every`."""
    wait = _own(state, source, pace=pace, now=now)
    if not (state.validators.etag or state.validators.last_modified) and silence(state, now) > SELDOM:
        wait = max(wait, _firm(DAY, "seldom changes and gives no validators", pace=pace), key=_span)
    asked, name = _asked(state.hints, fresh_for, longest=pace.max_every)
    if asked > wait.span:
        return _firm(asked, f"asks for it ({name})", pace=pace)
    if asked:
        floor = max(wait.floor, asked)
        return replace(wait, why=f"{wait.why}, asks for {tell_duration(asked)}", floor=floor)
    return wait


def _span(wait: Wait) -> timedelta:
    return wait.span


def _own(state: SourceState, source: Source, *, pace: Pace, now: datetime) -> Wait:
    every = source.every
    if state.pushed and (every is None or every <= PUSHED):
        return _firm(PUSHED, "its hub tells us of news", pace=pace)
    if every is None:
        return _by_rhythm(state, pace=pace, now=now)
    if every < pace.min_every:
        return _loose(every, "no source is asked more often", pace=pace)
    if every > pace.max_every:
        return _loose(every, "no source is asked less often", pace=pace)
    return _loose(every, "as its settings say", pace=pace)


def _by_rhythm(state: SourceState, *, pace: Pace, now: datetime) -> Wait:
    gap = rhythm(state.recent, least=pace.min_every)
    span, why = (gap / 2, f"publishes {rate(gap)}") if gap else (pace.default_every, "its rhythm is not known yet")
    silent = silence(state, now)
    if state.first_success is None or now - state.first_success < DAY:
        if span > pace.default_every:
            span, why = pace.default_every, "followed for less than a day"
    elif patience(silent) > span:
        span, why = patience(silent), f"nothing new for {tell_duration(silent)}"
    return _loose(span, why, pace=pace)


def _asked(hints: Hints, fresh_for: timedelta | None, *, longest: timedelta) -> tuple[timedelta, str]:
    """The longest that the publisher asks for, and by what; nothing where it asks for nothing that makes sense."""
    asks = ((fresh_for, "caching"), (hints.ttl, "ttl"), (hints.every, "updatePeriod"))
    return max(
        ((min(span, longest), name) for span, name in asks if span is not None and span > _NOTHING),
        default=(_NOTHING, ""),
        key=lambda ask: ask[0],
    )


def _loose(span: timedelta, why: str, *, pace: Pace) -> Wait:
    """A wait of our own choice."""
    return Wait(span=_bounded(span, pace), why=why, floor=pace.min_every)


def _firm(span: timedelta, why: str, *, pace: Pace) -> Wait:
    """A wait that is not shortened."""
    return Wait(span=_bounded(span, pace), why=why, floor=_bounded(span, pace))


def _bounded(span: timedelta, pace: Pace) -> timedelta:
    return max(min(span, pace.max_every), pace.min_every)


def _spread(wait: Wait, slug: SourceSlug, *, spread: timedelta, now: datetime) -> timedelta:
    """The wait, shortened towards the source's own phase."""
    reach = min(spread, wait.span / 4, wait.span - wait.floor)
    if reach <= _NOTHING:
        return wait.span
    off = (now + wait.span - _EPOCH - lot(slug) * wait.span) % wait.span
    return wait.span - min(off, reach)
