"""A time to ask again with its reason: the one place that puts reasons into words.

A reason is one line for editors: "in 7 min: publishes 4/h, asks for 5 min". Its subject is the source.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feedhub.model.hints import Hints
from feedhub.text.durations import tell_duration

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
NEVER: Final = timedelta(days=3650)
"""What never comes still needs a date."""

_HOURS, _DAYS = frozenset(range(24)), frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a source is asked next, and why then."""

    at: datetime
    reason: str


def due_in(wait: timedelta, why: str, *, now: datetime) -> Due:
    """After a wait."""
    return Due(at=now + wait, reason=f"in {tell_duration(wait)}: {why}")


def due_never(why: str, *, now: datetime) -> Due:
    """Not before an editor acts."""
    return Due(at=now + NEVER, reason=f"not again: {why}")


def outside_skipped(due: Due, hints: Hints, *, now: datetime) -> Due:
    """The same, moved to the first moment in which the source is willing to be asked.

    RSS 2.0, skipHours and skipDays, both in UTC. One that skips every hour, or every day, has said nothing.
    """
    hours, days = _some(hints.skip_hours, _HOURS), _some(hints.skip_days, _DAYS)
    at = due.at
    while at.hour in hours or at.weekday() in days:
        at = at.replace(minute=0, second=0, microsecond=0) + HOUR
    if at == due.at:
        return due
    name = "skipDays" if due.at.weekday() in days else "skipHours"
    day = f"on {at:%A} " if at.date() != now.date() else ""
    return Due(at=at, reason=f"{day}at {at:%H:%M} UTC: wants to be left alone until then ({name})")


def _some(given: tuple[int, ...], every: frozenset[int]) -> frozenset[int]:
    named = every.intersection(given)
    return named if named != every else frozenset()
