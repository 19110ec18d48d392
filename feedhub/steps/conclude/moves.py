"""What becomes of redirects that say "for good" (301, 308).

Publishers send them by mistake: a broken deployment, a login wall, a hotel's network. So a new address is believed only
after three polls in a row were sent there, over at least a day, and what stands there was read. On the same host it is
then asked from now on. Another host may be another owner: that is noted and told, and an editor confirms it in the
documents. While a poll does not get as far as a reply, nothing is learnt about it either way.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from feedhub.model.polling import Ending, Read, Trip
from feedhub.model.source import SourceState
from feedhub.steps.conclude.due import DAY
from feedhub.text.hosts import host_of

SIGHTINGS: Final = 3


def follow(state: SourceState, *, ending: Ending, trip: Trip, now: datetime) -> SourceState:
    """The state with what this poll tells of where the source has moved."""
    if trip.moved_to is None:
        heard = isinstance(ending, Read) or trip.status is not None
        return _forgotten(state) if heard else state
    again = trip.moved_to == state.moved_to
    state = replace(
        state,
        moved_to=trip.moved_to,
        moves=state.moves + 1 if again else 1,
        moved_since=state.moved_since if again and state.moved_since else now,
    )
    if isinstance(ending, Read) and _certain(state, now) and _same_host(trip.moved_to, state.address or state.url):
        return replace(_forgotten(state), address="" if trip.moved_to == state.url else trip.moved_to)
    return state


def unconfirmed(state: SourceState, now: datetime) -> str:
    """Words for the reason of a source that has moved to another host; empty where nobody has to act."""
    if state.moved_to is None or not _certain(state, now) or _same_host(state.moved_to, state.address or state.url):
        return ""
    return f"; has moved to {host_of(state.moved_to)} for good: confirm its new address"


def _forgotten(state: SourceState) -> SourceState:
    if state.moved_to is None:
        return state
    return replace(state, moved_to=None, moves=0, moved_since=None)


def _certain(state: SourceState, now: datetime) -> bool:
    return state.moves >= SIGHTINGS and state.moved_since is not None and now - state.moved_since >= DAY


def _same_host(one: str, other: str) -> bool:
    """With and without www. is one host, and so are http and https."""
    return host_of(one).removeprefix("www.") == host_of(other).removeprefix("www.")
