"""How a source is, in one word, for those who look after it."""

from datetime import datetime, timedelta
from typing import Final

from feedhub.model.page import Mood
from feedhub.model.source import SourceState

LATE: Final = timedelta(minutes=15)
"""So long past its time, a source waits for a poller that does not run."""

SIGHTINGS: Final = 3
CERTAIN: Final = timedelta(days=1)
"""So many polls in a row, over so long, have to be sent elsewhere for good before an editor is asked."""


def appraise(state: SourceState, now: datetime, *, rests: bool = False) -> Mood:
    """The mood of a source; `rests` says that its host is left alone for a while, so that it cannot be late."""
    if state.gone:
        return Mood.GONE
    if state.failures:
        return Mood.FAILING
    if state.moves >= SIGHTINGS and state.moved_since and now - state.moved_since >= CERTAIN:
        return Mood.MOVED
    if state.due < now - LATE and not rests:
        return Mood.LATE
    return Mood.WELL if state.last_success else Mood.NEW
