"""Sources: what editors say of them, and what the store knows of each between polls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.keys import Digest, OutletSlug, SourceSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """How to read a page that lists articles where there is no feed: CSS selectors, all but `item` within an item.

    `link` empty: the first link of an item, or the item itself; `title` empty: the text of that link.
    """

    item: str
    link: str = ""
    title: str = ""
    summary: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed we read; belongs to one outlet. `every` is how often the editor wants it asked, None: as it publishes."""

    slug: SourceSlug
    url: str
    outlet: OutletSlug
    title: str = ""
    lang: str | None = None
    every: timedelta | None = None
    tags: tuple[str, ...] = ()
    fulltext: bool = False
    page: ListPage | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the store knows of a source between polls. `fence` grows with each lease."""

    slug: SourceSlug
    url: str
    """The address in the documents."""
    address: str = ""
    """Where it has moved for good, and is asked from now on; empty: at `url`."""
    validators: Validators = Validators()
    body_digest: Digest | None = None
    title: str = ""
    due: datetime
    fence: int = 0
    leased_until: datetime | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    last_change: datetime | None = None
    first_success: datetime | None = None
    failures: int = 0
    """Failures in a row since the last success; while our own network was down none is counted."""
    failing_since: datetime | None = None
    busy: int = 0
    """Times in a row that the publisher said it was overloaded without saying for how long."""
    deaths: int = 0
    fault: str = ""
    """The last failure in plain words with what to do; empty after a success."""
    next_reason: str = ""
    gone: bool = False
    moved_to: str | None = None
    """Where it says that it has moved for good, while that is not followed yet."""
    moves: int = 0
    """Polls in a row that were sent on to `moved_to`."""
    moved_since: datetime | None = None
    hints: Hints = Hints()
    """What its last body said of when to ask."""
    recent: tuple[datetime, ...] = ()
    """When its newest entries were published, newest first, 20 at most: its rhythm."""
    pushed: bool = False
    """Its hub is trusted to tell us of news, so that it is asked seldom."""
    status: int | None = None
    wire_bytes: int = 0
    millis: int = 0
    entries: int = 0
    """How many entries the store holds of it."""
    marks: bytes = b""
    """The marks of items that its bodies held (see ReadDone.seen); only a lease tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLine:
    """One poll in a source's history: what came and what was made of it. `fault` is empty where all was well."""

    at: datetime
    status: int | None = None
    wire_bytes: int = 0
    millis: int = 0
    total: int = 0
    new: int = 0
    changed: int = 0
    duplicates: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What the store knows of a host that is not well; one that is has no row.

    While `until` lies ahead none of its sources is asked. `host` is as `text.hosts.host_of` writes it.
    """

    host: str
    failures: int = 0
    """Failures in a row of whatever source on it."""
    busy: int = 0
    until: datetime | None = None
    reason: str = ""
