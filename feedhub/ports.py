"""What flows ask of the outside world: the shapes that adapters are made to fit."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from feedhub.model.credit import Credit
from feedhub.model.cue import Cues
from feedhub.model.decision import AuditLine, Decision, Revision
from feedhub.model.keys import Digest, EntryKey, Guid, SourceSlug, StoryKey, TopicSlug
from feedhub.model.newsroom import DocumentText
from feedhub.model.outlet import Outlets
from feedhub.model.reading import PageAsk, PageOutcome, ReadAsk, ReadEntry, ReadOutcome
from feedhub.model.rendition import Form, Rendition
from feedhub.model.source import Ask, Outcome, Source, SourceState
from feedhub.model.story import Candidate, Placement, Report, Story
from feedhub.model.topic import Match
from feedhub.model.upkeep import Forgotten, Swept

A = TypeVar("A")
B = TypeVar("B")


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""


class Fetcher(Protocol):
    """The only look at the network."""

    def __call__(self, asks: Iterable[Ask]) -> Iterator[tuple[Ask, Outcome]]:
        """Each ask with its outcome, in the order in which they finish; never raises for what a server does."""


class Sandbox(Protocol):
    """Reads untrusted bytes where they can do no harm."""

    def load(self, outlets: Outlets, cues: Cues) -> None:
        """Use this registry and these cues from the next call on."""

    def read(self, ask: ReadAsk) -> ReadOutcome:
        """Read one feed body; safe to call from several threads."""

    def page(self, ask: PageAsk) -> PageOutcome:
        """Read one article page for its entry; safe to call from several threads."""

    def close(self) -> None:
        """End the children."""


class Dispatcher(Protocol):
    """Runs work side by side."""

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Results as they finish, in any order; takes the next item only when a worker is free."""


class Documents(Protocol):
    """The texts that admins edit."""

    def read(self) -> tuple[DocumentText, ...]:
        """All documents that feedhub.toml includes, in that order. Raises ConfigError if one cannot be read."""

    def write(self, document: DocumentText) -> None:
        """Replace a document whole. Raises ConfigError, with the old one in place, if it cannot be written."""


class SourceRows(Protocol):
    """Sources between polls."""

    def sync(self, sources: Iterable[Source], now: datetime) -> None:
        """Make the rows fit the documents: new ones are due now, changed URLs forget validators, absent ones rest.

        One that comes back with the same URL is due now, with what it knew but for failures, deaths, fault and `gone`.
        """

    def lease(
        self, *, now: datetime, worker: str, span: timedelta, limit: int, per_host: int
    ) -> tuple[SourceState, ...]:
        """Claim up to `limit` due sources, the longest overdue first, at most `per_host` of one host.

        A source is due if active, not gone, `due <= now` and not leased past now. The fence of each grows by one.
        Sources of the host that other workers have leased count towards `per_host`.
        """

    def save(self, state: SourceState, *, fence: int) -> None:
        """Store the state after a poll and end the lease. Raises LeaseLostError if the fence has grown since."""

    def get(self, slug: SourceSlug) -> SourceState | None:
        """One source's state."""

    def all(self) -> tuple[SourceState, ...]:
        """The state of every active source, by slug."""

    def forget(self, before: datetime) -> int:
        """Let go of sources that the documents have not named, or have disabled, since before; gives how many."""


class EntryRows(Protocol):
    """Entries, their credits, fingerprints and placements."""

    def known(self, source: SourceSlug) -> frozenset[Digest]:
        """The raw digests of a source's 5,000 newest entries, forgotten ones among them.

        Withdrawn ones are left out: one that comes back as it was must be read. An entry may be known by `keys` alone.
        """

    def keys(self, source: SourceSlug, guids: Iterable[Guid]) -> Mapping[Guid, EntryKey]:
        """Those of the guids that are stored already, or were and are forgotten."""

    def digests(self, source: SourceSlug, guids: Iterable[Guid]) -> Mapping[Guid, Digest]:
        """The raw digests of those of the guids that `keys` gives, withdrawn ones left out.

        By it who reads an entry that `known` did not give knows that nothing is new in it.
        """

    def add(self, read: ReadEntry, *, story: StoryKey, placement: Placement) -> None:
        """Store a new entry with all that belongs to it, and its shingles for candidates."""

    def replace(self, read: ReadEntry) -> None:
        """Store a newer text of a known entry; its key, story, placement and `seen` stay.

        An entry that is forgotten stays so: it is known by the newer text from now on, and that is all.
        """

    def withdraw(self, source: SourceSlug, guids: Iterable[Guid], now: datetime) -> tuple[StoryKey, ...]:
        """Mark entries as withdrawn; gives the stories that held those not marked before."""

    def set_credit(self, entry: EntryKey, credit: Credit) -> None:
        """Replace the credit of an entry."""

    def candidates(self, read: ReadEntry, *, since: datetime, limit: int) -> tuple[Candidate, ...]:
        """Stories near the entry: those with its canonical link or body digest, then those that share most shingles.

        Only open stories with an entry seen since `since`, `limit` of them at most, each by its earliest entry, and by
        its nearest one as well if that is nearer: the one with an exact key in common, else with most shingles. Never
        by the entry itself.
        """

    def find(self, address: str) -> EntryKey | None:
        """The entry with this key, link or canonical link."""

    def story_of(self, entry: EntryKey) -> StoryKey | None:
        """The story that an entry is in now."""

    def count(self) -> int:
        """How many entries are stored; forgotten ones are not."""

    def forget_shingles(self, before: datetime, limit: int, *, start: int | None) -> Swept:
        """Drop shingles of entries seen before, for they are of no more use to `candidates`.

        Looks at about `limit` of them from a position on: None is the first, then that which `Swept` gave.
        """


