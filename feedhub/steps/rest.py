"""When a whole host is left alone: after what it asked for, and after it failed again and again.

Many sources may stand on one host. What a publisher asks of one of them (Retry-After) is asked of all; a 429 without it
means four hours, doubling to a day. A host that does not answer, or answers with faults of its own (5xx), rests from
the third failure in a row on, of whatever source: five minutes, doubling to six hours, so that its hundred sources need
not each find out. Then one source tries it. Rests of our own choice are shortened by up to a quarter, so that hosts
which failed together do not come back together.

A 404, a login wall, a feed that cannot be read are not the host's. An answer that could be read ends a rest of our own
choice and forgets all failures, but not a rest that the publisher has asked for. While our own network is down nothing
is learnt of hosts.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from feedhub.model.polling import Ending, Read, Trouble
from feedhub.model.source import HostState
from feedhub.text.durations import tell_duration
from feedhub.text.lots import lot

STRIKES: Final = 3
"""Two failures in a row can be one moment of bad luck."""

SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(hours=6)

PATIENCE: Final = timedelta(hours=4)
PATIENCE_AT_MOST: Final = timedelta(hours=24)

HEEDED: Final = timedelta(days=7)
"""The longest Retry-After that is believed."""

_DOUBLINGS: Final = 12


def rest(host: HostState, *, ending: Ending, now: datetime) -> HostState:
    """The host's state after a poll of one of its sources that ended so."""
    if isinstance(ending, Read):
        return _well(host, now)
    if ending.trouble is Trouble.OUTAGE:
        return host
    if ending.retry_after:
        return _asked(host, min(ending.retry_after, HEEDED), now=now)
    if ending.of_host:
        return _struck(host, now)
    if ending.trouble is Trouble.BUSY:
        return _flooded(host, now)
    return host


def _well(host: HostState, now: datetime) -> HostState:
    """What the publisher has asked for is kept to its end: it was given with fewer failures than a rest of ours."""
    asked = host.until is not None and host.until > now and host.failures < STRIKES
    return HostState(host=host.host, until=host.until, reason=host.reason) if asked else HostState(host=host.host)


def _asked(host: HostState, span: timedelta, *, now: datetime) -> HostState:
    """A host that says when to come back is up."""
    told = replace(host, failures=0, busy=0)
    return _until(told, now + span, f"it asks to be left alone for {tell_duration(span)}")


def _flooded(host: HostState, now: datetime) -> HostState:
    span = _doubled(PATIENCE, host.busy, longest=PATIENCE_AT_MOST)
    return _until(replace(host, failures=0, busy=host.busy + 1), now + span, "it says that we ask too often")


def _struck(host: HostState, now: datetime) -> HostState:
    struck = replace(host, failures=host.failures + 1)
    if struck.failures < STRIKES:
        return struck
    span = _doubled(SHORTEST, struck.failures - STRIKES, longest=LONGEST)
    span -= span / 4 * lot(host.host, str(struck.failures))
    return _until(struck, now + span, f"it has failed {struck.failures} times in a row")


def _until(host: HostState, until: datetime, reason: str) -> HostState:
    """A rest never ends earlier than one that was begun before."""
    if host.until is not None and host.until > until:
        return host
    return replace(host, until=until, reason=reason)


def _doubled(first: timedelta, times: int, *, longest: timedelta) -> timedelta:
    return min(first * (1 << min(times, _DOUBLINGS)), longest)
