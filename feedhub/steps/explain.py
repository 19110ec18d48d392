"""The reasons of a story, gathered from what is stored of it: nothing is decided anew.

Evidence is shown where it stands. Its offsets were taken when the credit was made; where the entry has been edited
since, they point at other words, and then the words are shown alone rather than a passage that does not hold them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import Role
from feedhub.model.decision import Decision
from feedhub.model.entry import Entry
from feedhub.model.explanation import Admitted, Explanation, Proof, Told
from feedhub.model.keys import EntryKey
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Placement, Report, Story, Telling
from feedhub.model.topic import Match, Topic
from feedhub.text.marks import mark, passage

MOST_REPORTS = 200
"""On one page: a story that more tell than this is told by a machine."""
MOST_PROOFS = 24
"""Of one entry."""

_LINKS = frozenset({Role.ORIGINATOR, Role.INTERMEDIATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the store holds of one story; `placements` by entry."""

    story: Story
    reports: tuple[Report, ...]
    placements: Mapping[EntryKey, Placement]
    matches: tuple[Match, ...]
    decisions: tuple[Decision, ...]


def explain(
    entry: Entry,
    credit: Credit,
    *,
    of: Stored,
    telling: Telling,
    topics: tuple[Topic, ...],
    ranked: Callable[[Entry], datetime],
) -> Explanation:
    """Everything that led to the story as it is, seen from one of its entries; it has at least one report.

    `telling` is what its reports say together now, `ranked` the date by which an entry counts.
    """
    shown = of.story.shown
    lead = shown.entry if shown else telling.lead.key
    order = sorted(of.reports, key=lambda report: (ranked(report.entry), report.entry.seen, report.entry.key))
    return Explanation(
        entry=entry,
        credit=credit,
        proofs=_chain_proofs(entry, credit, order),
        story=of.story,
        lead=next((report.entry for report in order if report.entry.key == lead), telling.lead),
        reports=telling.reports,
        independent=telling.independent,
        told=_timeline(order, lead, placements=of.placements, ranked=ranked),
        left_out=max(len(order) - MOST_REPORTS, 0),
        topics=_admitted(of.matches, topics),
        decisions=of.decisions,
    )


def proofs(entry: Entry, credit: Credit) -> tuple[Proof, ...]:
    """The evidence of a credit, each in its passage of the entry."""
    return tuple(
        Proof(evidence=evidence, publisher=credit.publisher, pieces=_pieces(entry, evidence), lang=entry.lang)
        for evidence in credit.evidence[:MOST_PROOFS]
    )


def _chain_proofs(entry: Entry, credit: Credit, order: list[Report]) -> tuple[Proof, ...]:
    """An entry's own proofs, then those of the outlets between it and the originator: each link of the chain."""
    between = {_name(outlet) for outlet in credit.chain[:-1]}
    links = (
        proof
        for report in order
        if report.entry.key != entry.key and not report.withdrawn and _name(report.credit.publisher) in between
        for proof in proofs(report.entry, report.credit)
        if proof.evidence.role in _LINKS
    )
    own = proofs(entry, credit)
    return (*own, *islice(links, MOST_PROOFS - len(own)))


def _name(outlet: OutletRef) -> str:
    return outlet.slug or outlet.name


def _timeline(
    order: list[Report],
    lead: EntryKey,
    *,
    placements: Mapping[EntryKey, Placement],
    ranked: Callable[[Entry], datetime],
) -> tuple[Told, ...]:
    first = ranked(order[0].entry)
    return tuple(
        Told(
            report=report,
            placement=placements[report.entry.key],
            at=ranked(report.entry),
            lag=ranked(report.entry) - first,
            proofs=() if report.withdrawn else proofs(report.entry, report.credit),
            lead=report.entry.key == lead,
        )
        for report in order[:MOST_REPORTS]
    )


def _pieces(entry: Entry, evidence: Evidence) -> tuple[tuple[str, bool], ...]:
    text = {"title": entry.title, "text": entry.text}.get(evidence.field, "")
    if not evidence.words or text[evidence.start : evidence.end] != evidence.words:
        return ((evidence.words, True),)
    around, span = passage(text, (evidence.start, evidence.end))
    return mark(around, [span])


def _admitted(matches: tuple[Match, ...], topics: tuple[Topic, ...]) -> tuple[Admitted, ...]:
    """In the order of the documents; topics that are no more are left out."""
    by_slug = {match.topic: match.hit for match in matches}
    return tuple(
        Admitted(topic=topic.slug, title=topic.title, hit=by_slug[topic.slug])
        for topic in topics
        if topic.slug in by_slug
    )
