"""Reasons, gathered and put where they stand."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.credit import Evidence
from feedhub.model.cue import Role
from feedhub.model.entry import Entry
from feedhub.model.explanation import Explanation
from feedhub.model.story import Placement, PlacementKind, Report, Telling
from feedhub.model.topic import ALL, Hit, Match
from feedhub.steps.explain import MOST_PROOFS, MOST_REPORTS, Stored, explain, proofs
from tests.builders import NOW, a_credit, a_report, a_shown, a_story, a_topic, an_entry, ref


def _seen(entry: Entry) -> datetime:
    return entry.published or entry.seen


def _evidence(**changes: object) -> Evidence:
    evidence = Evidence(
        outlet=ref("Meridian Wire"),
        role=Role.ORIGINATOR,
        rule="en.reports",
        field="text",
        start=0,
        end=21,
        name_start=0,
        name_end=13,
        words="Meridian Wire reports",
        weight=0.9,
    )
    return replace(evidence, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def _photo() -> Evidence:
    return _evidence(role=Role.PHOTO, outlet=ref("Lens"))


def _pieces(entry: Entry, evidence: Evidence) -> tuple[tuple[str, bool], ...]:
    (proof,) = proofs(entry, a_credit(evidence=(evidence,)))
    return proof.pieces


def _explained(*reports: Report, **stored: object) -> Explanation:
    opens = Placement(kind=PlacementKind.OPENS, story=None)
    placements = {report.entry.key: opens for report in reports}
    kept = Stored(story=a_story(), reports=reports, placements=placements, matches=(), decisions=())
    kept = replace(kept, **stored)  # type: ignore[arg-type]  # a test names fields of its own choice
    telling = Telling(lead=reports[0].entry, credit=reports[0].credit, reports=len(reports), independent=1)
    topics = (a_topic("trains"), a_topic("ferries"))
    return explain(reports[0].entry, reports[0].credit, of=kept, telling=telling, topics=topics, ranked=_seen)


def test_words_are_marked_in_their_sentence() -> None:
    entry = an_entry(text="It is back. Meridian Wire reports a ferry. More follow.")
    assert _pieces(entry, _evidence(start=12, end=33)) == (("Meridian Wire reports", True), (" a ferry.", False))


def test_words_in_the_title_are_marked_there() -> None:
    entry = an_entry(title="Ferry is back, Meridian Wire reports")
    assert _pieces(entry, _evidence(field="title", start=15, end=36)) == (
        ("Ferry is back, ", False),
        ("Meridian Wire reports", True),
    )


def test_words_of_a_structured_field_stand_alone() -> None:
    assert _pieces(an_entry(), _evidence(field="dc_source", words="Meridian Wire")) == (("Meridian Wire", True),)


def test_words_that_an_edit_has_moved_stand_alone() -> None:
    assert _pieces(an_entry(text="Another text altogether"), _evidence()) == (("Meridian Wire reports", True),)


def test_evidence_without_words_marks_nothing_of_the_text() -> None:
    assert _pieces(an_entry(), _evidence(words="", start=0, end=0)) == (("", True),)


def test_only_so_much_evidence_is_shown() -> None:
    assert len(proofs(an_entry(), a_credit(evidence=(_evidence(),) * (MOST_PROOFS + 1)))) == MOST_PROOFS


def test_reports_stand_in_the_order_of_time_with_their_lag() -> None:
    late = a_report("2", entry=an_entry("2", published=NOW))
    early = a_report("1", entry=an_entry("1", published=NOW - timedelta(minutes=30)))
    told = _explained(late, early).told
    assert [(one.report, one.lag, one.lead) for one in told] == [
        (early, timedelta(0), True),
        (late, timedelta(minutes=30), False),
    ]


def test_of_too_many_reports_the_first_are_shown_and_the_others_counted() -> None:
    reports = tuple(
        a_report(str(number), entry=an_entry(str(number), published=NOW + timedelta(minutes=number)))
        for number in range(MOST_REPORTS + 3)
    )
    explanation = _explained(*reports)
    assert ([one.report for one in explanation.told], explanation.left_out) == (list(reports[:MOST_REPORTS]), 3)


def test_a_chain_is_proved_by_every_report_through_which_it_leads() -> None:
    wire, quay, bay = ref("Meridian Wire"), ref("Quay Bulletin"), ref("Bay Herald")
    said = _evidence(field="source", words="Quay Bulletin", outlet=quay)
    shown = a_credit("Bay Herald", originator=wire, chain=(wire, quay, bay), evidence=(said,))
    cited = a_credit("Quay Bulletin", originator=wire, chain=(wire, quay), evidence=(_evidence(), _photo()))
    reports = (
        a_report("1", credit=shown),
        a_report("2", credit=cited),
        a_report("3", credit=a_credit("Elsewhere", evidence=(_evidence(),))),
        a_report("4", credit=cited, withdrawn=True),
    )
    told = [(proof.publisher, proof.evidence.outlet) for proof in _explained(*reports).proofs]
    assert told == [(bay, quay), (quay, wire)]


def test_a_withdrawn_report_proves_nothing() -> None:
    explanation = _explained(a_report("1"), a_report("2", credit=a_credit(evidence=(_evidence(),)), withdrawn=True))
    assert [one.proofs for one in explanation.told] == [(), ()]


def test_topics_stand_in_the_order_of_the_documents_and_only_those_that_are() -> None:
    hit = Hit(clause="ferry", words=("ferries",))
    matches = tuple(Match(topic=slug, hit=hit) for slug in (a_topic("ferries").slug, ALL, a_topic("trains").slug))
    assert [one.topic for one in _explained(a_report(), matches=matches).topics] == ["trains", "ferries"]


def test_the_lead_is_what_feeds_show() -> None:
    one, other = a_report("1"), a_report("2")
    assert _explained(one, other, story=a_story(shown=a_shown("2"))).lead == other.entry


def test_the_lead_of_a_story_not_shown_yet_is_what_its_reports_say() -> None:
    assert _explained(a_report("1"), a_report("2"), story=a_story(shown=None)).lead == an_entry("1")


def test_the_lead_of_a_story_whose_shown_entry_was_taken_out_is_what_its_reports_say() -> None:
    assert _explained(a_report("1"), story=a_story(shown=a_shown("9"))).lead == an_entry("1")
