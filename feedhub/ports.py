"""What flows ask of the outside world: the shapes that adapters are made to fit."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from feedhub.model.credit import Credit
from feedhub.model.cue import Cues
from feedhub.model.decision import AuditLine, Decision, Revision
from feedhub.model.entry import KnownEntry
from feedhub.model.fetching import Ask, Outcome
from feedhub.model.keys import EntryKey, Guid, SourceSlug, StoryKey, TopicSlug
from feedhub.model.newsroom import DocumentText
from feedhub.model.outlet import Outlets
from feedhub.model.reading import DiscoverAsk, DiscoverOutcome, PageAsk, PageOutcome, ReadAsk, ReadEntry, ReadOutcome
from feedhub.model.rendition import Form, Rendition
from feedhub.model.source import HostState, PollLine, Source, SourceState
from feedhub.model.story import Candidate, Neighbour, Placement, Report, Story
from feedhub.model.topic import Match
from feedhub.model.upkeep import Forgotten, Swept
from feedhub.model.websub import Push, Subscription

A = TypeVar("A")
B = TypeVar("B")

Near = Callable[[ReadEntry, Sequence[Neighbour]], Sequence[Neighbour]]
"""Of the neighbours of an entry those that are worth a comparison."""


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""


class Fetcher(Protocol):
    """The only look at the network."""

    def __call__(self, asks: Iterable[Ask]) -> Iterator[tuple[tuple[Ask, Outcome], ...]]:
        """Each ask with its outcome, in the order in which they finish; never raises for what a server does.

        They come a few at a time, as they end together. An empty tuple says that none has ended for a moment: whoever
        gathers them may use the time. One request a host at a time, and a gap after each, over all calls.
        """


class Sandbox(Protocol):
    """Reads untrusted bytes where they can do no harm."""

    def load(self, outlets: Outlets, cues: Cues) -> None:
        """Use this registry and these cues from the next call on."""

    def read(self, ask: ReadAsk) -> ReadOutcome:
        """Read one feed body; safe to call from several threads."""

    def page(self, ask: PageAsk) -> PageOutcome:
        """Read one article page for its entry; safe to call from several threads."""

    def discover(self, ask: DiscoverAsk) -> DiscoverOutcome:
        """Tell what feeds a page names; safe to call from several threads."""

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
        """Make the rows fit the documents: new ones are due now, changed URLs forget what was found there, absent rest.

        One that comes back with the same URL is due now, with what it knew but for failures, deaths, fault and `gone`.
        """

    def lease(
        self, *, now: datetime, worker: str, span: timedelta, limit: int, per_host: int
    ) -> tuple[SourceState, ...]:
        """Claim up to `limit` due sources, at most `per_host` of one host, hosts in turn, the longest overdue first.

        A source is due if active, not gone, `due <= now` and not leased past now. Passed over are hosts that rest
        (`HostState.until`), and those of which any worker, this one too, has a source in hand. The fence of each grows
        by one.
        """

    def save(self, state: SourceState, *, fence: int, line: PollLine) -> None:
        """Store the state after a poll, end the lease, add to the history.

        Raises LeaseLostError if the fence has grown since.
        """

    def save_all(self, ended: Iterable[tuple[SourceState, PollLine]]) -> frozenset[SourceSlug]:
        """The same for many, each by its own fence; gives those whose lease was lost, of which nothing was written."""

    def put_off(self, state: SourceState) -> None:
        """End the lease of one that is not to be asked after all, with its `due` and `next_reason` as they are now."""

    def release(self, worker: str) -> int:
        """End the leases of a worker that is known to be dead; gives how many."""

    def workers(self, now: datetime) -> frozenset[str]:
        """Who holds leases."""

    def pardon(self, slugs: Iterable[SourceSlug], *, due: datetime, reason: str) -> None:
        """Take back one failure of each, and make it due no later than then."""

    def resume(self, slug: SourceSlug, now: datetime) -> bool:
        """Due now and forgiven all its faults, `gone` among them; False where there is no such active source."""

    def get(self, slug: SourceSlug) -> SourceState | None:
        """One source's state."""

    def all(self) -> tuple[SourceState, ...]:
        """The state of every active source, by slug."""

    def count_due(self, now: datetime) -> int:
        """How many active sources are due now, leased or not."""

    def history(self, slug: SourceSlug) -> tuple[PollLine, ...]:
        """The last 50 polls of a source, newest first."""

    def seen(self, slug: SourceSlug) -> bytes:
        """The marks of items that its bodies held, as `set_seen` stored them; empty where there are none."""

    def set_seen(self, slug: SourceSlug, marks: bytes) -> None:
        """Replace them."""

    def forget(self, before: datetime) -> int:
        """Let go of sources that the documents have not named, or have disabled, since before; gives how many."""


class HostRows(Protocol):
    """Hosts that are not well."""

    def get(self, hosts: Iterable[str]) -> Mapping[str, HostState]:
        """Those of the hosts that have a row."""

    def save(self, state: HostState) -> None:
        """Store; a state that says nothing (no failures, not busy, no rest) has its row removed."""

    def resting(self, now: datetime) -> tuple[HostState, ...]:
        """All whose rest is not over, by name."""


class SubscriptionRows(Protocol):
    """Subscriptions to hubs, one a source at most, and what hubs have pushed."""

    def get(self, source: SourceSlug) -> Subscription | None:
        """That of a source."""

    def find(self, token: str) -> Subscription | None:
        """That whose callback ends so."""

    def save(self, subscription: Subscription) -> None:
        """Insert or update."""

    def drop(self, source: SourceSlug) -> None:
        """Forget that of a source."""

    def due(self, now: datetime, limit: int) -> tuple[Subscription, ...]:
        """Those of active sources with something to be done, the longest waiting first."""

    def deliver(self, push: Push, *, most: int) -> bool:
        """Keep what was pushed (`id` is ignored); False, with nothing kept, where `most` of its source wait already."""

    def pushes(self, limit: int) -> tuple[Push, ...]:
        """What waits to be read, oldest first."""

    def take(self, push: int) -> bool:
        """Remove what was read; False where another worker has done so."""


class EntryRows(Protocol):
    """Entries, their credits, fingerprints and placements."""

    def recall(self, source: SourceSlug, guids: Iterable[Guid], pages: Iterable[str]) -> tuple[KnownEntry, ...]:
        """What is known of a source's entries with one of these guids or canonical links, the oldest first.

        Forgotten ones are found by their guids alone.
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

    def expect(self, reads: Sequence[ReadEntry]) -> None:
        """Say which entries are about to be placed, in this order: what is near them is then looked for at once."""

    def candidates(
        self, read: ReadEntry, *, since: datetime, limit: int, near: Near | None = None
    ) -> tuple[Candidate, ...]:
        """Stories near the entry: those with its canonical link or body digest, then those that share most shingles.

        Only open stories with an entry seen since `since`, `limit` of them at most, each by its earliest entry, and by
        its nearest one as well if that is nearer: the one with an exact key in common, else with most shingles. Never
        by the entry itself. `near` chooses among them, so that the others need not be read whole.
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
        `recall` and `replace` still know them.
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
    hosts: HostRows
    subscriptions: SubscriptionRows
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
