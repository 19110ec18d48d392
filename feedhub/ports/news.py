"""What flows ask of the store about entries, stories and the bytes of feeds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from feedhub.model.credit import Credit
from feedhub.model.dossier import Dossier
from feedhub.model.entry import KnownEntry
from feedhub.model.keys import EntryKey, Guid, SourceSlug, StoryKey, TopicSlug
from feedhub.model.reading import ReadEntry
from feedhub.model.rendition import Form, Rendition
from feedhub.model.story import Candidate, Neighbour, Placement, Report, Story
from feedhub.model.topic import Match
from feedhub.model.upkeep import Forgotten

Near = Callable[[ReadEntry, Sequence[Neighbour]], Sequence[Neighbour]]
"""Of the neighbours of an entry those that are worth a comparison."""


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

    def find(self, address: str, page: str) -> EntryKey | None:
        """The entry with the key `address`, or with the canonical link `page`: of several the one that it links to."""

    def story_of(self, entry: EntryKey) -> StoryKey | None:
        """The story that an entry is in now."""

    def count(self) -> int:
        """How many entries are stored; forgotten ones are not."""

    def forget_postings(self, before: datetime, limit: int) -> int:
        """Forget by what entries seen before are found, which are of no more use to `candidates`; the oldest first.

        Gives how many went, `limit` at most.
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

    def placements(self, key: StoryKey) -> Mapping[EntryKey, Placement]:
        """How each report of a story came to be in it."""

    def dossiers(self, keys: Iterable[StoryKey]) -> tuple[Dossier, ...]:
        """These stories with all that belongs to them, redirects followed, each once; what is unknown is left out."""

    def renew(self, changes: Sequence[tuple[Dossier, Dossier]], now: datetime) -> None:
        """Save stories and their topics, each as it was read and as it is now; reports are not looked at."""

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
