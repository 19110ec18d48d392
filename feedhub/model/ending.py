"""A poll whose answer has come, before anything is written: one that has ended with it, or one with news to read."""

from dataclasses import dataclass

from feedhub.model.fetching import Fetched
from feedhub.model.keys import Digest
from feedhub.model.polling import Ending, Polled, Trip
from feedhub.model.source import SourceState

TAKEN_OVER = "another worker has taken this source over"
"""What is told of a poll whose lease was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Of which source, as it was leased, how, what the exchange told, and what was done in it.

    `unheard` says that nothing at all was heard of the host: such failures may be those of our own network.
    `undialled` says that nothing was asked of it, for its address is none that we ask.
    """

    state: SourceState
    ending: Ending
    trip: Trip
    done: Polled
    unheard: bool = False
    undialled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A new body of a source, as it was leased; `digest` is the body's."""

    state: SourceState
    fetched: Fetched
    trip: Trip
    digest: Digest
