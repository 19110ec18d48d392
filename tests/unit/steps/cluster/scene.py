"""Texts to compare, and an entry and the stories near it as `place` sees them."""

from dataclasses import replace
from datetime import timedelta

from feedhub.model.keys import StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Comparison, Placement
from feedhub.steps.cluster import Limits, place
from feedhub.text.shingles import shared_with
from tests.builders import NOW
from tests.quality.arrivals import an_arrival

LIMITS = Limits(merge_at=0.86, review_at=0.70)
TITLE = "Ferry service to the Outer Skerries resumes in May"
LEAD = (
    "A passenger ferry will again connect the port of Tarnhaven with the Outer Skerries from 4 May, two years after a "
    "storm destroyed the pier on the largest island, the transport board announced on Tuesday."
)
PIER = (
    "The new pier cost 18 million crowns and can take ships of up to 60 metres, board chair Ines Vole told reporters "
    "at the harbour. The old wooden jetty had been built in 1931 and was beyond repair."
)
BOAT = (
    "Until now the 412 people who live on the islands all year had to rely on a freight boat that sailed twice a week "
    "and carried no more than nine passengers."
)
FULL = f"{LEAD}\n{PIER}\n{BOAT}"
OTHER_TITLE = "Council of Pellworth votes to plant two thousand trees"
OTHER = (
    "Pellworth will plant two thousand lime and maple trees along its main roads before winter, after a vote in the "
    "town council that ended a debate of almost four years. The trees come from a nursery in Ansel, which has grown "
    "them for a park that was never built.\nResidents can adopt a tree and water it in dry summers. The council will "
    "lend them cans."
)


def near(read: ReadEntry, *, story: str = "s", exact: str = "", locked: bool = False, hours: int = 1) -> Candidate:
    """The story that an entry opened some hours ago, as a candidate."""
    return Candidate(
        story=StoryKey(story),
        entry=read.entry,
        credit=read.credit,
        fingerprint=read.fingerprint,
        opened=NOW - timedelta(hours=hours),
        locked=locked,
        exact=exact,
    )


def placed(
    read: ReadEntry, *candidates: Candidate, apart: frozenset[StoryKey] = frozenset(), limits: Limits = LIMITS
) -> Placement:
    """Place an entry among candidates."""
    counts = shared_with(read.fingerprint.shingles, [one.fingerprint.shingles for one in candidates])
    counted = tuple(replace(one, shared=count) for one, count in zip(candidates, counts, strict=True))
    return place(read, counted, limits=limits, apart=apart)


def judged(one: ReadEntry, other: ReadEntry) -> tuple[str, str]:
    """The rule and the verdict of a comparison; the same in both directions."""
    found = {(each.rule, each.verdict) for pair in ((one, other), (other, one)) for each in _compared(*pair)}
    assert len(found) == 1
    return found.pop()


def wire(guid: str = "w", *, title: str = TITLE, text: str = FULL, **changes: object) -> ReadEntry:
    """The agency's own text."""
    return an_arrival(guid, source="norvane", credit="", title=title, text=text, **changes)


def copy(guid: str = "c", *, title: str = TITLE, text: str = FULL, credit: str = "", **changes: object) -> ReadEntry:
    """The same text at another outlet."""
    return an_arrival(guid, source="quay", credit=credit, title=title, text=text, **changes)


def _compared(read: ReadEntry, other: ReadEntry) -> tuple[Comparison, ...]:
    return placed(read, near(other)).compared
