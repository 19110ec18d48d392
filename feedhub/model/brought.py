"""What polls and pushes have brought, read and ready to be stored."""

from dataclasses import dataclass, replace

from feedhub.model.keys import Guid, SourceSlug
from feedhub.model.polling import Read, Trip
from feedhub.model.reading import ReadDone, ReadEntry
from feedhub.model.source import Source, SourceState

PIECE = 100
"""Entries of one source that are stored together: a few hundredths of a second, or a half where all are look-alikes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Entries of one source, those that it took back, and whether it is its first poll: such need not settle."""

    source: SourceSlug
    fresh: tuple[ReadEntry, ...]
    withdrawn: tuple[Guid, ...] = ()
    backlog: bool = False

    def pieces(self) -> "tuple[Bundle, ...]":
        """In parts that are stored one by one, so that others can write in between; a short one is whole.

        Entries with one guid or page may be one: they stay together as far as twice the usual part has room for them.
        What was taken back is so with the last.
        """
        if len(self.fresh) <= PIECE:
            return (self,)
        parts: list[list[ReadEntry]] = [[]]
        places: dict[str, list[ReadEntry]] = {}
        gone = frozenset(self.withdrawn)
        for read in self.fresh:
            if read.entry.guid in gone:
                continue
            names = [name for name in (read.entry.guid, read.entry.canonical) if name]
            part = next((places[name] for name in names if name in places), None)
            if part is None or len(part) >= 2 * PIECE:
                if len(parts[-1]) >= PIECE:
                    parts.append([])
                part = parts[-1]
            part.append(read)
            places.update(dict.fromkeys(names, part))
        *early, last = (replace(self, fresh=tuple(part), withdrawn=()) for part in parts)
        return (*early, replace(last, withdrawn=self.withdrawn))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A poll whose answer was read. `state` is that of the lease; `ending` does not know yet what became of it all."""

    state: SourceState
    source: Source
    done: ReadDone
    ending: Read
    trip: Trip

    @property
    def is_long(self) -> bool:
        """Whether it is stored in several pieces."""
        return len(self.done.fresh) > PIECE

    @property
    def bundle(self) -> Bundle:
        """What is to be placed of it."""
        return Bundle(
            source=self.source.slug,
            fresh=self.done.fresh,
            withdrawn=self.done.withdrawn,
            backlog=self.state.last_success is None,
        )