class StoryRows(Protocol):
    """Stories, what they have shown, and the topics they match."""

    def get(self, key: StoryKey) -> Story | None:
        """A story as stored, merged or not."""

    def resolve(self, ident: str) -> Story | None:
        """By the last part of its key, following redirects."""

    def save(self, story: Story) -> None:
        """Insert or update."""

    def open(self, story: Story, matches: Iterable[Match]) -> None:
        """Insert a story that is not shown yet, with its topics: what most new entries do, in two statements."""

    def reports(self, key: StoryKey) -> tuple[Report, ...]:
        """The reports of a story by the time they were seen, then key."""

    def merge(self, older: StoryKey, younger: StoryKey, now: datetime) -> None:
        """Move all entries of the younger into the older; the younger redirects."""

    def ripe(self, now: datetime, limit: int) -> tuple[StoryKey, ...]:
        """Stories with an entry, not yet shown, not withdrawn or merged, whose `publish_at` has come."""

    def recent(self, since: datetime, limit: int) -> tuple[StoryKey, ...]:
        """Stories opened since, newest first, merged ones left out."""

    def set_matches(self, key: StoryKey, matches: Iterable[Match], now: datetime) -> tuple[TopicSlug, ...]:
        """Replace the topics of a story; gives every topic it was in or is in now."""

    def matches(self, key: StoryKey) -> tuple[Match, ...]:
        """The topics of a story."""

    def in_topic(self, topic: TopicSlug, *, limit: int, offset: int = 0) -> tuple[Story, ...]:
        """Stories that are shown in a topic, newest first: by `ranked`, then key; withdrawn and merged left out."""

    def sizes(self) -> Mapping[TopicSlug, int]:
        """How many stories are shown in each topic; costs the same however many there are."""

    def forget(self, before: datetime, limit: int, *, stubs: int) -> Forgotten:
        """Let go of up to `limit` stories that have not changed since `before`, with all that is theirs.

        Redirects that end in them go too. Of their entries stubs stay, the newest `stubs` of each source, by which
        `known`, `keys` and `replace` still know them.
        """


class RenditionRows(Protocol):
    """The bytes of feeds, and which topics want new ones."""

    def put(self, rendition: Rendition) -> None:
        """Store the bytes; the change counter moves if they differ from what was there."""

    def get(self, topic: TopicSlug, form: Form) -> Rendition | None:
        """The bytes of a feed."""

    def forms(self) -> frozenset[tuple[TopicSlug, Form]]:
        """The feeds that there are, by topic and form; their bytes are not looked at."""

    def drop_others(self, topics: Iterable[TopicSlug]) -> None:
        """Forget feeds of topics that are not among these."""

    def mark(self, topics: Iterable[TopicSlug], now: datetime) -> None:
        """Outbox: these topics want to be rendered again."""

    def marked(self) -> tuple[TopicSlug, ...]:
        """Topics that want to be rendered again, by slug."""

    def marks(self, topic: TopicSlug) -> int:
        """How often a topic was marked: a number that grows with every mark. To be read with what is rendered."""

    def settle(self, topic: TopicSlug, marks: int) -> bool:
        """Say that a topic is being rendered as it was after so many marks; one marked again since stays marked.

        False, with nothing done, where a later state was rendered: the bytes are too old to be put.
        """

    def forget(self, before: datetime) -> int:
        """Let go of the marks of topics that were marked last before and rendered since; gives how many."""


class BookRows(Protocol):
    """What people did: revisions of documents, decisions, the audit log."""

    def add_revision(self, revision: Revision) -> None:
        """Keep a state of a document."""

    def latest(self, document: str, *, accepted: bool = True) -> Revision | None:
        """The newest accepted state of a document, or its newest state of any kind."""

    def add_decision(self, decision: Decision) -> int:
        """Keep what a person ruled; gives its id (that of the argument is ignored)."""

    def decisions(self, subject: str | None = None) -> tuple[Decision, ...]:
        """What was ruled, oldest first."""

    def note(self, line: AuditLine) -> None:
        """Add to the audit log."""

    def audit(self, limit: int) -> tuple[AuditLine, ...]:
        """The newest lines of the audit log, newest first."""

    def forget_lines(self, before: datetime, limit: int) -> int:
        """Drop lines of the audit log from before, among its first `limit`; gives how many went."""

    def set_fact(self, name: str, value: str) -> None:
        """Keep one fact about the service itself ("faults", "poller_seen")."""

    def fact(self, name: str) -> str | None:
        """One fact about the service itself."""


class Unit(Protocol):
    """One transaction's view of the store, a set of rows a noun."""

    sources: SourceRows
    entries: EntryRows
    stories: StoryRows
    renditions: RenditionRows
    book: BookRows


class Store(Protocol):
    """Where everything is kept. A unit that ends by an exception has changed nothing."""

    def read(self) -> AbstractContextManager[Unit]:
        """A consistent view; writing in it is an error."""

    def write(self) -> AbstractContextManager[Unit]:
        """One transaction; one writer at a time places entries, so that two pollers give the same stories as one."""

    def change(self) -> int:
        """A number that moves whenever what is served may have changed."""

    def close(self) -> None:
        """Give back connections."""
