"""What polls and pushes have brought, read and ready to be stored."""

from dataclasses import dataclass

from feedhub.model.keys import Guid, SourceSlug
from feedhub.model.polling import Read, Trip
from feedhub.model.reading import ReadDone, ReadEntry
from feedhub.model.source import Source, SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Entries of one source, those that it took back, and whether it is its first poll: such need not settle."""

    source: SourceSlug
    fresh: tuple[ReadEntry, ...]
    withdrawn: tuple[Guid, ...] = ()
    backlog: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A poll whose answer was read. `state` is that of the lease; `ending` does not know yet what became of it all."""

    state: SourceState
    source: Source
    done: ReadDone
    ending: Read
    trip: Trip

    @property
    def bundle(self) -> Bundle:
        """What is to be placed of it."""
        return Bundle(
            source=self.source.slug,
            fresh=self.done.fresh,
            withdrawn=self.done.withdrawn,
            backlog=self.state.last_success is None,
        )
