"""What the reports of a story say together: which one is shown, whom it credits, and how many told it on their own.

Credits are chains from an outlet to where it had the story from. Chains of several reports join up: if B credits A and
A's own report in the same story credits an agency, both had it from the agency. The outlet to which most reports lead
is the story's originator. Nothing is invented: an outlet that says nothing of a source is its own origin, even where
all others credit an agency, because it may well have been there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.credit import Credit
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Report, Telling

_EARLIEST = timedelta(hours=48)
"""A date of publication is believed as far back from when we first saw the entry, and never past that."""


def tell(reports: tuple[Report, ...]) -> Telling:
    """The telling of a story's reports, of which there is at least one, in any order.

    Withdrawn reports are left out unless all are. Times that are equal are told apart by the entry's key.
    """
    if len(reports) == 1:
        (only,) = reports
        return Telling(lead=only.entry, credit=only.credit, reports=1, independent=1)
    told = tuple(sorted(_standing(reports), key=_when))
    carried = _carried(told)
    origins = tuple(_name(_whole(report.credit, carried).chain[0]) for report in told)
    counts = Counter(origins)
    originator = max(counts, key=lambda name: (counts[name], -origins.index(name)))
    own = (report for report in told if _name(report.credit.publisher) == originator)
    lead = next(own, told[0])
    return Telling(
        lead=lead.entry, credit=_whole(lead.credit, carried), reports=len(told), independent=len(set(origins))
    )


def _standing(reports: Iterable[Report]) -> tuple[Report, ...]:
    every = tuple(reports)
    return tuple(report for report in every if not report.withdrawn) or every


def _when(report: Report) -> tuple[datetime, datetime, str]:
    entry = report.entry
    given = entry.published or entry.seen
    return min(max(given, entry.seen - _EARLIEST), entry.seen), entry.seen, entry.key


def _carried(told: tuple[Report, ...]) -> Mapping[str, Credit]:
    """By outlet, the credit of its report that says best where the outlet had the story from; own stories left out."""
    found: dict[str, Credit] = {}
    for report in told:
        credit, name = report.credit, _name(report.credit.publisher)
        if credit.originator and (name not in found or credit.confidence > found[name].confidence):
            found[name] = credit
    return found


def _whole(credit: Credit, carried: Mapping[str, Credit]) -> Credit:
    """A credit with its chain followed through the other reports; it is as sure as the least sure link.

    What a person ruled stays. A circle ends where it would close.
    """
    while credit.originator and credit.by == "text":
        before = carried.get(_name(credit.chain[0]))
        if before is None or not {_name(ref) for ref in before.chain[:-1]}.isdisjoint(map(_name, credit.chain)):
            return credit
        chain = (*before.chain[:-1], *credit.chain)
        credit = replace(credit, originator=chain[0], chain=chain, confidence=min(credit.confidence, before.confidence))
    return credit


def _name(ref: OutletRef) -> str:
    return ref.slug or ref.name
