"""Stories: entries that tell one thing, how they were found to be one, and what feeds have shown."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from feedhub.model.credit import Credit
from feedhub.model.entry import Entry, Folded, Media, Origin
from feedhub.model.keys import Digest, EntryKey, SourceSlug, StoryKey
from feedhub.model.outlet import OutletRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Compact likeness of an entry: for finding candidates, never to decide.

    `shingles` are the kept 64-bit hashes (unsigned, ascending) as little-endian bytes; `body` is the digest of the
    normalised text, None under 12 words; `words` counts the words of title and text.
    """

    shingles: bytes
    body: Digest | None
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An entry by which a story may be compared, as far as it takes to see whether that is worth while.

    `shingles` are those of its fingerprint; `exact` and `shared` as in `Candidate`.
    """

    story: StoryKey
    entry: EntryKey
    shingles: bytes
    link: str
    canonical: str
    lang: str | None
    origins: tuple[Origin, ...]
    shared: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story near enough to be compared, by one of its entries. `shared` counts the shingles that it has in common."""

    story: StoryKey
    entry: Entry
    credit: Credit
    fingerprint: Fingerprint
    opened: datetime
    locked: bool = False
    shared: int = 0
    exact: str = ""
    """`link` or `body` where an exact key of the entry matched, else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One candidate that was compared: every number, and the rule that said yes, maybe or no."""

    story: StoryKey
    entry: EntryKey
    rule: str
    verdict: str
    """`same`, `review` or `other`."""
    score: float
    measures: tuple[tuple[str, float], ...] = ()
    note: str = ""


class PlacementKind(StrEnum):
    """What an entry did to the stories."""

    OPENS = "opens"
    JOINS = "joins"
    BRIDGES = "bridges"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an entry belongs and why.

    OPENS: `story` is None, `bridged` empty. JOINS: `story` is joined. BRIDGES: it joins `story` (the oldest) and
    shows that `bridged` are the same story. `compared` lists what was looked at, best first.
    """

    kind: PlacementKind
    story: StoryKey | None
    bridged: tuple[StoryKey, ...] = ()
    compared: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One entry of a story, with its credit; `folded` where its words are known."""

    entry: Entry
    credit: Credit
    withdrawn: bool = False
    folded: Folded | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What the reports of a story say together: the lead, the credit, and how many tell it.

    `independent` counts outlets that told it on their own: five republishers of one wire are one.
    """

    lead: Entry
    credit: Credit
    reports: int
    independent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What feeds show of a story: fixed when it is published, moved only for a correction.

    `published` is the lead's date as its source gave it, when it was first seen where there was none or one ahead;
    `ranked` is that date within the 48 h before it was seen, by which stories are put in order. `updated` is when
    feeds last changed what they show. `publisher`, `source_url` and `source` name the outlet and feed that the lead
    came from. `note` is a correction line ("Corrected: ..."), else empty.
    """

    entry: EntryKey
    title: str
    link: str
    summary: str
    content: str
    lang: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    media: tuple[Media, ...]
    published: datetime
    ranked: datetime
    updated: datetime
    credit: Credit
    publisher: OutletRef
    source: SourceSlug
    source_title: str
    source_url: str
    origin_link: str
    """The originator's own article where one is known, else empty."""
    reports: int
    independent: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The entries that tell one thing. `publish_at` is when it may first be shown; `shown` is None until then.

    `merged_into` redirects; `withdrawn` stories are in no feed; a locked story takes no more entries.
    """

    key: StoryKey
    opened: datetime
    publish_at: datetime
    changed: datetime
    shown: Shown | None = None
    locked: bool = False
    withdrawn: datetime | None = None
    merged_into: StoryKey | None = None
