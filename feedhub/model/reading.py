"""What goes into the sandbox and what comes out of it."""

from dataclasses import dataclass, field
from datetime import datetime

from feedhub.model.credit import Credit
from feedhub.model.entry import Entry, Folded
from feedhub.model.fetching import Link
from feedhub.model.hints import Hints
from feedhub.model.keys import Guid
from feedhub.model.source import Source
from feedhub.model.story import Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAsk:
    """A body to read. Items whose mark is in `seen` are skipped unread; at most `most` of the others are read.

    `seen` holds the marks of items as 8 bytes each, the newest first; see `ReadDone.seen`. A `suspect` body is of a
    source whose last ones have ended children.
    """

    source: Source
    body: bytes
    media_type: str
    charset: str | None
    url: str
    now: datetime
    authority: str
    seen: bytes = b""
    most: int = 1000
    suspect: bool = False


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
class DiscoverAsk:
    """A page of which to tell what feeds it names; `links` are those of the reply's head."""

    body: bytes
    media_type: str
    charset: str | None
    url: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One new or changed entry, ready to be placed; `folded` is not stored, and made again where it is missing."""

    entry: Entry
    credit: Credit
    fingerprint: Fingerprint
    folded: Folded | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDone:
    """What a body held.

    `total` counts all its items, `fresh` are those not seen before, `dropped` says which were not usable and why.
    `seen` is what to hand in with the next body: the marks of the items that were read or skipped now, and of as many
    older ones as are worth keeping. `more` says that `most` kept some from being read: they are not in `seen`.
    """

    form: str
    title: str
    link: str
    total: int
    fresh: tuple[ReadEntry, ...]
    withdrawn: tuple[Guid, ...] = ()
    dropped: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    hints: Hints = Hints()
    seen: bytes = b""
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """The feeds that a page names, the likeliest first, and for WebSub its hubs and its own address (rel=self)."""

    feeds: tuple[Link, ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str = ""


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
DiscoverOutcome = Discovered | Died
