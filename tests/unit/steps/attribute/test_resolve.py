"""From credits to one chain."""

import pytest

from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import CueKind, Role
from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import OutletRef
from feedhub.steps.attribute.resolve import NODES, Statement, resolve
from tests.builders import ref

PUBLISHER = ref("Harbour Post")


def said(name: str, kind: CueKind | None, sentence: int = 0, **changes: object) -> Statement:
    """A credit of an outlet in a sentence; a name in small letters is unknown to the registry."""
    order = changes.pop("order", sentence)
    hearsay = bool(changes.pop("hearsay", False))
    fields: dict[str, object] = {"role": Role.ORIGINATOR, "weight": 0.8, "field": "text"} | changes
    outlet = OutletRef(slug=None, name=name) if name.islower() else OutletRef(slug=OutletSlug(name.lower()), name=name)
    evidence = Evidence(
        outlet=outlet,
        rule="test",
        start=0,
        end=1,
        name_start=0,
        name_end=1,
        words=name,
        **fields,  # type: ignore[arg-type]  # a test names fields of its own choice
    )
    return Statement(
        evidence=evidence, kind=kind, sentence=(1, 0, sentence), order=(1, int(str(order))), hearsay=hearsay
    )


def chain(*statements: Statement) -> list[str]:
    """Names from first to last, the publisher left out."""
    credit = resolve(statements, PUBLISHER)
    return [each.name for each in credit.chain[:-1]]


INTERVIEW, REFERENCE, REPORT = CueKind.INTERVIEW, CueKind.REFERENCE, CueKind.REPORT


@pytest.mark.parametrize(
    ("statements", "names"),
    [
        ([said("A", REPORT)], ["A"]),
        ([said("A", REPORT), said("B", REFERENCE, order=5)], ["B", "A"]),
        ([said("A", REFERENCE), said("B", INTERVIEW, order=5)], ["B", "A"]),
        ([said("A", REPORT), said("B", REFERENCE), said("C", INTERVIEW)], ["C", "B", "A"]),
        ([said("A", REPORT, 1), said("B", REPORT, 2)], ["A"]),
        ([said("A", REPORT, 2), said("B", INTERVIEW, 1)], ["B"]),
        ([said("A", CueKind.DATELINE, 1), said("B", INTERVIEW, 2)], ["B", "A"]),
        ([said("A", CueKind.SIGNOFF, 9), said("B", REPORT, 2)], ["B", "A"]),
        ([said("A", CueKind.DATELINE, 1), said("B", CueKind.SIGNOFF, 9)], ["A"]),
        ([said("A", None, 9), said("B", REPORT, 2)], ["B", "A"]),
        ([said("A", CueKind.WHOLE, 2), said("B", REPORT, 1)], ["B", "A"]),
        ([said("A", CueKind.WHOLE, 1), said("B", REPORT, 2)], ["A"]),
        ([said("A", CueKind.RELAY, 1), said("B", REFERENCE, 1)], ["B", "A"]),
        ([said("A", CueKind.RELAY, 2), said("B", REFERENCE, 1)], ["B", "A"]),
        ([said("A", CueKind.RELAY, 1)], ["A"]),
        ([said("A", REPORT, 1, hearsay=True), said("B", REPORT, 2)], ["B", "A"]),
        ([said("A", REPORT, 1, hearsay=True), said("B", REPORT, 2, hearsay=True)], ["A"]),
        ([said("A", REPORT, 1), said("B", REFERENCE, 1), said("B", REPORT, 2), said("A", REFERENCE, 2)], ["B", "A"]),
        (
            [said("A", REPORT, 1), said("B", REFERENCE, 1), said("C", REPORT, 2), said("A", REFERENCE, 2)],
            ["B", "A", "C"],
        ),
        ([said("A", CueKind.BYLINE, 0, weight=0.4), said("B", REPORT, 1)], ["B"]),
        ([said("A", CueKind.BYLINE, 0, weight=0.4)], ["A"]),
        ([said("A", CueKind.OBJECT, role=Role.MENTION)], []),
        ([said("A", CueKind.PHOTO, role=Role.PHOTO), said("B", REPORT, 1)], ["B"]),
        ([], []),
    ],
)
def test_the_deepest_outlet_told_it_first(statements: list[Statement], names: list[str]) -> None:
    """Among equals the one that a reader meets first."""
    assert chain(*statements) == names


def test_a_credit_to_nobody_is_the_publishers_own() -> None:
    """With all confidence, and the mentions as evidence."""
    mention = said("A", None, role=Role.MENTION)

    assert resolve([mention], PUBLISHER) == Credit(
        publisher=PUBLISHER, originator=None, chain=(PUBLISHER,), confidence=1.0, evidence=(mention.evidence,)
    )


@pytest.mark.parametrize(
    ("statements", "confidence"),
    [
        ([said("A", REPORT)], 0.8),
        ([said("A", REPORT), said("A", REPORT, 1)], 0.96),
        ([said("A", REPORT, number) for number in range(9)], 0.99),
        ([said("A", REPORT), said("B", REPORT, 1)], 0.72),
        ([said("A", REPORT), said("B", REFERENCE)], 0.8),
        ([said("a", REPORT), said("a", REPORT, 1)], 0.5),
    ],
)
def test_confidence_is_the_noisy_or_of_the_evidence(statements: list[Statement], confidence: float) -> None:
    """Less where somebody else may have told it first; at most half for a name that no registry knows."""
    assert resolve(statements, PUBLISHER).confidence == confidence


def test_evidence_shows_who_passed_the_story_on() -> None:
    """The edges know more than the cue."""
    credit = resolve([said("A", REPORT), said("B", INTERVIEW, role=Role.INTERVIEW)], PUBLISHER)

    assert [each.role for each in credit.evidence] == [Role.INTERMEDIATE, Role.INTERVIEW]


def test_weak_evidence_is_a_mention_beside_better() -> None:
    """A name above the text is a picture's, if somebody else is credited in it."""
    credit = resolve([said("A", CueKind.BYLINE, weight=0.4), said("B", REPORT, 1)], PUBLISHER)

    assert [each.role for each in credit.evidence] == [Role.MENTION, Role.ORIGINATOR]


def test_a_press_review_is_joined_so_far() -> None:
    """And in bounded time."""
    several = [said(f"A{number}", REPORT if number % 2 else REFERENCE, number // 2) for number in range(4 * NODES)]

    assert chain(*several) == ["A0", "A1"]
