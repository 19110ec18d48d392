"""How often a source publishes, from the dates of its newest entries.

The rhythm is the median gap between them, which one holiday or one busy hour does not move. Sources publish in bursts:
entries that lie closer together than we ask anyway are one moment of publishing. Where all of them do, as in a feed
that moves so fast that it shows but a minute, the gaps between the entries themselves are taken: such a feed must be
asked often, or something is missed. Of two middle gaps the shorter counts, since late news is worse than one more 304.

A silence is a gap too, but one among twenty would hardly move a median. It has a word of its own instead: whatever the
rhythm was, the source is not asked more often than 24 times in as long as it has been silent. After a day of silence
that is once an hour, after a weekend every two and a half, after 24 days once a day.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from feedhub.model.source import SourceState
from feedhub.steps.conclude.due import DAY, HOUR
from feedhub.text.durations import tell_duration

KEPT: Final = 20
"""Dates of entries that are remembered: a day of a slow newsroom, an hour of a fast one."""

_LEAST = 4
"""Dates that a rhythm needs: three gaps have a middle one."""

_SHARE = 24


def rhythm(dates: Iterable[datetime], *, least: timedelta) -> timedelta | None:
    """The usual gap between moments of publishing that lie at least so far apart; None of fewer than four dates."""
    newest = sorted(set(dates), reverse=True)
    moments = newest[:1]
    for date in newest:
        if moments[-1] - date >= least:
            moments.append(date)
    if len(newest) < _LEAST:
        return None
    known = moments if len(moments) >= _LEAST else newest
    gaps = sorted(later - earlier for later, earlier in pairwise(known))
    return gaps[(len(gaps) - 1) // 2]


def silence(state: SourceState, now: datetime) -> timedelta:
    """How long it has brought nothing new, as far as it was watched.

    Counted from the newest date, or from when something last came, whichever is later: dates alone would call a source
    silent that gives wrong ones.
    """
    heard = [date for date in (*state.recent[:1], state.last_change, state.first_success) if date is not None]
    return max(now - max(heard, default=now), timedelta(0))


def patience(silent: timedelta) -> timedelta:
    """The least wait after so long a silence."""
    return silent / _SHARE


def renewed(recent: tuple[datetime, ...], dates: Iterable[datetime], now: datetime) -> tuple[datetime, ...]:
    """The newest dates with those that have come, newest first. One that lies ahead counts as now, when it was seen."""
    return tuple(sorted({*recent, *(min(date, now) for date in dates)}, reverse=True)[:KEPT])


def rate(gap: timedelta) -> str:
    """A rhythm in words: "4/h", "3/d", "every 3 d"."""
    for span, unit in ((HOUR, "h"), (DAY, "d")):
        if gap <= span:
            return f"{round(span / gap)}/{unit}"
    return f"every {tell_duration(gap)}"
