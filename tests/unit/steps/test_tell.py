"""What the reports of a story say together."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from feedhub.model.credit import Credit
from feedhub.model.story import Report, Telling
from feedhub.steps.tell import tell
from tests.builders import NOW, a_credit, a_report, an_entry, ref


def _report(
    guid: str,
    *chain: str,
    minutes: int = 0,
    published: datetime | None = None,
    confidence: float = 0.9,
    by: str = "text",
    withdrawn: bool = False,
) -> Report:
    """A report whose chain ends with its publisher, seen some minutes after NOW."""
    entry = an_entry(guid, seen=NOW + timedelta(minutes=minutes), published=published)
    return a_report(guid, entry=entry, credit=_credit(*chain, confidence=confidence, by=by), withdrawn=withdrawn)


def _credit(*chain: str, confidence: float = 0.9, by: str = "text") -> Credit:
    refs = tuple(map(ref, chain))
    if not refs[1:]:
        return a_credit(chain[0], by=by)
    return a_credit(chain[-1], originator=refs[0], chain=refs, confidence=confidence, by=by)


def test_one_report_is_its_own_lead() -> None:
    report = a_report()
    assert tell((report,)) == Telling(lead=report.entry, credit=report.credit, reports=1, independent=1)


def test_the_originators_own_entry_leads_however_late_it_comes() -> None:
    paper, agency = _report("1", "Norvane", "Quay Post"), _report("2", "Norvane", minutes=9)
    assert tell((paper, agency)) == Telling(lead=agency.entry, credit=agency.credit, reports=2, independent=1)


def test_without_the_originators_entry_the_earliest_leads() -> None:
    late, early = _report("1", "Norvane", "Quay Post", minutes=5), _report("2", "Norvane", "Lantern")
    assert tell((late, early)) == Telling(lead=early.entry, credit=early.credit, reports=2, independent=1)


def test_five_republishers_of_one_wire_tell_it_once() -> None:
    papers = tuple(_report(str(number), "Norvane", f"Paper {number}", minutes=number) for number in range(5))
    assert (tell(papers).reports, tell(papers).independent) == (5, 1)


def test_outlets_that_credit_nobody_are_independent() -> None:
    reports = (_report("1", "Lantern"), _report("2", "Quay Post"), _report("3", "Norvane", "Ninth Hour"))
    assert tell(reports).independent == 3


def test_most_chains_decide_who_told_it_first() -> None:
    early = _report("1", "Lantern")
    wires = (_report("2", "Norvane", "Quay Post", minutes=1), _report("3", "Norvane", minutes=2))
    assert tell((early, *wires)).lead == wires[1].entry


def test_a_tie_goes_to_the_earliest_report() -> None:
    first, second = _report("1", "Lantern"), _report("2", "Norvane", minutes=1)
    assert tell((second, first)).lead == first.entry


def test_a_lead_that_credits_nobody_is_not_made_to_credit_the_agency_that_others_name() -> None:
    early, late = _report("1", "Axar.az"), _report("2", "TASS", "Lantern", minutes=1)
    third = _report("3", "TASS", "Quay Post", minutes=2)
    told = tell((early, late, third))
    assert (told.lead, told.credit, told.independent) == (early.entry, early.credit, 2)


def test_chains_join_up_through_other_reports_and_are_as_sure_as_the_weakest() -> None:
    reports = (
        _report("1", "Lantern", "Quay Post", confidence=0.8),
        _report("2", "Norvane", "Lantern", minutes=1, confidence=0.7),
    )
    expected = replace(
        reports[0].credit,
        originator=ref("Norvane"),
        chain=(ref("Norvane"), ref("Lantern"), ref("Quay Post")),
        confidence=0.7,
    )
    assert tell(reports) == Telling(lead=reports[0].entry, credit=expected, reports=2, independent=1)


def test_of_two_reports_of_one_outlet_the_surer_tells_where_it_had_it_from() -> None:
    reports = (
        _report("1", "Lantern", "Quay Post"),
        _report("2", "Agency One", "Lantern", minutes=1, confidence=0.5),
        _report("3", "Agency Two", "Lantern", minutes=2, confidence=0.8),
        _report("4", "Agency Three", "Lantern", minutes=3, confidence=0.6),
    )
    assert tell(reports).credit.originator == ref("Agency Two")


def test_a_circle_of_credits_ends_where_it_would_close() -> None:
    reports = (_report("1", "Lantern", "Quay Post"), _report("2", "Quay Post", "Lantern", minutes=1))
    told = tell(reports)
    assert (told.lead, told.reports) == (reports[1].entry, 2)
    assert told.credit == reports[1].credit


def test_a_credit_that_a_person_ruled_stays() -> None:
    ruled = _report("1", "Lantern", "Quay Post", by="editor")
    others = (_report("2", "Norvane", "Lantern", minutes=1), _report("3", "Norvane", "Ninth Hour", minutes=2))
    assert tell((ruled, *others)).credit == ruled.credit


def test_withdrawn_reports_are_left_out_unless_all_are() -> None:
    gone, kept = _report("1", "Lantern", withdrawn=True), _report("2", "Quay Post", minutes=1)
    assert tell((gone, kept)) == Telling(lead=kept.entry, credit=kept.credit, reports=1, independent=1)
    assert tell((gone,)) == Telling(lead=gone.entry, credit=gone.credit, reports=1, independent=1)


@pytest.mark.parametrize(
    ("published", "first"),
    [
        (None, "2"),
        (NOW - timedelta(hours=1), "1"),
        (NOW - timedelta(days=900), "1"),
        (NOW + timedelta(days=900), "2"),
    ],
)
def test_dates_are_believed_within_two_days_before_an_entry_was_seen(published: datetime | None, first: str) -> None:
    reports = (_report("1", "Lantern", minutes=5, published=published), _report("2", "Quay Post"))
    assert tell(reports).lead.guid == first


def test_a_date_far_in_the_past_does_not_come_before_one_that_is_two_days_older() -> None:
    old = _report("1", "Lantern", published=NOW - timedelta(days=900))
    other = _report("2", "Quay Post", minutes=-1, published=NOW - timedelta(days=900))
    assert tell((old, other)).lead.guid == "2"


def test_outlets_unknown_to_the_registry_are_told_apart_by_name() -> None:
    unknown = replace(ref("Pell Echo"), slug=None)
    report = a_report(credit=Credit(publisher=unknown, originator=None, chain=(unknown,), confidence=1.0))
    assert tell((report, _report("2", "Quay Post", minutes=1))).independent == 2


def test_the_order_of_reports_does_not_matter() -> None:
    reports = (
        _report("1", "Norvane", "Lantern"),
        _report("2", "Lantern", "Quay Post"),
        _report("3", "Norvane", minutes=4),
        _report("4", "Ninth Hour"),
    )
    assert len({tell(order) for order in permutations(reports)}) == 1
