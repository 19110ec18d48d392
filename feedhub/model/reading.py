"""What goes into the sandbox and what comes out of it."""

from dataclasses import dataclass
from datetime import datetime

from feedhub.model.credit import Credit
from feedhub.model.entry import Entry
from feedhub.model.keys import Digest, Guid
from feedhub.model.source import Source
from feedhub.model.story import Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAsk:
    """A body to read. Raw items whose digest is in `known` are skipped unread."""

    source: Source
    body: bytes
    media_type: str
    charset: str | None
    url: str
    now: datetime
    authority: str
    known: frozenset[Digest] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsk:
    """An article page to read for the entry that links to it."""

    source: Source
    entry: Entry
    body: bytes
    media_type: str
    charset: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One new or changed entry, ready to be placed."""

    entry: Entry
    credit: Credit
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDone:
    """What a body held.

    `total` counts all its items, `fresh` are those not known, `dropped` says which were not usable and why.
    """

    form: str
    title: str
    link: str
    total: int
    fresh: tuple[ReadEntry, ...]
    withdrawn: tuple[Guid, ...] = ()
    dropped: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A body that holds no feed; `why` is one plain sentence with what to do."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Died:
    """The child died or was ended over this body: `why` says by what (memory, CPU time, crash)."""

    why: str


ReadOutcome = ReadDone | Unreadable | Died
PageOutcome = ReadEntry | Unreadable | Died
