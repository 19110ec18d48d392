"""Why a story is what it is: whose by which words, joined by which rule, in which topics by which clause."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from feedhub.model.credit import Credit, Evidence
from feedhub.model.decision import Decision
from feedhub.model.entry import Entry
from feedhub.model.keys import TopicSlug
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Placement, Report, Story
from feedhub.model.topic import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Evidence where it stands: the passage in pieces, each with whether it is the words that credit.

    `publisher` is whose report says so.
    """

    evidence: Evidence
    publisher: OutletRef
    pieces: tuple[tuple[str, bool], ...]
    lang: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report on the timeline: when it was told (its date, kept within what can be), and how long after the first.

    `placement` says how it came to be in the story. `lead` says that it is the one shown for the story.
    """

    report: Report
    placement: Placement
    at: datetime
    lag: timedelta
    proofs: tuple[Proof, ...]
    lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A topic that the story is in; `hit` is the clause of its rule and the words that met it."""

    topic: TopicSlug
    title: str
    hit: Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All reasons of one story, from the view of one of its entries.

    `credit` is that of `entry`; `proofs` are its own and those of the reports through which its chain leads.
    `reports` and `independent` count now, not when feeds first showed it. `told` is in the order of time and holds the
    first of them where there are too many to show; `left_out` counts the others.
    """

    entry: Entry
    credit: Credit
    proofs: tuple[Proof, ...]
    story: Story
    lead: Entry
    reports: int
    independent: int
    told: tuple[Told, ...]
    left_out: int
    topics: tuple[Admitted, ...]
    decisions: tuple[Decision, ...]
